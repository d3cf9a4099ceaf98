//! Checks the events of the dispatcher.

use push_source_status::{Error, ErrorCode, Event, EventKind, Millis, Outcome, StatusType};

use super::activities::Part;
use super::calls::Role;
use super::{Ledger, Rule};
use crate::driver::reading::Ending;

impl Ledger {
    pub(super) fn note_event(&mut self, now: Millis, event: &Event) {
        match &event.kind {
            EventKind::ActivityStarted | EventKind::ActivityEnded | EventKind::LeftActive { .. } => {
                return self.note_consequence(event);
            }
            EventKind::JournalFailed(_) => return self.note_unwritten(event),
            _ => {}
        }
        self.catch_up(self.due(now, event));
        if self.settled.contains(&event.call) {
            return self.require(false, Rule::AfterEnd);
        }
        if !self.calls.contains_key(&event.call) {
            self.meet(now, event.call, &event.change);
        }
        let Some(call) = self.calls.get_mut(&event.call) else { return };
        if event.kind == EventKind::Attempt {
            call.attempts += 1;
            self.step.announced = Some(event.call);
        }
        let is_true = event.attempt == call.attempts && event.change == call.change;
        let role = call.role;
        self.require(is_true, Rule::Report);
        if matches!(event.kind, EventKind::Done { .. }) && event.change.status_type == StatusType::Idle {
            self.note_idle(&event.change.source_id);
        }
        match &event.kind {
            EventKind::Attempt if event.attempt == 1 => self.note_first_attempt(event.call),
            EventKind::Retry { delay_ms, .. } => {
                self.calls.entry(event.call).and_modify(|call| call.not_before = now.saturating_add(*delay_ms));
                let is_allowed = self.step.delays.get(&event.call).is_some_and(|allowed| allowed.contains(delay_ms));
                self.require(is_allowed, Rule::Delay);
            }
            EventKind::Throttled { delay_ms } => {
                let throttle = self.step.throttle.as_ref();
                let is_allowed = throttle.is_some_and(|(_, allowed)| allowed.contains(delay_ms));
                if let Some((attempt, _)) = throttle {
                    self.gate.note_throttled(*attempt, now, now.saturating_add(*delay_ms));
                }
                self.step.must_shut = false;
                self.require(is_allowed, Rule::Delay);
            }
            EventKind::Done { .. } | EventKind::Failed(_) | EventKind::Cancelled if role != Role::User => {
                self.note_end_of_theirs(now, role, event);
            }
            _ => {}
        }
    }

    /// Returns when the cause of an event was due, if that was a timer. An attempt that timed out was aborted before.
    fn due(&self, now: Millis, event: &Event) -> Millis {
        let EventKind::Failed(error) = &event.kind else { return now + 1 };
        if self.step.judged.contains(&event.call) {
            return 0;
        }
        let asked = self.question.filter(|_| error.code() == ErrorCode::TokenUnavailable);
        let unanswered = asked.map(|(_, asked)| asked + Millis::from(self.setting.policy.attempt_timeout_ms));
        let deadline = self.calls.get(&event.call).and_then(|call| call.deadline);
        unanswered.map(|due| due + 1).or(deadline.map(|due| due.min(now))).unwrap_or(now)
    }

    /// Notes the end of a call that was made for activities. Such calls have no settlement, only events.
    fn note_end_of_theirs(&mut self, now: Millis, role: Role, event: &Event) {
        let source = &event.change.source_id;
        if role == Role::Activation {
            self.sources.entry(source.clone()).and_modify(|source| source.is_activating = false);
        }
        match &event.kind {
            EventKind::Done { http_status, .. } => {
                self.require(self.step.answered == Some((event.call, *http_status)), Rule::Report);
                self.step.done = Some(event.call);
                self.settle(event.call);
                match role {
                    Role::Closing => self.note_closed(source, false),
                    _ => self.note_activated(source),
                }
            }
            EventKind::Failed(error) => {
                // Its time is up, and its attempt is aborted next.
                for id in self.live_attempts_of(event.call) {
                    let outcome = self.attempts[&id].ending_or(Ending::TimedOut).outcome();
                    self.give_up(now, id, outcome);
                    self.step.given_up.insert(id);
                }
                self.check_failure(now, event.call, error);
                self.settle(event.call);
                self.note_failure_of_theirs(role, event, error);
            }
            _ => {
                for id in self.live_attempts_of(event.call) {
                    self.give_up(now, id, Outcome::Unknown);
                    // The attempt of a cancelled activation is not aborted.
                    if role == Role::Closing {
                        self.step.given_up.insert(id);
                    }
                }
                self.require(!self.has_part(source, Part::is_live), Rule::Owned);
                self.settle(event.call);
                // A call must not be cancelled while it is still needed.
                self.step.must_go_on.take_if(|call| *call == event.call);
                self.let_go(source);
            }
        }
    }

    fn note_failure_of_theirs(&mut self, role: Role, event: &Event, error: &Error) {
        let source = &event.change.source_id;
        if role == Role::Closing {
            let is_owed = event.attempt == 0 && error.code() != ErrorCode::TokenUnavailable;
            self.require(!is_owed, Rule::Owed);
            self.step.left_active = Some(event.call);
            self.note_closed(source, true);
        } else {
            self.note_not_activated(source, error.code());
        }
    }

    /// Checks the event about activities that follows the end of a call.
    fn note_consequence(&mut self, event: &Event) {
        let is_active = event.change.status_type != StatusType::Idle;
        let is_true = match &event.kind {
            EventKind::LeftActive { command } => {
                let repair = self.setting.template.command(&event.change.source_id, StatusType::Idle);
                self.step.left_active.take() == Some(event.call) && *command == repair
            }
            kind => self.step.done.take() == Some(event.call) && is_active == (*kind == EventKind::ActivityStarted),
        };
        self.require(is_true, Rule::Report);
    }
}
