//! Notes the inputs of the dispatcher.

use push_source_status::policy::JUMP_MS;
use push_source_status::{AccessToken, ActivityId, AttemptId, ErrorCode, Failure, Input, Millis, parse_retry_after};

use super::Ledger;
use super::activities::{Part, Stage, Why};
use super::step::Cause;
use crate::driver::EPOCH_MS;
use crate::driver::reading::{Class, Ending, of_status};

impl Ledger {
    /// Notes an input. `wake` is the wake-up that the dispatcher asked for before.
    pub fn note_input(&mut self, now: Millis, wake: Option<Millis>, input: &Input<'_>) {
        if wake.is_some_and(|wake| now > wake.saturating_add(JUMP_MS)) {
            self.forgive_jump(now);
        }
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
            // A connection that is released without an answer has lost it.
            Input::Released(attempt) => self.note_failed(now, *attempt, &Failure::default()),
            Input::Token { ask, answer } => {
                self.asks.remove(ask);
                if self.question.is_some_and(|(question, _)| question == *ask) {
                    self.question = None;
                    self.token = answer.as_ref().ok().and_then(|text| AccessToken::parse(text).ok());
                }
            }
            Input::Journaled { write, answer } => self.note_written(now, *write, answer.is_ok()),
            Input::Timeout => {
                self.step.cause = Cause::Timeout;
                self.give_up_writes(now);
            }
            Input::Cancel(call) => {
                self.step.cause = Cause::Cancel(*call);
                self.step.must_settle.insert(*call);
            }
            Input::Finish(activity) => {
                let stage = self.activities.get(activity).map(|activity| activity.stage);
                if matches!(stage, Some(Stage::Working | Stage::Stopping(_))) {
                    self.leave(&[*activity]);
                }
            }
            Input::Abort(activity) => self.interrupt(now, *activity, Why::Aborted),
            Input::Close | Input::LoopEnd => {
                self.is_closed |= matches!(input, Input::Close);
                for (id, why) in self.closed() {
                    self.interrupt(now, id, why);
                }
            }
            Input::PageEnd => self.end_page(),
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

    /// Catches up with timers in their order: work whose grace was over before `due` is no longer waited for.
    pub(super) fn catch_up(&mut self, due: Millis) {
        if !self.step.is_timeout() {
            return;
        }
        let mut over: Vec<(Millis, ActivityId)> = Vec::new();
        for (&id, activity) in &self.activities {
            if let Stage::Stopping(until) = activity.stage {
                over.extend((until < due).then_some((until, id)));
            }
        }
        over.sort_unstable();
        for (_, id) in over {
            self.leave(&[id]);
        }
    }

    /// Ends every activity at once, and expects one last request for each source that may be active.
    fn end_page(&mut self) {
        self.step.cause = Cause::PageEnd;
        let closed = self.closed();
        for (id, why) in closed {
            let Some(activity) = self.activities.get_mut(&id) else { continue };
            if activity.stage == Stage::Working {
                self.step.must_abort.insert(id);
            }
            activity.why = Some(why);
            activity.stage = Stage::Left;
            activity.parts.iter_mut().for_each(|(_, part)| *part = Part::Gone);
        }
        for (id, source) in &mut self.sources {
            if source.status.may_be_active {
                source.status.may_be_active = false;
                source.closing_due = None;
                self.step.must_close.insert(id.clone());
            }
        }
    }

    /// Returns the activities, each with the reason for its end when the client, the page or the process ends.
    fn closed(&self) -> Vec<(ActivityId, Why)> {
        let why = |activity: &super::Activity| Why::Failed(ErrorCode::Closed, activity.first_source().clone());
        self.activities.iter().map(|(&id, activity)| (id, why(activity))).collect()
    }
}
