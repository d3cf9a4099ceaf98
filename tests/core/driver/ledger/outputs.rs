//! Notes the outputs of the dispatcher.

use push_source_status::{AskId, Millis, Output};

use super::{Ledger, Rule};

impl Ledger {
    pub fn note_output(&mut self, now: Millis, output: &Output) {
        let has_opened = std::mem::replace(&mut self.step.has_opened, matches!(output, Output::Opened { .. }));
        if matches!(output, Output::StartWork { .. } | Output::AbortWork(..) | Output::EndActivity(..)) {
            self.catch_up(now + 1);
        }
        match output {
            Output::Send { attempt, url, token, .. } => self.note_send(now, *attempt, url, token),
            Output::SendLast { url, .. } => self.note_last(url),
            Output::Abort(attempt) => self.note_abort(now, *attempt),
            Output::AskToken(ask, _) => self.note_question(now, *ask),
            Output::Settle(call, settlement) => self.note_settlement(now, *call, settlement),
            Output::StartWork { activity, inactive } => self.note_work(*activity, inactive),
            Output::AbortWork(activity, _) => {
                let was_due = self.step.must_abort.remove(activity);
                self.require(was_due, Rule::UntoldWork);
            }
            Output::EndActivity(activity, end) => self.note_end(*activity, end),
            Output::Opened { write, entries } => {
                self.require(!has_opened, Rule::Write);
                self.note_opened(now, *write, entries);
            }
            Output::Closed { write, entries } => self.note_struck(now, *write, entries),
            Output::Emit(event) => self.note_event(now, event),
            Output::Drained => {
                let is_due = self.is_closed && !self.is_drained && self.is_over() && self.writes().is_empty();
                self.require(is_due, Rule::Drained);
                self.is_drained = true;
            }
        }
    }

    fn note_question(&mut self, now: Millis, ask: AskId) {
        let timeout = Millis::from(self.setting.policy.attempt_timeout_ms);
        self.require(self.question.is_none_or(|(_, asked)| asked + timeout <= now), Rule::AskedTwice);
        self.question = Some((ask, now));
        self.asks.insert(ask);
    }
}
