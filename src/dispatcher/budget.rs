//! What a call may use up.

use super::Millis;
use super::call::Role;
use crate::policy::{CLOSE_TIMEOUT_MS, Policy, TOTAL_TIMEOUT_MS};

/// What a call may use up before it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Budget {
    /// How many requests it may send; without a number, as many as there is time for.
    pub(super) attempts: Option<u32>,
    /// How long it may take, in milliseconds.
    pub(super) time_ms: u32,
    /// The option that says how long.
    pub(super) time_option: &'static str,
    /// Whether its first attempt is owed to it: it passes a closed gate, and is made on a closed client and after its
    /// time too. Its time counts from its start then, and from its first request otherwise.
    pub(super) owes_attempt: bool,
}

impl Budget {
    pub(super) fn of(role: Role, policy: &Policy) -> Self {
        match role {
            Role::User | Role::Activation => Self {
                attempts: Some(policy.attempts),
                time_ms: policy.total_timeout_ms,
                time_option: TOTAL_TIMEOUT_MS.argument,
                owes_attempt: false,
            },
            Role::Closing => Self {
                attempts: None,
                time_ms: policy.close_timeout_ms,
                time_option: CLOSE_TIMEOUT_MS.argument,
                owes_attempt: true,
            },
        }
    }

    /// Whether nothing but time ends it.
    pub(super) fn is_time_alone(&self) -> bool {
        self.attempts.is_none()
    }

    /// The time by which a call ends that starts to use it now.
    pub(super) fn deadline(&self, now: Millis) -> Millis {
        now + Millis::from(self.time_ms)
    }
}
