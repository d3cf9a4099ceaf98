//! The worlds of activities that are explored.

use push_source_status::{OnActivationFailure, StatusType, Terms};

use super::{ActivityWorld, Besides};
use crate::step::Reply;

/// How long the work of an aborted activity may take, where somebody knows when it ends.
const GRACE_MS: u64 = 700;

const ONE: [&str; 1] = ["source-a"];
const TWO: [&str; 2] = ["source-a", "source-b"];
const TWO_TURNED: [&str; 2] = ["source-b", "source-a"];

const PLAIN: Terms = Terms { on_activation_failure: OnActivationFailure::Stop, grace_ms: None };
const STUBBORN: Terms = Terms { on_activation_failure: OnActivationFailure::Continue, grace_ms: Some(GRACE_MS) };

impl ActivityWorld {
    /// Two activities that share a status.
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

    /// Two activities that are in each other's way.
    pub fn rivals() -> Self {
        let activities = vec![(&ONE[..], StatusType::Rebuild, STUBBORN), (&ONE[..], StatusType::Refresh, PLAIN)];
        Self { activities, ..Self::shared() }
    }

    /// Two activities on the same two sources, in opposite orders: the second has this status.
    pub fn crossed(status: StatusType) -> Self {
        let activities = vec![(&TWO[..], StatusType::Rebuild, PLAIN), (&TWO_TURNED[..], status, STUBBORN)];
        Self { activities, close_timeout_ms: 100, lingers: false, besides: &[Besides::Close], ..Self::shared() }
    }

    /// With connections that stay for a while.
    pub fn lingering(self) -> Self {
        Self { lingers: true, besides: &[], ..self }
    }

    pub fn with_journal(self) -> Self {
        Self { has_journal: true, ..self }
    }

    /// One activity, with a call of the user's own, and a journal that answers at any time or never.
    pub fn journaled() -> Self {
        let activities = vec![(&ONE[..], StatusType::Rebuild, STUBBORN)];
        let besides = &[Besides::Call, Besides::PageEnd];
        Self { activities, besides, ..Self::shared() }.with_journal()
    }

    /// With a call of the user's own among them.
    pub fn and_call(self) -> Self {
        Self { besides: &[Besides::Call], ..self }
    }

    /// With a service that throttles, and everything else that can happen.
    pub fn wide(self) -> Self {
        Self {
            replies: &[Reply::Applied, Reply::Refused, Reply::Throttled, Reply::Error],
            besides: &[Besides::Call, Besides::Close, Besides::PageEnd],
            ..self
        }
    }

    /// With a second attempt for each call, and time for one more `IDLE`.
    pub fn patient(self) -> Self {
        Self { attempts: 2, close_timeout_ms: 1500, besides: &[Besides::PageEnd], ..self }
    }

    pub fn with_token_function(self) -> Self {
        Self { has_token_function: true, ..self }
    }
}
