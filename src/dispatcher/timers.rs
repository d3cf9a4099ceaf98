//! Everything that the dispatcher waits for by time.

use std::collections::BTreeSet;

use super::{AttemptId, CallId, Millis};
use crate::activity::ActivityId;
use crate::table::Table;

/// A reason to wake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Wake {
    /// An attempt has taken too long.
    Attempt(AttemptId),
    /// What is left of an attempt has kept its connection too long.
    Release(AttemptId),
    /// A call has used up its time.
    Deadline(CallId),
    /// A call's delay before its next attempt is over.
    Backoff(CallId),
    /// The work of an aborted activity has had its time to stop.
    Grace(ActivityId),
    /// The service may be asked again.
    Gate,
    /// The function that gives the token has taken too long.
    Token,
}

/// At most one time for each reason; the next wake-up is the earliest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Timers {
    queue: BTreeSet<(Millis, Wake)>,
    times: Table<Wake, Millis>,
}

impl Timers {
    pub(super) fn set(&mut self, wake: Wake, at: Millis) {
        if let Some(before) = self.times.insert(wake, at) {
            self.queue.remove(&(before, wake));
        }
        self.queue.insert((at, wake));
    }

    pub(super) fn clear(&mut self, wake: Wake) {
        if let Some(at) = self.times.remove(&wake) {
            self.queue.remove(&(at, wake));
        }
    }

    pub(super) fn next(&self) -> Option<Millis> {
        self.queue.first().map(|&(at, _)| at)
    }

    /// Takes the earliest reason that is due.
    pub(super) fn pop_due(&mut self, now: Millis) -> Option<Wake> {
        let &(at, wake) = self.queue.first()?;
        if at > now {
            return None;
        }
        self.clear(wake);
        Some(wake)
    }

    /// The calls whose time is used up before a moment.
    pub(super) fn deadlines_before(&self, moment: Millis) -> Vec<CallId> {
        let early = self.queue.iter().take_while(|&&(at, _)| at < moment);
        early.filter_map(|&(_, wake)| if let Wake::Deadline(call) = wake { Some(call) } else { None }).collect()
    }
}
