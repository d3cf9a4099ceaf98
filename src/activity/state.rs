//! The state of one activity, as a whole and for each of its sources.

use super::{ActivityEnd, ActivityId, Interruption, OnActivationFailure, Step};
use crate::error::Error;
use crate::identifier::{SourceId, SourceIds};
use crate::status::StatusType;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ActivityState {
    pub(super) status: StatusType,
    pub(super) on_failure: OnActivationFailure,
    /// How long its work may take to stop, in milliseconds. `None` if the end of the work cannot be observed.
    pub(super) grace_ms: Option<u64>,
    pub(super) phase: Phase,
    pub(super) interruption: Option<Interruption>,
    /// An error for each source whose `IDLE` could not be set.
    pub(super) left_active: Vec<Error>,
    /// In the order in which the sources were given.
    stages: Vec<(SourceId, Stage)>,
    /// The source that caused an interruption, or the first one if no single source did.
    blamed: SourceId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Phase {
    /// Waits for its sources.
    Starting,
    Working,
    /// Has been aborted, but its work has not ended yet.
    Stopping,
    /// Only waits for `IDLE` on its sources.
    Ending,
}

/// The state of an activity with one of its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Stage {
    /// Waits until the source is closed after earlier activities.
    Queued,
    Activating,
    Active,
    /// Starts its work although the active status could not be set.
    Inactive,
    /// Is leaving. If it is the last, it waits for `IDLE`.
    Leaving,
    Left,
}

impl ActivityState {
    pub(super) fn new(
        sources: &SourceIds,
        status: StatusType,
        on_failure: OnActivationFailure,
        grace_ms: Option<u64>,
    ) -> Self {
        Self {
            status,
            on_failure,
            grace_ms,
            phase: Phase::Starting,
            interruption: None,
            left_active: Vec::new(),
            stages: sources.as_slice().iter().map(|source| (source.clone(), Stage::Queued)).collect(),
            blamed: sources.first().clone(),
        }
    }

    pub(super) fn sources(&self) -> impl Iterator<Item = SourceId> {
        self.stages.iter().map(|(source, _)| source.clone())
    }

    pub(super) fn sources_in(&self, stage: Stage) -> Vec<SourceId> {
        self.stages.iter().filter(|(_, other)| *other == stage).map(|(source, _)| source.clone()).collect()
    }

    pub(super) fn is_any(&self, is_such: impl Fn(Stage) -> bool) -> bool {
        self.stages.iter().any(|(_, stage)| is_such(*stage))
    }

    pub(super) fn stage(&self, source: &SourceId) -> Option<Stage> {
        self.stages.iter().find(|(other, _)| other == source).map(|(_, stage)| *stage)
    }

    pub(super) fn set_stage(&mut self, source: &SourceId, stage: Stage) {
        if let Some((_, before)) = self.stages.iter_mut().find(|(other, _)| other == source) {
            *before = stage;
        }
    }

    /// Fails the activity for a reason that concerns all its sources.
    pub(super) fn fail(&mut self, error: Error) {
        let (first, _) = &self.stages[0];
        self.fail_because_of(&first.clone(), error);
    }

    /// Fails the activity because of one of its sources.
    pub(super) fn fail_because_of(&mut self, source: &SourceId, error: Error) {
        self.interruption = Some(Interruption::Failed(error));
        self.blamed = source.clone();
    }

    pub(super) fn end(self, id: ActivityId) -> Step {
        let left_active = Error::all_left_active(self.left_active);
        Step::End(id, (self.blamed, self.status), ActivityEnd { interruption: self.interruption, left_active })
    }
}
