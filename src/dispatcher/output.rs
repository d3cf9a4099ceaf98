//! What the dispatcher wants done, and what it tells while it works.

use super::{AskId, AttemptId, CallId, Change, Millis, Settlement};
use crate::activity::{ActivityEnd, ActivityId, Stop};
use crate::error::{Error, ErrorCode};
use crate::token::AccessToken;

/// What the dispatcher wants done.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Output {
    /// Send a request.
    Send {
        /// What its answer is to be reported with.
        attempt: AttemptId,
        /// The URL to post to.
        url: String,
        /// The token to send along.
        token: AccessToken,
    },
    /// Send a request that outlives the page, and whose answer nobody waits for.
    SendLast {
        /// The URL to post to.
        url: String,
        /// The token to send along.
        token: AccessToken,
    },
    /// Give up an attempt: no answer to it is wanted any more, only its release.
    Abort(AttemptId),
    /// Ask the user's function for a token.
    AskToken(AskId),
    /// A call has ended.
    Settle(CallId, Settlement),
    /// The work of an activity may start.
    StartWork(ActivityId),
    /// The work of an activity has to stop.
    AbortWork(ActivityId, Stop),
    /// An activity is over.
    EndActivity(ActivityId, ActivityEnd),
    /// Something that an observer may want to know.
    Emit(Event),
    /// The client was closed, its last activity has ended and its last call has settled.
    Drained,
}

/// Something that happened to a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// The call.
    pub call: CallId,
    /// What it is to change.
    pub change: Change,
    /// How many requests were sent for it so far.
    pub attempt: u32,
    /// What happened.
    pub kind: EventKind,
}

/// What happened to a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// A request goes out.
    Attempt,
    /// An answer came.
    Reply {
        /// Its HTTP status; 0 for a redirect that the browser hides.
        http_status: u16,
        /// The time from the request to the answer's headers, in milliseconds.
        duration_ms: Millis,
    },
    /// The attempt failed, and another one follows.
    Retry {
        /// The time until then, in milliseconds.
        delay_ms: Millis,
        /// What kind of failure it was.
        reason: ErrorCode,
    },
    /// The service throttles: the client's other calls wait too.
    Throttled {
        /// For how long, in milliseconds.
        delay_ms: Millis,
    },
    /// The status was set.
    Done {
        /// The HTTP status of the answer.
        http_status: u16,
        /// The time from the call to the answer, in milliseconds.
        elapsed_ms: Millis,
    },
    /// The call failed.
    Failed(Error),
    /// The user took the call back.
    Cancelled,
    /// The source is active: the first of its activities has begun.
    ActivityStarted,
    /// The source is idle: the last of its activities has ended.
    ActivityEnded,
}
