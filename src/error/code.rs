//! The two closed sets of an error: what kind it is, and what is known of the change.

use crate::words::words;

words! {
    /// What kind of failure it was.
    ///
    /// - `invalid_argument`: an argument or option is not acceptable; nothing was sent
    /// - `unauthenticated`: 401, the service does not know the token
    /// - `forbidden`: 403, the token lacks the privilege to push to sources
    /// - `not_found`: 404, no such organization or source
    /// - `rejected`: another answer that trying again cannot change
    /// - `throttled`: 429, too many requests
    /// - `unavailable`: 408 or 5xx, the service cannot serve now
    /// - `redirected`: 3xx, never followed
    /// - `network`: no answer came through the network
    /// - `timeout`: no answer came in time
    /// - `busy`: another activity gives the source another status
    /// - `left_active`: an activity ended, and `IDLE` could not be set; `hint` is the command that repairs it
    /// - `closed`: the client was closed
    /// - `token_unavailable`: the token function failed
    /// - `not_supported`: the host has no `fetch`, or does not allow WebAssembly
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "web", tsify(rename = "StatusErrorCode"))]
    pub enum ErrorCode {
        /// An argument or option is not acceptable; nothing was sent.
        InvalidArgument = "invalid_argument",
        /// 401: the service does not know the token.
        Unauthenticated = "unauthenticated",
        /// 403: the token lacks a privilege.
        Forbidden = "forbidden",
        /// 404: no such organization or source.
        NotFound = "not_found",
        /// Another answer that trying again cannot change.
        Rejected = "rejected",
        /// 429: too many requests.
        Throttled = "throttled",
        /// The service answered that it cannot serve now.
        Unavailable = "unavailable",
        /// The service answered with a redirect, which is never followed.
        Redirected = "redirected",
        /// No answer came through the network.
        Network = "network",
        /// No answer came in time.
        Timeout = "timeout",
        /// Another activity gives the source another status.
        Busy = "busy",
        /// An activity ended, and `IDLE` could not be set.
        LeftActive = "left_active",
        /// The client was closed.
        Closed = "closed",
        /// The function that gives the token failed.
        TokenUnavailable = "token_unavailable",
        /// The host offers no `fetch`.
        NotSupported = "not_supported",
    }
}

words! {
    /// What is known of a failed change: `not_applied` for certain, or `unknown`, when it may have been applied. The worst
    /// of the call's attempts decides.
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
