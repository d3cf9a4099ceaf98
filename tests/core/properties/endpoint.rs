//! An endpoint means the same to an independent URL parser, so the token goes nowhere else.

use std::net::IpAddr;

use proptest::prelude::*;
use push_source_status::{Endpoint, Environment, PlainHttp, Region};
use url::{Host, Url};

use crate::property::{one_of, properties};

/// Endpoints made of valid parts and of ambiguous ones.
pub fn endpoints() -> impl Strategy<Value = String> {
    let scheme = one_of![
        8 => prop::sample::select(vec!["https://", "http://", "HTTPS://"]),
        1 => prop::sample::select(vec!["", "//", "https:/", "https:\\\\", "ftp://", "javascript:", " https://", "https:///"]),
    ];
    let user = one_of![20 => Just(""), 1 => prop::sample::select(vec!["user@", "user:password@", "@", ":@"])];
    let port = one_of![
        4 => Just(String::new()),
        2 => (0_u32..70_000).prop_map(|port| format!(":{port}")),
        1 => prop::sample::select(vec![":443", ":80", ":0443", ":", ":+1", ":-1", ":8 0", ":99999999999"])
            .prop_map(str::to_owned),
    ];
    let segment = one_of![
        8 => prop::sample::select(vec!["push", "v1", "a.b", "~x", "..."]),
        1 => prop::sample::select(vec!["", ".", "..", "%2e%2e", "%2F", "a b", "é", "a;b", "\\", "organizations", "a\n"]),
    ];
    let path = prop::collection::vec(segment, 0..4)
        .prop_map(|segments| segments.iter().flat_map(|segment| ["/", segment]).collect::<String>());
    let end =
        one_of![12 => prop::sample::select(vec!["", "/", "//"]), 1 => prop::sample::select(vec!["?x=1", "#x", "\t"])];
    (scheme, user, hosts(), port, path, end)
        .prop_map(|(scheme, user, host, port, path, end)| format!("{scheme}{user}{host}{port}{path}{end}"))
}

fn hosts() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "push.cloud.coveo.com",
        "api-eu.cloud.coveo.com",
        "platform.cloud.coveo.com",
        "x.org.coveo.com",
        "localhost",
        "LOCALHOST",
        "127.0.0.1",
        "127.1.2.3",
        "[::1]",
        "[::2]",
        "[0:0:0:0:0:0:0:1]",
        "0.0.0.0",
        "127.1",
        "127.0.0.01",
        "0x7f.0.0.1",
        "2130706433",
        "localhost.",
        "127.0.0.1.evil.com",
        "localhost.evil.com",
        "[::ffff:127.0.0.1]",
    ]);
    let label = one_of![
        8 => prop::sample::select(vec!["a", "gateway", "Example", "com", "x1", "1x", "0", "255", "256", "0x1", "a--b"]),
        2 => prop::sample::select(vec!["xn--bcher-kva", "xn--a", "xn--", "xn--zzzzzzzz", "xn--80ak6aa92e"]),
        1 => prop::sample::select(vec!["", "-a", "a-", "a_b", "é", "ß", "a b", "%61", "\u{3002}", "\u{ad}", "a\\", "a@b"]),
    ];
    one_of![
        1 => known.prop_map(str::to_owned),
        1 => prop::collection::vec(label, 1..5).prop_map(|labels| labels.join(".")),
    ]
}

fn is_loopback(url: &Url) -> bool {
    match url.host().unwrap() {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => IpAddr::V4(address).is_loopback(),
        Host::Ipv6(address) => IpAddr::V6(address).is_loopback(),
    }
}

properties! {
    times 8;

    fn an_accepted_endpoint_is_https_or_loopback_to_every_parser(text in endpoints()) {
        match Endpoint::parse(&text, PlainHttp::Loopback) {
            Ok(endpoint) => {
                let url = Url::parse(endpoint.as_str());
                prop_assert!(url.is_ok(), "{} is no URL", endpoint.as_str());
                let url = url.unwrap();
                prop_assert!(url.scheme() == "https" || url.scheme() == "http" && is_loopback(&url));
                // The text and the endpoint made of it lead to the same place.
                let given = Url::parse(&text).unwrap();
                prop_assert_eq!(given.origin(), url.origin());
                prop_assert_eq!(given.path().trim_end_matches('/'), url.path().trim_end_matches('/'));
                prop_assert!(url.username().is_empty() && url.query().is_none() && url.fragment().is_none());
                prop_assert!(!endpoint.as_str().ends_with('/'));
            }
            Err(error) => {
                prop_assert_eq!(error.argument(), "endpoint");
                prop_assert!(!error.to_string().contains(['\n', '\t']));
            }
        }
    }

    fn an_endpoint_parses_to_itself(text in endpoints()) {
        if let Ok(endpoint) = Endpoint::parse(&text, PlainHttp::Loopback) {
            prop_assert_eq!(Endpoint::parse(endpoint.as_str(), PlainHttp::Loopback).unwrap(), endpoint.clone());
            prop_assert_eq!(Endpoint::parse(&format!("{}/", endpoint.as_str()), PlainHttp::Loopback).unwrap(), endpoint);
        }
    }

    fn a_name_leads_to_a_host_of_the_service(name in one_of![
        prop::sample::select(vec!["us", "ca", "eu", "au", "EU", "eu ", "eu.evil.com/", "", "staging", "qa", "hipaa"])
            .prop_map(str::to_owned),
        any::<String>(),
    ]) {
        let region = Region::parse(&name);
        let environment = Environment::parse(&name);
        prop_assert_eq!(region.is_ok(), ["us", "ca", "eu", "au"].contains(&name.as_str()));
        let is_environment = ["production", "hipaa", "staging", "development"].contains(&name.as_str());
        prop_assert_eq!(environment.is_ok(), is_environment);
        for environment in environment.into_iter().chain([Environment::Production]) {
            if let Ok(endpoint) = Endpoint::regional(region.clone().ok(), environment) {
                let url = Url::parse(endpoint.as_str()).unwrap();
                prop_assert!(url.host_str().unwrap().ends_with(".cloud.coveo.com"));
                prop_assert_eq!(Endpoint::parse(endpoint.as_str(), PlainHttp::Loopback).unwrap(), endpoint);
            }
        }
    }
}

#[test]
fn a_number_in_an_address_is_at_most_255_and_has_no_leading_zero() {
    let is_valid = |number: &str| Endpoint::parse(&format!("https://1.2.{number}.3"), PlainHttp::Loopback).is_ok();
    for number in 0..1000 {
        assert_eq!(is_valid(&number.to_string()), number < 256, "{number}");
        assert!(!is_valid(&format!("0{number}")), "0{number}");
    }
}
