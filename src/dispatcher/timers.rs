//! The timers of the dispatcher. The gate keeps its own time.

use super::{AttemptId, CallId, Millis, WriteId};
use crate::activity::ActivityId;
use crate::sorted_map::SortedMap;

/// A reason to wake up. Of several that are due at the same time, those that end something come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Wake {
    /// An attempt has taken too long, or has kept its connection too long after its call settled.
    Attempt(AttemptId),
    /// A call's time is up.
    Deadline(CallId),
    /// A call's delay before its next attempt is over.
    Backoff(CallId),
    /// The grace of an aborted activity's work is over.
    Grace(ActivityId),
    /// The user's token function has taken too long.
    Token,
    /// The journal has taken too long.
    Journal(WriteId),
}

/// The time of each reason to wake up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Timers {
    times: SortedMap<Wake, Millis>,
    /// The same times, the earliest first.
    order: SortedMap<(Millis, Wake), ()>,
}

impl Timers {
    /// Sets the time of a reason, in place of any earlier one.
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

    /// Returns the time of a reason, unless that time has come.
    pub(super) fn at(&self, wake: Wake) -> Option<Millis> {
        self.times.get(&wake).copied()
    }

    pub(super) fn next(&self) -> Option<Millis> {
        self.order.first().map(|&(at, _)| at)
    }

    /// Removes and returns the earliest reason that is due.
    pub(super) fn pop_due(&mut self, now: Millis) -> Option<Wake> {
        let &(_, wake) = self.order.first().filter(|&&(at, _)| at <= now)?;
        self.clear(wake);
        Some(wake)
    }

    /// Returns the calls whose time is up before a moment.
    pub(super) fn deadlines_before(&self, moment: Millis) -> Vec<CallId> {
        let early = self.order.keys().take_while(|&&(at, _)| at < moment);
        early.filter_map(|&(_, wake)| if let Wake::Deadline(call) = wake { Some(call) } else { None }).collect()
    }
}
