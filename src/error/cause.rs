//! The foreign error that caused one of this crate's.

use crate::quote::one_line;
use crate::token::HeldTokens;

/// An error that `fetch` or the token function threw, as plain data without the token.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "web", derive(serde::Serialize, tsify::Tsify), tsify(rename = "StatusErrorCause"))]
pub struct Cause {
    /// The name of the error, for example `"TypeError"`.
    pub name: String,
    /// The text of the error, at most 1000 bytes, on one line.
    pub message: String,
    /// The code of the error, if it has one, for example `"ECONNRESET"`.
    #[cfg_attr(feature = "web", tsify(optional), serde(skip_serializing_if = "Option::is_none"))]
    pub code: Option<String>,
}

/// The longest text of a foreign error that is kept, in bytes.
const MAX_CAUSE_BYTES: usize = 1000;

impl Cause {
    /// Returns the same error on one line, with a bounded length, and without the tokens that the client has held.
    #[must_use]
    pub fn redacted(&self, held: &HeldTokens) -> Self {
        let tidy = |text: &str| {
            let mut text = one_line(&held.redact(text));
            text.truncate(text.floor_char_boundary(MAX_CAUSE_BYTES));
            text
        };
        Self { name: tidy(&self.name), message: tidy(&self.message), code: self.code.as_deref().map(tidy) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::AccessToken;

    #[test]
    fn a_foreign_error_becomes_one_bounded_line_without_the_token() {
        let held = HeldTokens::from(AccessToken::parse("secret-token").unwrap());
        let message = format!("no\u{1b}[2K\r\nroute for secret-token{}", "é".repeat(1000));
        let cause = Cause { name: "Type\nError".into(), message, code: Some("E\0".into()) };
        let Cause { name, message, code } = cause.redacted(&held);
        assert_eq!((name.as_str(), code.as_deref()), (r"Type\nError", Some(r"E\u{0}")));
        assert!(message.starts_with(r"no\u{1b}[2K\r\nroute for ****é"), "{message}");
        // The next character takes two bytes.
        assert_eq!(message.len(), MAX_CAUSE_BYTES - 1);
        assert!(cause.redacted(&HeldTokens::default()).message.starts_with(r"no\u{1b}[2K\r\nroute for secret-token"));
    }
}
