//! The end of a call, and its effect on other calls.

use super::call::{Call, CallId, Phase, Role, Settlement};
use super::ending::Ending;
use super::output::{Event, EventKind, Output, Owner};
use super::timers::Wake;
use super::{AttemptId, Dispatcher, Millis, Now};
use crate::error::{Answer, Error, ErrorCode, Site};
use crate::identifier::SourceId;
use crate::status::StatusType;

impl Dispatcher {
    /// Ends a call. Nothing more is sent or reported for it.
    pub(super) fn settle(&mut self, now: Now, id: CallId, settlement: Settlement) {
        let Some(call) = self.calls.take(&id) else { return debug_assert!(false, "a call was lost") };
        if self.is_observed {
            self.emit_end(id, &call, &settlement);
        }
        self.journal_end(now, id, &call, &settlement);
        self.timers.clear(Wake::Deadline(id));
        match call.phase {
            Phase::Waiting => self.ready.remove(call.priority(), id),
            Phase::AwaitingToken => self.tokens.forget(id, &mut self.timers),
            Phase::AwaitingJournal(write) => {
                if let Some(journal) = &mut self.journal {
                    journal.forget(write, id);
                }
            }
            Phase::InFlight(attempt) if !matches!(settlement, Settlement::Done(_)) => {
                // A cancelled activation is not aborted: its request may already be on its way, and the lane stays
                // occupied until its answer comes. So the IDLE that follows cannot overtake it.
                if call.role != Role::Activation || !matches!(settlement, Settlement::Cancelled) {
                    self.outputs.push(Output::Abort(attempt));
                }
                self.abandon(now, attempt);
            }
            Phase::InFlight(_) => {}
            Phase::BackingOff => self.timers.clear(Wake::Backoff(id)),
        }
        let source = &call.change.source_id;
        self.lanes.leave(source, id);
        self.offer(source);
        if call.role == Role::User {
            self.outputs.push(Output::Settle(id, settlement));
        } else {
            self.notify_activities(&call, settlement);
        }
    }

    /// Cancels a call, unless it has already settled.
    pub(super) fn cancel(&mut self, now: Now, id: CallId) {
        if self.calls.get(&id).is_some() {
            self.settle(now, id, Settlement::Cancelled);
        }
    }

    /// Fails a call with the ending of its last attempt.
    pub(super) fn fail_with_last(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.known_mut(&id) else { return };
        let bulk = call.bulk;
        let ending = call.last.take().unwrap_or_else(|| Box::new(self.out_of_time(id)));
        let code = ending.code();
        self.fail(now, id, ending.error());
        if let Some(bulk) = bulk.filter(|_| code == ErrorCode::Unauthenticated) {
            self.refused_bulks.push(bulk);
            let is_unsent = |call: &Call| call.bulk == Some(bulk) && call.attempts == 0;
            for id in self.calls_that(&is_unsent) {
                self.fail_refused(now, id);
            }
        }
    }

    /// Fails a call of a bulk whose token was refused for another call.
    pub(super) fn fail_refused(&mut self, now: Now, id: CallId) {
        let what = "the service refused the token for another change of this bulk call";
        let error = Error::new(ErrorCode::Unauthenticated, what).with_hint("get a fresh token or a new key");
        self.fail(now, id, error);
    }

    /// Returns the ending of a call whose time is up.
    pub(super) fn out_of_time(&self, id: CallId) -> Ending {
        let call = self.calls.known(&id);
        let (limit, ms) = call.map_or_else(Default::default, |call| (call.budget.time_option, call.budget.time_ms));
        let last_answer = call.and_then(|call| call.last.as_deref()).map(Ending::answer).unwrap_or_default();
        Ending::TimedOut { limit, ms, last_answer }
    }

