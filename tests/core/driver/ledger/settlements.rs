//! How a call ended, and whether it may end so.

use push_source_status::{CallId, Error, ErrorCode, Millis, Settlement};

use super::{Ledger, Rule};

impl Ledger {
    pub(super) fn note_settlement(&mut self, now: Millis, id: CallId, settlement: &Settlement) {
        let Some(call) = self.calls.get(&id) else { return self.require(false, Rule::Report) };
        let (was_settled, settled) = (call.is_settled, call.settled());
        let leaves_attempt = self.attempts.values().any(|attempt| attempt.call == id && attempt.is_live());
        self.require(!was_settled, Rule::SettledTwice);
        self.require(!leaves_attempt, Rule::LeftRunning);
        let is_true = match settlement {
            Settlement::Done(update) => {
                let call = &self.calls[&id];
                self.step.answered == Some((id, update.http_status))
                    && (&update.source_id, update.status_type) == (&call.change.source_id, call.change.status_type)
                    && update.attempts == call.attempts
            }
            Settlement::Failed(error) => self.is_true_failure(id, error),
            Settlement::Cancelled => self.step.cancelled == Some(id),
        };
        self.require(is_true, Rule::Report);
        if self.step.is_timeout && is_failure(settlement, ErrorCode::TokenUnavailable) {
            self.question = None;
        }
        if is_failure(settlement, ErrorCode::Throttled) && !self.step.judged.contains(&id) {
            self.require(self.is_out_of_reach(now, id), Rule::GaveUp);
        }
        self.calls.insert(id, settled);
    }

    fn is_true_failure(&mut self, id: CallId, error: &Error) -> bool {
        let call = &self.calls[&id];
        let Some(site) = error.site() else { return false };
        let is_true = site.attempts == call.attempts
            && site.source_id == call.change.source_id
            && site.status_type == call.change.status_type
            && (error.code() != ErrorCode::Closed || self.is_closed && call.attempts == 0);
        let outcome = call.worst;
        self.require(site.outcome == outcome, Rule::Outcome);
        is_true
    }

    /// Whether a call that waits at the gate has no chance to get through in time.
    fn is_out_of_reach(&self, now: Millis, id: CallId) -> bool {
        let total = Millis::from(self.policy.total_timeout_ms);
        let budget = self.calls[&id].deadline.map_or(total, |deadline| deadline.saturating_sub(now));
        let wait = self.gate.wait(now);
        budget == 0 || wait > budget
    }
}

fn is_failure(settlement: &Settlement, code: ErrorCode) -> bool {
    matches!(settlement, Settlement::Failed(error) if error.code() == code)
}
