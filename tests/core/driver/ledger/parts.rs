//! The ways in which activities enter their sources and leave them.

use push_source_status::{ActivityId, ErrorCode, Millis, SourceId, StatusType, Terms};

use super::Ledger;
use super::activities::{Activity, Part, Stage, Why};

impl Ledger {
    pub fn note_begin(&mut self, id: ActivityId, sources: &[SourceId], status: StatusType, terms: Terms) {
        let activity = Activity::new(sources, status, terms);
        let busy = sources.iter().find_map(|source| self.busy(source, status));
        let closed = self.is_closed.then(|| Why::Failed(ErrorCode::Closed, activity.first_source().clone()));
        self.activities.insert(id, activity);
        if let Some(why) = closed.or(busy) {
            return self.turn_away(id, why);
        }
        for source in sources {
            self.sources.entry(source.clone()).or_default();
            if !self.is_closing(source) {
                self.enter(id, source);
            }
        }
    }

    /// Returns why an activity of this status cannot enter a source.
    fn busy(&self, source: &SourceId, status: StatusType) -> Option<Why> {
        let is_rival = |other: &&Activity| other.status != status && other.part(source).is_some_and(Part::is_live);
        self.activities.values().find(is_rival).map(|rival| Why::Busy(source.clone(), rival.status))
    }

    fn enter(&mut self, id: ActivityId, source: &SourceId) {
        let Some(status) = self.activities.get(&id).map(|activity| activity.status) else { return };
        if let Some(why) = self.busy(source, status) {
            return self.turn_away(id, why);
        }
        let Some(entry) = self.sources.get_mut(source) else { return };
        entry.is_activating |= !entry.status.may_be_active;
        let part = if entry.is_activating { Part::Waiting } else { Part::Settled { is_inactive: false } };
        self.set_part(id, source, part);
    }

    fn turn_away(&mut self, id: ActivityId, why: Why) {
        self.activities.entry(id).and_modify(|activity| activity.why = Some(why));
        self.leave(&[id]);
    }

    /// Ends an activity early. Its work gets its grace, if it has any.
    pub(super) fn interrupt(&mut self, now: Millis, id: ActivityId, why: Why) {
        let Some(activity) = self.activities.get_mut(&id) else { return };
        let was_working = activity.stage == Stage::Working;
        if !was_working && activity.stage != Stage::Waiting {
            return;
        }
        activity.why = Some(why);
        if was_working {
            self.step.must_abort.insert(id);
            if let Some(grace_ms) = activity.grace_ms {
                activity.stage = Stage::Stopping(now + grace_ms);
                return;
            }
        }
        self.leave(&[id]);
    }

    /// Removes activities from all their sources, at one moment.
    pub(super) fn leave(&mut self, ids: &[ActivityId]) {
        let mut left = Vec::new();
        for activity in ids.iter().filter_map(|id| self.activities.get(id)) {
            left.extend(activity.parts.iter().filter(|(_, part)| part.is_live()).map(|(source, _)| source.clone()));
        }
        for id in ids {
            let Some(activity) = self.activities.get_mut(id) else { continue };
            activity.stage = Stage::Left;
            for (_, part) in &mut activity.parts {
                *part = if part.is_live() { Part::Leaving } else { Part::Gone };
            }
        }
        for source in &left {
            self.let_go(source);
        }
    }

    /// Releases the activities that have left a source with which others go on, or which is certainly not active.
    pub(super) fn let_go(&mut self, source: &SourceId) {
        let is_closing =
            self.sources.get(source).is_some_and(|entry| entry.is_activating || entry.status.may_be_active);
        if !is_closing || self.has_part(source, Part::is_live) {
            let parts = self.activities.values_mut().filter_map(|activity| activity.part_mut(source));
            parts.filter(|part| part.is_leaving()).for_each(|part| *part = Part::Gone);
        }
    }

    /// Notes that the active status of a source was set.
    pub(super) fn note_activated(&mut self, source: &SourceId) {
        for activity in self.activities.values_mut() {
            match activity.part_mut(source) {
                Some(part @ Part::Waiting) => *part = Part::Settled { is_inactive: false },
                Some(part @ Part::Settled { is_inactive: true }) => *part = Part::Recovered,
                _ => {}
            }
        }
    }

    /// Notes that the active status of a source could not be set.
    pub(super) fn note_not_activated(&mut self, source: &SourceId, code: ErrorCode) {
        let mut stopped = Vec::new();
        for (&id, activity) in &mut self.activities {
            let starts = activity.starts_after(code);
            let Some(part) = activity.part_mut(source).filter(|part| part.is_waiting()) else { continue };
            if starts {
                *part = Part::Settled { is_inactive: true };
            } else {
                activity.why = Some(Why::Failed(code, source.clone()));
                stopped.push(id);
            }
        }
        self.leave(&stopped);
        self.let_go(source);
    }

    /// Notes the end of a closing `IDLE`. Activities that waited for it begin again.
    pub(super) fn note_closed(&mut self, source: &SourceId, is_left_active: bool) {
        if let Some(entry) = self.sources.get_mut(source) {
            entry.status.may_be_active = false;
        }
        let mut queued = Vec::new();
        for (&id, activity) in &mut self.activities {
            let Some(part) = activity.part_mut(source) else { continue };
            match *part {
                Part::Leaving => {
                    *part = Part::Gone;
                    if is_left_active {
                        activity.left_active.insert(source.clone());
                    }
                }
                Part::Queued => queued.push(id),
                _ => {}
            }
        }
        for id in queued {
            // It has left if another of its sources has turned out to be busy.
            if self.activities.get(&id).and_then(|activity| activity.part(source)) == Some(Part::Queued) {
                self.enter(id, source);
            }
        }
    }

    fn set_part(&mut self, id: ActivityId, source: &SourceId, to: Part) {
        if let Some(part) = self.activities.get_mut(&id).and_then(|activity| activity.part_mut(source)) {
            *part = to;
        }
    }

    pub(super) fn has_part(&self, source: &SourceId, is_such: impl Fn(Part) -> bool) -> bool {
        self.activities.values().any(|activity| activity.part(source).is_some_and(&is_such))
    }
}
