//! The outputs of the dispatcher, events among them.

use super::{AskId, AttemptId, CallId, Change, JournalEntry, Millis, Settlement, WriteId};
use crate::activity::{ActivityEnd, ActivityId, Interruption};
use crate::error::{Cause, Error, ErrorCode};
use crate::identifier::SourceId;
use crate::token::AccessToken;

/// The caller for whom something is done, so that a driver can do it in that caller's context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A call by the user, or one for activities that have all ended.
    Call(CallId),
    /// The oldest activity of the source.
    Activity(ActivityId),
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Output {
    /// Send a request.
    Send {
        /// The caller for whom it is sent.
        owner: Owner,
        /// The id under which its answer is to be reported.
        attempt: AttemptId,
        /// The URL to post to.
        url: String,
        /// The token to send.
        token: AccessToken,
    },
    /// Send a request that outlives the page. Nobody waits for its answer.
    SendLast {
        /// The URL to post to.
        url: String,
        /// The token to send.
        token: AccessToken,
    },
    /// Abort an attempt. From now on, only its release has to be reported.
    Abort(AttemptId),
    /// Ask the user's function for a token, on behalf of the first caller that needs it.
    AskToken(AskId, Owner),
    /// A call has ended.
    Settle(CallId, Settlement),
    /// The work of an activity may start.
    StartWork {
        /// The activity.
        activity: ActivityId,
        /// The sources whose active status could not be set. Not empty only with
        /// [`OnActivationFailure::Continue`](crate::OnActivationFailure::Continue).
        inactive: Vec<SourceId>,
    },
    /// The work of an activity has to stop.
    AbortWork(ActivityId, Interruption),
    /// An activity is over.
    EndActivity(ActivityId, ActivityEnd),
    /// Write into the journal that sources may be active. Their requests are sent only after the answer.
    Opened {
        /// The id under which the answer is to be reported.
        write: WriteId,
        /// The entries. Each replaces the earlier entry of its source.
        entries: Vec<JournalEntry>,
    },
    /// Remove the entries of sources from the journal, since they are idle, or nothing was applied to them.
    Closed {
        /// The id under which the answer is to be reported.
        write: WriteId,
        /// The entries as they were.
        entries: Vec<JournalEntry>,
    },
    /// Report an event to the observer.
    Emit(Event),
    /// The client was closed, its last activity has ended, its last call has settled, and the journal is written.
    Drained,
}

/// An event in the life of a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// The caller for whom the call was made.
    pub owner: Owner,
    /// The call.
    pub call: CallId,
    /// The change that it is to make.
    pub change: Change,
    /// How many requests have been sent for it so far.
    pub attempt: u32,
    /// What happened.
    pub kind: EventKind,
}

/// The kind of an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// A request is being sent.
    Attempt,
    /// An answer came.
    Reply {
        /// Its HTTP status, or 0 for a redirect that the browser hides.
        http_status: u16,
        /// The time from the request to the answer's headers, in milliseconds.
        duration_ms: Millis,
    },
    /// The attempt failed, and another one follows.
    Retry {
        /// The time until the next attempt, in milliseconds.
        delay_ms: Millis,
        /// The kind of failure.
        reason: ErrorCode,
    },
    /// The service throttles. The client's other calls wait too.
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
    /// The user cancelled the call.
    Cancelled,
    /// The source is now active, for the first of its activities.
    ActivityStarted,
    /// The source is now idle, since the last of its activities has ended.
    ActivityEnded,
    /// The last activity of the source has ended, and the source may still be active.
    LeftActive {
        /// The complete shell command that sets it to `IDLE`.
        command: String,
    },
    /// The journal could not be written, or not in time. The call goes on. Holds the reason, if one is known.
    JournalFailed(Option<Cause>),
}
