//! One lane for each source: its calls are sent in the order in which they were made.

use super::CallId;
use crate::identifier::SourceId;
use crate::sorted_map::SortedMap;

/// The calls of each source, in the order in which they were made, since ids count up.
///
/// A call stays in its lane until it has settled and its last attempt has let go of its connection: until then, no other
/// call has its turn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Lanes(SortedMap<SourceId, SortedMap<CallId, ()>>);

impl Lanes {
    pub(super) fn join(&mut self, source: &SourceId, call: CallId) {
        self.0.get_or_insert_with(source.clone(), SortedMap::default).insert(call, ());
    }

    pub(super) fn leave(&mut self, source: &SourceId, call: CallId) {
        let Some(calls) = self.0.get_mut(source) else { return };
        calls.remove(&call);
        if calls.is_empty() {
            self.0.remove(source);
        }
    }

    pub(super) fn calls(&self, source: &SourceId) -> impl Iterator<Item = CallId> {
        self.0.get(source).into_iter().flat_map(SortedMap::keys).copied()
    }

    /// The call whose turn it is.
    pub(super) fn turn(&self, source: &SourceId) -> Option<CallId> {
        self.0.get(source)?.first().copied()
    }
}
