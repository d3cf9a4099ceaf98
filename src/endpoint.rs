//! The address of the service: the host of its older documentation, the host of a region, or the user's own endpoint.

mod address;
mod region;

pub use region::{Environment, Region};

use crate::invalid::Invalid;
use crate::quote::quote;
use address::Address;

/// Where plain http is accepted. Everybody on the way can read it, including the token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlainHttp {
    /// Only on loopback addresses.
    #[default]
    Loopback,
    /// Everywhere, for a stand-in in another container for example.
    Anywhere,
}

/// The part of every URL before `/organizations`. It is https, or http where that is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    base: String,
    host: String,
}

impl Default for Endpoint {
    /// Returns the endpoint in the documentation of the operation.
    fn default() -> Self {
        Self { base: "https://push.cloud.coveo.com/v1".into(), host: "push.cloud.coveo.com".into() }
    }
}

impl Endpoint {
    /// Returns the endpoint of an environment, in a region if one is given.
    ///
    /// # Errors
    /// A region together with HIPAA is an error, since HIPAA has no regions.
    pub fn regional(region: Option<Region>, environment: Environment) -> Result<Self, Invalid> {
        if environment == Environment::Hipaa && region.is_some() {
            let what = "region cannot be given with the environment \"hipaa\", which has no regions";
            return Err(Invalid::new("region", what).with_hint("leave the region out"));
        }
        let suffix = region.map_or("", Region::host_suffix);
        let host = format!("api{}{suffix}.cloud.coveo.com", environment.host_infix());
        Ok(Self { base: format!("https://{host}/push/v1"), host })
    }

    /// Parses an endpoint. A trailing slash is ignored.
    ///
    /// # Errors
    /// An endpoint is refused if it could send a token somewhere else than it seems, if it is plain http where that is
    /// not accepted, or if its host is known not to serve the Push API.
    pub fn parse(text: &str, plain_http: PlainHttp) -> Result<Self, Invalid> {
        let address = Address::parse(text).map_err(|problem| invalid(text, problem))?;
        if !address.is_https && !address.is_loopback() && plain_http == PlainHttp::Loopback {
            return Err(invalid(text, "would send the token unencrypted")
                .with_hint("use https; http is accepted only on loopback addresses, unless insecureHttp is true"));
        }
        known_mistake(&address)
            .map_or(Ok(()), |hint| Err(invalid(text, "is not a Push API endpoint").with_hint(hint)))?;
        let scheme = if address.is_https { "https" } else { "http" };
        let authority = address.authority();
        Ok(Self { base: format!("{scheme}://{authority}{}", address.path), host: authority })
    }

    /// Returns the URL before `/organizations`, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.base
    }

    /// Returns the host, with its port if one was given.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}

fn invalid(text: &str, problem: &str) -> Invalid {
    // User names, queries and fragments may contain a password or a token.
    let may_hold_a_secret = text.bytes().any(|byte| matches!(byte, b'@' | b'?' | b'#'));
    let input = if may_hold_a_secret { String::new() } else { format!("{} ", quote(text)) };
    Invalid::new("endpoint", format!("endpoint {input}{problem}"))
}

