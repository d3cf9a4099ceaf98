//! A clock that jumps: a machine that slept, for example.

use super::timers::Wake;
use super::{Dispatcher, Millis, Now};
use crate::policy::JUMP_MS;

impl Dispatcher {
    /// A call that is owed an attempt, and whose time went by while the clock jumped, gets time for one more.
    pub(super) fn forgive_jump(&mut self, now: Now) {
        if self.wake_at().is_none_or(|due| now.ms <= due.saturating_add(JUMP_MS)) {
            return;
        }
        let deadline = now.ms + Millis::from(self.policy.attempt_timeout_ms);
        for (&id, _) in self.calls.iter().filter(|(_, call)| call.budget.owes_attempt) {
            if self.timers.at(Wake::Deadline(id)).is_none_or(|before| before < deadline) {
                self.timers.set(Wake::Deadline(id), deadline);
            }
        }
    }
}
