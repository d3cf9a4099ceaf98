//! The error of an invalid argument or option.

use std::fmt;

/// The reason why an argument or an option is invalid. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Invalid(Box<Details>);

/// Boxed, so that the results of checks stay small.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Details {
    pub(crate) argument: String,
    pub(crate) what: String,
    pub(crate) hint: Option<String>,
}

impl Invalid {
    /// Creates the error of an argument, or of an option by its path, for example `retry.attempts`. `what` describes in
    /// words what is wrong with it.
    pub fn new(argument: impl Into<String>, what: impl Into<String>) -> Self {
        Self(Box::new(Details { argument: argument.into(), what: what.into(), hint: None }))
    }

    /// Adds one thing that the user can do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, ErrorCode};

    #[test]
    fn an_invalid_argument_becomes_an_error_with_its_path_and_its_hint() {
        let invalid = Invalid::new("retry.attempts", "too many").with_hint("use fewer");
        assert_eq!((invalid.argument(), invalid.hint()), ("retry.attempts", Some("use fewer")));
        let error = Error::from(invalid);
        assert_eq!((error.code(), error.argument()), (ErrorCode::InvalidArgument, Some("retry.attempts")));
        assert_eq!((error.hint(), error.to_string().as_str()), (Some("use fewer"), "too many; use fewer"));
    }
}
