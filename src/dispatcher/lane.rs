//! One lane for each source: its calls are sent in the order in which they were made.

use super::CallId;
use crate::identifier::SourceId;
use crate::table::{self, Set};

/// The lane of a source: a hash of its id. Should two sources ever have the same, they take turns in one lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lane(u64);

table::number!(Lane);

impl Lane {
    pub(super) fn new(source: &SourceId) -> Self {
        Self(table::hash(source))
    }
}

/// The calls of all sources, in the order in which they were made, since ids count up.
///
/// A call stays in its lane until it has settled and its last attempt has let go of its connection: until then, no other
/// call has its turn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Lanes(Set<(Lane, CallId)>);

impl Lanes {
    pub(super) fn join(&mut self, lane: Lane, call: CallId) {
        self.0.add((lane, call));
    }

    pub(super) fn leave(&mut self, lane: Lane, call: CallId) {
        self.0.remove((lane, call));
    }

    pub(super) fn calls(&self, lane: Lane) -> Vec<CallId> {
        let calls = self.0.range((lane, CallId(0)), (lane, CallId(u64::MAX)));
        calls.into_iter().map(|(_, call)| call).collect()
    }

    /// The call whose turn it is.
    pub(super) fn turn(&self, lane: Lane) -> Option<CallId> {
        let (other, first) = self.0.first_from((lane, CallId(0)))?;
        (other == lane).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_whose_ids_have_the_same_hash_take_turns() {
        let [one, other] = ["source-aqw7b3pdk", "g0fy999vP4Tl1QeS"].map(|id| SourceId::parse(id).unwrap());
        let lane = Lane::new(&one);
        assert_eq!(lane, Lane::new(&other));
        let mut lanes = Lanes::default();
        lanes.join(lane, CallId(1));
        lanes.join(lane, CallId(2));
        assert_eq!(lanes.turn(lane), Some(CallId(1)));
        lanes.leave(lane, CallId(1));
        assert_eq!(lanes.turn(lane), Some(CallId(2)));
    }
}
