//! Quotes text from outside in the texts of errors.

use crate::token::MASK;

/// How much of an input an error repeats, in characters.
const QUOTED_CHARS: usize = 60;

/// Quotes an input for the text of an error: with a bounded length, on one line, and without anything that may be a
/// token.
pub(crate) fn quote(input: &str) -> String {
    let input = without_tokens(input);
    let mut quoted = String::from("\"");
    for (count, character) in input.chars().enumerate() {
        if count == QUOTED_CHARS {
            quoted.push('…');
            break;
        }
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' | '\r' | '\t' => push_visible(&mut quoted, character),
            _ if character.is_control() => quoted.push('\u{fffd}'),
            _ => push_visible(&mut quoted, character),
        }
    }
    quoted.push('"');
    quoted
}

/// Masks everything in a text that may be a token. People pass tokens in place of other arguments by mistake.
pub(crate) fn without_tokens(input: &str) -> String {
    let mut clean = String::new();
    let mut rest = input;
    while !rest.is_empty() {
        let (word, behind) = split(rest, true);
        let (gap, next) = split(behind, false);
        clean.push_str(if may_be_token(word) { MASK } else { word });
        clean.push_str(gap);
        rest = next;
    }
    clean
}

/// Splits a text after the leading characters that may be part of a token, or after those that may not.
fn split(text: &str, is_of_token: bool) -> (&str, &str) {
    let may_be = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'=');
    let end = text.bytes().position(|byte| may_be(byte) != is_of_token).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Returns whether a word is long and has both digits and letters.
fn may_be_token(word: &str) -> bool {
    let has = |is_such: fn(&u8) -> bool| word.as_bytes().iter().any(is_such);
    word.len() >= 20 && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// Returns whether a character has no width, or only changes the direction of the text around it.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Adds a character, escaped if it could forge a line of a log, or if it is invisible.
fn push_visible(text: &mut String, character: char) {
    match character {
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        _ if character.is_control() || is_invisible(character) => text.extend(character.escape_unicode()),
        _ => text.push(character),
    }
}

/// Escapes everything in a text that could forge a line of a log, or that is invisible.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for character in text.trim().chars() {
        push_visible(&mut line, character);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_line_breaks_are_escaped() {
        assert_eq!(quote("a \"b\\ é"), r#""a \"b\\ é""#);
        assert_eq!(quote("a\nb\rc\td\u{1b}[2K"), "\"a\\nb\\rc\\td\u{fffd}[2K\"");
    }

    #[test]
    fn invisible_characters_are_escaped() {
        assert_eq!(quote("a\u{202e}b\u{200b}"), r#""a\u{202e}b\u{200b}""#);
        assert_eq!(one_line(" a\u{2066}b\u{feff}c\nd\u{1b}\n"), r"a\u{2066}b\u{feff}c\nd\u{1b}");
    }

    #[test]
    fn a_word_that_may_be_a_token_is_masked() {
        for token in ["xx5eaf00d5-7e57-4c0d-9abe-0ddba11f00d5", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln_-~+="] {
            assert_eq!(quote(token), "\"****\"");
            assert_eq!(quote(&format!("Bearer {token}\n")), "\"Bearer ****\\n\"");
        }
        for word in ["platform-and-nothing-more", "12345678901234567890", "https://api-1.example.com/push", "a1"] {
            assert_eq!(quote(word), format!("\"{word}\""));
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(quote(&"é".repeat(60)), format!("\"{}\"", "é".repeat(60)));
        assert_eq!(quote(&"é".repeat(61)), format!("\"{}…\"", "é".repeat(60)));
    }
}
