//! Turns the steps of activities into calls, timers and outputs.

use super::call::{Call, Change, Role, Settlement};
use super::output::Output;
use super::timers::Wake;
use super::{CallId, Dispatcher, Millis, Now};
use crate::activity::{Activation, ActivityId, Interruption, OnActivationFailure, Step};
use crate::error::{Error, Outcome, Site};
use crate::identifier::{SourceId, SourceIds};
use crate::status::StatusType;

/// The terms of an activity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The reaction if the active status cannot be set.
    pub on_activation_failure: OnActivationFailure,
    /// How long the work may take to stop once it is aborted, in milliseconds. With `None`, `IDLE` is set at once.
    pub grace_ms: Option<Millis>,
}

impl Dispatcher {
    /// Begins an activity. `status` has to be an active one.
    pub fn begin(&mut self, now: Now, sources: &SourceIds, status: StatusType, terms: Terms) -> ActivityId {
        let id = if self.is_closed() {
            self.activities.turn_away(sources.first().clone(), status, Error::closed())
        } else {
            self.activities.begin(sources, status, terms.on_activation_failure, terms.grace_ms)
        };
        self.advance(now);
        id
    }

    /// Carries out the steps that the activities ask for.
    pub(super) fn take_steps(&mut self, now: Now) {
        while let Some(step) = self.activities.next_step() {
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
                Step::Start(activity, inactive) => self.outputs.push(Output::StartWork { activity, inactive }),
                Step::AbortWork(id, interruption) => self.outputs.push(Output::AbortWork(id, interruption)),
                Step::Grace(id, grace_ms) => {
                    self.timers.set(Wake::Grace(id), now.ms + grace_ms);
                }
                Step::End(id, (source_id, status_type), mut end) => {
                    self.timers.clear(Wake::Grace(id));
                    if let Some(Interruption::Failed(error)) = &mut end.interruption {
                        let host = self.template.host().into();
                        let (attempts, outcome) = (0, Outcome::NotApplied);
                        error.set_site_if_none(Site { source_id, status_type, host, attempts, outcome });
                    }
                    self.outputs.push(Output::EndActivity(id, end));
                }
            }
        }
    }

    /// Notifies the activities of a source of the end of a call that was made for them.
    pub(super) fn notify_activities(&mut self, call: &Call, settlement: Settlement) {
        let source = &call.change.source_id;
        match (call.role, settlement) {
            (Role::User, _) => {}
            (Role::Activation, settlement) => {
                let activation = match settlement {
                    Settlement::Done(_) => Activation::Done,
                    Settlement::Failed(error) => Activation::Failed(error),
                    Settlement::Cancelled => Activation::Cancelled(call.outcome_so_far()),
                };
                self.activities.activated(source, &activation);
            }
            (Role::Closing, Settlement::Failed(error)) => {
                let command = self.template.command(source, StatusType::Idle);
                self.activities.closed(source, Some(&error.into_left_active(command)));
            }
            (Role::Closing, _) => self.activities.closed(source, None),
        }
    }

    /// Returns the call that is under way for the activities of a source.
    pub(super) fn call_of_activities(&self, source: &SourceId) -> Option<CallId> {
        let is_theirs = |call: &Call| call.role != Role::User;
        self.lanes.calls(source).find(|id| self.calls.known(id).is_some_and(is_theirs))
    }
}
