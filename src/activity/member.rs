//! One activity.

use super::{OnActivationFailure, Stop};
use crate::identifier::SourceId;
use crate::status::StatusType;

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
