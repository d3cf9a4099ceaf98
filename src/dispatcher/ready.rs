//! The calls that wait for nothing but a slot and the gate.

use super::CallId;
use crate::table::Set;

/// Who goes first when several calls could be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Priority {
    Closing,
    Single,
    Bulk,
}

/// Calls by their priority, and in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Ready([Set<CallId>; 3]);

impl Ready {
    pub(super) fn add(&mut self, priority: Priority, call: CallId) {
        self.0[priority as usize].add(call);
    }

    pub(super) fn remove(&mut self, call: CallId) {
        for calls in &mut self.0 {
            calls.remove(call);
        }
    }

    /// The call that goes first.
    pub(super) fn first(&self) -> Option<CallId> {
        self.0.iter().find_map(Set::first)
    }
}
