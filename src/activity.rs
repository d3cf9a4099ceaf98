//! Activities: an active status, then work, then `IDLE` in any case.
//!
//! ```text
//! begin ─▶ starting ─▶ working ───────▶ ending ─▶ ended
//!              │          │ aborted        ▲
//!              │          ▼                │
//!              │       stopping ───────────┤ the work has ended, or its grace is over
//!              └───────────────────────────┘ a source could not be set, or it was aborted
//! ```
//!
//! An activity has one source or several, and a [`Stage`] for each of them. The activities of one source with the same
//! status are counted: the first one activates the source, and the last one closes it. An activity waits until its own
//! sources are set, and until `IDLE` is set on those that it is the last to leave. Each of these waits is for a call,
//! and every call ends by itself. No activity waits for another one to end, so activities that share sources cannot
//! deadlock.
//!
//! This module knows nothing of calls, times or signals. It queues what is to be done as [`Step`]s.

mod active_source;
mod leaving;
mod state;
mod step;

use std::collections::VecDeque;

use active_source::ActiveSource;
use state::{ActivityState, Phase, Stage};
pub(crate) use step::{Activation, Step};
pub use step::{ActivityEnd, Interruption, OnActivationFailure};

use crate::error::Error;
use crate::identifier::{SourceId, SourceIds};
use crate::sorted_map::SortedMap;
use crate::status::StatusType;

/// The id of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityId(pub u64);

/// The activities of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Activities {
    states: SortedMap<ActivityId, ActivityState>,
    sources: SortedMap<SourceId, ActiveSource>,
    last: u64,
    /// The steps to take, oldest first. Empty once an input has been handled.
    steps: VecDeque<Step>,
}

impl Activities {
    pub(crate) fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// Returns the oldest activity of a source. Everything that is done for the source is done on its behalf.
    pub(crate) fn oldest(&self, source: &SourceId) -> Option<ActivityId> {
        self.sources.get(source).and_then(|active| active.activities.first().copied())
    }

    /// Takes the next thing to do.
    pub(crate) fn next_step(&mut self) -> Option<Step> {
        self.steps.pop_front()
    }

    /// Begins an activity.
    pub(crate) fn begin(
        &mut self,
        sources: &SourceIds,
        status: StatusType,
        on_failure: OnActivationFailure,
        grace_ms: Option<u64>,
    ) -> ActivityId {
        let busy = |source| Some((source, self.sources.get(source)?.busy_for(status)?));
        // If one source is busy, nothing is sent for the others either.
        if let Some((source, busy)) = sources.as_slice().iter().find_map(busy) {
            return self.turn_away(source.clone(), status, busy);
        }
        let id = self.next_id();
        self.states.insert(id, ActivityState::new(sources, status, on_failure, grace_ms));
        for source in sources.as_slice() {
            self.enter(id, source);
        }
        self.start_if_settled(id);
        id
    }

    /// Ends an activity before it begins, because of one of its sources.
    pub(crate) fn turn_away(&mut self, source: SourceId, status: StatusType, error: Error) -> ActivityId {
        let id = self.next_id();
        let end = ActivityEnd { interruption: Some(Interruption::Failed(error)), left_active: None };
        self.steps.push_back(Step::End(id, (source, status), end));
        id
    }

    fn next_id(&mut self) -> ActivityId {
        self.last += 1;
        ActivityId(self.last)
    }

    /// Adds an activity to one of its sources.
    fn enter(&mut self, id: ActivityId, source: &SourceId) {
        let Some(state) = self.states.known_mut(&id) else { return };
        let active = self.sources.get_or_insert_with(source.clone(), || ActiveSource::new(state.status));
        if active.is_closing {
            active.queue.insert(id, ());
            return;
        }
        if let Some(busy) = active.busy_for(state.status) {
            state.fail_because_of(source, busy);
            return self.leave(&[id]);
        }
        active.activities.insert(id, ());
        if active.may_be_active && !active.is_activating {
            return state.set_stage(source, Stage::Active);
        }
        state.set_stage(source, Stage::Activating);
        if !active.is_activating {
            active.is_activating = true;
            self.steps.push_back(Step::Activate(source.clone(), state.status));
        }
    }