/// Returns a hint for an address that people paste by mistake.
fn known_mistake(address: &Address) -> Option<&'static str> {
    let host = address.host.as_str();
    if address.path.as_bytes().split(|&byte| byte == b'/').any(|segment| segment.starts_with(b"organizations")) {
        return Some("leave out \"/organizations\" and what follows it");
    }
    let platform = host.strip_suffix(".cloud.coveo.com").is_some_and(|name| name.starts_with("platform"));
    if platform || host.ends_with(".org.coveo.com") {
        return Some("the host serves another API; use region, or https://api-eu.cloud.coveo.com/push/v1 for example");
    }
    let (path, remedy) = match host.strip_suffix(".cloud.coveo.com")? {
        name if name.starts_with("api") => ("/push/v1", "the host's Push API begins at /push/v1"),
        name if name.starts_with("push") => ("/v1", "the host's Push API begins at /v1"),
        _ => return None,
    };
    (address.path != path).then_some(remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_and_environments_have_the_hosts_that_are_documented() {
        let base = |region, environment| Endpoint::regional(region, environment).unwrap().base;
        assert_eq!(base(None, Environment::Production), "https://api.cloud.coveo.com/push/v1");
        assert_eq!(base(Some(Region::Us), Environment::Production), "https://api.cloud.coveo.com/push/v1");
        assert_eq!(base(Some(Region::Ca), Environment::Production), "https://api-ca.cloud.coveo.com/push/v1");
        assert_eq!(base(Some(Region::Eu), Environment::Production), "https://api-eu.cloud.coveo.com/push/v1");
        assert_eq!(base(Some(Region::Au), Environment::Production), "https://api-au.cloud.coveo.com/push/v1");
        assert_eq!(base(None, Environment::Hipaa), "https://apihipaa.cloud.coveo.com/push/v1");
        assert_eq!(base(Some(Region::Eu), Environment::Staging), "https://apistg-eu.cloud.coveo.com/push/v1");
        assert_eq!(base(None, Environment::Development), "https://apidev.cloud.coveo.com/push/v1");
    }

    #[test]
    fn a_region_that_would_change_the_host_is_refused() {
        assert_eq!(
            Region::parse("eu.evil.com/").unwrap_err().to_string(),
            "region \"eu.evil.com/\" is not known; use us, ca, eu or au"
        );
        assert_eq!(
            Endpoint::regional(Some(Region::Us), Environment::Hipaa).unwrap_err().to_string(),
            "region cannot be given with the environment \"hipaa\", which has no regions; leave the region out"
        );
        assert_eq!(
            Environment::parse("qa").unwrap_err().to_string(),
            "environment \"qa\" is not known; qa is called staging now"
        );
    }

    #[test]
    fn an_endpoint_is_normalised() {
        let base = |text| Endpoint::parse(text, PlainHttp::Loopback).unwrap().base;
        assert_eq!(base("http://127.0.0.1:8080/push/v1/"), "http://127.0.0.1:8080/push/v1");
        assert_eq!(base("http://[::1]:8080"), "http://[::1]:8080");
        assert_eq!(base("http://localhost/push/v1"), "http://localhost/push/v1");
        assert_eq!(base("HTTPS://Gateway.Example.COM:0443/a//"), "https://gateway.example.com:443/a");
        assert_eq!(base("https://push.cloud.coveo.com/v1"), Endpoint::default().base);
        assert_eq!(base("https://gateway.1a/b"), "https://gateway.1a/b");
    }

    #[test]
    fn plain_http_beyond_this_machine_is_accepted_on_request() {
        let base = |text| Endpoint::parse(text, PlainHttp::Anywhere).map(|endpoint| endpoint.base);
        assert_eq!(base("http://emulator:8080/push/v1").as_deref(), Ok("http://emulator:8080/push/v1"));
        assert!(base("ftp://emulator/").is_err());
        assert!(base("http://user@emulator/").is_err());
    }

    #[test]
    fn an_invalid_endpoint_is_refused_with_a_hint() {
        let text = |endpoint| Endpoint::parse(endpoint, PlainHttp::Loopback).unwrap_err().to_string();
        assert_eq!(
            text("http://gateway.example.com/push/v1"),
            "endpoint \"http://gateway.example.com/push/v1\" would send the token unencrypted; \
             use https; http is accepted only on loopback addresses, unless insecureHttp is true"
        );
        assert_eq!(
            text("https://platform-eu.cloud.coveo.com/rest"),
            "endpoint \"https://platform-eu.cloud.coveo.com/rest\" is not a Push API endpoint; the host serves \
             another API; use region, or https://api-eu.cloud.coveo.com/push/v1 for example"
        );
        assert_eq!(
            text("https://api-eu.cloud.coveo.com"),
            "endpoint \"https://api-eu.cloud.coveo.com\" is not a Push API endpoint; \
             the host's Push API begins at /push/v1"
        );
        assert_eq!(
            text("https://api.cloud.coveo.com/push/v1/organizations/x"),
            "endpoint \"https://api.cloud.coveo.com/push/v1/organizations/x\" is not a Push API endpoint; \
             leave out \"/organizations\" and what follows it"
        );
        assert_eq!(
            text("https://push.cloud.coveo.com/push/v1"),
            "endpoint \"https://push.cloud.coveo.com/push/v1\" is not a Push API endpoint; \
             the host's Push API begins at /v1"
        );
        assert!(Endpoint::parse("https://other.cloud.coveo.com/a", PlainHttp::Loopback).is_ok());
        for endpoint in [
            "",
            "api-eu.cloud.coveo.com",
            "ftp://127.0.0.1/",
            "https://",
            "https://user@example.com/",
            "https://user:secret@example.com/",
            "https://example.com?x=1",
            "https://example.com/#x",
            "https://example.com:0/",
            "https://example.com:70000/",
            "https://example.com:+80/",
            "https://example.com:/",
            "https://exa mple.com/",
            "https://example.com\\@evil.com/",
            "https://1.2.3/",
            "https://0x7f.1/",
            "https://a..b/",
            "https://example.com/a/../b",
            "https://example.com/a//b",
            "https://example.com/%2e%2e/b",
            "http://127.0.0.1.evil.com/",
            "http://localhost.evil.com/",
            "http://[::2]/",
        ] {
            assert!(Endpoint::parse(endpoint, PlainHttp::Loopback).is_err(), "{endpoint}");
        }
    }
}
