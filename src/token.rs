//! The access token: a value that is sent and never shown.

use std::fmt;
use std::sync::Arc;

use crate::invalid::Invalid;

/// The text that is shown in place of a token.
pub const MASK: &str = "****";

/// The longest token that is accepted, in bytes.
const MAX_BYTES: usize = 8 * 1024;

/// A bearer token: an API key or an OAuth 2.0 access token.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccessToken(Arc<str>);

impl AccessToken {
    /// Parses a token of visible ASCII characters without spaces, of at most 8 KiB.
    ///
    /// # Errors
    /// Anything else is an error. Its text never repeats the value.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let (problem, hint) = if text.is_empty() {
            ("is empty", Some("check where the token comes from"))
        } else if matches!(text, "undefined" | "null") {
            ("is the text of an unset value", Some("check where the token comes from"))
        } else if text.len() > MAX_BYTES {
            ("is longer than 8 KiB", None)
        } else if text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("bearer ")) {
            ("begins with \"Bearer\"", Some("pass the token alone"))
        } else if text.trim() != text {
            ("has white space or a line break around it", Some("use .trim()"))
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            let hint = "a token has only visible ASCII characters, without spaces";
            ("contains a character that no token has", Some(hint))
        } else {
            return Ok(Self(text.into()));
        };
        let error = Invalid::new("accessToken", ["accessToken ", problem].concat());
        Err(if let Some(hint) = hint { error.with_hint(hint) } else { error })
    }

    /// Returns the token itself, for the header that carries it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn redact(&self, text: &str) -> String {
        let mut clean = String::new();
        let mut rest = text;
        // The token is ASCII, so `get` never cuts a character in two.
        while let Some(start) = rest.as_bytes().windows(self.0.len()).position(|window| window == self.0.as_bytes())
            && let (Some(before), Some(after)) = (rest.get(..start), rest.get(start + self.0.len()..))
        {
            clean.push_str(before);
            clean.push_str(MASK);
            rest = after;
        }
        clean.push_str(rest);
        clean
    }
}

/// How many tokens a client remembers. That is a working day of tokens that live for a few minutes each.
const MAX_HELD: usize = 100;

/// The length from which a part of an invalid token is masked, in bytes. Shorter parts are words such as `Bearer`.
const MIN_PART_BYTES: usize = 8;

/// All tokens that a client has held, refused ones too. They are masked in every text from outside. The longest come
/// first, since one token may be the beginning of another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct HeldTokens(Vec<AccessToken>);

impl HeldTokens {
    /// Adds a token. If there are too many, the oldest of the shortest is forgotten.
    pub fn add(&mut self, token: &AccessToken) {
        if !self.0.contains(token) {
            let at = self.0.iter().position(|held| held.0.len() <= token.0.len()).unwrap_or(self.0.len());
            self.0.insert(at, token.clone());
            self.0.truncate(MAX_HELD);
        }
    }

    /// Adds the parts of a text that may contain a token, whether or not it is a valid one.
    pub fn add_parts(&mut self, text: &str) {
        let parts = text.split(|character: char| !character.is_ascii_graphic());
        for part in parts.filter(|part| part.len() >= MIN_PART_BYTES) {
            if let Ok(token) = AccessToken::parse(part) {
                self.add(&token);
            }
        }
    }

    /// Masks the tokens in a text.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, token| token.redact(&text))
    }
}

impl From<AccessToken> for HeldTokens {
    fn from(token: AccessToken) -> Self {
        Self(vec![token])
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessToken({MASK})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_token_is_refused_with_a_hint_and_without_its_value() {
        let cases = [
            ("", "accessToken is empty; check where the token comes from"),
            ("undefined", "accessToken is the text of an unset value; check where the token comes from"),
            ("secret\n", "accessToken has white space or a line break around it; use .trim()"),
            ("secret\r\n", "accessToken has white space or a line break around it; use .trim()"),
            ("Bearer secret", "accessToken begins with \"Bearer\"; pass the token alone"),
            (
                "sécret",
                "accessToken contains a character that no token has; \
                 a token has only visible ASCII characters, without spaces",
            ),
        ];
        for (token, text) in cases {
            assert_eq!(AccessToken::parse(token).unwrap_err().to_string(), text);
        }
        assert_eq!(AccessToken::parse(&"a".repeat(8193)).unwrap_err().to_string(), "accessToken is longer than 8 KiB");
        assert!(AccessToken::parse(&"a".repeat(8192)).is_ok());
    }

    #[test]
    fn every_token_that_was_held_is_masked_the_longest_first() {
        let mut held = HeldTokens::default();
        for token in ["secret", "other-token", "secret-token", "secret"] {
            held.add(&AccessToken::parse(token).unwrap());
        }
        assert_eq!(held.redact("secret-token, secret and other-token: é"), "****, **** and ****: é");
        for index in 0..MAX_HELD {
            held.add(&AccessToken::parse(&format!("token-{index}")).unwrap());
        }
        assert_eq!(held.0.len(), MAX_HELD);
    }

    #[test]
    fn the_parts_of_an_invalid_token_are_masked_too() {
        let mut held = HeldTokens::default();
        held.add_parts("Bearer secret-token\n");
        assert_eq!(held.redact("Bearer secret-token"), "Bearer ****");
    }

    #[test]
    fn debug_output_is_masked() {
        assert_eq!(format!("{:?}", AccessToken::parse("secret-token")), "Ok(AccessToken(****))");
    }
}
