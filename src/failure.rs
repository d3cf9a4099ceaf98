//! The meaning of a failure: an attempt that got no answer.

use crate::error::{Cause, ErrorCode, Outcome};
use crate::verdict::Verdict;

/// The failure of an attempt that got no answer. The default is one with an unknown reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Failure {
    /// The kind of failure.
    pub kind: FailureKind,
    /// The foreign error that was thrown.
    pub cause: Option<Cause>,
    /// A better hint for this host, for example that Node does not use the configured proxy.
    pub host_hint: Option<&'static str>,
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The connection failed. `cause.code` has the details.
    #[default]
    Transport,
    /// `fetch` returned something that is not a response.
    NoResponse,
    /// There is no `fetch`.
    NoFetch,
}

/// How far a request came, judged by the code of its failure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// No connection was made, so the request cannot have arrived.
    NeverConnected,
    /// The server's certificate was not accepted.
    Distrusted(Distrust),
    /// The server does not speak TLS, or no version that this machine speaks.
    OtherProtocol,
    /// The Fetch standard forbids the port.
    ForbiddenPort,
    /// A proxy wants a password.
    ProxyRefused,
    /// The request may have arrived.
    Unknown,
}

/// The reason why a certificate is not trusted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Distrust {
    Authority,
    Date,
    Name,
}

/// OpenSSL's names for the reasons why two sides cannot speak TLS, without `ERR_SSL_`.
const OTHER_PROTOCOLS: [&str; 9] = [
    "HTTP_REQUEST",
    "NO_PROTOCOLS_AVAILABLE",
    "PACKET_LENGTH_TOO_LONG",
    "SSLV3_ALERT_HANDSHAKE_FAILURE",
    "SSL/TLS_ALERT_HANDSHAKE_FAILURE",
    "TLSV1_ALERT_PROTOCOL_VERSION",
    "TLS_ALERT_PROTOCOL_VERSION",
    "UNSUPPORTED_PROTOCOL",
    "WRONG_VERSION_NUMBER",
];

impl Failure {
    fn reach(&self) -> Reach {
        let Some(cause) = &self.cause else { return Reach::Unknown };
        let says = |text: &[u8]| cause.message.as_bytes().windows(text.len()).any(|part| part == text);
        // In the message of undici, the proxy's HTTP status follows.
        if says(b"Proxy response (") {
            return if says(b"Proxy response (407") { Reach::ProxyRefused } else { Reach::NeverConnected };
        }
        if says(b": bad port") {
            return Reach::ForbiddenPort;
        }
        match cause.code.as_deref().unwrap_or_default() {
            // Node has the same code for a connection that was made and then lost.
            "ETIMEDOUT" if says(b"connect ETIMEDOUT") => Reach::NeverConnected,
            "ECONNREFUSED" | "ENOTFOUND" | "EAI_AGAIN" | "ENETUNREACH" | "EHOSTUNREACH" | "UND_ERR_CONNECT_TIMEOUT" => {
                Reach::NeverConnected
            }
            "CERT_HAS_EXPIRED" | "CERT_NOT_YET_VALID" => Reach::Distrusted(Distrust::Date),
            "ERR_TLS_CERT_ALTNAME_INVALID" | "HOSTNAME_MISMATCH" => Reach::Distrusted(Distrust::Name),
            "DEPTH_ZERO_SELF_SIGNED_CERT"
            | "SELF_SIGNED_CERT_IN_CHAIN"
            | "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
            | "UNABLE_TO_GET_ISSUER_CERT"
            | "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"
            | "INVALID_CA" => Reach::Distrusted(Distrust::Authority),
            code if code.starts_with("CERT_") || code.starts_with("ERR_TLS_") => Reach::Distrusted(Distrust::Authority),
            // Older versions of Node use this one code for all of them.
            "EPROTO" => Reach::OtherProtocol,
            code if code.strip_prefix("ERR_SSL_").is_some_and(|name| OTHER_PROTOCOLS.contains(&name)) => {
                Reach::OtherProtocol
            }
            _ => Reach::Unknown,
        }
    }

    /// Returns the verdict on the failure.
    #[must_use]
    pub fn judge(&self) -> Verdict {
        match (self.kind, self.reach()) {
            (FailureKind::NoFetch, _)
            | (
                FailureKind::Transport,
                Reach::Distrusted(_) | Reach::OtherProtocol | Reach::ForbiddenPort | Reach::ProxyRefused,
            ) => Verdict::Final(Outcome::NotApplied),
            (FailureKind::NoResponse, _) => Verdict::Final(Outcome::Unknown),
            (FailureKind::Transport, Reach::NeverConnected) => Verdict::NotApplied,
            (FailureKind::Transport, Reach::Unknown) => Verdict::Unknown,
        }
    }

    /// Returns the error code for the failure.
    #[must_use]
    pub const fn error_code(&self) -> ErrorCode {
        match self.kind {
            FailureKind::NoFetch => ErrorCode::NotSupported,
            FailureKind::Transport | FailureKind::NoResponse => ErrorCode::Network,
        }
    }

