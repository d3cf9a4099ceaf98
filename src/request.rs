//! A request as data: method, URL, headers and body.

use crate::endpoint::{Endpoint, PlainHttp};
use crate::identifier::{OrganizationId, SourceId};
use crate::status::StatusType;

/// The method of every request.
pub const METHOD: &str = "POST";

/// The body of every request.
pub const BODY: &str = "{}";

/// The headers of every request, without the one that carries the token.
pub const HEADERS: [(&str, &str); 2] = [("Content-Type", "application/json"), ("Accept", "application/json")];

/// The name of the header that carries the token.
pub const AUTHORIZATION: &str = "Authorization";

/// Returns the value of the header that carries the token.
#[must_use]
pub fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

/// The part that all requests of a client have in common: the URL up to the source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestTemplate {
    endpoint: String,
    organization: OrganizationId,
    host: String,
}

impl RequestTemplate {
    /// Creates the template for the requests of an organization at an endpoint.
    #[must_use]
    pub fn new(endpoint: &Endpoint, organization: &OrganizationId) -> Self {
        Self { endpoint: endpoint.as_str().into(), organization: organization.clone(), host: endpoint.host().into() }
    }

    /// Returns the URL that sets a source to a status. Both ids are valid path segments and need no escaping.
    #[must_use]
    pub fn url(&self, source: &SourceId, status: StatusType) -> String {
        let Self { endpoint, organization, .. } = self;
        let (organization, source, status) = (organization.as_str(), source.as_str(), status.as_str());
        [endpoint, "/organizations/", organization, "/sources/", source, "/status?statusType=", status].concat()
    }

    /// Returns the shell command that sets a source to a status.
    #[must_use]
    pub fn command(&self, source: &SourceId, status: StatusType) -> String {
        let Self { endpoint, organization, .. } = self;
        let (organization, source, status) = (organization.as_str(), source.as_str(), status.as_str());
        let is_refused = Endpoint::parse(endpoint, PlainHttp::Loopback).is_err();
        let insecure = if is_refused { " --insecure-http" } else { "" };
        format!(
            "push-source-status set {status} --source {source} --organization {organization} --endpoint \
             {endpoint}{insecure}"
        )
    }

    /// Returns everything before `/organizations`.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Returns the organization.
    #[must_use]
    pub fn organization(&self) -> &OrganizationId {
        &self.organization
    }

    /// Returns the host of the requests, with its port if one was given.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (RequestTemplate, SourceId) {
        let organization = OrganizationId::parse("mycoveocloudv2organizationg8tp8wu3").unwrap();
        let source = SourceId::parse("mycoveocloudv2organizationg8tp8wu3-rp5rxzbdz753uhndklv2ztkfgy").unwrap();
        (RequestTemplate::new(&Endpoint::default(), &organization), source)
    }

    #[test]
    fn the_url_is_the_one_of_the_documented_sample() {
        let (template, source) = sample();
        assert_eq!(template.endpoint(), "https://push.cloud.coveo.com/v1");
        assert_eq!(
            template.url(&source, StatusType::Refresh),
            "https://push.cloud.coveo.com/v1/organizations/mycoveocloudv2organizationg8tp8wu3/sources/\
             mycoveocloudv2organizationg8tp8wu3-rp5rxzbdz753uhndklv2ztkfgy/status?statusType=REFRESH"
        );
    }

    #[test]
    fn the_command_leads_to_the_same_place() {
        let (template, source) = sample();
        assert_eq!(
            template.command(&source, StatusType::Idle),
            "push-source-status set IDLE --source mycoveocloudv2organizationg8tp8wu3-rp5rxzbdz753uhndklv2ztkfgy \
             --organization mycoveocloudv2organizationg8tp8wu3 --endpoint https://push.cloud.coveo.com/v1"
        );
    }

    #[test]
    fn the_token_is_a_bearer_token() {
        assert_eq!(bearer("token"), "Bearer token");
    }

    #[test]
    fn the_command_allows_plain_http_where_it_would_be_refused() {
        let (_, source) = sample();
        let organization = OrganizationId::parse("org").unwrap();
        for (endpoint, end) in [
            ("https://proxy.example/push/v1", "--endpoint https://proxy.example/push/v1"),
            ("http://127.0.0.1:8080/push/v1", "--endpoint http://127.0.0.1:8080/push/v1"),
            ("http://emulator:8080/push/v1", "--endpoint http://emulator:8080/push/v1 --insecure-http"),
        ] {
            let endpoint = Endpoint::parse(endpoint, PlainHttp::Anywhere).unwrap();
            let command = RequestTemplate::new(&endpoint, &organization).command(&source, StatusType::Idle);
            assert!(command.ends_with(end), "{command}");
        }
    }
}
