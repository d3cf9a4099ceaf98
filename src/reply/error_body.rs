//! The body of an error: `{"errorCode": "…", "message": "…"}`, unless something else answered.

use super::json;
use crate::quote::one_line;
use crate::token::HeldTokens;

/// How much is read of an error's body, in bytes.
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// The longest service code that is kept, in bytes.
const MAX_CODE_BYTES: usize = 100;

/// The longest message that is kept, in bytes.
const MAX_MESSAGE_BYTES: usize = 300;

/// The service's description of an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ErrorBody {
    /// The service's own error code, verbatim, for example `ACCESS_DENIED`.
    pub error_code: Option<String>,
    /// The service's explanation.
    pub message: Option<String>,
}

impl ErrorBody {
    /// Parses any bytes. Everything but strings in a JSON object is ignored, and long texts are cut. If the service
    /// repeats a token, the token is masked.
    #[must_use]
    pub fn parse(bytes: &[u8], held: &HeldTokens) -> Self {
        let bytes = bytes.get(..MAX_BODY_BYTES).unwrap_or(bytes);
        let members = str::from_utf8(bytes).ok().and_then(|text| json::string_members(text, ["errorCode", "message"]));
        let [error_code, message] = members.unwrap_or_default();
        let tidy = |text: Option<String>, max| {
            Some(cut(&one_line(&held.redact(&text?)), max).to_owned()).filter(|text| !text.is_empty())
        };
        Self { error_code: tidy(error_code, MAX_CODE_BYTES), message: tidy(message, MAX_MESSAGE_BYTES) }
    }
}

/// Cuts a text to a length, at a character boundary.
fn cut(text: &str, max_bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(max_bytes)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::AccessToken;

    fn held() -> HeldTokens {
        AccessToken::parse("secret-token").unwrap().into()
    }

    fn parse(body: &str) -> ErrorBody {
        ErrorBody::parse(body.as_bytes(), &held())
    }

    #[test]
    fn a_documented_body_is_read() {
        let body = parse(r#"{"errorCode":"ACCESS_DENIED","message":"Access is denied."}"#);
        assert_eq!(body.error_code.as_deref(), Some("ACCESS_DENIED"));
        assert_eq!(body.message.as_deref(), Some("Access is denied."));
    }

    #[test]
    fn any_other_body_is_no_body() {
        for body in ["", "null", "[]", "\"x\"", "<html>", "{\"errorCode\":42,\"message\":{}}", "{\"errorCode\":\"\"}"] {
            assert_eq!(parse(body), ErrorBody::default(), "{body}");
        }
        assert_eq!(ErrorBody::parse(&[0xff, b'{', b'}'], &held()), ErrorBody::default());
    }

    #[test]
    fn a_body_is_read_up_to_its_longest_length() {
        let before = r#"{"other":"","errorCode":"CODE"}"#.len();
        for (bytes, code) in [(MAX_BODY_BYTES, Some("CODE")), (MAX_BODY_BYTES + 1, None)] {
            let padding = "x".repeat(bytes - before);
            let body = parse(&format!(r#"{{"other":"{padding}","errorCode":"CODE"}}"#));
            assert_eq!(body.error_code.as_deref(), code, "{bytes}");
        }
        assert_eq!(MAX_BODY_BYTES, 65_536);
    }

    #[test]
    fn long_texts_are_cut_at_a_boundary_and_control_characters_are_escaped() {
        let body = parse(&format!("{{\"errorCode\":\"{}\",\"message\":\"a\\u001b[31m\\nb\"}}", "é".repeat(500)));
        assert_eq!(body.error_code.unwrap(), "é".repeat(50));
        assert_eq!(body.message.unwrap(), r"a\u{1b}[31m\nb");
    }

    #[test]
    fn a_token_that_the_service_repeats_is_masked_before_the_cut() {
        let message = format!("{{\"message\":\"{}secret-token\"}}", "x".repeat(295));
        assert_eq!(parse(&message).message.unwrap(), format!("{}****", "x".repeat(295)));
    }
}
