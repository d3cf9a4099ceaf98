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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_a_line_or_a_quotation_is_escaped() {
        assert_eq!(quote("a \"b\\ é"), r#""a \"b\\ é""#);
        assert_eq!(quote("a\nb\rc\td\u{1b}[2K"), "\"a\\nb\\rc\\td\u{fffd}[2K\"");
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(quote(&"é".repeat(60)), format!("\"{}\"", "é".repeat(60)));
        assert_eq!(quote(&"é".repeat(61)), format!("\"{}…\"", "é".repeat(60)));
    }
}
