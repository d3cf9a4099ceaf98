//! The ledger's account of a source that has or had activities.

use push_source_status::{CallId, Millis, SourceId};

use super::activities::Part;
use super::calls::{Call, Role};
use super::{Ledger, Rule};

/// A source and the requests for its activities.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Source {
    pub status: Status,
    /// Whether its active status is being set.
    pub is_activating: bool,
    /// The deadline of its closing `IDLE`, until that is sent.
    pub closing_due: Option<Millis>,
    /// The call that was sent last.
    pub last_sent: Option<CallId>,
}

/// The status of a source as far as its activities are concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Status {
    /// Whether an active status may have been applied for the present activities.
    pub may_be_active: bool,
    /// Whether the last request that may have been applied set an active status.
    pub is_left_active: bool,
    /// Whether an error has reported that.
    pub is_said: bool,
}

impl Source {
    /// Returns the part that still matters once its activities are over.
    fn at_rest(&self) -> Self {
        let status = Status { may_be_active: false, ..self.status };
        Self { status, is_activating: false, closing_due: None, last_sent: self.last_sent }
    }
}

impl Ledger {
    /// Notes a request to a source. Returns the status before, if it is sent for activities.
    pub(super) fn note_send_to(&mut self, id: &SourceId, call_id: CallId, call: &Call) -> Option<Status> {
        let is_early = call.role == Role::Closing && self.has_part(id, Part::is_live);
        let is_wanted = call.role != Role::Activation || self.has_part(id, Part::is_live);
        self.require(!is_early, Rule::EarlyIdle);
        self.require(is_wanted, Rule::Owned);
        let source = self.sources.get_mut(id)?;
        let is_next = source.last_sent.replace(call_id).is_none_or(|last| last <= call_id);
        let before = source.status;
        if call.role != Role::User {
            let is_said = before.is_said && !call.is_active();
            source.status = Status { may_be_active: true, is_left_active: call.is_active(), is_said };
        }
        let is_stray = call.role == Role::Closing && !before.may_be_active;
        let is_repeated = call.role == Role::Activation && call.attempts == 1 && before.may_be_active;
        self.require(is_next, Rule::Order);
        self.require(!is_stray, Rule::StrayIdle);
        self.require(!is_repeated, Rule::Owned);
        (call.role != Role::User).then_some(before)
    }

    /// Returns whether `IDLE` is all that is left to do for a source.
    pub(super) fn is_closing(&self, source: &SourceId) -> bool {
        self.has_part(source, Part::is_leaving)
    }

    pub(super) fn may_be_active(&self, source: &SourceId) -> bool {
        self.sources.get(source).is_some_and(|source| source.status.may_be_active)
    }

    /// Notes an error that reports a source as left active. It does not cover requests for others since.
    pub(super) fn note_said(&mut self, id: &SourceId) {
        let before = self.attempts.values_mut().filter(|attempt| attempt.source == *id);
        let before = before.filter_map(|attempt| attempt.before.as_mut());
        let now = self.sources.get_mut(id).map(|source| &mut source.status);
        for status in before.chain(now).filter(|status| !status.may_be_active) {
            status.is_said = true;
        }
    }

    /// Brings the sources up to date at the end of a step, and notes which of them begin to close.
    pub(super) fn close_sources(&mut self, now: Millis) {
        for (id, source) in self.sources.clone() {
            let mut statuses =
                self.activities.values().filter(|activity| activity.part(&id).is_some_and(Part::is_live));
            let first = statuses.next().map(|activity| activity.status);
            let is_overlap = statuses.any(|activity| Some(activity.status) != first);
            self.require(!is_overlap, Rule::Overlap);
            let has_call = self.calls.values().any(|call| call.role != Role::User && call.is_of(&id));
            if !self.has_part(&id, |_| true) {
                self.require(!source.status.is_left_active || source.status.is_said, Rule::LeftActive);
                self.require(!has_call, Rule::Owned);
                self.sources.insert(id, source.at_rest());
            } else if source.status.may_be_active && !has_call && !source.is_activating && self.is_closing(&id) {
                let due = source.closing_due.unwrap_or(now + Millis::from(self.setting.policy.close_timeout_ms));
                self.sources.entry(id).and_modify(|source| source.closing_due = Some(due));
            }
        }
    }
}
