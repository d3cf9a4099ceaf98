//! What the ledger knows of an activity: it enters each of its sources by itself, and leaves all of them at once.

use std::collections::BTreeSet;

use push_source_status::{ActivityId, ErrorCode, Millis, OnActivationFailure, SourceId, StatusType, Terms};

use super::Ledger;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Activity {
    pub status: StatusType,
    pub on_failure: OnActivationFailure,
    pub grace_ms: Option<Millis>,
    pub stage: Stage,
    /// Its sources in the order in which they were given, and how far it is with each.
    pub parts: Vec<(SourceId, Part)>,
    /// Why it ends early, once that is known.
    pub why: Option<Why>,
    /// Where `IDLE` could not be set.
    pub left_active: BTreeSet<SourceId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Its work has not started.
    Waiting,
    Working,
    /// Its work was aborted, and has until then to stop.
    Stopping(Millis),
    /// It wants nothing more of its sources than their end.
    Left,
}

/// How far an activity is with one of its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Begun while the source was closing: begins anew after that.
    Queued,
    /// The active status is being set.
    Waiting,
    /// The source is active, or could not be activated and the work starts all the same.
    Settled {
        is_inactive: bool,
    },
    /// It was the last one, and waits until the source is closed.
    Leaving,
    Gone,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    Aborted,
    /// With the source at which it failed.
    Failed(ErrorCode, SourceId),
    /// With the source that is busy, and the status that it has.
    Busy(SourceId, StatusType),
}

impl Part {
    pub fn is_live(self) -> bool {
        matches!(self, Self::Waiting | Self::Settled { .. })
    }

    pub fn is_waiting(self) -> bool {
        self == Self::Waiting
    }

    pub fn is_leaving(self) -> bool {
        self == Self::Leaving
    }
}

impl Activity {
    pub fn new(sources: &[SourceId], status: StatusType, terms: Terms) -> Self {
        let Terms { on_activation_failure: on_failure, grace_ms } = terms;
        let parts = sources.iter().map(|source| (source.clone(), Part::Queued)).collect();
        Self { status, on_failure, grace_ms, stage: Stage::Waiting, parts, why: None, left_active: BTreeSet::new() }
    }

    pub fn part(&self, source: &SourceId) -> Option<Part> {
        self.parts.iter().find(|(id, _)| id == source).map(|&(_, part)| part)
    }

    pub fn part_mut(&mut self, source: &SourceId) -> Option<&mut Part> {
        self.parts.iter_mut().find(|(id, _)| id == source).map(|(_, part)| part)
    }

    pub fn first_source(&self) -> &SourceId {
        &self.parts[0].0
    }

    /// Whether its work starts although the active status could not be set.
    fn starts_after(&self, code: ErrorCode) -> bool {
        let passes = [ErrorCode::Throttled, ErrorCode::Unavailable, ErrorCode::Timeout, ErrorCode::Network];
        self.on_failure == OnActivationFailure::Continue && passes.contains(&code)
    }
}

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

    /// Why an activity of this status cannot enter a source.
    fn busy(&self, source: &SourceId, status: StatusType) -> Option<Why> {
        let is_rival =
            |other: &&super::Activity| other.status != status && other.part(source).is_some_and(Part::is_live);
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

    /// Ends an activity early: its work has its grace, if it has any.
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

    /// Activities leave all their sources, at one moment.
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
        // Where others go on, nothing is left to wait for.
        for source in left.iter().filter(|source| self.has_part(source, Part::is_live)).cloned().collect::<Vec<_>>() {
            ids.iter().for_each(|&id| self.set_part(id, &source, Part::Gone));
        }
    }

    /// The active status of a source was set.
    pub(super) fn note_activated(&mut self, source: &SourceId) {
        for activity in self.activities.values_mut() {
            if let Some(part) = activity.part_mut(source).filter(|part| part.is_live()) {
                *part = Part::Settled { is_inactive: false };
            }
        }
    }

    /// The active status of a source could not be set.
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
    }

    /// The closing `IDLE` of a source has ended: what waited for that begins anew.
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
            // One that was found busy elsewhere meanwhile has left.
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
