//! The start of an activity's work, and the end of the activity.

use push_source_status::{ActivityEnd, ActivityId, Error, ErrorCode, Interruption, SourceId};

use super::activities::{Activity, Part, Stage, Why};
use super::{Ledger, Rule};

impl Ledger {
    pub(super) fn note_work(&mut self, id: ActivityId, inactive: &[SourceId]) {
        let Some(activity) = self.activities.get_mut(&id) else { return self.require(false, Rule::AfterEnd) };
        let is_due = activity.is_ready();
        let is_named = |(source, part): &&(SourceId, Part)| match part {
            Part::Settled { is_inactive } => *is_inactive,
            _ => inactive.contains(source),
        };
        let is_named = activity.parts.iter().filter(is_named).map(|(source, _)| source).eq(inactive);
        activity.stage = Stage::Working;
        let parts = activity.parts.clone();
        let is_true = parts.iter().all(|(source, _)| inactive.contains(source) || self.may_be_active(source));
        self.require(is_due, Rule::Work);
        self.require(is_named && is_true, Rule::Inactive);
    }

    pub(super) fn note_end(&mut self, id: ActivityId, end: &ActivityEnd) {
        let Some(activity) = self.activities.remove(&id) else { return self.require(false, Rule::AfterEnd) };
        let has_left = activity.stage == Stage::Left;
        let is_early = activity.parts.iter().any(|(source, part)| part.is_leaving() && self.may_be_active(source));
        self.require(has_left && is_true_end(&activity, end.interruption.as_ref()), Rule::Report);
        self.require(!is_early, Rule::EarlyEnd);
        self.require(is_true_rest(&activity, end.left_active.as_ref()), Rule::LeftActive);
        for source in &activity.left_active {
            self.note_said(source);
        }
    }

    /// Checks at the end of a step that every activity that waits for nothing has gone on.
    pub(super) fn close_activities(&mut self) {
        let is_idle = |activity: &Activity| activity.is_ready();
        let is_late = |activity: &Activity| {
            let waits = |(source, part): &(SourceId, Part)| part.is_leaving() && self.may_be_active(source);
            activity.stage == Stage::Left && !activity.parts.iter().any(waits)
        };
        let has_idle = self.activities.values().any(is_idle);
        let has_late = self.activities.values().any(is_late);
        self.require(!has_idle, Rule::Work);
        self.require(!has_late, Rule::LateEnd);
    }
}

impl Activity {
    /// Returns whether its work waits for nothing more.
    fn is_ready(&self) -> bool {
        let is_settled = |(_, part): &(SourceId, Part)| part.is_live() && !part.is_waiting();
        self.stage == Stage::Waiting && self.parts.iter().all(is_settled)
    }
}

/// Returns whether an activity reports the true reason for its end, and the right source.
fn is_true_end(activity: &Activity, interruption: Option<&Interruption>) -> bool {
    let names = |error: &Error, source: &SourceId| {
        error.site().is_some_and(|site| site.source_id == *source && site.status_type == activity.status)
    };
    match (&activity.why, interruption) {
        (None, None) | (Some(Why::Aborted), Some(Interruption::Aborted)) => true,
        (Some(Why::Failed(code, source)), Some(Interruption::Failed(error))) => {
            error.code() == *code && names(error, source)
        }
        (Some(Why::Busy(source, status)), Some(Interruption::Failed(error))) => {
            error.code() == ErrorCode::Busy && error.active_status() == Some(*status) && names(error, source)
        }
        _ => false,
    }
}

/// Returns whether an error names exactly the sources that were left active.
fn is_true_rest(activity: &Activity, left_active: Option<&Error>) -> bool {
    let sources: Vec<&SourceId> = activity.left_active.iter().collect();
    match (sources.as_slice(), left_active) {
        ([], None) => true,
        ([], Some(_)) | (_, None) => false,
        (_, Some(error)) if error.code() != ErrorCode::LeftActive => false,
        ([source], Some(error)) => {
            error.site().is_some_and(|site| site.source_id == **source) && error.sources().is_empty()
        }
        (all, Some(error)) => {
            let mut named = error.sources();
            named.sort_unstable();
            let lines = error.hint().map_or(0, |hint| hint.lines().count());
            named.iter().eq(all.iter().copied()) && error.site().is_none() && lines == all.len()
        }
    }
}