    /// Starts the work of an activity once it no longer waits for any of its sources.
    fn start_if_settled(&mut self, id: ActivityId) {
        if let Some(state) = self.states.get_mut(&id)
            && state.phase == Phase::Starting
            && !state.is_any(|stage| matches!(stage, Stage::Queued | Stage::Activating))
        {
            state.phase = Phase::Working;
            self.steps.push_back(Step::Start(id, state.sources_in(Stage::Inactive)));
        }
    }

    /// Handles the result of setting the active status of a source.
    pub(crate) fn activated(&mut self, source: &SourceId, activation: &Activation) {
        // The end of the page has removed the source.
        let Some(active) = self.sources.get_mut(source) else { return };
        active.is_activating = false;
        active.may_be_active |= activation.may_be_active();
        let (mut settled, mut failed) = (Vec::new(), Vec::new());
        for &id in active.activities.keys() {
            let Some(state) = self.states.known_mut(&id) else { continue };
            if state.stage(source) != Some(Stage::Activating) {
                continue;
            }
            match activation {
                Activation::Failed(error) if !state.on_failure.starts_work_after(error) => {
                    state.fail_because_of(source, error.clone());
                    failed.push(id);
                }
                Activation::Failed(_) => {
                    state.set_stage(source, Stage::Inactive);
                    settled.push(id);
                }
                Activation::Done | Activation::Cancelled(_) => {
                    state.set_stage(source, Stage::Active);
                    settled.push(id);
                }
            }
        }
        for id in settled {
            self.start_if_settled(id);
        }
        if failed.is_empty() {
            // Activities that left in the meantime have waited for this result.
            self.close_if_left(source);
        } else {
            self.leave(&failed);
        }
    }

    /// Ends an activity whose work has ended.
    pub(crate) fn finish(&mut self, id: ActivityId) {
        if self.states.get(&id).is_some_and(|state| matches!(state.phase, Phase::Working | Phase::Stopping)) {
            self.leave(&[id]);
        }
    }

    /// Ends an activity early. `IDLE` is still set where it is needed.
    pub(crate) fn interrupt(&mut self, id: ActivityId, interruption: Interruption) {
        let Some(state) = self.states.get_mut(&id) else { return };
        let was_working = state.phase == Phase::Working;
        if !was_working && state.phase != Phase::Starting {
            return;
        }
        state.interruption = Some(interruption.clone());
        if was_working {
            self.steps.push_back(Step::AbortWork(id, interruption));
            if let Some(grace_ms) = state.grace_ms {
                state.phase = Phase::Stopping;
                return self.steps.push_back(Step::Grace(id, grace_ms));
            }
        }
        self.leave(&[id]);
    }

    /// Ends every activity early, because its client or its process ends.
    pub(crate) fn interrupt_all(&mut self, error: &Error) {
        for id in self.ids() {
            self.interrupt(id, Interruption::Failed(error.clone()));
        }
    }

    /// Handles the result of setting `IDLE`.
    pub(crate) fn closed(&mut self, source: &SourceId, left_active: Option<&Error>) {
        let Some(active) = self.sources.take(source) else { return };
        for &id in active.activities.keys() {
            self.part(id, source, left_active.cloned());
        }
        for &id in active.queue.keys() {
            self.enter(id, source);
            self.start_if_settled(id);
        }
    }

    /// Ends every activity at once, because the page ends. Returns the sources, each with whether it may be active.
    pub(crate) fn abandon(&mut self, error: &Error) -> Vec<(SourceId, bool)> {
        let sources = std::mem::take(&mut self.sources);
        for id in self.ids() {
            let Some(mut state) = self.states.take(&id) else { continue };
            if state.phase == Phase::Working {
                self.steps.push_back(Step::AbortWork(id, Interruption::Failed(error.clone())));
            }
            state.fail(error.clone());
            self.steps.push_back(state.end(id));
        }
        sources.iter().map(|(source, active)| (source.clone(), active.may_be_active)).collect()
    }

    fn ids(&self) -> Vec<ActivityId> {
        self.states.keys().copied().collect()
    }
}
