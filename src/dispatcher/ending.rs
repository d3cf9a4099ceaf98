//! How an attempt ended, and the error that results if it was the last.

use crate::error::{Answer, Error, ErrorCode, Outcome};
use crate::failure::Failure;
use crate::reply::{self, ErrorBody, HIDDEN_REDIRECT};
use crate::verdict::Verdict;

/// How an unsuccessful attempt ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ending {
    /// The service answered.
    Reply { http_status: u16, retry_after_ms: Option<u64>, body: ErrorBody },
    /// No answer came.
    Failure(Failure),
    /// No answer came within the time set by the option `limit`.
    TimedOut { limit: &'static str, ms: u32, last_answer: Answer },
}

/// A request by the service to slow down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Throttle {
    /// For how long, if the service said so, in milliseconds.
    pub(super) retry_after_ms: Option<u64>,
}

impl Ending {
    pub(super) fn verdict(&self) -> Verdict {
        match self {
            Self::Reply { http_status, .. } => reply::judge(*http_status),
            Self::Failure(failure) => failure.judge(),
            Self::TimedOut { .. } => Verdict::Unknown,
        }
    }

    /// Returns whether and for how long the service throttles.
    pub(super) fn throttle(&self) -> Option<Throttle> {
        match *self {
            Self::Reply { http_status: 429, retry_after_ms, .. }
            | Self::Reply { http_status: 503, retry_after_ms: retry_after_ms @ Some(_), .. } => {
                Some(Throttle { retry_after_ms })
            }
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

    /// Returns the error of a call whose last attempt ended this way.
    pub(super) fn error(&self) -> Error {
        let (what, hint, cause) = match self {
            Self::Reply { http_status, body, .. } => {
                let hint = reply::hint(*http_status, body.error_code.as_deref());
                (answered(*http_status, body), hint.map(String::from), None)
            }
            Self::Failure(failure) => (failure.what(), Some(failure.hint().into()), failure.cause.clone()),
            Self::TimedOut { limit, ms, .. } => {
                let hint = ["try again later, or allow more time with ", limit].concat();
                (format!("no answer came within {ms} ms"), Some(hint), None)
            }
        };
        let error = Error::new(self.code(), what).with_answer(self.answer()).with_cause(cause);
        if let Some(hint) = hint { error.with_hint(hint) } else { error }
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

    /// Returns whether an attempt that ended this way may have been applied.
    pub(super) fn outcome(&self) -> Outcome {
        self.verdict().outcome()
    }
}

fn answered(http_status: u16, body: &ErrorBody) -> String {
    if http_status == HIDDEN_REDIRECT {
        return "the service answered with a redirect".into();
    }
    let code = body.error_code.as_ref().map(|code| [" ", code].concat()).unwrap_or_default();
    let message = body.message.as_ref().map(|message| [" (", message, ")"].concat()).unwrap_or_default();
    format!("the service answered {http_status}{code}{message}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Cause;

    fn reply(http_status: u16, retry_after_ms: Option<u64>) -> Ending {
        let body = ErrorBody { error_code: Some("CODE".into()), message: Some("why".into()) };
        Ending::Reply { http_status, retry_after_ms, body }
    }

    #[test]
    fn an_answer_repeats_what_the_service_said() {
        let error = reply(429, Some(1500)).error();
        assert_eq!(error.to_string(), "the service answered 429 CODE (why); wait, then try again");
        assert_eq!((error.code(), error.cause()), (ErrorCode::Throttled, None));
        let error_code = Some("CODE".to_owned());
        assert_eq!(*error.answer(), Answer { http_status: Some(429), error_code, retry_after_ms: Some(1500) });
        let bare = Ending::Reply { http_status: 501, retry_after_ms: None, body: ErrorBody::default() };
        assert_eq!(bare.error().to_string(), "the service answered 501");
    }

    #[test]
    fn a_hidden_redirect_has_no_status() {
        let error = reply(HIDDEN_REDIRECT, None).error();
        let text = "the service answered with a redirect; check the endpoint: redirects are never followed";
        assert_eq!((error.to_string().as_str(), error.answer().http_status), (text, None));
    }

    #[test]
    fn a_timeout_names_its_option_and_keeps_the_last_answer() {
        let last_answer = Answer { http_status: Some(500), ..Answer::default() };
        let ending = Ending::TimedOut { limit: "attemptTimeoutMs", ms: 70, last_answer: last_answer.clone() };
        assert_eq!((ending.verdict(), ending.outcome()), (Verdict::Unknown, Outcome::Unknown));
        let error = ending.error();
        let text = "no answer came within 70 ms; try again later, or allow more time with attemptTimeoutMs";
        assert_eq!((error.to_string().as_str(), error.code()), (text, ErrorCode::Timeout));
        assert_eq!(*error.answer(), last_answer);
    }

    #[test]
    fn a_failure_keeps_its_cause() {
        let cause = Cause { name: "Error".into(), message: "m".into(), code: None };
        let error = Ending::Failure(Failure { cause: Some(cause.clone()), ..Failure::default() }).error();
        assert_eq!((error.cause(), error.answer()), (Some(&cause), &Answer::default()));
        assert_eq!((error.hint(), error.code()), (Some("check the network and the endpoint"), ErrorCode::Network));
    }

    #[test]
    fn an_answer_throttles_by_its_status_or_by_its_retry_after() {
        for (ending, throttle) in [
            (reply(429, None), Some(None)),
            (reply(429, Some(5)), Some(Some(5))),
            (reply(503, None), None),
            (reply(503, Some(5)), Some(Some(5))),
            (reply(500, Some(5)), None),
        ] {
            let expected = throttle.map(|retry_after_ms| Throttle { retry_after_ms });
            assert_eq!(ending.throttle(), expected, "{ending:?}");
        }
    }
}
