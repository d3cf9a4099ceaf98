//! One lane for each source, in which its calls are sent in the order in which they were made.

use super::CallId;
use crate::identifier::SourceId;
use crate::sorted_map::SortedMap;

/// The lanes of all sources that have calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Lanes(SortedMap<SourceId, Lane>);

/// The calls of a source that have not settled, in the order in which they were made, since ids count up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Lane {
    calls: SortedMap<CallId, ()>,
    /// Whether an attempt for the source still has its connection. Until it is released, no call has its turn.
    is_occupied: bool,
}

impl Lanes {
    pub(super) fn join(&mut self, source: &SourceId, call: CallId) {
        self.0.get_or_insert_with(source.clone(), Lane::default).calls.insert(call, ());
    }

    pub(super) fn leave(&mut self, source: &SourceId, call: CallId) {
        self.change(source, |lane| {
            lane.calls.remove(&call);
        });
    }

    /// Gives the lane to an attempt.
    pub(super) fn occupy(&mut self, source: &SourceId) {
        self.change(source, |lane| lane.is_occupied = true);
    }

    /// Frees the lane from its attempt.
    pub(super) fn release(&mut self, source: &SourceId) {
        self.change(source, |lane| lane.is_occupied = false);
    }

    fn change(&mut self, source: &SourceId, change: impl FnOnce(&mut Lane)) {
        let Some(lane) = self.0.known_mut(source) else { return };
        change(lane);
        if lane.calls.is_empty() && !lane.is_occupied {
            self.0.remove(source);
        }
    }

    pub(super) fn calls(&self, source: &SourceId) -> impl Iterator<Item = CallId> {
        self.0.get(source).into_iter().flat_map(|lane| lane.calls.keys()).copied()
    }

    /// Returns the call whose turn it is.
    pub(super) fn turn(&self, source: &SourceId) -> Option<CallId> {
        let lane = self.0.get(source).filter(|lane| !lane.is_occupied)?;
        lane.calls.first().copied()
    }
}
