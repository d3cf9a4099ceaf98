//! The identifiers in the path of a request: an organization and a source.

use std::sync::Arc;

use crate::invalid::Invalid;
use crate::quote::quote;
use crate::sorted_map::SortedMap;

/// The longest identifier that is accepted, in bytes.
const MAX_BYTES: usize = 255;

/// The id of an organization, for example `mycoveocloudv2organizationg8tp8wu3`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganizationId(Arc<str>);

/// The id of a Push source, for example `mycoveocloudv2organizationg8tp8wu3-rp5rxzbdz753uhndklv2ztkfgy`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "web", derive(serde::Serialize), serde(transparent))]
pub struct SourceId(Arc<str>);

impl OrganizationId {
    /// Parses an id of 1 to 255 ASCII letters, digits, `-`, `_` and `.`. It has to begin with a letter or a digit, and
    /// must not contain `..`.
    ///
    /// # Errors
    /// Any other text is an error, and so are `undefined`, `null` and `NaN`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        check("organizationId", text).map(|()| Self(text.into()))
    }

    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl SourceId {
    /// Parses an id with the same rules as [`OrganizationId::parse`].
    ///
    /// # Errors
    /// Any other text is an error.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        check("sourceId", text).map(|()| Self(text.into()))
    }

    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The sources of one activity: at least one, and none of them twice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceIds(Vec<SourceId>);

impl SourceIds {
    /// Checks that a list is not empty and has no duplicates.
    ///
    /// # Errors
    /// Any other list is an error.
    pub fn new(sources: Vec<SourceId>) -> Result<Self, Invalid> {
        if sources.is_empty() {
            return Err(Invalid::new("sourceId", "sourceId is an empty list"));
        }
        let mut known = SortedMap::default();
        for source in &sources {
            if known.get(source).is_some() {
                return Err(Invalid::new("sourceId", format!("sourceId contains \"{}\" twice", source.as_str())));
            }
            known.insert(source.clone(), ());
        }
        Ok(Self(sources))
    }

    /// Returns the sources, in the order in which they were given.
    #[must_use]
    pub fn as_slice(&self) -> &[SourceId] {
        &self.0
    }

    /// Returns the first source.
    #[must_use]
    pub fn first(&self) -> &SourceId {
        &self.0[0]
    }
}

impl From<SourceId> for SourceIds {
    fn from(source: SourceId) -> Self {
        Self(vec![source])
    }
}

/// Checks an id. It becomes a path segment as it is, so anything that could leave that segment is refused.
fn check(argument: &'static str, text: &str) -> Result<(), Invalid> {
    let invalid = |problem: &str| Invalid::new(argument, format!("{argument} {} {problem}", quote(text)));
    if text.is_empty() {
        return Err(Invalid::new(argument, format!("{argument} is empty")));
    }
    if text.trim() != text && check(argument, text.trim()).is_ok() {
        return Err(invalid("has white space around it").with_hint("remove it, with .trim() for example"));
    }
    // A variable that was never set becomes this text in a template string of JavaScript.
    if matches!(text, "undefined" | "null" | "NaN") {
        return Err(invalid("is the text of an unset value").with_hint("check where the id comes from"));
    }
    if text.len() > MAX_BYTES {
        return Err(invalid("is longer than 255 bytes"));
    }
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    if let Some(character) = text.chars().find(|&c| !(c.is_ascii() && is_allowed(c as u8))) {
        let problem = format!("contains {}", quote(character.encode_utf8(&mut [0; 4])));
        return Err(invalid(&problem).with_hint("an id has only letters, digits, \"-\", \"_\" and \".\""));
    }
    if !text.as_bytes()[0].is_ascii_alphanumeric() {
        return Err(invalid("does not begin with a letter or a digit"));
    }
    if text.as_bytes().windows(2).any(|pair| pair == b"..") {
        return Err(invalid("contains \"..\""));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(id: &str) -> String {
        SourceId::parse(id).unwrap_err().to_string()
    }

    #[test]
    fn a_list_of_sources_is_not_empty_and_has_no_duplicates() {
        let list = |ids: &[&str]| SourceIds::new(ids.iter().map(|id| SourceId::parse(id).unwrap()).collect());
        let sources = list(&["b", "a", "c"]).unwrap();
        assert_eq!(sources.as_slice().iter().map(SourceId::as_str).collect::<Vec<_>>(), ["b", "a", "c"]);
        assert_eq!(sources.first().as_str(), "b");
        let text = |ids| list(ids).unwrap_err().to_string();
        assert_eq!(text(&[]), "sourceId is an empty list");
        assert_eq!(text(&["a", "b", "a"]), "sourceId contains \"a\" twice");
    }

    #[test]
    fn an_id_that_could_leave_its_path_segment_is_refused() {
        for id in ["", ".", "..", "a..b", "a/b", "%2f", "a?b", "a#b", "a b", "a\nb", "é", "🦀", "-a", "undefined"] {
            assert!(SourceId::parse(id).is_err(), "{id:?}");
            assert!(OrganizationId::parse(id).is_err(), "{id:?}");
        }
        assert!(SourceId::parse(&"a".repeat(255)).is_ok());
        assert!(SourceId::parse(&"a".repeat(256)).is_err());
    }

    #[test]
    fn an_error_names_the_problem_and_its_place() {
        assert_eq!(text_of(""), "sourceId is empty");
        assert_eq!(
            text_of("a/../b"),
            "sourceId \"a/../b\" contains \"/\"; an id has only letters, digits, \"-\", \"_\" and \".\""
        );
        assert_eq!(
            text_of("abc\n"),
            "sourceId \"abc\\n\" has white space around it; remove it, with .trim() for example"
        );
        assert_eq!(
            text_of("undefined"),
            "sourceId \"undefined\" is the text of an unset value; check where the id comes from"
        );
        assert_eq!(text_of("a..b"), "sourceId \"a..b\" contains \"..\"");
    }

    #[test]
    fn a_long_input_is_cut_in_the_error() {
        assert!(text_of(&"x".repeat(10_000)).len() < 200);
    }
}
