//! What is handed to the dispatcher.

use push_source_status::{AttemptId, ErrorCode, Input, Millis, Outcome};

use super::entry::{Stage, Why};
use super::{ActivityLedger, Attempt};
use crate::driver::reading::{Class, Ending, of_status};

impl ActivityLedger {
    pub(super) fn take_in(&mut self, now: Millis, input: &Input<'_>) {
        match input {
            Input::Head { attempt, http_status, .. } => {
                let Some(live) = self.live_attempt(*attempt) else { return };
                if of_status(*http_status) == Class::Done {
                    live.over_at = Some(now);
                } else {
                    live.head = Some(*http_status);
                }
            }
            Input::Body { attempt, .. } => {
                if self.live_attempt(*attempt).is_some_and(|live| live.head.is_some()) {
                    self.end_attempt(now, *attempt, &Ending::TimedOut);
                }
            }
            Input::Failed { attempt, failure } => {
                self.end_attempt(now, *attempt, &Ending::Failure(failure.clone()));
                self.attempts.remove(attempt);
            }
            // Whoever gives the connection back without a word has lost the answer.
            Input::Released(attempt) => {
                self.end_attempt(now, *attempt, &Ending::TimedOut);
                self.attempts.remove(attempt);
            }
            Input::Token { ask, .. } => drop(self.asks.remove(ask)),
            Input::Timeout => {
                self.step.is_timeout = true;
                for (&id, activity) in &mut self.activities {
                    if matches!(activity.stage, Stage::Stopping(until) if until <= now) {
                        activity.stage = Stage::Left;
                        self.step.left.insert(id);
                    }
                }
            }
            Input::Finish(activity) => {
                let entry = self.activities.get_mut(activity);
                if let Some(entry) = entry.filter(|entry| matches!(entry.stage, Stage::Working | Stage::Stopping(_))) {
                    entry.stage = Stage::Left;
                }
            }
            Input::Abort(activity) => {
                if self.activities.get_mut(activity).is_some_and(|entry| entry.stop(now, Why::Aborted)) {
                    self.step.must_abort.insert(*activity);
                }
            }
            Input::Close => {
                self.is_closed = true;
                self.stop_all(now);
            }
            Input::PageEnd => {
                self.step.is_page_end = true;
                let is_held = |source: &_| self.activities.values().any(|activity| activity.is_of(source));
                let open = self.sources.iter().filter(|(source, entry)| entry.status.may_be_active && is_held(source));
                self.step.must_close = open.map(|(source, _)| source.clone()).collect();
                self.stop_all(now);
            }
            Input::Cancel(_) | Input::Journaled { .. } => {}
        }
    }

    fn stop_all(&mut self, now: Millis) {
        for (&id, activity) in &mut self.activities {
            let was_there = activity.stage != Stage::Left;
            if activity.stop(now, Why::Failed(ErrorCode::Closed)) {
                self.step.must_abort.insert(id);
            }
            if was_there && activity.stage == Stage::Left {
                self.step.left.insert(id);
            }
        }
    }

    pub(super) fn live_attempt(&mut self, id: AttemptId) -> Option<&mut Attempt> {
        self.attempts.get_mut(&id).filter(|attempt| attempt.is_live())
    }

    /// An attempt is over, as its head says, else so: if it was not applied for certain, its source is what it was.
    pub(super) fn end_attempt(&mut self, now: Millis, id: AttemptId, ending: &Ending) {
        let Some(attempt) = self.live_attempt(id) else { return };
        attempt.over_at = Some(now);
        let Attempt { before, change, .. } = attempt.clone();
        if attempt.outcome_or(ending) == Outcome::NotApplied
            && let (Some(before), Some(source)) = (before, self.sources.get_mut(&change.source_id))
        {
            source.status = before;
        }
    }

    /// An attempt is given up, and what there is of its answer is not looked at.
    pub(super) fn give_up(&mut self, now: Millis, id: AttemptId) {
        if let Some(attempt) = self.live_attempt(id) {
            attempt.over_at = Some(now);
        }
    }
}
