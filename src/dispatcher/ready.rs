//! The calls that wait only for a slot and the gate.

use super::CallId;
use crate::sorted_map::SortedMap;

/// The order in which calls are sent when several are ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Priority {
    Closing,
    Single,
    Bulk,
}

impl Priority {
    const ALL: [Self; 3] = [Self::Closing, Self::Single, Self::Bulk];
}

/// The ready calls, by priority and then in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Ready([SortedMap<CallId, ()>; Priority::ALL.len()]);

impl Ready {
    pub(super) fn add(&mut self, priority: Priority, call: CallId) {
        self.0[priority as usize].insert(call, ());
    }

    pub(super) fn remove(&mut self, priority: Priority, call: CallId) {
        self.0[priority as usize].remove(&call);
    }

    /// Returns the call to send next, with its priority.
    pub(super) fn first(&self) -> Option<(Priority, CallId)> {
        Priority::ALL.into_iter().find_map(|priority| Some((priority, *self.0[priority as usize].first()?)))
    }
}
