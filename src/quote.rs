//! Somebody's words, fit for an error's text.

use crate::token::MASK;

/// The longest part of somebody's input that an error repeats, in characters.
const QUOTED_CHARS: usize = 60;

/// Input in quotes for an error's text: bounded, on one line, and nothing that may be a secret.
pub(crate) fn quote(input: &str) -> String {
    if may_be_token(input) {
        return format!("{MASK} (it may be a token)");
    }
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
            _ if is_invisible(character) => quoted.extend(character.escape_unicode()),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether somebody may have given a token in the place of something else.
fn may_be_token(input: &str) -> bool {
    let is_such = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let has = |is_such: fn(&u8) -> bool| input.as_bytes().iter().any(is_such);
    (20..=8192).contains(&input.len())
        && input.bytes().all(is_such)
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
}

/// Whether a character shows nothing, and changes how others are shown: of zero width, or for the direction of writing.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Somebody's text without control characters, which could write over a log, and with invisible ones shown.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for character in text.chars() {
        match character {
            _ if character.is_control() => line.push(' '),
            _ if is_invisible(character) => line.extend(character.escape_unicode()),
            _ => line.push(character),
        }
    }
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_a_line_or_a_quotation_is_escaped() {
        assert_eq!(quote("a \"b\\ é"), r#""a \"b\\ é""#);
        assert_eq!(quote("a\nb\rc\td\u{1b}[2K"), "\"a\\nb\\rc\\td\u{fffd}[2K\"");
    }

    #[test]
    fn what_nobody_can_see_is_escaped() {
        assert_eq!(quote("a\u{202e}b\u{200b}"), r#""a\u{202e}b\u{200b}""#);
        assert_eq!(one_line(" a\u{2066}b\u{feff}c\n"), r"a\u{2066}b\u{feff}c");
    }

    #[test]
    fn what_may_be_a_token_is_not_repeated() {
        for token in ["xx5eaf00d5-7e57-4c0d-9abe-0ddba11f00d5", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln_-~+/="] {
            assert_eq!(quote(token), "**** (it may be a token)");
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
