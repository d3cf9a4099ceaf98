//! The settings of the worlds of activities.

use push_source_status::{OnActivationFailure, StatusType, Terms};

use super::{ActivityWorld, Besides};
use crate::step::Reply;

/// How long the work of an aborted activity may take to stop, in milliseconds.
const GRACE_MS: u64 = 700;

const ONE: [&str; 1] = ["source-a"];
const TWO: [&str; 2] = ["source-a", "source-b"];
const TWO_TURNED: [&str; 2] = ["source-b", "source-a"];

const PLAIN: Terms = Terms { on_activation_failure: OnActivationFailure::Stop, grace_ms: None };
const STUBBORN: Terms = Terms { on_activation_failure: OnActivationFailure::Continue, grace_ms: Some(GRACE_MS) };

impl ActivityWorld {
    /// Returns a world with two activities that share a status.
    pub fn shared() -> Self {
        Self {
            activities: vec![(&ONE, StatusType::Rebuild, PLAIN), (&ONE, StatusType::Rebuild, STUBBORN)],
            replies: &[Reply::Applied, Reply::Refused, Reply::Error],
            attempts: 1,
            close_timeout_ms: 500,
            concurrency: 2,
            lingers: true,
            has_token_function: false,
            has_journal: false,
            besides: &[Besides::Close, Besides::PageEnd],
        }
    }

    /// Returns a world with two activities that keep each other out.
    pub fn rivals() -> Self {
        let activities = vec![(&ONE[..], StatusType::Rebuild, STUBBORN), (&ONE[..], StatusType::Refresh, PLAIN)];
        Self { activities, ..Self::shared() }
    }

    /// Returns a world with two activities on the same two sources, in opposite orders. The second one has this status.
    pub fn crossed(status: StatusType) -> Self {
        let activities = vec![(&TWO[..], StatusType::Rebuild, PLAIN), (&TWO_TURNED[..], status, STUBBORN)];
        Self { activities, close_timeout_ms: 100, lingers: false, besides: &[Besides::Close], ..Self::shared() }
    }

    /// Lets connections stay open for a while.
    pub fn lingering(self) -> Self {
        Self { lingers: true, besides: &[], ..self }
    }

    pub fn with_journal(self) -> Self {
        Self { has_journal: true, ..self }
    }

    /// Returns a world with one activity, a call by the user, and a journal that answers at any time or never.
    pub fn journaled() -> Self {
        let activities = vec![(&ONE[..], StatusType::Rebuild, STUBBORN)];
        let besides = &[Besides::Call, Besides::PageEnd];
        Self { activities, besides, ..Self::shared() }.with_journal()
    }

    /// Adds a call by the user.
    pub fn and_call(self) -> Self {
        Self { besides: &[Besides::Call], ..self }
    }

    /// Adds a service that throttles, and all other inputs.
    pub fn wide(self) -> Self {
        Self {
            replies: &[Reply::Applied, Reply::Refused, Reply::Throttled, Reply::Error],
            besides: &[Besides::Call, Besides::Close, Besides::PageEnd],
            ..self
        }
    }

    /// Allows a second attempt for each call, and gives time for another `IDLE`.
    pub fn patient(self) -> Self {
        Self { attempts: 2, close_timeout_ms: 1500, besides: &[Besides::PageEnd], ..self }
    }

    pub fn with_token_function(self) -> Self {
        Self { has_token_function: true, ..self }
    }
}
