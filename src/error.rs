//! The one error type, and how its text is put together.

mod cause;
mod code;
mod left_active;

use std::borrow::Cow;
use std::fmt;

pub use cause::Cause;
pub use code::{ErrorCode, Outcome};

use crate::identifier::SourceId;
use crate::invalid::Invalid;
use crate::status::StatusType;

/// The call that failed: which change, where, and after how many attempts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Site {
    /// The source whose status was to change.
    pub source_id: SourceId,
    /// The status it was to get.
    pub status_type: StatusType,
    /// The host that was asked.
    pub host: String,
    /// How many requests were sent.
    pub attempts: u32,
    /// Whether one of them may have been applied.
    pub outcome: Outcome,
}

/// What the service said of a failure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Answer {
    /// The HTTP status.
    pub http_status: Option<u16>,
    /// The service's own code, `ACCESS_DENIED` for example, verbatim.
    pub error_code: Option<String>,
    /// How long the service asks to wait, in milliseconds.
    pub retry_after_ms: Option<u64>,
}

/// Why a call failed, with everything that helps to mend it, and never the token.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Error(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Details {
    code: ErrorCode,
    what: String,
    hint: Option<Cow<'static, str>>,
    argument: Option<Cow<'static, str>>,
    active_status: Option<StatusType>,
    /// The call that failed; several where it is one error for several sources.
    sites: Vec<Site>,
    answer: Answer,
    cause: Option<Cause>,
}

impl Error {
    /// An error of a kind, with what happened in words.
    pub fn new(code: ErrorCode, what: impl Into<String>) -> Self {
        Self(Box::new(Details {
            code,
            what: what.into(),
            hint: None,
            argument: None,
            active_status: None,
            sites: Vec::new(),
            answer: Answer::default(),
            cause: None,
        }))
    }

    /// The error of a use of a client that is closed.
    pub(crate) fn closed() -> Self {
        Self::new(ErrorCode::Closed, "the client is closed").with_hint("make a new client")
    }

    /// Adds the one thing to do.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Adds the status of the activity that is in the way.
    #[must_use]
    pub fn with_active_status(mut self, status: StatusType) -> Self {
        self.0.active_status = Some(status);
        self
    }

    /// Adds which change failed.
    #[must_use]
    pub fn with_site(mut self, site: Site) -> Self {
        self.0.sites = vec![site];
        self
    }

    /// Adds which change failed, where that is not known yet.
    pub(crate) fn set_site_if_none(&mut self, site: Site) {
        if self.0.sites.is_empty() {
            self.0.sites.push(site);
        }
    }

    /// Adds what the service answered.
    #[must_use]
    pub fn with_answer(mut self, answer: Answer) -> Self {
        self.0.answer = answer;
        self
    }

    /// Adds the foreign error behind this one.
    #[must_use]
    pub fn with_cause(mut self, cause: Option<Cause>) -> Self {
        self.0.cause = cause;
        self
    }

    /// The kind of failure.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// The argument or option that is not acceptable, as its path: `retry.attempts`.
    #[must_use]
    pub fn argument(&self) -> Option<&str> {
        self.0.argument.as_deref()
    }

    /// The status of the activity that is in the way.
    #[must_use]
    pub fn active_status(&self) -> Option<StatusType> {
        self.0.active_status
    }

    /// The one thing to do.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The call that failed, if it came to one, and if it is one.
    #[must_use]
    pub fn site(&self) -> Option<&Site> {
        if let [site] = self.0.sites.as_slice() { Some(site) } else { None }
    }

    /// The sources, where one error is for several.
    #[must_use]
    pub fn sources(&self) -> Vec<SourceId> {
        if self.0.sites.len() < 2 {
            return Vec::new();
        }
        self.0.sites.iter().map(|site| site.source_id.clone()).collect()
    }

    /// The status that was to be set, if it came to a call.
    #[must_use]
    pub fn status_type(&self) -> Option<StatusType> {
        self.0.sites.first().map(|site| site.status_type)
    }

    /// How many requests were sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.sites.iter().map(|site| site.attempts).sum()
    }

    /// Whether one of the requests may have been applied.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.sites.iter().map(|site| site.outcome).max().unwrap_or(Outcome::NotApplied)
    }

    /// What the service answered.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.0.answer
    }

    /// The foreign error behind this one.
    #[must_use]
    pub fn cause(&self) -> Option<&Cause> {
        self.0.cause.as_ref()
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        let invalid = invalid.into_details();
        let mut error = Self::new(ErrorCode::InvalidArgument, invalid.what);
        error.0.argument = Some(invalid.argument);
        error.0.hint = invalid.hint;
        error
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.what)?;
        if let Some(site) = self.site() {
            let plural = if site.attempts == 1 { "" } else { "s" };
            let outcome = match site.outcome {
                Outcome::NotApplied => "not applied",
                Outcome::Unknown => "it may have been applied",
            };
            write!(
                f,
                ": setting {} on source {} at {}, {} attempt{plural}, {outcome}",
                site.status_type.as_str(),
                site.source_id.as_str(),
                site.host,
                site.attempts,
            )?;
        }
        if let Some(hint) = &self.0.hint {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
