//! What the dispatcher wants done, and what it tells while it works.

use super::{AskId, AttemptId, CallId, Change, JournalEntry, Millis, Settlement, WriteId};
use crate::activity::{ActivityEnd, ActivityId, Interruption};
use crate::error::{Cause, Error, ErrorCode};
use crate::identifier::SourceId;
use crate::token::AccessToken;

/// For whom something is done: a driver can do it where that caller is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A call of the user's own, or one for activities that are all gone.
    Call(CallId),
    /// An activity: of those of a source, the oldest.
    Activity(ActivityId),
}

/// What the dispatcher wants done.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Output {
    /// Send a request.
    Send {
        /// For whom.
        owner: Owner,
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
    /// Ask the user's function for a token, for the first of those that need it.
    AskToken(AskId, Owner),
    /// A call has ended.
    Settle(CallId, Settlement),
    /// The work of an activity may start.
    StartWork {
        /// The activity.
        activity: ActivityId,
        /// The sources whose active status could not be set, where it starts all the same.
        inactive: Vec<SourceId>,
    },
    /// The work of an activity has to stop.
    AbortWork(ActivityId, Interruption),
    /// An activity is over.
    EndActivity(ActivityId, ActivityEnd),
    /// Write into the journal that sources may be active, before the requests leave.
    Opened {
        /// What the answer is to be reported with.
        write: WriteId,
        /// Each in place of what the journal has of its source.
        entries: Vec<JournalEntry>,
    },
    /// Strike from the journal what it has of sources: they are idle, or for certain nothing was applied.
    Closed {
        /// What the answer is to be reported with.
        write: WriteId,
        /// What there was of them.
        entries: Vec<JournalEntry>,
    },
    /// Something that an observer may want to know.
    Emit(Event),
    /// The client was closed, its last activity has ended, its last call has settled, and the journal is written.
    Drained,
}

/// Something that happened to a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// For whom the call was made.
    pub owner: Owner,
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
    /// The last activity of the source has ended, and it may be active still.
    LeftActive {
        /// The complete command that repairs it.
        command: String,
    },
    /// The journal could not be written, or not in time. The call goes on.
    JournalFailed(Option<Cause>),
}
