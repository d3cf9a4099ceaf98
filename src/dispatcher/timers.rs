//! Everything that the dispatcher waits for by time.

use super::{AttemptId, CallId, Millis};
use crate::activity::ActivityId;
use crate::table::{Number, Set};

/// A reason to wake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wake {
    /// An attempt has taken too long; or what is left of it has kept its connection too long.
    Attempt(AttemptId),
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

/// The kind stands above the id, which counts up from 1 and stays far below it.
const KIND_SHIFT: u32 = 60;

/// Of the reasons that are due at the same time, those that end something come first, in the order of their kinds.
impl Number for Wake {
    fn number(self) -> u64 {
        let (kind, id) = match self {
            Self::Attempt(AttemptId(id)) => (0, id),
            Self::Deadline(CallId(id)) => (1, id),
            Self::Backoff(CallId(id)) => (2, id),
            Self::Grace(ActivityId(id)) => (3, id),
            Self::Gate => (4, 0),
            Self::Token => (5, 0),
        };
        kind << KIND_SHIFT | id
    }

    fn of(number: u64) -> Self {
        let id = number & ((1 << KIND_SHIFT) - 1);
        match number >> KIND_SHIFT {
            0 => Self::Attempt(AttemptId(id)),
            1 => Self::Deadline(CallId(id)),
            2 => Self::Backoff(CallId(id)),
            3 => Self::Grace(ActivityId(id)),
            4 => Self::Gate,
            _ => Self::Token,
        }
    }
}

/// The reasons by their times. Whoever sets one knows its time, and takes it back with that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Timers(Set<(Millis, Wake)>);

impl Timers {
    pub(super) fn set(&mut self, wake: Wake, at: Millis) {
        self.0.add((at, wake));
    }

    /// Takes a reason back, unless its time has come before.
    pub(super) fn clear(&mut self, wake: Wake, at: Millis) {
        self.0.remove((at, wake));
    }

    pub(super) fn next(&self) -> Option<Millis> {
        self.0.first().map(|(at, _)| at)
    }

    /// Takes the earliest reason that is due.
    pub(super) fn pop_due(&mut self, now: Millis) -> Option<Wake> {
        let (at, wake) = self.0.first().filter(|&(at, _)| at <= now)?;
        self.clear(wake, at);
        Some(wake)
    }

    /// The calls whose time is used up before a moment.
    pub(super) fn deadlines_before(&self, moment: Millis) -> Vec<CallId> {
        let early = self.0.range((0, Wake::of(0)), (moment, Wake::of(0)));
        early
            .into_iter()
            .filter_map(|(_, wake)| if let Wake::Deadline(call) = wake { Some(call) } else { None })
            .collect()
    }
}
