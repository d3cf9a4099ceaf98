//! Somebody's words, fit for an error's text.

/// The longest part of somebody's input that an error repeats, in characters.
const QUOTED_CHARS: usize = 60;

/// Input in quotes for an error's text: bounded, and on one line.
pub(crate) fn quote(input: &str) -> String {
    let mut quoted = String::from("\"");
    for (count, character) in input.chars().enumerate() {
        if count == QUOTED_CHARS {
            quoted.push('…');
            break;
        }
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if character.is_control() => quoted.push('\u{fffd}'),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// Somebody's text without control characters, which could write over a log.
pub(crate) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}