    /// Describes in words what happened.
    #[must_use]
    pub fn what(&self) -> String {
        let what = match (self.kind, self.reach()) {
            (FailureKind::NoFetch, _) => return "there is no fetch function".into(),
            (FailureKind::NoResponse, _) => return "fetch returned no response".into(),
            (_, Reach::ForbiddenPort) => "fetch refuses the port of the endpoint",
            (_, Reach::ProxyRefused) => "the proxy requires authentication",
            (_, Reach::NeverConnected) => "the host could not be reached",
            (_, Reach::Distrusted(_)) => "the host's certificate is not trusted",
            (_, Reach::OtherProtocol) => "the host and this machine have no TLS version in common",
            (_, Reach::Unknown) => "no answer came through the network",
        };
        match &self.cause {
            Some(cause) => [what, " (", &cause.message, ")"].concat(),
            None => what.into(),
        }
    }

    /// Returns one thing that the user can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match (self.kind, self.reach()) {
            (FailureKind::NoFetch, _) => "pass one as the option fetch",
            (FailureKind::NoResponse, _) => "check the option fetch",
            (_, Reach::ForbiddenPort) => "choose another port: the Fetch standard forbids those of some other services",
            (_, Reach::ProxyRefused) => "add the proxy's user name and password, for example to its URL",
            (_, Reach::OtherProtocol) => {
                "check the port and the scheme of the endpoint: it may be plain http there, or an old version of TLS"
            }
            (_, Reach::Distrusted(Distrust::Date)) => "renew the certificate, or set the clock of this machine",
            (_, Reach::Distrusted(Distrust::Name)) => {
                "check the host of the endpoint: the certificate is for another name"
            }
            (_, Reach::Distrusted(Distrust::Authority)) => {
                "set NODE_EXTRA_CA_CERTS to the file with the certificate of the authority"
            }
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
        let distrusted = "DEPTH_ZERO_SELF_SIGNED_CERT CERT_HAS_EXPIRED CERT_REVOKED \
                          ERR_TLS_CERT_ALTNAME_INVALID ERR_TLS_CERT_ALTNAME_FORMAT EPROTO ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION";
        for code in distrusted.split(' ') {
            assert_eq!(failure(Some(code)).judge(), Verdict::Final(Outcome::NotApplied), "{code}");
        }
        for code in [Some("ECONNRESET"), Some("UND_ERR_SOCKET"), Some("EPIPE"), Some("anything"), None] {
            assert_eq!(failure(code).judge(), Verdict::Unknown, "{code:?}");
        }
    }

    #[test]
    fn each_failure_has_its_text_and_its_hint() {
        let of_kind = |kind| Failure { kind, ..failure(None) };
        let cases = [
            (of_kind(FailureKind::NoFetch), "there is no fetch function", "pass one as the option fetch"),
            (of_kind(FailureKind::NoResponse), "fetch returned no response", "check the option fetch"),
            (failure(Some("ENOTFOUND")), "the host could not be reached (m)", "check the network and the endpoint"),
            (
                failure(Some("SELF_SIGNED_CERT_IN_CHAIN")),
                "the host's certificate is not trusted (m)",
                "set NODE_EXTRA_CA_CERTS to the file with the certificate of the authority",
            ),
            (
                failure(Some("CERT_HAS_EXPIRED")),
                "the host's certificate is not trusted (m)",
                "renew the certificate, or set the clock of this machine",
            ),
            (
                failure(Some("ERR_TLS_CERT_ALTNAME_INVALID")),
                "the host's certificate is not trusted (m)",
                "check the host of the endpoint: the certificate is for another name",
            ),
            (
                failure(Some("ERR_SSL_WRONG_VERSION_NUMBER")),
                "the host and this machine have no TLS version in common (m)",
                "check the port and the scheme of the endpoint: it may be plain http there, or an old version of TLS",
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

    fn of(message: &str) -> Failure {
        let cause = Cause { name: "TypeError".into(), message: message.into(), code: None };
        Failure { cause: Some(cause), ..Failure::default() }
    }

    #[test]
    fn a_connection_that_was_not_made_in_time_applied_nothing() {
        let timed_out = |message: &str| {
            let mut failure = of(message);
            failure.cause.as_mut().unwrap().code = Some("ETIMEDOUT".into());
            failure.judge()
        };
        assert_eq!(timed_out("fetch failed: connect ETIMEDOUT 10.0.0.1:443"), Verdict::NotApplied);
        assert_eq!(timed_out("fetch failed: read ETIMEDOUT"), Verdict::Unknown);
    }

    #[test]
    fn a_port_that_fetch_refuses_is_final() {
        let failure = of("fetch failed: bad port");
        assert_eq!(failure.judge(), Verdict::Final(Outcome::NotApplied));
        assert_eq!(failure.what(), "fetch refuses the port of the endpoint (fetch failed: bad port)");
        assert_eq!(failure.hint(), "choose another port: the Fetch standard forbids those of some other services");
    }

    #[test]
    fn the_answer_of_a_proxy_decides() {
        let refused = of("fetch failed: Proxy response (407) !== 200 when HTTP Tunneling");
        assert_eq!(refused.judge(), Verdict::Final(Outcome::NotApplied));
        assert_eq!(
            refused.what(),
            "the proxy requires authentication (fetch failed: Proxy response (407) !== 200 when HTTP Tunneling)"
        );
        assert_eq!(refused.hint(), "add the proxy's user name and password, for example to its URL");
        assert_eq!(of("Proxy response (502) !== 200 when HTTP Tunneling").judge(), Verdict::NotApplied);
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
