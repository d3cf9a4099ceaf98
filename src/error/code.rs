//! The two closed sets of words in an error: its code and its outcome.

use crate::words::words;

words! {
    /// The kind of an error.
    ///
    /// - `invalid_argument`: an argument or option is invalid; nothing was sent
    /// - `unauthenticated`: 401, the service does not accept the token
    /// - `forbidden`: 403, the token lacks the privilege to push to sources
    /// - `not_found`: 404, there is no such organization or source
    /// - `rejected`: any other answer that a retry cannot change
    /// - `throttled`: 429, too many requests; also when the service asks for a longer wait than the call has time for
    /// - `unavailable`: 408 or 5xx, the service cannot answer now
    /// - `redirected`: 3xx, redirects are never followed
    /// - `network`: no answer came, because the connection failed
    /// - `timeout`: no answer came in time
    /// - `busy`: the source has an activity with another status
    /// - `left_active`: an activity ended, but `IDLE` could not be set; `hint` is the shell command that sets it
    /// - `closed`: the client was closed
    /// - `token_unavailable`: the token function failed
    /// - `not_supported`: the host has no `fetch`, or does not allow WebAssembly
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "web", tsify(rename = "StatusErrorCode"))]
    pub enum ErrorCode {
        /// An argument or option is invalid; nothing was sent.
        InvalidArgument = "invalid_argument",
        /// 401: the service does not accept the token.
        Unauthenticated = "unauthenticated",
        /// 403: the token lacks a privilege.
        Forbidden = "forbidden",
        /// 404: there is no such organization or source.
        NotFound = "not_found",
        /// Any other answer that a retry cannot change.
        Rejected = "rejected",
        /// 429: too many requests.
        Throttled = "throttled",
        /// 408 or 5xx: the service cannot answer now.
        Unavailable = "unavailable",
        /// The service answered with a redirect, which is never followed.
        Redirected = "redirected",
        /// No answer came, because the connection failed.
        Network = "network",
        /// No answer came in time.
        Timeout = "timeout",
        /// The source has an activity with another status.
        Busy = "busy",
        /// An activity ended, but `IDLE` could not be set.
        LeftActive = "left_active",
        /// The client was closed.
        Closed = "closed",
        /// The token function failed.
        TokenUnavailable = "token_unavailable",
        /// The host has no `fetch`, or does not allow WebAssembly.
        NotSupported = "not_supported",
    }
}

words! {
    /// Whether a failed change took effect: `not_applied` means that it certainly did not, `unknown` that it may have.
    /// A call with one `unknown` attempt is `unknown`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[cfg_attr(feature = "web", tsify(rename = "StatusOutcome"))]
    pub enum Outcome {
        /// The service did not apply the change.
        NotApplied = "not_applied",
        /// The service may have applied the change.
        Unknown = "unknown",
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
