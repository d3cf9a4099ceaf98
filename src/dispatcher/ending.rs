//! How an attempt ended, and what the error says if it was the last.

use std::borrow::Cow;

use crate::error::{Answer, Cause, ErrorCode, Outcome};
use crate::failure::Failure;
use crate::reply::{self, ErrorBody, HIDDEN_REDIRECT};
use crate::verdict::Verdict;

/// How an attempt ended, when it did not end well.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ending {
    /// The service answered.
    Reply { http_status: u16, retry_after_ms: Option<u64>, body: ErrorBody },
    /// No answer came.
    Failure(Failure),
    /// No answer came in the time that an option allows.
    TimedOut { limit: &'static str, ms: u32, last_answer: Answer },
}

impl Ending {
    pub(super) fn verdict(&self) -> Verdict {
        match self {
            Self::Reply { http_status, .. } => reply::judge(*http_status),
            Self::Failure(failure) => failure.judge(),
            Self::TimedOut { .. } => Verdict::Unknown,
        }
    }

    /// Whether the service asked for fewer requests, for one call or for all.
    pub(super) fn is_throttled(&self) -> bool {
        matches!(self, Self::Reply { http_status: 429, .. }) || self.retry_after_ms().is_some()
    }

    /// The wait that the service asked for.
    pub(super) fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Reply { http_status: 429 | 503, retry_after_ms, .. } => *retry_after_ms,
            _ => None,
        }
    }

    pub(super) fn code(&self) -> ErrorCode {
        match self {
            Self::Reply { http_status, .. } => reply::error_code(*http_status),
            Self::Failure(failure) => failure.error_code(),
            Self::TimedOut { .. } => ErrorCode::Timeout,
        }
    }

    pub(super) fn what(&self) -> String {
        match self {
            Self::Reply { http_status: HIDDEN_REDIRECT, .. } => "the service answered with a redirect".into(),
            Self::Reply { http_status, body, .. } => {
                let code = body.error_code.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
                let message = body.message.as_ref().map(|message| format!(" ({message})")).unwrap_or_default();
                format!("the service answered {http_status}{code}{message}")
            }
            Self::Failure(failure) => failure.what(),
            Self::TimedOut { ms, .. } => format!("no answer came within {ms} ms"),
        }
    }

    pub(super) fn hint(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::Reply { http_status, body, .. } => {
                reply::hint(*http_status, body.error_code.as_deref()).map(Cow::Borrowed)
            }
            Self::Failure(failure) => Some(failure.hint().into()),
            Self::TimedOut { limit, .. } => Some(format!("try again later, or allow more time with {limit}").into()),
        }
    }

    pub(super) fn answer(&self) -> Answer {
        match self {
            Self::Reply { http_status, retry_after_ms, body } => Answer {
                http_status: (*http_status != HIDDEN_REDIRECT).then_some(*http_status),
                error_code: body.error_code.clone(),
                retry_after_ms: *retry_after_ms,
            },
            Self::TimedOut { last_answer, .. } => last_answer.clone(),
            Self::Failure(_) => Answer::default(),
        }
    }

    pub(super) fn cause(&self) -> Option<Cause> {
        match self {
            Self::Failure(failure) => failure.cause.clone(),
            Self::Reply { .. } | Self::TimedOut { .. } => None,
        }
    }

    /// Whether an attempt that ended so may have been applied.
    pub(super) fn outcome(&self) -> Outcome {
        self.verdict().outcome()
    }
}
