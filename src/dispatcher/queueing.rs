//! Brings calls to their turn in the lane.

use super::call::{CallId, Phase};
use super::timers::Wake;
use super::{Dispatcher, Millis, Now};
use crate::identifier::SourceId;

impl Dispatcher {
    /// Puts a call back into its lane, for another attempt.
    pub(super) fn requeue(&mut self, id: CallId) {
        let Some(call) = self.calls.known_mut(&id) else { return };
        call.phase = Phase::Waiting;
        let source = call.change.source_id.clone();
        self.offer(&source);
    }

    /// Makes the call whose turn it is in a lane ready, if there is one.
    pub(super) fn offer(&mut self, source: &SourceId) {
        let Some(id) = self.lanes.turn(source) else { return };
        let Some(call) = self.calls.known(&id) else { return };
        if call.phase == Phase::Waiting {
            self.ready.add(call.priority(), id);
        }
    }

    /// Returns whether the gate stays closed for longer than a call may wait. A call that was sent before may wait for
    /// the rest of its time, any other for all of its time. A call that only time limits is never out of reach.
    pub(super) fn is_out_of_reach(&self, now: Now, id: CallId) -> bool {
        self.calls.known(&id).is_some_and(|call| {
            let deadline = self.timers.at(Wake::Deadline(id));
            let all = Millis::from(call.budget.time_ms);
            let left = deadline.map_or(all, |deadline| deadline.saturating_sub(now.ms));
            !call.budget.is_time_alone() && self.gate.wait(now.ms) > left
        })
    }
}
