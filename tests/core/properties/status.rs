//! A status round-trips through its text, and every other text is rejected.

use proptest::prelude::*;
use push_source_status::StatusType;

use crate::property::{one_of, properties};

/// Words of the three vocabularies, whole or with a wrong character, and any other text.
fn words() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "REBUILD",
        "REFRESH",
        "INCREMENTAL",
        "IDLE",
        "rebuild",
        "Rescan",
        "Refresh",
        "FULL_REFRESH",
        "INCREMENTAL_REFRESH",
        "PUSH_READY",
        "Ready to receive items",
        "undefined",
        "",
    ]);
    one_of![
        known.clone().prop_map(str::to_owned),
        (
            known.clone(),
            prop::sample::select(vec![' ', '\n', '\0', '_', 'é', 'I', '\u{200b}']),
            any::<prop::sample::Index>()
        )
            .prop_map(|(word, extra, place)| {
                let mut text = word.to_owned();
                text.insert(place.index(word.len() + 1), extra);
                text
            }),
        known.prop_map(str::to_lowercase),
        any::<String>(),
    ]
}

#[test]
fn a_status_round_trips_through_its_text() {
    for status in StatusType::ALL {
        assert_eq!(StatusType::parse(status.as_str()).unwrap(), status);
        assert_eq!(status.info().status_type, status);
    }
}

properties! {
    times 4;

    fn every_other_text_is_rejected(text in words()) {
        match StatusType::parse(&text) {
            Ok(status) => prop_assert_eq!(status.as_str(), text),
            Err(error) => {
                prop_assert!(!["REBUILD", "REFRESH", "INCREMENTAL", "IDLE"].contains(&text.as_str()));
                prop_assert_eq!(error.argument(), "statusType");
                prop_assert!(error.hint().is_some());
                prop_assert!(!error.to_string().contains('\n'));
            }
        }
    }
}
