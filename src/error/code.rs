//! The two closed sets of an error: what kind it is, and what is known of the change.

/// What kind of failure it was: a closed set that programs can switch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// An argument or option is not acceptable; nothing was sent.
    InvalidArgument,
    /// 401: the service does not know the token.
    Unauthenticated,
    /// 403: the token lacks a privilege.
    Forbidden,
    /// 404: no such organization or source.
    NotFound,
    /// Another answer that trying again cannot change.
    Rejected,
    /// 429: too many requests.
    Throttled,
    /// The service answered that it cannot serve now.
    Unavailable,
    /// The service answered with a redirect, which is never followed.
    Redirected,
    /// No answer came through the network.
    Network,
    /// No answer came in time.
    Timeout,
    /// Another activity gives the source another status.
    Busy,
    /// An activity ended, and `IDLE` could not be set.
    LeftActive,
    /// The client was closed.
    Closed,
    /// The function that gives the token failed.
    TokenUnavailable,
    /// The host offers no `fetch`.
    NotSupported,
}

impl ErrorCode {
    /// The code as JavaScript sees it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidArgument => "invalid_argument",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Rejected => "rejected",
            Self::Throttled => "throttled",
            Self::Unavailable => "unavailable",
            Self::Redirected => "redirected",
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Busy => "busy",
            Self::LeftActive => "left_active",
            Self::Closed => "closed",
            Self::TokenUnavailable => "token_unavailable",
            Self::NotSupported => "not_supported",
        }
    }
}

/// What is known of a failed change: the worst of the call's attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The service did not apply the change.
    NotApplied,
    /// The service may have applied the change.
    Unknown,
}

impl Outcome {
    /// The outcome as JavaScript sees it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotApplied => "not_applied",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_outcomes_have_their_documented_names() {
        let codes = [ErrorCode::InvalidArgument, ErrorCode::LeftActive, ErrorCode::TokenUnavailable];
        assert_eq!(codes.map(ErrorCode::as_str), ["invalid_argument", "left_active", "token_unavailable"]);
        assert_eq!([Outcome::NotApplied, Outcome::Unknown].map(Outcome::as_str), ["not_applied", "unknown"]);
    }
}
