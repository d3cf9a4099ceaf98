//! Everything that the dispatcher waits for by time, but for the gate, which keeps its own.

use super::{AttemptId, CallId, Millis, WriteId};
use crate::activity::ActivityId;
use crate::sorted_map::SortedMap;

/// A reason to wake. Of those that are due at the same time, the ones that end something come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Wake {
    /// An attempt has taken too long; or what is left of it has kept its connection too long.
    Attempt(AttemptId),
    /// A call has used up its time.
    Deadline(CallId),
    /// A call's delay before its next attempt is over.
    Backoff(CallId),
    /// The work of an aborted activity has had its time to stop.
    Grace(ActivityId),
    /// The function that gives the token has taken too long.
    Token,
    /// The journal has taken too long.
    Journal(WriteId),
}

/// When to wake for each reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Timers {
    times: SortedMap<Wake, Millis>,
    /// The same, the earliest first.
    order: SortedMap<(Millis, Wake), ()>,
}

impl Timers {
    /// Sets the time of a reason, in place of the one that it had.
    pub(super) fn set(&mut self, wake: Wake, at: Millis) {
        self.clear(wake);
        self.times.insert(wake, at);
        self.order.insert((at, wake), ());
    }

    pub(super) fn clear(&mut self, wake: Wake) {
        if let Some(at) = self.times.remove(&wake) {
            self.order.remove(&(at, wake));
        }
    }

    /// The time of a reason, unless that has come.
    pub(super) fn at(&self, wake: Wake) -> Option<Millis> {
        self.times.get(&wake).copied()
    }

    pub(super) fn next(&self) -> Option<Millis> {
        self.order.first().map(|&(at, _)| at)
    }

    /// Takes the earliest reason that is due.
    pub(super) fn pop_due(&mut self, now: Millis) -> Option<Wake> {
        let &(_, wake) = self.order.first().filter(|&&(at, _)| at <= now)?;
        self.clear(wake);
        Some(wake)
    }

    /// The calls whose time is used up before a moment.
    pub(super) fn deadlines_before(&self, moment: Millis) -> Vec<CallId> {
        let early = self.order.keys().take_while(|&&(at, _)| at < moment);
        early.filter_map(|&(_, wake)| if let Wake::Deadline(call) = wake { Some(call) } else { None }).collect()
    }
}
