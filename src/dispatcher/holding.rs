//! The activities of sources, carried out: their steps become calls, timers and outputs.

use super::call::{Call, Change, Phase, Role, Settlement};
use super::output::Output;
use super::timers::Wake;
use super::{CallId, Dispatcher, Millis, Now};
use crate::activity::{Activation, ActivityId, OnActivationFailure, Step, Stop};
use crate::error::{Error, ErrorCode, Outcome, Site};
use crate::identifier::SourceId;
use crate::status::StatusType;

/// How an activity is to behave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// What to do when the active status cannot be set.
    pub on_activation_failure: OnActivationFailure,
    /// How long the work may take to stop once it is aborted, in milliseconds. Without it, `IDLE` is set at once.
    pub grace_ms: Option<Millis>,
}

impl Dispatcher {
    /// Begins an activity; the status of the change has to be an active one.
    pub fn begin(&mut self, now: Now, change: Change, terms: Terms) -> ActivityId {
        let Change { source_id, status_type } = change;
        let (id, steps) = if self.is_closed {
            self.activities.turn_away(source_id, status_type, Error::closed())
        } else {
            self.activities.begin(source_id, status_type, terms.on_activation_failure, terms.grace_ms)
        };
        self.run(now, steps);
        self.advance(now);
        id
    }

    pub(super) fn run(&mut self, now: Now, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Activate(source_id, status_type) => {
                    self.enter(now, Change { source_id, status_type }, Role::Activation, None);
                }
                Step::CancelActivation(source) => {
                    if let Some(call) = self.call_of_activities(&source) {
                        self.settle(now, call, Settlement::Cancelled);
                    }
                }
                Step::Close(source_id) => {
                    self.enter(now, Change { source_id, status_type: StatusType::Idle }, Role::Closing, None);
                }
                Step::Start(id) => self.outputs.push_back(Output::StartWork(id)),
                Step::AbortWork(id, stop) => self.outputs.push_back(Output::AbortWork(id, stop)),
                Step::Grace(id, grace_ms) => {
                    let until = now.ms + grace_ms;
                    self.graces.insert(id, until);
                    self.timers.set(Wake::Grace(id), until);
                }
                Step::End(id, (source_id, status_type), mut end) => {
                    if let Some(until) = self.graces.remove(&id) {
                        self.timers.clear(Wake::Grace(id), until);
                    }
                    if let Some(Stop::Failed(error)) = &mut end.stop {
                        let host = self.template.host().into();
                        let (attempts, outcome) = (0, Outcome::NotApplied);
                        error.set_site_if_none(Site { source_id, status_type, host, attempts, outcome });
                    }
                    self.outputs.push_back(Output::EndActivity(id, end));
                }
            }
        }
    }

    /// The end of a call that was made for activities.
    pub(super) fn on_held(
        &mut self,
        now: Now,
        role: Role,
        source: &SourceId,
        settlement: Settlement,
        outcome: Outcome,
    ) {
        let steps = match (role, settlement) {
            (Role::Closing, Settlement::Failed(error)) => {
                let command = self.template.command(source, StatusType::Idle);
                self.activities.closed(source, Some(&error.into_left_active(command)))
            }
            (Role::Closing, _) => self.activities.closed(source, None),
            (_, Settlement::Done(_)) => self.activities.activated(source, &Activation::Done),
            (_, Settlement::Failed(error)) => self.activities.activated(source, &Activation::Failed(error)),
            (_, Settlement::Cancelled) => self.activities.activated(source, &Activation::Cancelled(outcome)),
        };
        self.run(now, steps);
    }

    /// The call that is under way for the activities of a source.
    fn call_of_activities(&self, source: &SourceId) -> Option<CallId> {
        let is_theirs = |call: &Call| call.role != Role::User;
        self.lanes.calls(source).find(|id| self.calls.get(id).is_some_and(is_theirs))
    }

    pub(super) fn close(&mut self, now: Now) {
        self.is_closed = true;
        let steps = self.activities.stop_all(&closed());
        self.run(now, steps);
    }

    /// The page is gone: past lanes, slots and the gate, each source that may be active gets its one last request.
    pub(super) fn end_page(&mut self, now: Now) {
        let error = Error::new(ErrorCode::Closed, "the page was closed during the activity");
        let (sources, steps) = self.activities.abandon(&error.with_hint("begin the activity anew"));
        for (source, may_be_active) in sources {
            let under_way = self.call_of_activities(&source);
            let call = under_way.and_then(|call| self.calls.get(&call));
            let outcome = call.map_or(Outcome::NotApplied, Call::outcome_so_far);
            if let Some(call) = under_way {
                if let Some(Phase::InFlight(attempt)) = self.calls.get(&call).map(|call| call.phase) {
                    self.outputs.push_back(Output::Abort(attempt));
                }
                self.settle(now, call, Settlement::Cancelled);
            }
            if (may_be_active || outcome == Outcome::Unknown)
                && let Some(token) = self.tokens.last().cloned()
            {
                self.outputs.push_back(Output::SendLast { url: self.template.url(&source, StatusType::Idle), token });
            }
        }
        self.run(now, steps);
    }

    /// The clock jumped: a closing `IDLE` whose time went by meanwhile gets time for one more attempt.
    pub(super) fn forgive_closing(&mut self, now: Now) {
        let deadline = now.ms + Millis::from(self.policy.attempt_timeout_ms);
        for (&id, call) in self.calls.iter_mut() {
            if call.role == Role::Closing && call.deadline.is_some_and(|before| before < deadline) {
                call.set_deadline(id, deadline, &mut self.timers);
            }
        }
    }
}

fn closed() -> Error {
    Error::new(ErrorCode::Closed, "the client was closed").with_hint("make a new client")
}
