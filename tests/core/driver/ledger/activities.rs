//! The ledger's account of an activity, which enters its sources one by one and leaves all of them at once.

use std::collections::BTreeSet;

use push_source_status::{ErrorCode, Millis, OnActivationFailure, SourceId, StatusType, Terms};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Activity {
    pub status: StatusType,
    pub on_failure: OnActivationFailure,
    pub grace_ms: Option<Millis>,
    pub stage: Stage,
    /// Its sources in the order in which they were given, each with its progress.
    pub parts: Vec<(SourceId, Part)>,
    /// Why it ends early, once that is known.
    pub why: Option<Why>,
    /// The sources whose `IDLE` could not be set.
    pub left_active: BTreeSet<SourceId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Its work has not started.
    Waiting,
    Working,
    /// Its work was aborted, and has to stop by this time.
    Stopping(Millis),
    /// It only waits for its sources to be closed.
    Left,
}

/// The progress of an activity with one of its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// It began while the source was closing, and begins again after that.
    Queued,
    /// The active status is being set.
    Waiting,
    /// The source is active, or could not be activated but the work starts all the same.
    Settled {
        is_inactive: bool,
    },
    /// The source could not be activated then, but has been for another activity since.
    Recovered,
    /// It was the last one to leave, and waits until the source is closed.
    Leaving,
    Gone,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    Aborted,
    /// With the source at which it failed.
    Failed(ErrorCode, SourceId),
    /// With the source that is busy, and the status that it has.
    Busy(SourceId, StatusType),
}

impl Part {
    pub fn is_live(self) -> bool {
        matches!(self, Self::Waiting | Self::Settled { .. } | Self::Recovered)
    }

    pub fn is_waiting(self) -> bool {
        self == Self::Waiting
    }

    pub fn is_leaving(self) -> bool {
        self == Self::Leaving
    }
}

impl Activity {
    pub fn new(sources: &[SourceId], status: StatusType, terms: Terms) -> Self {
        let Terms { on_activation_failure: on_failure, grace_ms } = terms;
        let parts = sources.iter().map(|source| (source.clone(), Part::Queued)).collect();
        Self { status, on_failure, grace_ms, stage: Stage::Waiting, parts, why: None, left_active: BTreeSet::new() }
    }

    pub fn part(&self, source: &SourceId) -> Option<Part> {
        self.parts.iter().find(|(id, _)| id == source).map(|&(_, part)| part)
    }

    pub fn part_mut(&mut self, source: &SourceId) -> Option<&mut Part> {
        self.parts.iter_mut().find(|(id, _)| id == source).map(|(_, part)| part)
    }

    pub fn first_source(&self) -> &SourceId {
        &self.parts[0].0
    }

    /// Returns whether its work starts although the active status could not be set.
    pub fn starts_after(&self, code: ErrorCode) -> bool {
        let passes = [ErrorCode::Throttled, ErrorCode::Unavailable, ErrorCode::Timeout, ErrorCode::Network];
        self.on_failure == OnActivationFailure::Continue && passes.contains(&code)
    }
}
