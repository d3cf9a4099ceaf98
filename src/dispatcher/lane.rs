//! One lane for each source: its calls are sent in the order in which they were made.

use super::{AttemptId, CallId};
use crate::identifier::SourceId;
use crate::table::{Set, SourceTable};

/// The lanes of all sources that have calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Lanes(SourceTable<Lane>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Lane {
    /// In the order in which they were made, since ids count up.
    calls: Set<CallId>,
    /// The attempt that has not let go of its connection yet.
    holder: Option<AttemptId>,
}

impl Lanes {
    pub(super) fn join(&mut self, source: &SourceId, call: CallId) {
        self.0.update(source, |lane| lane.calls.add(call));
    }

    pub(super) fn leave(&mut self, source: &SourceId, call: CallId) {
        self.change(source, |lane| {
            lane.calls.remove(call);
        });
    }

    pub(super) fn hold(&mut self, source: &SourceId, attempt: AttemptId) {
        self.change(source, |lane| lane.holder = Some(attempt));
    }

    pub(super) fn release(&mut self, source: &SourceId) {
        self.change(source, |lane| lane.holder = None);
    }

    /// The call whose turn it is, unless an attempt still holds the lane.
    pub(super) fn turn(&self, source: &SourceId) -> Option<CallId> {
        let lane = self.0.get(source).filter(|lane| lane.holder.is_none())?;
        lane.calls.first()
    }

    fn change(&mut self, source: &SourceId, change: impl FnOnce(&mut Lane)) {
        if let Some(lane) = self.0.get_mut(source) {
            change(lane);
            if lane.calls.is_empty() && lane.holder.is_none() {
                self.0.remove(source);
            }
        }
    }
}
