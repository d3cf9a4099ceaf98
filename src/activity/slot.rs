//! An activity, and a source with activities.

use std::collections::VecDeque;

use super::{ActivityId, OnActivationFailure, Stop};
use crate::identifier::SourceId;
use crate::status::StatusType;
use crate::table::Set;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Member {
    pub(super) source: SourceId,
    pub(super) status: StatusType,
    pub(super) on_failure: OnActivationFailure,
    /// How long its work may take to stop; none where nobody knows when the work ends.
    pub(super) grace_ms: Option<u64>,
    pub(super) phase: Phase,
    pub(super) stop: Option<Stop>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Phase {
    /// Waits until the source is closed.
    Queued,
    Activating,
    Working,
    /// Aborted, and its work has not ended yet.
    Stopping,
    /// Waits for `IDLE`.
    Closing,
}

/// A source with activities.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    pub(super) status: StatusType,
    /// Whether the source may be active because of these activities.
    pub(super) may_be_active: bool,
    pub(super) is_activating: bool,
    pub(super) is_closing: bool,
    pub(super) members: Set<ActivityId>,
    /// What began while the source was closing.
    pub(super) queue: VecDeque<ActivityId>,
}

impl Slot {
    /// A source that nobody has activated yet.
    pub(super) fn new(status: StatusType) -> Self {
        Self {
            status,
            may_be_active: false,
            is_activating: false,
            is_closing: false,
            members: Set::default(),
            queue: VecDeque::new(),
        }
    }
}
