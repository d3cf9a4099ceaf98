//! Checks the settlements of calls.

use push_source_status::{CallId, Error, ErrorCode, Millis, Settlement};

use super::{Ledger, Rule};

impl Ledger {
    /// Notes the end of a call by the user.
    pub(super) fn note_settlement(&mut self, now: Millis, id: CallId, settlement: &Settlement) {
        if self.settled.contains(&id) {
            return self.require(false, Rule::SettledTwice);
        }
        let Some(call) = self.calls.get(&id) else { return self.require(false, Rule::Report) };
        match settlement {
            Settlement::Done(update) => {
                let is_true = self.step.answered == Some((id, update.http_status))
                    && (&update.source_id, update.status_type) == (&call.change.source_id, call.change.status_type)
                    && update.attempts == call.attempts;
                self.require(is_true, Rule::Report);
            }
            Settlement::Failed(error) => self.check_failure(now, id, error),
            Settlement::Cancelled => self.require(self.step.cancels(id), Rule::Report),
        }
        self.settle(id);
    }

    /// Removes a call that is over.
    pub(super) fn settle(&mut self, id: CallId) {
        let leaves_attempt = !self.live_attempts_of(id).is_empty();
        self.require(!leaves_attempt, Rule::LeftRunning);
        let is_done = self.step.answered.is_some_and(|(answered, _)| answered == id);
        if let Some(call) = self.calls.remove(&id).filter(|_| !is_done) {
            self.note_not_done(&call);
        }
        self.settled.insert(id);
    }

    /// Checks that a call failed in the way that its error reports.
    pub(super) fn check_failure(&mut self, now: Millis, id: CallId, error: &Error) {
        let Some(call) = self.calls.get(&id) else { return };
        let Some(site) = error.site() else { return self.require(false, Rule::Report) };
        let is_true = site.attempts == call.attempts
            && site.source_id == call.change.source_id
            && site.status_type == call.change.status_type
            && (error.code() != ErrorCode::Closed || self.is_closed && call.attempts == 0);
        let is_worst = site.outcome == call.worst;
        // The newest token may be one that was refused to this call.
        let is_refused = call.refused.is_some() && call.refused == self.token;
        let is_hopeless = is_refused || self.step.judged.contains(&id) || self.is_out_of_reach(now, id);
        self.require(is_true, Rule::Report);
        self.require(is_worst, Rule::Outcome);
        self.require(error.code() != ErrorCode::Throttled || is_hopeless, Rule::GaveUp);
        if self.step.is_timeout() && error.code() == ErrorCode::TokenUnavailable {
            self.question = None;
        }
    }

    /// Returns whether a call that waits at the gate cannot be sent in time.
    fn is_out_of_reach(&self, now: Millis, id: CallId) -> bool {
        let budget = self.time_left(now, &self.calls[&id]);
        budget == 0 || self.gate.wait(now) > budget
    }
}
