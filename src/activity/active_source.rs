//! A source with activities.

use super::ActivityId;
use crate::error::{Error, ErrorCode};
use crate::sorted_map::SortedMap;
use crate::status::StatusType;

/// A source with activities.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ActiveSource {
    pub(super) status: StatusType,
    /// Whether the source may be active because of these activities.
    pub(super) may_be_active: bool,
    pub(super) is_activating: bool,
    pub(super) is_closing: bool,
    pub(super) activities: SortedMap<ActivityId, ()>,
    /// The activities that began while the source was closing. Ids count up, so they are in the order of their
    /// beginning.
    pub(super) queue: SortedMap<ActivityId, ()>,
}

impl ActiveSource {
    /// Creates a source that is not active yet.
    pub(super) fn new(status: StatusType) -> Self {
        Self {
            status,
            may_be_active: false,
            is_activating: false,
            is_closing: false,
            activities: SortedMap::default(),
            queue: SortedMap::default(),
        }
    }

    /// Returns the error for an activity that another one with a different status keeps out.
    pub(super) fn busy_for(&self, status: StatusType) -> Option<Error> {
        if self.is_closing || self.status == status {
            return None;
        }
        let what = format!("the source is busy with an activity of {}", self.status.as_str());
        Some(Error::new(ErrorCode::Busy, what).with_active_status(self.status).with_hint("end that activity first"))
    }
}
