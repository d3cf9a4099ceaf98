//! The ledger's account of a call.

use push_source_status::{AccessToken, CallId, Change, Millis, Outcome, SourceId, StatusType};

use super::journal::Facts;
use super::{Ledger, Rule};

/// A call that has not settled.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    pub change: Change,
    pub role: Role,
    pub attempts: u32,
    /// How many attempts failed without being throttled.
    pub failures: u32,
    pub deadline: Option<Millis>,
    /// The end of the delay that was announced.
    pub not_before: Millis,
    pub worst: Outcome,
    pub refused: Option<AccessToken>,
    /// The state of its source before its first request, if there is a journal.
    pub before: Facts,
}

/// The maker of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    User,
    Activation,
    Closing,
}

impl Call {
    pub fn new(change: Change, role: Role, deadline: Option<Millis>) -> Self {
        Self {
            change,
            role,
            attempts: 0,
            failures: 0,
            deadline,
            not_before: 0,
            worst: Outcome::NotApplied,
            refused: None,
            before: Facts::default(),
        }
    }

    pub fn is_of(&self, source: &SourceId) -> bool {
        self.change.source_id == *source
    }

    pub fn is_active(&self) -> bool {
        self.change.status_type != StatusType::Idle
    }
}

impl Ledger {
    pub fn note_start(&mut self, call: CallId, change: Change) {
        let last = self.calls.last_key_value().map(|(&last, _)| last).max(self.settled.last().copied());
        self.require(last.is_none_or(|last| last < call), Rule::Order);
        self.calls.insert(call, Call::new(change, Role::User, None));
    }

    /// Notes a call for activities when it is first seen.
    pub(super) fn meet(&mut self, now: Millis, id: CallId, change: &Change) {
        let source = &change.source_id;
        let is_alone = !self.calls.values().any(|call| call.role != Role::User && call.is_of(source));
        self.require(is_alone && self.sources.contains_key(source), Rule::Owned);
        let call = if change.status_type == StatusType::Idle {
            // It began when the source had nothing else to do. That was in this step, unless it was seen waiting
            // before.
            let due = self.sources.get_mut(source).and_then(|source| source.closing_due.take());
            let deadline = due.unwrap_or(now + Millis::from(self.setting.policy.close_timeout_ms));
            Call::new(change.clone(), Role::Closing, Some(deadline))
        } else {
            Call::new(change.clone(), Role::Activation, None)
        };
        self.calls.insert(id, call);
    }

    /// Gives a closing `IDLE` whose time went by during a jump of the clock the time of one attempt.
    pub(super) fn forgive_jump(&mut self, now: Millis) {
        let due = now + Millis::from(self.setting.policy.attempt_timeout_ms);
        let unsent = self.sources.values_mut().filter_map(|source| source.closing_due.as_mut());
        let sent = self.calls.values_mut().filter(|call| call.role == Role::Closing);
        for deadline in unsent.chain(sent.filter_map(|call| call.deadline.as_mut())) {
            *deadline = due.max(*deadline);
        }
    }

    /// Returns whether a call waits although the gate opens only after its time is up. A closing `IDLE` may do so.
    pub(super) fn has_hopeless_call(&self, now: Millis) -> bool {
        let wait = self.gate.wait(now);
        let is_waiting = |id| !self.attempts.values().any(|attempt| attempt.call == id && attempt.is_live());
        let is_hopeless = |call: &Call| call.role != Role::Closing && wait > self.time_left(now, call);
        self.calls.iter().any(|(&id, call)| is_hopeless(call) && is_waiting(id))
    }

    /// Returns how much time a call has until it fails.
    pub(super) fn time_left(&self, now: Millis, call: &Call) -> Millis {
        let total = Millis::from(self.setting.policy.total_timeout_ms);
        call.deadline.map_or(total, |deadline| deadline.saturating_sub(now))
    }
}
