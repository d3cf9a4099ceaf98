//! The effects of one input, and the outputs that have to follow.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use push_source_status::{ActivityId, AttemptId, CallId, Millis, SourceId};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Step {
    pub cause: Cause,
    /// The call that succeeded, and its HTTP status.
    pub answered: Option<(CallId, u16)>,
    /// The call whose attempt was announced but not sent yet.
    pub announced: Option<CallId>,
    /// The calls with an attempt that ended.
    pub judged: BTreeSet<CallId>,
    pub must_settle: BTreeSet<CallId>,
    pub must_go_on: Option<CallId>,
    /// Whether an answer still has to close the gate.
    pub must_shut: bool,
    /// The attempt that may close the gate, and for how long.
    pub throttle: Option<(AttemptId, RangeInclusive<Millis>)>,
    /// The delays that calls may have before their next attempt.
    pub delays: BTreeMap<CallId, RangeInclusive<Millis>>,
    /// The call that set the status for activities, until an event has reported it.
    pub done: Option<CallId>,
    /// The call that could not set `IDLE`, until an event has reported the source as left active.
    pub left_active: Option<CallId>,
    /// The attempts that have to be aborted because their call has failed.
    pub given_up: BTreeSet<AttemptId>,
    /// The activities whose work has to be aborted.
    pub must_abort: BTreeSet<ActivityId>,
    /// The sources that have to get a last request.
    pub must_close: BTreeSet<SourceId>,
    /// The entries that have to be removed from the journal.
    pub must_strike: BTreeSet<SourceId>,
    /// The sources of a write that failed or was late.
    pub unwritten: BTreeSet<SourceId>,
    /// Those of them whose requests wait for the write. Their calls get an event.
    pub must_tell: BTreeSet<SourceId>,
    /// Whether the last output was a write that opens entries.
    pub has_opened: bool,
}

/// The kind of input, if it makes a difference to what may follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Cause {
    #[default]
    Other,
    Timeout,
    PageEnd,
    Cancel(CallId),
}

impl Step {
    pub fn is_timeout(&self) -> bool {
        self.cause == Cause::Timeout
    }

    pub fn is_page_end(&self) -> bool {
        self.cause == Cause::PageEnd
    }

    pub fn cancels(&self, call: CallId) -> bool {
        self.cause == Cause::Cancel(call)
    }
}
