//! Activities: an active status, work, and always `IDLE`.
//!
//! ```text
//! begin ─▶ activating ─▶ working ─────▶ closing ─▶ ended
//!   │          │            │ aborted      ▲
//!   │          │            ▼              │
//!   │          │         stopping ─────────┤ the work has ended, or its grace is over
//!   │          └───────────────────────────┘ failed, and may have been applied
//!   └ while the source is closing: waits, then begins anew
//! ```
//!
//! The activities of one source with the same status are counted: the first one activates, the last one closes. What
//! is to be done comes out as [`Step`]s; calls, times and signals are not known here.

mod active_source;
mod member;
mod step;

use active_source::ActiveSource;
use member::{Member, Phase};
pub(crate) use step::{Activation, Step};
pub use step::{ActivityEnd, OnActivationFailure, Stop};

use crate::error::Error;
use crate::identifier::SourceId;
use crate::sorted_map::SortedMap;
use crate::status::StatusType;

/// An activity of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityId(pub u64);

/// The activities of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Activities {
    members: SortedMap<ActivityId, Member>,
    sources: SortedMap<SourceId, ActiveSource>,
    last: u64,
}

impl Activities {
    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Begins an activity.
    pub(crate) fn begin(
        &mut self,
        source: SourceId,
        status: StatusType,
        on_failure: OnActivationFailure,
        grace_ms: Option<u64>,
    ) -> (ActivityId, Vec<Step>) {
        let id = self.next_id();
        let member = Member { source, status, on_failure, grace_ms, phase: Phase::Queued, stop: None };
        self.members.insert(id, member);
        let mut steps = Vec::new();
        self.enter(id, &mut steps);
        (id, steps)
    }

    /// Ends an activity before it begins.
    pub(crate) fn turn_away(&mut self, source: SourceId, status: StatusType, error: Error) -> (ActivityId, Vec<Step>) {
        let id = self.next_id();
        let end = ActivityEnd { stop: Some(Stop::Failed(error)), left_active: None };
        (id, vec![Step::End(id, (source, status), end)])
    }

    fn next_id(&mut self) -> ActivityId {
        self.last += 1;
        ActivityId(self.last)
    }

    fn enter(&mut self, id: ActivityId, steps: &mut Vec<Step>) {
        let Some(member) = self.members.get_mut(&id) else { return };
        let source = member.source.clone();
        let begun = || ActiveSource::new(member.status);
        let active = self.sources.get_or_insert_with(source.clone(), begun);
        if active.is_closing {
            active.queue.insert(id, ());
            return;
        }
        if active.status != member.status {
            let busy = active.busy();
            return self.end(id, Some(Stop::Failed(busy)), None, steps);
        }
        active.members.insert(id, ());
        if active.may_be_active && !active.is_activating {
            member.phase = Phase::Working;
            return steps.push(Step::Start(id));
        }
        member.phase = Phase::Activating;
        if !active.is_activating {
            active.is_activating = true;
            steps.push(Step::Activate(source, member.status));
        }
    }

    /// The active status of a source is set, or could not be.
    pub(crate) fn activated(&mut self, source: &SourceId, activation: &Activation) -> Vec<Step> {
        let mut steps = Vec::new();
        let Some(active) = self.sources.get_mut(source) else { return steps };
        active.is_activating = false;
        active.may_be_active |= activation.may_be_active();
        for id in active.members.keys() {
            let Some(member) = self.members.get_mut(id).filter(|member| member.phase == Phase::Activating) else {
                continue;
            };
            member.phase = Phase::Working;
            if let Activation::Failed(error) = activation
                && !member.on_failure.starts_work_after(error)
            {
                member.stop = Some(Stop::Failed(error.clone()));
                member.phase = Phase::Closing;
            } else {
                steps.push(Step::Start(*id));
            }
        }
        self.settle_closing(source, &mut steps);
        steps
    }

    /// The work of an activity has ended, or the one who does it says so.
    pub(crate) fn finish(&mut self, id: ActivityId) -> Vec<Step> {
        let mut steps = Vec::new();
        if self.phase(id).is_some_and(|phase| matches!(phase, Phase::Working | Phase::Stopping)) {
            self.leave(id, &mut steps);
        }
        steps
    }

