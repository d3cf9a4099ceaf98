//! What happens when the clock jumps, because a machine slept for example.

use super::timers::Wake;
use super::{Dispatcher, Millis, Now};
use crate::policy::JUMP_MS;

impl Dispatcher {
    /// Gives closing calls whose time went by during a jump of the clock enough time for one more attempt.
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
