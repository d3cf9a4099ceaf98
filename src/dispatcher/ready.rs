//! The calls that wait for nothing but a slot and the gate.

use super::CallId;
use crate::sorted_map::SortedMap;

/// Who goes first when several calls could be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Priority {
    Closing,
    Single,
    Bulk,
}

impl Priority {
    const ALL: [Self; 3] = [Self::Closing, Self::Single, Self::Bulk];
}

/// Calls by their priority, and in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Ready([SortedMap<CallId, ()>; Priority::ALL.len()]);

impl Ready {
    pub(super) fn add(&mut self, priority: Priority, call: CallId) {
        self.0[priority as usize].insert(call, ());
    }

    pub(super) fn remove(&mut self, priority: Priority, call: CallId) {
        self.0[priority as usize].remove(&call);
    }

    /// The call that goes first, with its priority.
    pub(super) fn first(&self) -> Option<(Priority, CallId)> {
        Priority::ALL.into_iter().find_map(|priority| Some((priority, *self.0[priority as usize].first()?)))
    }
}
