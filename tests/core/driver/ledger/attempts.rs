//! The ledger's account of an attempt: how it is sent, and how it is aborted.

use push_source_status::policy::RELEASE_MS;
use push_source_status::{AccessToken, AttemptId, CallId, Millis, Outcome, SourceId, StatusType};

use super::calls::Role;
use super::sources::Status;
use super::{Ledger, Rule};
use crate::driver::reading::Ending;

/// An attempt that has a connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Attempt {
    pub call: CallId,
    pub source: SourceId,
    pub sent: Millis,
    pub token: AccessToken,
    /// The head of an error: its status, and the wait that it asks for.
    pub head: Option<(u16, Option<u64>)>,
    /// Since when its call no longer waits for it.
    pub over_at: Option<Millis>,
    /// The earlier status of its source, if it was sent for activities.
    pub before: Option<Status>,
}

impl Attempt {
    pub fn is_live(&self) -> bool {
        self.over_at.is_none()
    }

    /// Returns how it ends if nothing more comes: as its head says, or else as `otherwise`.
    pub fn ending_or(&self, otherwise: Ending) -> Ending {
        self.head.map_or(otherwise, |(http_status, retry_after_ms)| Ending::Answer { http_status, retry_after_ms })
    }
}

impl Ledger {
    pub(super) fn note_send(&mut self, now: Millis, id: AttemptId, url: &str, token: &AccessToken) {
        let Some(call_id) = self.step.announced.take() else { return self.require(false, Rule::Report) };
        let Some(call) = self.calls.get(&call_id).cloned() else { return self.require(false, Rule::AfterEnd) };
        let policy = self.setting.policy;
        let source = call.change.source_id.clone();
        let is_owed = call.role == Role::Closing && call.attempts == 1;
        let deadline = match call.deadline {
            None => now + Millis::from(policy.total_timeout_ms),
            Some(deadline) if is_owed && deadline <= now => now + Millis::from(policy.attempt_timeout_ms),
            Some(deadline) => deadline,
        };
        // An attempt that is owed does not wait for a gate that opens too late.
        let passes_gate = is_owed && call.deadline.is_some_and(|deadline| deadline <= now + self.gate.wait(now));
        let passes_gate = passes_gate && self.gate.wait(now) > 0;

        let is_first = self.calls.range(..call_id).all(|(_, other)| !other.is_of(&source));
        let is_occupied = self.attempts.values().any(|attempt| attempt.source == source);
        self.require(is_first, Rule::Order);
        self.require(!is_occupied, Rule::OccupiedLane);
        let slots = self.attempts.len() + self.slots_of_writes(&source);
        self.require(slots < policy.concurrency as usize, Rule::Concurrency);
        self.require(call.role == Role::Closing || call.attempts <= policy.attempts, Rule::Attempts);
        self.require(now < deadline, Rule::Deadline);
        self.require(now >= call.not_before, Rule::Delay);
        self.require(passes_gate || now >= self.asked_until, Rule::RetryAfter);
        self.require(passes_gate || self.gate.admits(now), Rule::Gate);
        self.require(self.token.as_ref() == Some(token) && call.refused.as_ref() != Some(token), Rule::Token);
        self.require(url == self.setting.template.url(&source, call.change.status_type), Rule::Report);
        self.require(!call.is_active() || self.is_journaled(now, &source), Rule::Journal);

        if !passes_gate {
            self.gate.note_sent(id);
        }
        self.calls.entry(call_id).and_modify(|call| call.deadline = Some(deadline));
        let before = self.note_send_to(&source, call_id, &call);
        let attempt =
            Attempt { call: call_id, source, sent: now, token: token.clone(), head: None, over_at: None, before };
        self.attempts.insert(id, attempt);
    }

    /// Notes the last request for a source at the end of the page.
    pub(super) fn note_last(&mut self, url: &str) {
        let is_its = |source: &&SourceId| self.setting.template.url(source, StatusType::Idle) == url;
        let Some(source) = self.step.must_close.iter().find(is_its).cloned() else {
            return self.require(false, Rule::LastRequest);
        };
        self.step.must_close.remove(&source);
        if let Some(entry) = self.sources.get_mut(&source) {
            entry.status.is_left_active = false;
        }
    }

    pub(super) fn note_abort(&mut self, now: Millis, id: AttemptId) {
        let Some(attempt) = self.attempts.get(&id).cloned() else { return self.require(false, Rule::EarlyAbort) };
        if let Some(over) = attempt.over_at {
            if self.step.given_up.remove(&id) {
                return;
            }
            if over + RELEASE_MS <= now {
                self.attempts.remove(&id);
                return;
            }
            return self.require(false, Rule::EarlyAbort);
        }
        let times_out = attempt.sent + Millis::from(self.setting.policy.attempt_timeout_ms);
        let Some(call) = self.calls.get(&attempt.call) else { return };
        let ends_first = call.deadline.is_some_and(|deadline| deadline < times_out);
        let due = call.deadline.map_or(times_out, |deadline| deadline.min(times_out));
        let ending = attempt.ending_or(Ending::TimedOut);
        self.catch_up(due);
        if self.step.is_timeout() && times_out <= now && !ends_first {
            return self.end(now, id, &ending);
        }
        let is_taken_back = self.step.cancels(attempt.call) || self.step.is_page_end();
        let outcome = if is_taken_back { Outcome::Unknown } else { ending.outcome() };
        self.give_up(now, id, outcome);
    }

    /// Notes that nobody waits for an attempt any more, and the outcome that it has had so far.
    pub(super) fn give_up(&mut self, now: Millis, id: AttemptId, outcome: Outcome) {
        let Some(attempt) = self.attempts.get_mut(&id) else { return };
        attempt.over_at = Some(now);
        if let Some(call) = self.calls.get_mut(&attempt.call) {
            call.worst = call.worst.max(outcome);
        }
        self.gate.note_given_up(id, now);
        self.restore(id, outcome);
    }

    /// Restores the status of a source if an attempt was certainly not applied.
    pub(super) fn restore(&mut self, id: AttemptId, outcome: Outcome) {
        if outcome == Outcome::NotApplied
            && let Some(Attempt { source, before: Some(before), .. }) = self.attempts.get(&id)
            && let Some(source) = self.sources.get_mut(source)
        {
            source.status = *before;
        }
    }

    pub(super) fn live_attempts_of(&self, call: CallId) -> Vec<AttemptId> {
        let is_its = |attempt: &Attempt| attempt.call == call && attempt.is_live();
        self.attempts.iter().filter(|(_, attempt)| is_its(attempt)).map(|(&id, _)| id).collect()
    }
}
