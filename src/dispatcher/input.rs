//! What the driver tells the dispatcher.

use std::fmt;

use super::{AskId, AttemptId, CallId, WriteId};
use crate::activity::ActivityId;
use crate::error::Cause;
use crate::failure::Failure;
use crate::token::MASK;

/// What happened, beside the start of a call.
#[derive(Clone, PartialEq, Eq)]
pub enum Input<'a> {
    /// The head of an answer came.
    Head {
        /// The attempt.
        attempt: AttemptId,
        /// The HTTP status; 0 for a redirect that the browser hides.
        http_status: u16,
        /// The header `Retry-After`.
        retry_after: Option<&'a str>,
        /// The header `Date`.
        date: Option<&'a str>,
    },
    /// The body of a failing answer came, or as much of it as is wanted.
    Body {
        /// The attempt.
        attempt: AttemptId,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// The attempt failed without an answer. It has let go of its connection.
    Failed {
        /// The attempt.
        attempt: AttemptId,
        /// How it failed.
        failure: Failure,
    },
    /// The attempt's connection is closed or idle. If nothing was told of an answer, it was lost.
    Released(AttemptId),
    /// The user's function gave a token, or failed to.
    Token {
        /// The question it answers.
        ask: AskId,
        /// What it gave: text that nobody has checked.
        answer: Result<&'a str, Option<Cause>>,
    },
    /// The journal has written, or failed to.
    Journaled {
        /// The write that it answers.
        write: WriteId,
        /// Why it failed, where somebody said so.
        answer: Result<(), Option<Cause>>,
    },
    /// It is time: what [`Dispatcher::wake_at`](super::Dispatcher::wake_at) said, or later, or earlier.
    Timeout,
    /// The user takes a call back.
    Cancel(CallId),
    /// The work of an activity has ended.
    Finish(ActivityId),
    /// The user aborts an activity.
    Abort(ActivityId),
    /// The page is gone, or frozen: there is time for one last request for each source.
    PageEnd,
    /// The user closes the client: activities end, calls that were made go on, and no others are accepted.
    Close,
}

impl fmt::Debug for Input<'_> {
    /// Says what happened, and to what; what came from outside, a token for example, is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head { attempt, http_status, .. } => write!(f, "Head({attempt:?}, {http_status})"),
            Self::Body { attempt, bytes } => write!(f, "Body({attempt:?}, {} bytes)", bytes.len()),
            Self::Failed { attempt, failure } => write!(f, "Failed({attempt:?}, {:?})", failure.kind),
            Self::Released(attempt) => write!(f, "Released({attempt:?})"),
            Self::Token { ask, answer } => write!(f, "Token({ask:?}, {})", if answer.is_ok() { MASK } else { "none" }),
            Self::Journaled { write, answer } => {
                write!(f, "Journaled({write:?}, {})", if answer.is_ok() { "written" } else { "failed" })
            }
            Self::Timeout => f.write_str("Timeout"),
            Self::Cancel(call) => write!(f, "Cancel({call:?})"),
            Self::Finish(activity) => write!(f, "Finish({activity:?})"),
            Self::Abort(activity) => write!(f, "Abort({activity:?})"),
            Self::PageEnd => f.write_str("PageEnd"),
            Self::Close => f.write_str("Close"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_says_what_happened_and_nothing_that_came_from_outside() {
        let shown = |input: Input<'_>| format!("{input:?}");
        let (ask, attempt) = (AskId(1), AttemptId(2));
        assert_eq!(shown(Input::Token { ask, answer: Ok("secret-token") }), "Token(AskId(1), ****)");
        assert_eq!(shown(Input::Token { ask, answer: Err(None) }), "Token(AskId(1), none)");
        assert_eq!(shown(Input::Body { attempt, bytes: b"secret" }), "Body(AttemptId(2), 6 bytes)");
        assert_eq!(shown(Input::Cancel(CallId(3))), "Cancel(CallId(3))");
    }
}
