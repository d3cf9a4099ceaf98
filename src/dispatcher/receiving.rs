//! From the answer to an attempt, or its failure, to the next attempt or the end of the call.

use super::attempt::Head;
use super::call::{CallId, Phase, Settlement, StatusUpdate};
use super::ending::{Ending, Throttle};
use super::output::{EventKind, Output};
use super::timers::Wake;
use super::{AttemptId, Dispatcher, Millis, Now};
use crate::backoff::fraction;
use crate::error::{Answer, ErrorCode};
use crate::failure::Failure;
use crate::policy::{ATTEMPT_TIMEOUT_MS, UnknownOutcome};
use crate::reply::{self, ErrorBody};
use crate::retry_after;
use crate::verdict::Verdict;

impl Dispatcher {
    pub(super) fn on_head(
        &mut self,
        now: Now,
        id: AttemptId,
        http_status: u16,
        retry_after: Option<&str>,
        date: Option<&str>,
    ) {
        let Some(attempt) = self.attempts.get_mut(&id).filter(|attempt| attempt.is_live) else { return };
        let call = attempt.call;
        let duration_ms = now.ms.saturating_sub(attempt.sent);
        if reply::judge(http_status) != Verdict::Done {
            let retry_after_ms = retry_after.and_then(|value| retry_after::parse(value, date, now.epoch_ms));
            attempt.head = Some(Head { http_status, retry_after_ms });
            return self.emit(call, EventKind::Reply { http_status, duration_ms });
        }
        attempt.let_go(now, id, &mut self.timers);
        self.emit(call, EventKind::Reply { http_status, duration_ms });
        self.gate.pass(id);
        let Some(done) = self.calls.known(&call) else { return };
        let update = StatusUpdate {
            source_id: done.change.source_id.clone(),
            status_type: done.change.status_type,
            http_status,
            attempts: done.attempts,
            elapsed_ms: now.ms.saturating_sub(done.made_at),
        };
        self.settle(now, call, Settlement::Done(update));
    }

    pub(super) fn on_body(&mut self, now: Now, id: AttemptId, bytes: &[u8]) {
        let Some(attempt) = self.attempts.get(&id) else { return };
        let Some(Head { http_status, retry_after_ms }) = attempt.head else { return };
        let body = ErrorBody::parse(bytes, self.tokens.held());
        self.end_attempt(now, id, Ending::Reply { http_status, retry_after_ms, body });
    }

    /// Handles the release of a connection. An attempt without an answer by now has failed.
    pub(super) fn on_released(&mut self, now: Now, id: AttemptId) {
        if self.attempts.get(&id).is_some_and(|attempt| attempt.is_live) {
            self.on_failed(now, id, Failure::default());
        } else {
            self.release(now, id);
        }
    }

    pub(super) fn on_failed(&mut self, now: Now, id: AttemptId, mut failure: Failure) {
        if let Some(attempt) = self.attempts.get(&id) {
            failure.cause = failure.cause.map(|cause| cause.redacted(self.tokens.held()));
            // A connection that breaks after the head of an answer does not invalidate the head.
            let ending = attempt.head.map_or(Ending::Failure(failure), answered);
            self.end_attempt(now, id, ending);
        }
        self.release(now, id);
    }

    pub(super) fn on_attempt_timeout(&mut self, now: Now, id: AttemptId) {
        let Some(attempt) = self.attempts.known(&id) else { return };
        self.outputs.push(Output::Abort(id));
        if !attempt.is_live {
            return self.release(now, id);
        }
        let timed_out = Ending::TimedOut {
            limit: ATTEMPT_TIMEOUT_MS.argument,
            ms: self.policy.attempt_timeout_ms,
            last_answer: Answer::default(),
        };
        let ending = attempt.head.map_or(timed_out, answered);
        self.end_attempt(now, id, ending);
    }

    pub(super) fn on_deadline(&mut self, now: Now, id: CallId) {
        let out_of_time = self.out_of_time(id);
        let Some(call) = self.calls.known_mut(&id).filter(|call| !call.is_owed()) else { return };
        if let Phase::InFlight(attempt) = call.phase {
            let head = self.attempts.known(&attempt).and_then(|attempt| attempt.head);
            let ending = head.map_or(out_of_time, answered);
            call.outcome = call.outcome.max(ending.outcome());
            call.last = Some(Box::new(ending));
        }
        self.fail_with_last(now, id);
    }

