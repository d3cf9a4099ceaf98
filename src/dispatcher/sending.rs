//! From a call that waits to a request that goes out.

use super::call::{BulkId, Call, CallId, Change, Phase, Role};
use super::gate::Admission;
use super::output::{EventKind, Output};
use super::timers::{Timers, Wake};
use super::{AttemptId, Dispatcher, Millis, Now};
use crate::error::Error;
use crate::identifier::SourceId;
use crate::policy::RELEASE_MS;
use crate::token::AccessToken;

/// A request that holds a connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attempt {
    pub(super) source: SourceId,
    /// The call it was sent for.
    pub(super) call: CallId,
    /// Whether the call waits for it still.
    pub(super) is_live: bool,
    pub(super) token: AccessToken,
    pub(super) sent: Millis,
    /// When it has taken too long; once its call does not wait for it any more, when it has kept its connection too long.
    pub(super) due: Millis,
    /// The head of a failing answer whose body has not come yet.
    pub(super) head: Option<Head>,
}

impl Attempt {
    /// It has told all that is wanted of it. It keeps its lane and its slot until it is released.
    pub(super) fn let_go(&mut self, now: Now, id: AttemptId, timers: &mut Timers) {
        self.is_live = false;
        timers.clear(Wake::Attempt(id), self.due);
        self.due = now.ms + RELEASE_MS;
        timers.set(Wake::Attempt(id), self.due);
    }
}

/// The head of a failing answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Head {
    pub(super) http_status: u16,
    pub(super) retry_after_ms: Option<u64>,
}

impl Dispatcher {
    /// Takes in a call, for the user or for the activities of its source.
    pub(super) fn enter(&mut self, now: Now, change: Change, role: Role, bulk: Option<BulkId>) -> CallId {
        self.last_call.0 += 1;
        let id = self.last_call;
        let mut call = Call::new(change, role, bulk, now.ms);
        if role == Role::Closing {
            call.set_deadline(id, now.ms + Millis::from(self.policy.close_timeout_ms), &mut self.timers);
        }
        let source = call.change.source_id.clone();
        self.lanes.join(&source, id);
        self.calls.insert(id, call);
        // Nothing keeps a closing IDLE from its attempt.
        if self.is_closed && role != Role::Closing {
            self.fail(now, id, Error::closed());
        } else if role != Role::Closing && self.is_out_of_reach(now, None) {
            self.fail_throttled(now, id);
        } else {
            self.offer(&source);
        }
        id
    }

    /// A call goes back to its lane: another attempt may be made for it.
    pub(super) fn requeue(&mut self, id: CallId) {
        if let Some(call) = self.calls.get_mut(&id) {
            call.phase = Phase::Waiting;
            let source = call.change.source_id.clone();
            self.offer(&source);
        }
    }

    /// Makes the call whose turn it is in a lane ready to be sent.
    pub(super) fn offer(&mut self, source: &SourceId) {
        let Some(id) = self.lanes.turn(source) else { return };
        let Some(call) = self.calls.get(&id) else { return };
        if call.phase == Phase::Waiting && !call.is_held {
            self.ready.add(call.priority(), id);
        }
    }

    /// Sends what can be sent: one rule for slots, gate and token, applied after every input.
    pub(super) fn advance(&mut self, now: Now) {
        if let Some(before) = self.gate_wake.take() {
            self.timers.clear(Wake::Gate, before);
        }
        while self.attempts.len() < self.policy.concurrency as usize {
            let Some((priority, id)) = self.ready.first() else { return };
            let Some(token) = self.tokens.current().cloned() else {
                self.ready.remove(priority, id);
                self.await_token(now, id);
                continue;
            };
            if self.is_spent(now, id, &token) {
                self.fail_with_last(now, id);
                continue;
            }
            let is_probe = match self.gate.admission(now.ms) {
                Admission::Free => false,
                Admission::Probe => true,
                // A closing IDLE that cannot wait is sent all the same: it is owed one attempt.
                Admission::Wait(until) if self.is_owed_an_attempt(id, until) => false,
                Admission::Wait(until) => {
                    self.gate_wake = Some(until);
                    return self.timers.set(Wake::Gate, until);
                }
                Admission::WaitForProbe => return,
            };
            self.ready.remove(priority, id);
            let attempt = self.send(now, id, token);
            if is_probe {
                self.gate.probe(attempt);
            }
        }
    }

    /// Whether another attempt cannot help: the call's time is used up, or its token was refused and is still the same.
    fn is_spent(&self, now: Now, id: CallId, token: &AccessToken) -> bool {
        self.calls.get(&id).is_some_and(|call| {
            let is_late = call.attempts > 0 && call.deadline.is_some_and(|deadline| deadline <= now.ms);
            is_late || call.refused.as_ref() == Some(token)
        })
    }

    fn is_owed_an_attempt(&self, id: CallId, until: Millis) -> bool {
        let call = self.calls.get(&id).filter(|call| call.role == Role::Closing && call.attempts == 0);
        call.and_then(|call| call.deadline).is_some_and(|deadline| deadline <= until)
    }

    fn send(&mut self, now: Now, id: CallId, token: AccessToken) -> AttemptId {
        self.last_attempt.0 += 1;
        let attempt = self.last_attempt;
        let due = now.ms + Millis::from(self.policy.attempt_timeout_ms);
        let Some(call) = self.calls.get_mut(&id) else { return attempt };
        call.attempts += 1;
        call.phase = Phase::InFlight(attempt);
        call.is_held = true;
        match call.deadline {
            None => {
                let deadline = now.ms + Millis::from(self.policy.total_timeout_ms);
                call.set_deadline(id, deadline, &mut self.timers);
            }
            // A closing IDLE that has waited for too long is owed one attempt.
            Some(deadline) if deadline <= now.ms => call.set_deadline(id, due, &mut self.timers),
            Some(_) => {}
        }
        self.timers.set(Wake::Attempt(attempt), due);
        let url = self.template.url(&call.change.source_id, call.change.status_type);
        let source = call.change.source_id.clone();
        let under_way =
            Attempt { source, call: id, is_live: true, token: token.clone(), sent: now.ms, due, head: None };
        self.attempts.insert(attempt, under_way);
        self.emit(id, EventKind::Attempt);
        self.outputs.push_back(Output::Send { attempt, url, token });
        attempt
    }

    /// Whether the gate stays closed for longer than a call may wait: one that was sent before has its deadline, one
    /// that was not has all of its time.
    pub(super) fn is_out_of_reach(&self, now: Now, deadline: Option<Millis>) -> bool {
        let wait = self.gate.wait(now.ms);
        let total = Millis::from(self.policy.total_timeout_ms);
        let budget = deadline.map_or(total, |deadline| deadline.saturating_sub(now.ms));
        wait > budget
    }
}
