//! What is handed to the dispatcher.

use push_source_status::{AccessToken, AttemptId, Failure, Input, Millis, parse_retry_after};

use super::Ledger;
use crate::driver::EPOCH_MS;
use crate::driver::reading::{Class, Ending, of_status};

impl Ledger {
    pub(super) fn take_in(&mut self, now: Millis, input: &Input<'_>) {
        match input {
            Input::Head { attempt, http_status, retry_after, date } => {
                let wish = retry_after.and_then(|text| parse_retry_after(text, *date, EPOCH_MS + now));
                self.note_head(now, *attempt, *http_status, wish);
            }
            Input::Body { attempt, .. } => {
                if let Some(live) = self.attempts.get(attempt).filter(|attempt| attempt.is_live())
                    && live.head.is_some()
                {
                    let ending = live.ending_or(Ending::TimedOut);
                    self.end(now, *attempt, &ending);
                }
            }
            Input::Failed { attempt, failure } => self.note_failed(now, *attempt, failure),
            // Whoever gives the connection back without a word has lost the answer.
            Input::Released(attempt) => self.note_failed(now, *attempt, &Failure::default()),
            Input::Token { ask, answer } => {
                self.asks.remove(ask);
                if self.question.is_some_and(|(question, _)| question == *ask) {
                    self.question = None;
                    self.token = answer.as_ref().ok().and_then(|text| AccessToken::parse(text).ok());
                }
            }
            Input::Timeout => self.step.is_timeout = true,
            Input::Cancel(call) => {
                self.step.cancelled = Some(*call);
                self.step.must_settle.insert(*call);
            }
            Input::Close => self.is_closed = true,
            // Activities have rules of their own.
            Input::Finish(_) | Input::Abort(_) | Input::PageEnd | Input::Journaled { .. } => {}
        }
    }

    fn note_failed(&mut self, now: Millis, id: AttemptId, failure: &Failure) {
        if let Some(live) = self.attempts.get(&id).filter(|attempt| attempt.is_live()) {
            let ending = live.ending_or(Ending::Failure(failure.clone()));
            self.end(now, id, &ending);
        }
        self.attempts.remove(&id);
    }

    fn note_head(&mut self, now: Millis, id: AttemptId, http_status: u16, wish: Option<u64>) {
        let Some(attempt) = self.attempts.get_mut(&id).filter(|attempt| attempt.is_live()) else { return };
        if of_status(http_status) == Class::Done {
            attempt.over_at = Some(now);
            self.step.answered = Some((attempt.call, http_status));
            self.step.must_settle.insert(attempt.call);
            self.gate.note_passed(id);
        } else {
            attempt.head = Some((http_status, wish));
        }
    }
}
