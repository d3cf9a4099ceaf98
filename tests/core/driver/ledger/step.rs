//! What one input brings about, and what has to follow from it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use push_source_status::{ActivityId, AttemptId, CallId, Millis, SourceId};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Step {
    pub cause: Cause,
    /// The call that was answered well, and the HTTP status.
    pub answered: Option<(CallId, u16)>,
    /// The call whose attempt was announced, and not sent yet.
    pub announced: Option<CallId>,
    /// The calls of which an attempt ended.
    pub judged: BTreeSet<CallId>,
    pub must_settle: BTreeSet<CallId>,
    pub must_go_on: Option<CallId>,
    /// Whether an answer has to close the gate, and has not.
    pub must_shut: bool,
    /// The attempt that may close the gate, and for how long.
    pub throttle: Option<(AttemptId, RangeInclusive<Millis>)>,
    /// How long calls may wait for their next attempt.
    pub delays: BTreeMap<CallId, RangeInclusive<Millis>>,
    /// The call that set the status that activities want, until an event has said so.
    pub done: Option<CallId>,
    /// The call that could not set `IDLE`, until an event has said what follows from that.
    pub left_active: Option<CallId>,
    /// The attempts whose call has failed, and that have to be given up.
    pub given_up: BTreeSet<AttemptId>,
    /// Whose work has to be told to stop.
    pub must_abort: BTreeSet<ActivityId>,
    /// What gets a last request.
    pub must_close: BTreeSet<SourceId>,
    /// What the journal has to strike.
    pub must_strike: BTreeSet<SourceId>,
    /// The sources of a write that failed or is late.
    pub unwritten: BTreeSet<SourceId>,
    /// Those of them to which a request waits to go: their calls are told.
    pub must_tell: BTreeSet<SourceId>,
    /// Whether the last output was a write of entries that open.
    pub has_opened: bool,
}

/// The input, where that makes a difference to what may follow.
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
