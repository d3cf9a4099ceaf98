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

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(http_status: u16, retry_after_ms: Option<u64>) -> Ending {
        let body = ErrorBody { error_code: Some("CODE".into()), message: Some("why".into()) };
        Ending::Reply { http_status, retry_after_ms, body }
    }

    #[test]
    fn an_answer_says_what_the_service_said() {
        let ending = reply(429, Some(1500));
        assert_eq!(ending.what(), "the service answered 429 CODE (why)");
        assert_eq!(ending.hint().as_deref(), Some("wait, then try again"));
        assert_eq!(ending.code(), ErrorCode::Throttled);
        let error_code = Some("CODE".to_owned());
        assert_eq!(ending.answer(), Answer { http_status: Some(429), error_code, retry_after_ms: Some(1500) });
        assert_eq!(ending.cause(), None);
        let bare = Ending::Reply { http_status: 500, retry_after_ms: None, body: ErrorBody::default() };
        assert_eq!(bare.what(), "the service answered 500");
    }

    #[test]
    fn a_redirect_that_is_hidden_has_no_status_to_tell() {
        let ending = reply(HIDDEN_REDIRECT, None);
        assert_eq!(ending.what(), "the service answered with a redirect");
        assert_eq!(ending.answer().http_status, None);
    }

    #[test]
    fn time_that_ran_out_is_told_with_its_option_and_the_last_answer() {
        let last_answer = Answer { http_status: Some(500), ..Answer::default() };
        let ending = Ending::TimedOut { limit: "attemptTimeoutMs", ms: 70, last_answer: last_answer.clone() };
        assert_eq!(ending.what(), "no answer came within 70 ms");
        let hint = "try again later, or allow more time with attemptTimeoutMs";
        assert_eq!(ending.hint().as_deref(), Some(hint));
        assert_eq!((ending.code(), ending.answer()), (ErrorCode::Timeout, last_answer));
        assert_eq!((ending.verdict(), ending.outcome()), (Verdict::Unknown, Outcome::Unknown));
    }

    #[test]
    fn a_failure_tells_its_cause() {
        let cause = Cause { name: "Error".into(), message: "m".into(), code: None };
        let ending = Ending::Failure(Failure { cause: Some(cause.clone()), ..Failure::default() });
        assert_eq!((ending.cause(), ending.answer()), (Some(cause), Answer::default()));
        assert_eq!(ending.hint().as_deref(), Some("check the network and the endpoint"));
        assert_eq!(ending.code(), ErrorCode::Network);
    }

    #[test]
    fn an_answer_throttles_by_its_status_or_by_its_wish() {
        for (ending, is_throttled, wish) in [
            (reply(429, None), true, None),
            (reply(429, Some(5)), true, Some(5)),
            (reply(503, None), false, None),
            (reply(503, Some(5)), true, Some(5)),
            (reply(500, Some(5)), false, None),
        ] {
            assert_eq!((ending.is_throttled(), ending.retry_after_ms()), (is_throttled, wish), "{ending:?}");
        }
    }
}