    /// Fails a call because the service throttles for longer than the call may wait.
    pub(super) fn fail_throttled(&mut self, now: Now, id: CallId) {
        let wait = self.gate.wait(now.ms);
        let what = format!("the service asked to wait {} s", wait.div_ceil(1000));
        let answer = Answer { retry_after_ms: Some(wait), ..Answer::default() };
        let error = Error::new(ErrorCode::Throttled, what).with_answer(answer).with_hint("wait, then try again");
        self.fail(now, id, error);
    }

    fn calls_that(&self, are_such: &dyn Fn(&Call) -> bool) -> Vec<CallId> {
        self.calls.iter().filter(|(_, call)| are_such(call)).map(|(&id, _)| id).collect()
    }

    /// Fails the calls that cannot wait for the gate, except the one that is being judged.
    pub(super) fn turn_away(&mut self, now: Now, judged: CallId) {
        let wait = self.gate.wait(now.ms);
        let mut too_late = self.timers.deadlines_before(now.ms + wait);
        if wait > Millis::from(self.policy.total_timeout_ms) {
            too_late.extend(self.calls_that(&|call| call.attempts == 0));
        }
        for id in too_late {
            let stays = |call: &Call| matches!(call.phase, Phase::InFlight(_)) || call.is_owed();
            if id != judged && self.calls.known(&id).is_some_and(|call| !stays(call)) {
                self.fail_throttled(now, id);
            }
        }
    }

    pub(super) fn fail(&mut self, now: Now, id: CallId, error: Error) {
        let Some(call) = self.calls.known(&id) else { return };
        let site = Site {
            source_id: call.change.source_id.clone(),
            status_type: call.change.status_type,
            host: self.template.host().into(),
            attempts: call.attempts,
            outcome: call.outcome,
        };
        self.settle(now, id, Settlement::Failed(error.with_site(site)));
    }

    pub(super) fn emit(&mut self, id: CallId, kind: EventKind) {
        if self.is_observed
            && let Some(call) = self.calls.known(&id)
        {
            self.outputs.push(Output::Emit(self.event(id, call, kind)));
        }
    }

    fn event(&self, id: CallId, call: &Call, kind: EventKind) -> Event {
        let owner = self.owner(id, call.role, &call.change.source_id);
        Event { owner, call: id, change: call.change.clone(), attempt: call.attempts, kind }
    }

    /// Returns the caller for whom a call was made.
    pub(super) fn owner(&self, id: CallId, role: Role, source: &SourceId) -> Owner {
        let activity = if role == Role::User { None } else { self.activities.oldest(source) };
        activity.map_or(Owner::Call(id), Owner::Activity)
    }

    /// Emits the end of a call, and the beginning or the end of activities that comes with it.
    fn emit_end(&mut self, id: CallId, call: &Call, settlement: &Settlement) {
        let kind = match settlement {
            Settlement::Done(update) => {
                EventKind::Done { http_status: update.http_status, elapsed_ms: update.elapsed_ms }
            }
            Settlement::Failed(error) => EventKind::Failed(error.clone()),
            Settlement::Cancelled => EventKind::Cancelled,
        };
        self.outputs.push(Output::Emit(self.event(id, call, kind)));
        let kind = match (call.role, settlement) {
            (Role::Activation, Settlement::Done(_)) => EventKind::ActivityStarted,
            (Role::Closing, Settlement::Done(_)) => EventKind::ActivityEnded,
            (Role::Closing, Settlement::Failed(_)) => {
                let command = self.template.command(&call.change.source_id, StatusType::Idle);
                EventKind::LeftActive { command }
            }
            _ => return,
        };
        self.outputs.push(Output::Emit(self.event(id, call, kind)));
    }

    /// Abandons an attempt whose call has settled. It is released soon.
    fn abandon(&mut self, now: Now, id: AttemptId) {
        if let Some(attempt) = self.attempts.known_mut(&id) {
            attempt.let_go(now, id, &mut self.timers);
        }
        self.gate.give_up(id, now.ms);
    }
}
