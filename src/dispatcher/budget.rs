//! The attempts and the time that a call may use.

use super::Millis;
use super::call::Role;
use crate::policy::{CLOSE_TIMEOUT_MS, Policy, TOTAL_TIMEOUT_MS};

/// The attempts and the time that a call may use before it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Budget {
    /// How many requests it may send. `None`: as many as there is time for.
    pub(super) attempts: Option<u32>,
    /// How long it may take, in milliseconds.
    pub(super) time_ms: u32,
    /// The name of the option that sets this time.
    pub(super) time_option: &'static str,
    /// Whether the call gets its first attempt in any case: past a closed gate, on a closed client, and after its time
    /// is up. The time of such a call counts from its start. That of every other call counts from its first request.
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

    /// Returns whether only time limits the call.
    pub(super) fn is_time_alone(&self) -> bool {
        self.attempts.is_none()
    }

    /// Returns the deadline of a call whose time starts now.
    pub(super) fn deadline(&self, now: Millis) -> Millis {
        now + Millis::from(self.time_ms)
    }
}
