//! The body of an error, compared with a complete JSON parser.

use std::ops::Range;

use proptest::prelude::*;
use push_source_status::{AccessToken, ErrorBody};
use serde_json::Value;

use crate::property::{one_of, properties};

/// The depth to which values are nested.
const DEPTH: u32 = 3;

/// JSON that is written in several ways, and broken in some places.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    one_of![
        6 => (objects(), any::<bool>()).prop_map(|(value, is_pretty)| {
            if is_pretty { serde_json::to_vec_pretty(&value).unwrap() } else { serde_json::to_vec(&value).unwrap() }
        }),
        4 => documents().prop_map(String::into_bytes),
        3 => (documents(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(text, place, byte)| {
            let mut bytes = text.into_bytes();
            let place = place.index(bytes.len() + 1);
            bytes.splice(place..(place + 1).min(bytes.len()), [byte]);
            bytes
        }),
        1 => prop::collection::vec(any::<u8>(), 0..200),
        1 => (0_usize..70_000, "[\\[{\"]").prop_map(|(depth, open)| open.repeat(depth).into_bytes()),
    ]
}

fn strings() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "ACCESS_DENIED",
        "a",
        " ",
        "\"",
        "\\",
        "/",
        "\n",
        "\r",
        "\t",
        "\0",
        "\u{1b}[31m",
        "\u{7f}",
        "\u{85}",
        "é",
        "🦀",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
    ]);
    one_of![
        6 => prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => ("[aé🦀]", 80_usize..400).prop_map(|(character, count)| character.repeat(count)),
    ]
}

fn names() -> impl Strategy<Value = String> {
    one_of![
        4 => prop::sample::select(vec!["errorCode", "message"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["errorcode", "details", "", "errorCode "]).prop_map(str::to_owned),
        1 => strings(),
    ]
}

fn values(depth: u32) -> BoxedStrategy<Value> {
    let leaf = one_of![
        6 => strings().prop_map(Value::String),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    one_of![
        2 => leaf,
        1 => prop::collection::vec(values(depth - 1), 0..4).prop_map(Value::Array),
        1 => members(depth - 1, 0..4),
    ]
    .boxed()
}

fn members(depth: u32, count: Range<usize>) -> impl Strategy<Value = Value> {
    prop::collection::vec((names(), values(depth)), count)
        .prop_map(|members| Value::Object(members.into_iter().collect()))
}

fn objects() -> impl Strategy<Value = Value> {
    members(DEPTH, 0..5)
}

/// The text of an object with repeated names and needless escapes.
fn documents() -> impl Strategy<Value = String> {
    let space = || prop::sample::select(vec!["", "", " ", "\n\t", "\r\n"]);
    let member = (space(), names(), space(), values(DEPTH), space(), any::<bool>()).prop_map(
        |(before, name, between, value, after, is_escaped)| {
            let name = if is_escaped { escaped(&name) } else { serde_json::to_string(&name).unwrap() };
            let value = match &value {
                Value::String(text) if is_escaped => escaped(text),
                _ => value.to_string(),
            };
            format!("{before}{name}{between}:{between}{value}{after}")
        },
    );
    (space(), prop::collection::vec(member, 0..5), one_of![6 => Just(""), 1 => Just(","), 1 => Just("x")])
        .prop_map(|(space, members, tail)| format!("{space}{{{}}}{space}{tail}", members.join(",")))
}

/// Writes a JSON string with every character escaped.
fn escaped(text: &str) -> String {
    let units = text.encode_utf16().map(|unit| format!("\\u{unit:04X}"));
    format!("\"{}\"", units.collect::<String>())
}

fn is_invisible(character: char) -> bool {
    let ranges = [0xad..=0xad, 0x61c..=0x61c, 0x180e..=0x180e, 0x200b..=0x200f, 0x2028..=0x202e, 0x2060..=0x206f];
    ranges.iter().any(|range| range.contains(&u32::from(character))) || character == '\u{feff}'
}

/// Returns the member that a JSON parser finds under a name, tidied as documented.
fn expected(object: &Value, name: &str, max_bytes: usize) -> Option<String> {
    let mut text = String::new();
    for character in object.get(name)?.as_str()?.trim().chars() {
        if character.is_control() || is_invisible(character) {
            text.extend(character.escape_default());
        } else {
            text.push(character);
        }
    }
    while text.len() > max_bytes {
        text.pop();
    }
    (!text.is_empty()).then_some(text)
}

fn is_tidy(text: Option<&str>, max_bytes: usize) -> bool {
    text.is_none_or(|text| !text.is_empty() && text.len() <= max_bytes && !text.contains(char::is_control))
}

properties! {
    times 6;

    fn any_bytes_are_parsed_within_bounds_and_like_a_json_parser_does(bytes in bodies()) {
        let body = ErrorBody::parse(&bytes, &AccessToken::parse("a-token-of-a-key").unwrap().into());
        prop_assert!(is_tidy(body.error_code.as_deref(), 100) && is_tidy(body.message.as_deref(), 300), "{body:?}");
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(value) if value.is_object() => {
                prop_assert_eq!(body.error_code, expected(&value, "errorCode", 100));
                prop_assert_eq!(body.message, expected(&value, "message", 300));
            }
            Ok(_) => prop_assert_eq!(body, ErrorBody::default()),
            Err(_) => {}
        }
    }

    fn a_token_in_a_body_is_masked_in_any_place(
        before in strings(),
        after in strings(),
        token in "[!-~]{12,40}",
        is_escaped in any::<bool>(),
    ) {
        let text = format!("{before}{token}{after}{token}");
        let text = if is_escaped { escaped(&text) } else { serde_json::to_string(&text).unwrap() };
        let bytes = format!("{{\"errorCode\":{text},\"message\":{text}}}").into_bytes();
        let shown = format!("{:?}", ErrorBody::parse(&bytes, &AccessToken::parse(&token).unwrap().into()));
        // A piece of a token helps somebody who guesses the rest.
        prop_assert!(!shown.contains(&token[..12]), "{shown}");
    }
}