    /// Judges the ending of an attempt, and continues or ends its call.
    fn end_attempt(&mut self, now: Now, id: AttemptId, ending: Ending) {
        let Some(attempt) = self.attempts.get_mut(&id).filter(|attempt| attempt.is_live) else { return };
        let (call_id, sent, token) = (attempt.call, attempt.sent, attempt.token.clone());
        attempt.let_go(now, id, &mut self.timers);
        let Some(call) = self.calls.known_mut(&call_id) else { return };
        let (verdict, reason, throttle) = (ending.verdict(), ending.code(), ending.throttle());
        call.outcome = call.outcome.max(ending.outcome());
        call.phase = Phase::Waiting;
        call.last = Some(Box::new(ending));
        let may_try_again = match verdict {
            Verdict::Done | Verdict::Final(_) => false,
            // The token is dropped in any case, so that no other call is refused because of it.
            Verdict::AskAgain => self.tokens.refuse(&token) && call.refused.is_none(),
            Verdict::Unknown => call.budget.is_time_alone() || self.policy.unknown_outcome == UnknownOutcome::Retry,
            Verdict::NotApplied => true,
        };
        let was_last = call.budget.attempts.is_some_and(|attempts| call.attempts >= attempts);
        match throttle {
            Some(throttle) => self.throttle(now, (id, sent), call_id, throttle),
            None => self.gate.pass(id),
        }
        if was_last || !may_try_again {
            self.fail_with_last(now, call_id);
        } else if verdict == Verdict::AskAgain {
            self.ask_again(now, call_id, token);
        } else {
            self.try_again(now, call_id, reason, throttle);
        }
    }

    /// Closes the gate, and fails the calls that cannot wait for it.
    fn throttle(&mut self, now: Now, attempt: (AttemptId, Millis), call: CallId, throttle: Throttle) {
        let Throttle { retry_after_ms } = throttle;
        let deadline = self.timers.at(Wake::Deadline(call));
        let wish = retry_after_ms.filter(|&wish| wish > 0).map(|wish| {
            // At least one millisecond more than the service asks for, since the clock may have been read just before
            // the answer came. But if the call has time for the wait, the jitter must not take that time away.
            let jitter = fraction(u32::try_from(wish / 10).map_or(1000, |tenth| tenth.min(1000)), now.random);
            let longest = deadline.map_or(Millis::MAX, |deadline| deadline.saturating_sub(now.ms + 1));
            wish.saturating_add(jitter).saturating_add(1).min(wish.max(longest))
        });
        let backoff = if retry_after_ms.is_some() { self.policy.backoff } else { self.policy.backoff.throttled() };
        if self.gate.close(attempt, now.ms, wish, |streak| backoff.delay_ms(streak, now.random)) {
            self.emit(call, EventKind::Throttled { delay_ms: self.gate.wait(now.ms) });
            self.turn_away(now, call);
        }
    }

    /// Schedules the next attempt of a call, or fails the call if there is no time for one.
    fn try_again(&mut self, now: Now, id: CallId, reason: ErrorCode, throttle: Option<Throttle>) {
        let is_out_of_reach = self.is_out_of_reach(now, id);
        let Some(call) = self.calls.known_mut(&id) else { return };
        let delay_ms = if throttle.is_some() {
            self.gate.wait(now.ms)
        } else {
            call.failures += 1;
            self.policy.backoff.delay_ms(call.failures, now.random)
        };
        let until = now.ms.saturating_add(delay_ms);
        let is_too_late = self.timers.at(Wake::Deadline(id)).is_some_and(|deadline| until >= deadline);
        if is_too_late || is_out_of_reach {
            return self.fail_with_last(now, id);
        }
        if throttle.is_none() {
            call.phase = Phase::BackingOff;
            self.timers.set(Wake::Backoff(id), until);
        }
        self.emit(id, EventKind::Retry { delay_ms, reason });
        if throttle.is_some() {
            // The gate holds the call back until the delay is over.
            self.requeue(id);
        }
    }

    /// Frees the slot and the lane of an attempt whose connection is closed or idle.
    pub(super) fn release(&mut self, now: Now, id: AttemptId) {
        let Some(attempt) = self.attempts.take(&id) else { return };
        self.timers.clear(Wake::Attempt(id));
        self.gate.give_up(id, now.ms);
        self.lanes.release(&attempt.source);
        self.offer(&attempt.source);
    }
}

/// Makes an ending of the head of an answer whose body is missing.
fn answered(head: Head) -> Ending {
    Ending::Reply { http_status: head.http_status, retry_after_ms: head.retry_after_ms, body: ErrorBody::default() }
}
