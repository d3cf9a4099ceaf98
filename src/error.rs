//! The one error type of calls and activities, and the rules for its text.

mod cause;
mod code;
mod left_active;

use std::fmt;

pub use cause::Cause;
pub use code::{ErrorCode, Outcome};

use crate::identifier::SourceId;
use crate::invalid::Invalid;
use crate::status::StatusType;

/// The call that failed: its change, its host, and its attempts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Site {
    /// The source whose status was to change.
    pub source_id: SourceId,
    /// The status that was to be set.
    pub status_type: StatusType,
    /// The host of the requests.
    pub host: String,
    /// How many requests were sent.
    pub attempts: u32,
    /// Whether one of them may have been applied.
    pub outcome: Outcome,
}

/// The answer of the service to a call that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Answer {
    /// The HTTP status.
    pub http_status: Option<u16>,
    /// The service's own error code, verbatim, for example `ACCESS_DENIED`.
    pub error_code: Option<String>,
    /// How long the service asks to wait, in milliseconds.
    pub retry_after_ms: Option<u64>,
}

/// The reason why a call failed, with everything that helps to fix it. It never contains the token.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Error(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Details {
    code: ErrorCode,
    what: String,
    hint: Option<String>,
    argument: Option<String>,
    active_status: Option<StatusType>,
    /// The call that failed, or several if the error is about several sources.
    sites: Vec<Site>,
    answer: Answer,
    cause: Option<Cause>,
}

impl Error {
    /// Creates an error of a kind. `what` describes in words what happened.
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

    /// Creates the error for using a closed client.
    pub(crate) fn closed() -> Self {
        Self::new(ErrorCode::Closed, "the client is closed").with_hint("create a new client")
    }

    /// Adds one thing that the user can do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Adds the status of the activity that keeps the source busy.
    #[must_use]
    pub fn with_active_status(mut self, status: StatusType) -> Self {
        self.0.active_status = Some(status);
        self
    }

    /// Adds the call that failed.
    #[must_use]
    pub fn with_site(mut self, site: Site) -> Self {
        self.0.sites = vec![site];
        self
    }

    /// Adds the call that failed, unless one is known already.
    pub(crate) fn set_site_if_none(&mut self, site: Site) {
        if self.0.sites.is_empty() {
            self.0.sites.push(site);
        }
    }

    /// Adds the answer of the service.
    #[must_use]
    pub fn with_answer(mut self, answer: Answer) -> Self {
        self.0.answer = answer;
        self
    }

    /// Adds the foreign error that caused this one.
    #[must_use]
    pub fn with_cause(mut self, cause: Option<Cause>) -> Self {
        self.0.cause = cause;
        self
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// Returns the path of the invalid argument or option, for example `retry.attempts`.
    #[must_use]
    pub fn argument(&self) -> Option<&str> {
        self.0.argument.as_deref()
    }

    /// Returns the status of the activity that keeps the source busy.
    #[must_use]
    pub fn active_status(&self) -> Option<StatusType> {
        self.0.active_status
    }

    /// Returns one thing that the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Returns the call that failed, if exactly one did.
    #[must_use]
    pub fn site(&self) -> Option<&Site> {
        if let [site] = self.0.sites.as_slice() { Some(site) } else { None }
    }

    /// Returns the sources of an error that is about several. Empty for any other error.
    #[must_use]
    pub fn sources(&self) -> Vec<SourceId> {
        if self.0.sites.len() < 2 {
            return Vec::new();
        }
        self.0.sites.iter().map(|site| site.source_id.clone()).collect()
    }

    /// Returns the status that was to be set, if a call was made.
    #[must_use]
    pub fn status_type(&self) -> Option<StatusType> {
        self.0.sites.first().map(|site| site.status_type)
    }

    /// Returns the number of requests sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.sites.iter().map(|site| site.attempts).sum()
    }

    /// Returns whether one of the requests may have been applied.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.sites.iter().map(|site| site.outcome).max().unwrap_or(Outcome::NotApplied)
    }

    /// Returns the answer of the service.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.0.answer
    }

    /// Returns the foreign error that caused this one.
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
