//! The checks at the end of a step, when the dispatcher has no more outputs.

use push_source_status::policy::RELEASE_MS;
use push_source_status::{CallId, Dispatcher, Millis};

use super::activities::Stage;
use super::attempts::Attempt;
use super::calls::Call;
use super::step::Step;
use super::{Ledger, Rule};

impl Ledger {
    pub fn close_step(&mut self, now: Millis, dispatcher: &Dispatcher, wake: Option<Millis>) {
        if self.asked_until <= now {
            self.asked_until = 0;
        }
        self.catch_up(now + 1);
        self.close_journal();
        let step = std::mem::take(&mut self.step);
        self.close_calls(now, &step);
        if step.is_timeout() {
            self.close_timeout(now, wake);
        }
        self.require(step.must_abort.is_empty(), Rule::UntoldWork);
        self.require(step.must_close.is_empty(), Rule::LastRequest);
        self.require(!step.is_page_end() || self.activities.is_empty(), Rule::LastRequest);
        self.close_activities();
        self.close_sources(now);
        self.compare(dispatcher);
        self.close_wait(now, wake, step.is_timeout());
        let is_over = self.is_over() && self.writes().is_empty();
        self.require(!self.is_closed || !is_over || self.is_drained, Rule::Drained);
    }

    fn close_calls(&mut self, now: Millis, step: &Step) {
        let is_settled = |id: &CallId| !self.calls.contains_key(id);
        let lingers = !step.must_settle.iter().all(is_settled);
        // Several answers in one step can fail each other's calls.
        let gave_up = step.judged.len() == 1 && step.must_go_on.is_some_and(|id| is_settled(&id));
        self.require(!lingers, Rule::Lingering);
        self.require(!gave_up, Rule::GaveUp);
        self.require(step.given_up.is_empty(), Rule::LeftRunning);
        self.require(!step.must_shut, Rule::OpenGate);
        self.require(step.announced.is_none() && step.done.is_none() && step.left_active.is_none(), Rule::Report);
        self.require(!self.has_hopeless_call(now), Rule::Lingering);
    }

    /// Checks that everything that was due has happened.
    fn close_timeout(&mut self, now: Millis, wake: Option<Millis>) {
        self.require(wake.is_none_or(|wake| wake > now), Rule::Livelock);
        let is_late = |call: &Call| call.deadline.is_some_and(|deadline| deadline <= now);
        let has_late_call = self.calls.values().any(is_late);
        self.require(!has_late_call, Rule::Deadline);
        let timeout = Millis::from(self.setting.policy.attempt_timeout_ms);
        let is_slow = |attempt: &Attempt| attempt.is_live() && attempt.sent + timeout <= now;
        let has_slow_attempt = self.attempts.values().any(is_slow);
        self.require(!has_slow_attempt, Rule::AttemptTimeout);
        let is_stuck = |attempt: &Attempt| attempt.over_at.is_some_and(|over| over + RELEASE_MS <= now);
        let has_stuck_attempt = self.attempts.values().any(is_stuck);
        self.require(!has_stuck_attempt, Rule::ReleaseTimeout);
    }

    /// Compares the public state of the dispatcher with the ledger.
    fn compare(&mut self, dispatcher: &Dispatcher) {
        // Calls for activities may not have been seen.
        let unseen = dispatcher.unsettled().checked_sub(self.calls.len());
        self.require(unseen.is_some_and(|unseen| unseen == 0 || !self.activities.is_empty()), Rule::Count);
        self.require(dispatcher.in_flight() == self.attempts.len(), Rule::Count);
        let is_over = self.is_over() && self.attempts.is_empty() && self.writes().is_empty();
        self.require(dispatcher.is_busy() != is_over, Rule::Count);
        self.require(dispatcher.is_closed() == self.is_closed, Rule::Count);
    }

    /// Checks that there is a wake-up for everything that ends by itself, which is everything but work.
    fn close_wait(&mut self, now: Millis, wake: Option<Millis>, is_timeout: bool) {
        let is_in_time = wake.is_some_and(|wake| self.next_due().is_none_or(|due| wake <= due));
        let is_ahead = wake.is_some_and(|wake| wake > now || !is_timeout);
        let has_activity = self.activities.values().any(|activity| activity.stage != Stage::Working);
        let has_call = !self.calls.is_empty() || !self.attempts.is_empty() || !self.writes().is_empty();
        self.require(is_in_time || !has_call, Rule::NoWake);
        self.require(is_ahead || !has_activity && self.unsettled().is_empty(), Rule::NoWake);
    }

    /// Returns the first time at which a call, an attempt, a connection or a write is due to end.
    fn next_due(&self) -> Option<Millis> {
        let timeout = Millis::from(self.setting.policy.attempt_timeout_ms);
        let attempts = self.attempts.values().map(|attempt| match attempt.over_at {
            Some(over) => over + RELEASE_MS,
            None => attempt.sent + timeout,
        });
        let writes = self.journal.as_ref().and_then(super::Journal::next_due);
        self.calls.values().filter_map(|call| call.deadline).chain(attempts).chain(writes).min()
    }
}
