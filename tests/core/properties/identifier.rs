//! With every valid id, the URL of a request has the same parts for an independent URL parser.

use proptest::prelude::*;
use push_source_status::{Endpoint, OrganizationId, PlainHttp, RequestTemplate, SourceId, StatusType};
use url::Url;

use crate::endpoint::endpoints;
use crate::property::{one_of, properties};

/// Ids made of valid pieces and of pieces that could leave a path segment.
pub fn ids() -> impl Strategy<Value = String> {
    let good = prop::sample::select(vec!["a", "Z9", "my-source", "x_y", "1.2", "-", "_", "."]);
    let bad = prop::sample::select(vec![
        "/",
        "\\",
        "..",
        "?",
        "#",
        "%",
        "%2f",
        "%2e",
        ";",
        ":",
        "@",
        "&",
        "=",
        "+",
        " ",
        "\t",
        "\n",
        "\0",
        "é",
        "🦀",
        "\u{ff0e}",
        "\u{2215}",
        "undefined",
        "null",
    ]);
    let mixed = prop::collection::vec(one_of![6 => good.clone(), 1 => bad], 0..6);
    one_of![
        4 => prop::collection::vec(good, 1..6).prop_map(|pieces| pieces.concat()),
        4 => mixed.prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => (250_usize..260).prop_map(|length| "x".repeat(length)),
    ]
}

/// A second implementation of the grammar of ids.
fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphanumeric())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        && !text.contains("..")
        && text.len() <= 255
        && !["undefined", "null", "NaN"].contains(&text)
}

properties! {
    times 4;

    fn the_grammar_of_ids_is_kept(text in ids()) {
        match (SourceId::parse(&text), OrganizationId::parse(&text)) {
            (Ok(source), Ok(organization)) => {
                prop_assert!(is_id(&text));
                prop_assert_eq!(source.as_str(), &text);
                prop_assert_eq!(organization.as_str(), &text);
            }
            (Err(source), Err(organization)) => {
                prop_assert!(!is_id(&text));
                prop_assert_eq!(source.argument(), "sourceId");
                prop_assert_eq!(organization.argument(), "organizationId");
                prop_assert!(source.to_string().len() < 600 && !source.to_string().contains(['\n', '\0', '\t']));
            }
            (source, organization) => prop_assert!(false, "{source:?} {organization:?}"),
        }
    }

    fn a_url_reads_as_host_path_and_one_query_pair(
        organization in ids(),
        source in ids(),
        endpoint in endpoints(),
        status in prop::sample::select(StatusType::ALL.to_vec()),
    ) {
        let (Ok(organization_id), Ok(source_id)) = (OrganizationId::parse(&organization), SourceId::parse(&source)) else {
            return Ok(());
        };
        let Ok(endpoint) = Endpoint::parse(&endpoint, PlainHttp::Loopback) else { return Ok(()) };
        let template = RequestTemplate::new(&endpoint, &organization_id);
        let text = template.url(&source_id, status);
        let url = Url::parse(&text).unwrap();
        let base = Url::parse(endpoint.as_str()).unwrap();

        prop_assert_eq!(url.origin(), base.origin());
        let host = url.port().map_or_else(|| url.host_str().unwrap().to_owned(), |port| {
            format!("{}:{port}", url.host_str().unwrap())
        });
        prop_assert_eq!(template.host().trim_end_matches(if url.scheme() == "https" { ":443" } else { ":80" }), host);
        let before = base.path_segments().unwrap().filter(|segment| !segment.is_empty());
        let expected: Vec<&str> = before.chain(["organizations", &organization, "sources", &source, "status"]).collect();
        prop_assert_eq!(url.path_segments().unwrap().collect::<Vec<_>>(), expected);
        let pairs: Vec<_> = url.query_pairs().collect();
        prop_assert_eq!(pairs, vec![("statusType".into(), status.as_str().into())]);
        prop_assert_eq!((url.username(), url.password(), url.fragment()), ("", None, None));
        // A parser that normalises changes nothing except that it drops a default port.
        let plain = text.replacen(":443/", "/", 1).replacen(":80/", "/", 1);
        prop_assert!(url.as_str() == text || url.as_str() == plain);
    }
}
