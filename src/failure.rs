//! What it means when no answer came: the failures of a transport.

use crate::error::{Cause, ErrorCode, Outcome};
use crate::verdict::Verdict;

/// The end of an attempt without an answer; by default, one of which nothing else is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Failure {
    /// What went wrong.
    pub kind: FailureKind,
    /// The foreign error that told.
    pub cause: Option<Cause>,
    /// What the host adds to the hint: a proxy that it does not use, a browser's silence on CORS.
    pub host_hint: Option<&'static str>,
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The connection failed, as `cause.code` says in more detail.
    #[default]
    Transport,
    /// `fetch` gave something that is no response.
    NoResponse,
    /// There is no `fetch`.
    NoFetch,
}

/// What can be told from the code of a transport's failure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Not one byte of the request left this machine, or none arrived.
    NeverConnected,
    /// The server's certificate was not accepted.
    Distrusted,
    /// Nothing: the request may have arrived.
    Unknown,
}

impl Failure {
    fn reach(&self) -> Reach {
        match self.cause.as_ref().and_then(|cause| cause.code.as_deref()).unwrap_or_default() {
            "ECONNREFUSED" | "ENOTFOUND" | "EAI_AGAIN" | "ENETUNREACH" | "EHOSTUNREACH" | "UND_ERR_CONNECT_TIMEOUT" => {
                Reach::NeverConnected
            }
            "DEPTH_ZERO_SELF_SIGNED_CERT"
            | "SELF_SIGNED_CERT_IN_CHAIN"
            | "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
            | "UNABLE_TO_GET_ISSUER_CERT"
            | "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"
            | "HOSTNAME_MISMATCH"
            | "INVALID_CA" => Reach::Distrusted,
            code if code.starts_with("CERT_") || code.starts_with("ERR_TLS_") => Reach::Distrusted,
            _ => Reach::Unknown,
        }
    }

    /// The verdict on the failure.
    #[must_use]
    pub fn judge(&self) -> Verdict {
        match (self.kind, self.reach()) {
            (FailureKind::NoFetch, _) | (FailureKind::Transport, Reach::Distrusted) => {
                Verdict::Final(Outcome::NotApplied)
            }
            (FailureKind::NoResponse, _) => Verdict::Final(Outcome::Unknown),
            (FailureKind::Transport, Reach::NeverConnected) => Verdict::NotApplied,
            (FailureKind::Transport, Reach::Unknown) => Verdict::Unknown,
        }
    }

    /// The kind of error that the failure is.
    #[must_use]
    pub const fn error_code(&self) -> ErrorCode {
        match self.kind {
            FailureKind::NoFetch => ErrorCode::NotSupported,
            FailureKind::Transport | FailureKind::NoResponse => ErrorCode::Network,
        }
    }

    /// What happened, in words.
    #[must_use]
    pub fn what(&self) -> String {
        let detail = self.cause.as_ref().map(|cause| format!(" ({})", cause.message)).unwrap_or_default();
        match (self.kind, self.reach()) {
            (FailureKind::NoFetch, _) => "there is no fetch to send with".into(),
            (FailureKind::NoResponse, _) => "fetch gave no response".into(),
            (_, Reach::NeverConnected) => format!("the host could not be reached{detail}"),
            (_, Reach::Distrusted) => format!("the host's certificate is not trusted{detail}"),
            (_, Reach::Unknown) => format!("no answer came through the network{detail}"),
        }
    }

    /// The one thing to do.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match (self.kind, self.reach()) {
            (FailureKind::NoFetch, _) => "pass one as the option fetch",
            (FailureKind::NoResponse, _) => "check the option fetch",
            (_, Reach::Distrusted) => "name the file of the authority's certificate in NODE_EXTRA_CA_CERTS",
            _ => self.host_hint.unwrap_or("check the network and the endpoint"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(code: Option<&str>) -> Failure {
        let cause = Cause { name: "Error".into(), message: "m".into(), code: code.map(Into::into) };
        Failure { kind: FailureKind::Transport, cause: Some(cause), host_hint: None }
    }

    #[test]
    fn the_code_of_the_cause_decides() {
        for code in ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"]
        {
            assert_eq!(failure(Some(code)).judge(), Verdict::NotApplied, "{code}");
        }
        for code in ["DEPTH_ZERO_SELF_SIGNED_CERT", "CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID"] {
            assert_eq!(failure(Some(code)).judge(), Verdict::Final(Outcome::NotApplied), "{code}");
        }
        for code in [Some("ECONNRESET"), Some("UND_ERR_SOCKET"), Some("EPIPE"), Some("anything"), None] {
            assert_eq!(failure(code).judge(), Verdict::Unknown, "{code:?}");
        }
    }

    #[test]
    fn a_failure_says_what_happened_and_what_to_do() {
        let of_kind = |kind| Failure { kind, ..failure(None) };
        let cases = [
            (of_kind(FailureKind::NoFetch), "there is no fetch to send with", "pass one as the option fetch"),
            (of_kind(FailureKind::NoResponse), "fetch gave no response", "check the option fetch"),
            (failure(Some("ENOTFOUND")), "the host could not be reached (m)", "check the network and the endpoint"),
            (
                failure(Some("CERT_HAS_EXPIRED")),
                "the host's certificate is not trusted (m)",
                "name the file of the authority's certificate in NODE_EXTRA_CA_CERTS",
            ),
            (failure(None), "no answer came through the network (m)", "check the network and the endpoint"),
            (Failure::default(), "no answer came through the network", "check the network and the endpoint"),
        ];
        for (failure, what, hint) in cases {
            assert_eq!((failure.what().as_str(), failure.hint()), (what, hint));
        }
        let host_hint = Some("try it the other way");
        assert_eq!(Failure { host_hint, ..Failure::default() }.hint(), "try it the other way");
    }

    #[test]
    fn each_kind_has_its_verdict_and_its_code() {
        let of_kind = |kind| Failure { kind, ..Failure::default() };
        let cases = [
            (FailureKind::NoFetch, Verdict::Final(Outcome::NotApplied), ErrorCode::NotSupported),
            (FailureKind::NoResponse, Verdict::Final(Outcome::Unknown), ErrorCode::Network),
            (FailureKind::Transport, Verdict::Unknown, ErrorCode::Network),
        ];
        for (kind, verdict, code) in cases {
            assert_eq!((of_kind(kind).judge(), of_kind(kind).error_code()), (verdict, code), "{kind:?}");
        }
    }
}
