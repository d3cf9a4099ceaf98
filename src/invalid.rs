//! What is wrong with an argument or an option.

use std::borrow::Cow;
use std::fmt;

/// Why an argument or an option is not acceptable. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Invalid(Box<Details>);

/// Boxed, since every checked value is returned in the place of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Details {
    pub(crate) argument: Cow<'static, str>,
    pub(crate) what: String,
    pub(crate) hint: Option<Cow<'static, str>>,
}

impl Invalid {
    /// What is wrong, in words, with an argument or with an option by its path, `retry.attempts` for example.
    pub fn new(argument: impl Into<Cow<'static, str>>, what: impl Into<String>) -> Self {
        Self(Box::new(Details { argument: argument.into(), what: what.into(), hint: None }))
    }

    /// Adds the one thing to do.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The argument, or the option by its path.
    #[must_use]
    pub fn argument(&self) -> &str {
        &self.0.argument
    }

    /// The one thing to do.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    pub(crate) fn into_details(self) -> Details {
        *self.0
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.what)?;
        self.hint().map_or(Ok(()), |hint| write!(f, "; {hint}"))
    }
}

impl std::error::Error for Invalid {}
