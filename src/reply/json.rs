//! A parser for the top level of a JSON object from an untrusted source.
//!
//! It reads two strings. A JSON library would make the WebAssembly module two thirds larger for that.

/// Finds string members of a JSON object by name. Returns `None` if the text is not a JSON object.
///
/// Nested values are skipped by counting brackets, so that deep nesting cannot overflow the stack.
pub(super) fn string_members<const N: usize>(text: &str, names: [&str; N]) -> Option<[Option<String>; N]> {
    let mut found = [const { None }; N];
    let mut reader = Reader { rest: text };
    reader.expect('{')?;
    if reader.accept('}') {
        return reader.is_at_end().then_some(found);
    }
    loop {
        let name = reader.string()?;
        reader.expect(':')?;
        let value = reader.value()?;
        if let Some(index) = names.iter().position(|wanted| *wanted == name) {
            found[index] = match value {
                Value::String(text) => Some(text),
                Value::Other => None,
            };
        }
        if reader.accept('}') {
            return reader.is_at_end().then_some(found);
        }
        reader.expect(',')?;
    }
}

enum Value {
    String(String),
    Other,
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip_space(&mut self) {
        let space = self.rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.skip(space);
    }

    fn accept(&mut self, character: char) -> bool {
        self.skip_space();
        self.rest.strip_prefix(character).inspect(|rest| self.rest = rest).is_some()
    }

    fn expect(&mut self, character: char) -> Option<()> {
        self.accept(character).then_some(())
    }

    fn is_at_end(&mut self) -> bool {
        self.skip_space();
        self.rest.is_empty()
    }

    /// Reads a string, or skips any other value.
    fn value(&mut self) -> Option<Value> {
        self.skip_space();
        if self.rest.starts_with('"') {
            return self.string().map(Value::String);
        }
        let mut depth = 0_usize;
        loop {
            match self.rest.chars().next()? {
                '"' => drop(self.string()?),
                ',' | '}' | ']' if depth == 0 => return Some(Value::Other),
                character => {
                    match character {
                        '{' | '[' => depth += 1,
                        '}' | ']' => depth -= 1,
                        _ => {}
                    }
                    self.skip(character.len_utf8());
                }
            }
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn string(&mut self) -> Option<String> {
        self.expect('"')?;
        let mut text = String::new();
        loop {
            let end = self.rest.bytes().position(|byte| matches!(byte, b'"' | b'\\'))?;
            text.push_str(self.rest.get(..end)?);
            self.skip(end);
            let is_end = self.rest.starts_with('"');
            self.skip(1);
            if is_end {
                return Some(text);
            }
            let escape = self.rest.chars().next()?;
            self.skip(escape.len_utf8());
            text.push(match escape {
                '"' | '\\' | '/' => escape,
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => self.escaped_character()?,
                _ => return None,
            });
        }
    }

    /// Reads the digits after `\u`, and those of a second escape if the two are a surrogate pair.
    fn escaped_character(&mut self) -> Option<char> {
        let first = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.rest;
        if let Some(rest) = self.rest.strip_prefix("\\u") {
            self.rest = rest;
            let second = self.four_digits()?;
            if (0xdc00..0xe000).contains(&second) {
                return char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            }
            self.rest = before;
        }
        Some(char::REPLACEMENT_CHARACTER)
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.rest.get(..4)?;
        self.skip(4);
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_members_of_the_top_level_are_found() {
        let text = r#" { "a" : "x" , "n": [1, {"b": "no"}, "]"], "b":"\u0041\ud83e\udd80\n\"", "c": null } "#;
        assert_eq!(string_members(text, ["a", "b", "c"]), Some([Some("x".into()), Some("A🦀\n\"".into()), None]));
        assert_eq!(string_members("{}", ["a"]), Some([None]));
    }

    #[test]
    fn every_escape_is_read() {
        let text = r#"{"a": "\"\\\/\b\f\n\r\t"}"#;
        assert_eq!(string_members(text, ["a"]), Some([Some("\"\\/\u{8}\u{c}\n\r\t".into())]));
    }

    #[test]
    fn a_text_that_is_not_an_object_has_no_members() {
        for text in
            ["", "null", "[]", "\"a\"", "{", "{\"a\"", "{\"a\":", "{\"a\":\"b\"", "{\"a\":\"b\"} x", "{\"a\":\"\\q\"}"]
        {
            assert_eq!(string_members(text, ["a"]), None, "{text}");
        }
        assert_eq!(string_members(&"{\"a\":".repeat(100_000), ["a"]), None);
    }
}
