//! The obligations of the dispatcher after the end of an attempt.

use std::ops::RangeInclusive;

use push_source_status::policy::UnknownOutcome;
use push_source_status::{AttemptId, Backoff, CallId, Millis};

use super::calls::Role;
use super::{Ledger, Rule};
use crate::driver::reading::{Class, Ending, Throttle};

impl Ledger {
    /// Notes the end of an attempt for which its call was waiting.
    pub(super) fn end(&mut self, now: Millis, id: AttemptId, ending: &Ending) {
        let policy = self.setting.policy;
        let Some(attempt) = self.attempts.get_mut(&id) else { return };
        attempt.over_at = Some(now);
        let call_id = attempt.call;
        let token = attempt.token.clone();
        self.restore(id, ending.outcome());
        let Some(call) = self.calls.get_mut(&call_id) else { return };
        call.worst = call.worst.max(ending.outcome());
        self.step.judged.insert(call_id);

        // Only time limits a closing `IDLE`.
        let is_closing = call.role == Role::Closing;
        let has_attempts = is_closing || call.attempts < policy.attempts;
        let goes_on = has_attempts
            && match ending.class() {
                Class::NotApplied => true,
                Class::Unknown => is_closing || policy.unknown_outcome == UnknownOutcome::Retry,
                Class::Refused => !self.setting.has_fixed_token && call.refused.is_none(),
                Class::Done | Class::Final => false,
            };
        if ending.class() == Class::Refused {
            call.refused = Some(token.clone());
            if !self.setting.has_fixed_token && self.token.as_ref() == Some(&token) {
                self.token = None;
            }
        }
        let wait = if let Some(throttle) = ending.throttle() {
            self.note_throttle(now, id, throttle)
        } else {
            self.gate.note_passed(id);
            call.failures += u32::from(ending.class() != Class::Refused);
            nth_delay(policy.backoff, call.failures)
        };
        if !goes_on {
            self.step.must_settle.insert(call_id);
        } else if ending.class() != Class::Refused {
            self.expect_retry(now, call_id, wait, ending);
        }
    }

    /// Expects a call to wait for its next attempt, or to settle at once if there is no time for one.
    fn expect_retry(&mut self, now: Millis, id: CallId, wait: RangeInclusive<Millis>, ending: &Ending) {
        let deadline = self.calls[&id].deadline.unwrap_or(Millis::MAX);
        let wish = ending.throttle().map_or(0, |throttle| throttle.wish(now));
        let fits = |delay: Millis| now.saturating_add(delay) < deadline;
        let gate = self.gate.wait(now);
        // The jitter that is added to a requested wait never makes it too long.
        let longest = gate.max(if wish > 0 { wish } else { *wait.end() });
        if !fits(*wait.start()) && (ending.throttle().is_none() || wish > 0) {
            self.step.must_settle.insert(id);
        } else if fits(longest) {
            self.step.must_go_on = Some(id);
        }
        let allowed = if ending.throttle().is_some() { wish..=Millis::MAX } else { wait };
        self.step.delays.insert(id, allowed);
    }

    /// Notes that the service throttled an attempt. Returns for how long the gate may close.
    fn note_throttle(&mut self, now: Millis, id: AttemptId, throttle: Throttle) -> RangeInclusive<Millis> {
        let wish = throttle.wish(now);
        let shut_for = match throttle {
            Throttle::Unsaid => any_delay(self.setting.policy.backoff.throttled()),
            Throttle::For(0) => any_delay(self.setting.policy.backoff),
            Throttle::For(_) => wish..=wish.saturating_add((wish / 10).min(1000) + 1),
        };
        if wish > 0 {
            self.asked_until = self.asked_until.max(now.saturating_add(wish));
        }
        let sent = self.attempts[&id].sent;
        let is_same_burst = self.gate.throttled_since(id, now).is_some_and(|since| sent <= since);
        self.require(!self.step.must_shut, Rule::OpenGate);
        self.step.must_shut = *shut_for.start() > 0 && !self.gate.covers(id, now, wish);
        // A burst of answers that ask for no particular wait moves the gate only once.
        self.step.throttle = (wish > 0 || !is_same_burst).then_some((id, shut_for.clone()));
        shut_for
    }
}

/// Returns the range of the delay after a number of failures in a row: `[d/2, d]` with `d = min(max, base · 2^n)`.
fn nth_delay(backoff: Backoff, failures: u32) -> RangeInclusive<Millis> {
    let mut longest = u64::from(backoff.base_ms);
    for _ in 1..failures {
        longest = longest.saturating_mul(2);
    }
    let longest = longest.min(u64::from(backoff.max_ms));
    longest.div_ceil(2)..=longest
}

/// Returns the range of delays after any number of failures.
fn any_delay(backoff: Backoff) -> RangeInclusive<Millis> {
    let shortest = *nth_delay(backoff, 1).start();
    let longest = if backoff.base_ms == 0 { 0 } else { u64::from(backoff.max_ms) };
    shortest..=longest
}
