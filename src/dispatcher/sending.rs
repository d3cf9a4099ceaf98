//! From a new call to a request that is sent.

use super::attempt::Attempt;
use super::budget::Budget;
use super::call::{BulkId, Call, CallId, Change, Phase, Role};
use super::gate::Admission;
use super::journal::Journal;
use super::output::{EventKind, Output};
use super::timers::Wake;
use super::{AttemptId, Dispatcher, Millis, Now};
use crate::error::Error;
use crate::token::AccessToken;

impl Dispatcher {
    /// Adds a call, for the user or for the activities of its source.
    pub(super) fn enter(&mut self, now: Now, change: Change, role: Role, bulk: Option<BulkId>) -> CallId {
        self.last_call.0 += 1;
        let id = self.last_call;
        let source = change.source_id.clone();
        let call = Call::new(change, role, bulk, Budget::of(role, &self.policy), now.ms);
        let is_owed = call.is_owed();
        if is_owed {
            self.timers.set(Wake::Deadline(id), call.budget.deadline(now.ms));
        }
        self.lanes.join(&source, id);
        self.calls.insert(id, call);
        if self.is_closed() && !is_owed {
            self.fail(now, id, Error::closed());
        } else if self.is_out_of_reach(now, id) {
            self.fail_throttled(now, id);
        } else if bulk.is_some_and(|bulk| self.refused_bulks.contains(&bulk)) {
            self.fail_refused(now, id);
        } else {
            self.offer(&source);
        }
        id
    }

    /// Decides everything that follows from a change of state, in one pass after every input.
    pub(super) fn advance(&mut self, now: Now) {
        self.waits_at_gate = false;
        self.take_steps(now);
        while self.send_next(now) {
            self.take_steps(now);
        }
        self.report_drained();
    }

    /// Sends the call that is next, if slots, token, gate and journal allow it. Returns whether another one may follow:
    /// a call was sent, failed, or now waits for the token or the journal.
    fn send_next(&mut self, now: Now) -> bool {
        let awaited = self.journal.as_ref().map_or(0, Journal::awaited);
        if self.attempts.len() + awaited >= self.policy.concurrency as usize {
            return false;
        }
        let Some((priority, id)) = self.ready.first() else { return false };
        let Some(token) = self.tokens.current().cloned() else {
            self.ready.remove(priority, id);
            self.await_token(now, id);
            return true;
        };
        if self.is_spent(now, id, &token) {
            self.fail_with_last(now, id);
            return true;
        }
        let is_probe = match self.gate.admission(now.ms) {
            Admission::Free => false,
            Admission::Probe => true,
            Admission::Wait(until) if self.passes_gate(id, until) => false,
            Admission::Wait(_) => {
                self.waits_at_gate = true;
                return false;
            }
            Admission::WaitForProbe => return false,
        };
        self.ready.remove(priority, id);
        if self.await_journal(now, id) {
            return true;
        }
        let attempt = self.send(now, id, token);
        if is_probe {
            self.gate.probe(attempt);
        }
        true
    }

    /// Returns whether another attempt cannot help. The call's time is up, or its token was refused and has not
    /// changed.
    fn is_spent(&self, now: Now, id: CallId, token: &AccessToken) -> bool {
        self.calls.known(&id).is_some_and(|call| {
            let is_late = self.timers.at(Wake::Deadline(id)).is_some_and(|deadline| deadline <= now.ms);
            is_late && call.attempts > 0 || call.refused.as_ref() == Some(token)
        })
    }

    /// Returns whether a call may pass the closed gate: it is owed an attempt, and its time is up before the gate
    /// opens.
    fn passes_gate(&self, id: CallId, until: Millis) -> bool {
        let is_over = self.timers.at(Wake::Deadline(id)).is_none_or(|deadline| deadline <= until);
        is_over && self.calls.known(&id).is_some_and(Call::is_owed)
    }

    fn send(&mut self, now: Now, id: CallId, token: AccessToken) -> AttemptId {
        self.last_attempt.0 += 1;
        let attempt = self.last_attempt;
        let Some(call) = self.calls.known_mut(&id) else { return attempt };
        let due = now.ms + Millis::from(self.policy.attempt_timeout_ms);
        if self.timers.at(Wake::Deadline(id)).is_none_or(|deadline| deadline <= now.ms) {
            // A call that got its attempt only after its time was up has the time of this one attempt.
            let deadline = if call.is_owed() { due } else { call.budget.deadline(now.ms) };
            self.timers.set(Wake::Deadline(id), deadline);
        }
        self.timers.set(Wake::Attempt(attempt), due);
        call.attempts += 1;
        call.phase = Phase::InFlight(attempt);
        let Change { source_id, status_type } = &call.change;
        self.lanes.occupy(source_id);
        let url = self.template.url(source_id, *status_type);
        let role = call.role;
        let under_way = Attempt {
            source: source_id.clone(),
            call: id,
            is_live: true,
            token: token.clone(),
            sent: now.ms,
            head: None,
        };
        let owner = self.owner(id, role, &under_way.source);
        self.attempts.insert(attempt, under_way);
        self.emit(id, EventKind::Attempt);
        self.outputs.push(Output::Send { owner, attempt, url, token });
        attempt
    }
}
