//! Where one activity stands, in all and with each of its sources.

use super::{ActivityEnd, ActivityId, Interruption, OnActivationFailure, Step};
use crate::error::Error;
use crate::identifier::{SourceId, SourceIds};
use crate::status::StatusType;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ActivityState {
    pub(super) status: StatusType,
    pub(super) on_failure: OnActivationFailure,
    /// How long its work may take to stop; none where nobody knows when the work ends.
    pub(super) grace_ms: Option<u64>,
    pub(super) phase: Phase,
    pub(super) interruption: Option<Interruption>,
    /// Why `IDLE` could not be set, for each source where that was so.
    pub(super) left_active: Vec<Error>,
    /// In the order in which they were given.
    stages: Vec<(SourceId, Stage)>,
    /// The source that an interruption is about: the first one where it is about all.
    blamed: SourceId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Phase {
    /// Waits for its sources.
    Starting,
    Working,
    /// Aborted, and its work has not ended yet.
    Stopping,
    /// Wants nothing more of its sources than their `IDLE`.
    Ending,
}

/// How an activity stands with one of its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Stage {
    /// Waits until the source is closed.
    Queued,
    Activating,
    Active,
    /// The active status could not be set, and the work starts all the same.
    Inactive,
    /// Wants it closed, if nobody else is there.
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

    /// It fails, and no source more than another is the reason.
    pub(super) fn fail(&mut self, error: Error) {
        let (first, _) = &self.stages[0];
        self.fail_because_of(&first.clone(), error);
    }

    /// One of its sources keeps it from starting.
    pub(super) fn fail_because_of(&mut self, source: &SourceId, error: Error) {
        self.interruption = Some(Interruption::Failed(error));
        self.blamed = source.clone();
    }

    pub(super) fn end(self, id: ActivityId) -> Step {
        let left_active = Error::all_left_active(self.left_active);
        Step::End(id, (self.blamed, self.status), ActivityEnd { interruption: self.interruption, left_active })
    }
}
