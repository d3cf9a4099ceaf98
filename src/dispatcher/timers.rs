//! Everything that the dispatcher waits for by time.

use super::{AttemptId, CallId, Millis};
use crate::activity::ActivityId;
use crate::table::{Set, Table};

/// A reason to wake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A reason as one number, a key like all others. Of the reasons that are due at the same time, those that end something
/// come first, in the order of their kinds.
type WakeKey = u64;

/// The kind stands above the id, which counts up from 1 and stays far below it.
const KIND_SHIFT: u32 = 60;

impl Wake {
    const fn key(self) -> WakeKey {
        let (kind, id) = match self {
            Self::Attempt(AttemptId(id)) => (0, id),
            Self::Release(AttemptId(id)) => (1, id),
            Self::Deadline(CallId(id)) => (2, id),
            Self::Backoff(CallId(id)) => (3, id),
            Self::Grace(ActivityId(id)) => (4, id),
            Self::Gate => (5, 0),
            Self::Token => (6, 0),
        };
        kind << KIND_SHIFT | id
    }

    const fn of(key: WakeKey) -> Self {
        let id = key & ((1 << KIND_SHIFT) - 1);
        match key >> KIND_SHIFT {
            0 => Self::Attempt(AttemptId(id)),
            1 => Self::Release(AttemptId(id)),
            2 => Self::Deadline(CallId(id)),
            3 => Self::Backoff(CallId(id)),
            4 => Self::Grace(ActivityId(id)),
            5 => Self::Gate,
            _ => Self::Token,
        }
    }
}

/// At most one time for each reason; the next wake-up is the earliest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Timers {
    queue: Table<Millis, Set<WakeKey>>,
    times: Table<WakeKey, Millis>,
}

impl Timers {
    pub(super) fn set(&mut self, wake: Wake, at: Millis) {
        self.clear(wake);
        self.times.insert(wake.key(), at);
        self.queue.update(at, |wakes| wakes.add(wake.key()));
    }

    pub(super) fn clear(&mut self, wake: Wake) {
        let Some(at) = self.times.remove(wake.key()) else { return };
        let Some(wakes) = self.queue.get_mut(at) else { return };
        wakes.remove(wake.key());
        if wakes.is_empty() {
            self.queue.remove(at);
        }
    }

    pub(super) fn next(&self) -> Option<Millis> {
        self.queue.first()
    }

    /// Takes the earliest reason that is due.
    pub(super) fn pop_due(&mut self, now: Millis) -> Option<Wake> {
        let at = self.queue.first().filter(|&at| at <= now)?;
        let wake = Wake::of(self.queue.get(at)?.first()?);
        self.clear(wake);
        Some(wake)
    }

    /// The calls whose time is used up before a moment.
    pub(super) fn deadlines_before(&self, moment: Millis) -> Vec<CallId> {
        let early = self.queue.iter().take_while(|&(at, _)| at < moment).flat_map(|(_, wakes)| wakes.keys());
        early.filter_map(|key| if let Wake::Deadline(call) = Wake::of(key) { Some(call) } else { None }).collect()
    }
}