    /// Ends an activity early. Nothing skips `IDLE` where it is needed.
    pub(crate) fn stop(&mut self, id: ActivityId, stop: Stop) -> Vec<Step> {
        let mut steps = Vec::new();
        let Some(member) = self.members.get_mut(&id) else { return steps };
        match member.phase {
            Phase::Queued => self.end(id, Some(stop), None, &mut steps),
            Phase::Activating => {
                member.stop = Some(stop);
                self.leave(id, &mut steps);
            }
            Phase::Working => {
                member.stop = Some(stop.clone());
                steps.push(Step::AbortWork(id, stop));
                if let Some(grace_ms) = member.grace_ms {
                    member.phase = Phase::Stopping;
                    steps.push(Step::Grace(id, grace_ms));
                } else {
                    self.leave(id, &mut steps);
                }
            }
            Phase::Stopping | Phase::Closing => {}
        }
        steps
    }

    /// Ends every activity early, since the client is closed.
    pub(crate) fn stop_all(&mut self, error: &Error) -> Vec<Step> {
        self.ids().into_iter().flat_map(|id| self.stop(id, Stop::Failed(error.clone()))).collect()
    }

    /// `IDLE` is set, or could not be.
    pub(crate) fn closed(&mut self, source: &SourceId, left_active: Option<&Error>) -> Vec<Step> {
        let mut steps = Vec::new();
        let Some(active) = self.sources.remove(source) else { return steps };
        for &id in active.members.keys() {
            let stop = self.members.get_mut(&id).and_then(|member| member.stop.take());
            self.end(id, stop, left_active.cloned(), &mut steps);
        }
        for &id in active.queue.keys() {
            self.enter(id, &mut steps);
        }
        steps
    }

    /// The page is gone: every activity is over at once. Gives the sources, and whether each may be active.
    pub(crate) fn abandon(&mut self, error: &Error) -> (Vec<(SourceId, bool)>, Vec<Step>) {
        let mut steps = Vec::new();
        let sources = std::mem::take(&mut self.sources);
        for id in self.ids() {
            let stop = Stop::Failed(error.clone());
            if self.phase(id) == Some(Phase::Working) {
                steps.push(Step::AbortWork(id, stop.clone()));
            }
            self.end(id, Some(stop), None, &mut steps);
        }
        (sources.iter().map(|(source, active)| (source.clone(), active.may_be_active)).collect(), steps)
    }

    fn ids(&self) -> Vec<ActivityId> {
        self.members.keys().copied().collect()
    }

    fn phase(&self, id: ActivityId) -> Option<Phase> {
        self.members.get(&id).map(|member| member.phase)
    }

    /// Takes an activity out of its source.
    fn leave(&mut self, id: ActivityId, steps: &mut Vec<Step>) {
        if let Some(member) = self.members.get_mut(&id) {
            member.phase = Phase::Closing;
            let source = member.source.clone();
            self.settle_closing(&source, steps);
        }
    }

    /// Ends the activities that have left a source: at once while others go on or if the source is not active, else
    /// once it is closed.
    fn settle_closing(&mut self, source: &SourceId, steps: &mut Vec<Step>) {
        let Some(active) = self.sources.get_mut(source).filter(|active| !active.is_closing) else { return };
        let has_left = |id: &ActivityId| self.members.get(id).is_none_or(|member| member.phase == Phase::Closing);
        let left: Vec<ActivityId> = active.members.keys().copied().filter(has_left).collect();
        if left.is_empty() {
            return;
        }
        if left.len() == active.members.len() {
            if active.is_activating {
                // What becomes of it decides whether the source has to be closed.
                return steps.push(Step::CancelActivation(source.clone()));
            }
            if active.may_be_active {
                active.is_closing = true;
                return steps.push(Step::Close(source.clone()));
            }
            self.sources.remove(source);
        } else {
            for id in &left {
                active.members.remove(id);
            }
        }
        for id in left {
            let stop = self.members.get_mut(&id).and_then(|member| member.stop.take());
            self.end(id, stop, None, steps);
        }
    }

    fn end(&mut self, id: ActivityId, stop: Option<Stop>, left_active: Option<Error>, steps: &mut Vec<Step>) {
        if let Some(member) = self.members.remove(&id) {
            if let Some(active) = self.sources.get_mut(&member.source) {
                active.queue.remove(&id);
            }
            let change = (member.source, member.status);
            steps.push(Step::End(id, change, ActivityEnd { stop, left_active }));
        }
    }
}
