//! The calls that wait for nothing but a slot and the gate.

use super::CallId;
use crate::table::{Number, Set};

/// Who goes first when several calls could be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Priority {
    Closing,
    Single,
    Bulk,
}

impl Number for Priority {
    fn number(self) -> u64 {
        self as u64
    }

    fn of(number: u64) -> Self {
        match number {
            0 => Self::Closing,
            1 => Self::Single,
            _ => Self::Bulk,
        }
    }
}

/// Calls by their priority, and in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Ready(Set<(Priority, CallId)>);

impl Ready {
    pub(super) fn add(&mut self, priority: Priority, call: CallId) {
        self.0.add((priority, call));
    }

    pub(super) fn remove(&mut self, priority: Priority, call: CallId) {
        self.0.remove((priority, call));
    }

    /// The call that goes first, with its priority.
    pub(super) fn first(&self) -> Option<(Priority, CallId)> {
        self.0.first()
    }
}
