//! The error of an invalid argument or option.

use std::borrow::Cow;
use std::fmt;

/// The reason why an argument or an option is invalid. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Invalid(Box<Details>);

/// Boxed, so that the results of checks stay small.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Details {
    pub(crate) argument: Cow<'static, str>,
    pub(crate) what: String,
    pub(crate) hint: Option<Cow<'static, str>>,
}

impl Invalid {
    /// Creates the error of an argument, or of an option by its path, for example `retry.attempts`. `what` describes in
    /// words what is wrong with it.
    pub fn new(argument: impl Into<Cow<'static, str>>, what: impl Into<String>) -> Self {
        Self(Box::new(Details { argument: argument.into(), what: what.into(), hint: None }))
    }

    /// Adds one thing that the user can do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Returns the name of the argument, or the path of the option.
    #[must_use]
    pub fn argument(&self) -> &str {
        &self.0.argument
    }

    /// Returns one thing that the user can do about it.
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
