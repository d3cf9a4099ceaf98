//! The inputs of the dispatcher.

use std::fmt;

use super::{AskId, AttemptId, CallId, WriteId};
use crate::activity::ActivityId;
use crate::error::Cause;
use crate::failure::Failure;
use crate::token::MASK;

/// Something that happened, other than the start of a call or of an activity.
#[derive(Clone, PartialEq, Eq)]
pub enum Input<'a> {
    /// The head of an answer came.
    Head {
        /// The attempt.
        attempt: AttemptId,
        /// The HTTP status, or 0 for a redirect that the browser hides.
        http_status: u16,
        /// The value of the header `Retry-After`.
        retry_after: Option<&'a str>,
        /// The value of the header `Date`.
        date: Option<&'a str>,
    },
    /// The body of an error came, or its first [`MAX_BODY_BYTES`](crate::MAX_BODY_BYTES).
    Body {
        /// The attempt.
        attempt: AttemptId,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// The attempt failed, and its connection is gone. Its head may have come before.
    Failed {
        /// The attempt.
        attempt: AttemptId,
        /// How it failed.
        failure: Failure,
    },
    /// The attempt's connection is closed or idle. An attempt without an answer by then has failed.
    Released(AttemptId),
    /// The user's function returned a token, or failed.
    Token {
        /// The question that it answers.
        ask: AskId,
        /// The text that it returned, unchecked.
        answer: Result<&'a str, Option<Cause>>,
    },
    /// The journal has been written, or could not be.
    Journaled {
        /// The write that is answered.
        write: WriteId,
        /// The reason of a failure, if one is known.
        answer: Result<(), Option<Cause>>,
    },
    /// A timer fired, at the time of [`Dispatcher::wake_at`](super::Dispatcher::wake_at). Later or earlier is harmless.
    Timeout,
    /// The user cancels a call.
    Cancel(CallId),
    /// The work of an activity has ended.
    Finish(ActivityId),
    /// The user aborts an activity.
    Abort(ActivityId),
    /// The page is being closed or frozen. There is time for one last request for each source.
    PageEnd,
    /// Nothing is left in the process that could end an activity: its event loop is empty.
    LoopEnd,
    /// The user closes the client. Activities end, calls that were already made go on, and no others are accepted.
    Close,
}

impl fmt::Debug for Input<'_> {
    /// Leaves out everything that came from outside, a token for example.
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
            Self::LoopEnd => f.write_str("LoopEnd"),
            Self::Close => f.write_str("Close"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_names_the_input_without_outside_data() {
        let shown = |input: Input<'_>| format!("{input:?}");
        let (ask, attempt) = (AskId(1), AttemptId(2));
        assert_eq!(shown(Input::Token { ask, answer: Ok("secret-token") }), "Token(AskId(1), ****)");
        assert_eq!(shown(Input::Token { ask, answer: Err(None) }), "Token(AskId(1), none)");
        assert_eq!(shown(Input::Body { attempt, bytes: b"secret" }), "Body(AttemptId(2), 6 bytes)");
        assert_eq!(shown(Input::Cancel(CallId(3))), "Cancel(CallId(3))");
    }
}
