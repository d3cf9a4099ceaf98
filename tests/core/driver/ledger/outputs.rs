//! What the dispatcher wants done.

use push_source_status::policy::RELEASE_MS;
use push_source_status::{AccessToken, AttemptId, Event, EventKind, Millis, Output};

use super::entry::AttemptEntry;
use super::{Ledger, Rule};
use crate::driver::observer::Observer;
use crate::driver::reading::Ending;

impl Ledger {
    pub(super) fn take_out(&mut self, now: Millis, output: &Output) {
        match output {
            Output::Send { attempt, url, token } => self.note_send(now, *attempt, url, token),
            Output::Abort(attempt) => self.note_abort(now, *attempt),
            Output::AskToken(ask) => {
                let timeout = Millis::from(self.policy.attempt_timeout_ms);
                self.require(self.question.is_none_or(|(_, asked)| asked + timeout <= now), Rule::AskedTwice);
                self.question = Some((*ask, now));
                self.asks.insert(*ask);
            }
            Output::Settle(call, settlement) => self.note_settlement(now, *call, settlement),
            Output::Emit(event) => self.note_event(now, event),
            Output::Drained => {
                let is_due = self.is_closed && !self.is_drained && self.unsettled().is_empty();
                self.require(is_due, Rule::Drained);
                self.is_drained = true;
            }
            // Activities are not of this ledger.
            _ => {}
        }
    }

    fn note_send(&mut self, now: Millis, id: AttemptId, url: &str, token: &AccessToken) {
        let Some(call_id) = self.step.announced.take() else { return self.require(false, Rule::Report) };
        let Some(call) = self.calls.get_mut(&call_id) else { return self.require(false, Rule::Report) };
        let deadline = *call.deadline.get_or_insert(now + Millis::from(self.policy.total_timeout_ms));
        let call = call.clone();
        let source = &call.change.source_id;
        let is_first =
            self.calls.range(..call_id).all(|(_, other)| other.is_settled || other.change.source_id != *source);
        let is_held = self.attempts.values().any(|attempt| self.calls[&attempt.call].change.source_id == *source);
        self.require(!call.is_settled, Rule::AfterEnd);
        self.require(is_first, Rule::Order);
        self.require(!is_held, Rule::HeldLane);
        self.require(self.attempts.len() < self.policy.concurrency as usize, Rule::Concurrency);
        self.require(call.attempts <= self.policy.attempts, Rule::Attempts);
        self.require(now < deadline, Rule::Deadline);
        self.require(now >= call.not_before, Rule::Delay);
        self.require(now >= self.hold, Rule::RetryAfter);
        self.require(self.gate.admits(now), Rule::Gate);
        self.require(self.token.as_ref() == Some(token) && call.refused.as_ref() != Some(token), Rule::Token);
        self.require(url == self.template.url(source, call.change.status_type), Rule::Report);
        self.gate.note_sent(id);
        let attempt = AttemptEntry { call: call_id, sent: now, token: token.clone(), head: None, over_at: None };
        self.attempts.insert(id, attempt);
    }

    fn note_abort(&mut self, now: Millis, id: AttemptId) {
        let Some(attempt) = self.attempts.get_mut(&id) else { return };
        if let Some(over) = attempt.over_at {
            if over + RELEASE_MS <= now {
                self.attempts.remove(&id);
                return;
            }
            return self.require(false, Rule::EarlyAbort);
        }
        let times_out = attempt.sent + Millis::from(self.policy.attempt_timeout_ms);
        let Some(call) = self.calls.get_mut(&attempt.call) else { return };
        let ends_first = call.deadline.is_some_and(|deadline| deadline < times_out);
        let ending = attempt.ending_or(Ending::TimedOut);
        if self.step.is_timeout && times_out <= now && !ends_first {
            return self.end(now, id, &ending);
        }
        attempt.over_at = Some(now);
        if self.step.cancelled != Some(attempt.call) {
            call.worst = call.worst.max(ending.outcome());
        }
        self.gate.note_given_up(id, now);
    }

    fn note_event(&mut self, now: Millis, event: &Event) {
        let Some(call) = self.calls.get_mut(&event.call) else { return self.require(false, Rule::Report) };
        let is_settled = call.is_settled;
        if event.kind == EventKind::Attempt {
            call.attempts += 1;
            self.step.announced = Some(event.call);
        }
        let is_true = event.attempt == call.attempts && event.change == call.change;
        match &event.kind {
            EventKind::Retry { delay_ms, .. } => {
                call.not_before = now.saturating_add(*delay_ms);
                let is_allowed = self.step.delays.get(&event.call).is_some_and(|allowed| allowed.contains(delay_ms));
                self.require(is_allowed, Rule::Delay);
            }
            EventKind::Throttled { delay_ms } => {
                let throttle = self.step.throttle.as_ref();
                let is_allowed = throttle.is_some_and(|(_, allowed)| allowed.contains(delay_ms));
                if let Some((attempt, _)) = throttle {
                    self.gate.note_throttled(*attempt, now, now.saturating_add(*delay_ms));
                }
                self.step.must_shut = false;
                self.require(is_allowed, Rule::Delay);
            }
            _ => {}
        }
        self.require(!is_settled, Rule::AfterEnd);
        self.require(is_true, Rule::Report);
    }
}
