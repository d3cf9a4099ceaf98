//! The ledger's account of the journal: what was written into it, and what has to be in it.

use std::collections::BTreeMap;

use push_source_status::policy::JOURNAL_MS;
use push_source_status::{CallId, EntryKind, Event, JournalEntry, Millis, Outcome, SourceId, StatusType, WriteId};

use super::activities::Part;
use super::calls::{Call, Role};
use super::{Ledger, Rule};

/// A journal, and the ledger's own opinion of what has to be in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Journal {
    /// The sources that may be active because of requests that were sent.
    facts: BTreeMap<SourceId, Facts>,
    entries: BTreeMap<SourceId, Entry>,
    /// The writes without an answer, each with its time.
    writes: BTreeMap<WriteId, (Millis, Vec<SourceId>)>,
    last_write: WriteId,
}

/// The active status that calls may have given a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    of_activity: Option<StatusType>,
    of_call: Option<StatusType>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Entry {
    what: (EntryKind, StatusType),
    /// The write, until it is answered.
    write: Option<WriteId>,
    /// Whether the source was already in the journal, by this write or by one whose entry it replaces.
    is_known: bool,
}

impl Facts {
    fn what(self) -> Option<(EntryKind, StatusType)> {
        let of_activity = self.of_activity.map(|status| (EntryKind::Activity, status));
        of_activity.or(self.of_call.map(|status| (EntryKind::Call, status)))
    }

    fn with(self, role: Role, status: StatusType) -> Self {
        match role {
            Role::User => Self { of_call: Some(status), ..self },
            _ => Self { of_activity: Some(status), ..self },
        }
    }
}

impl Journal {
    fn facts(&self, source: &SourceId) -> Facts {
        self.facts.get(source).copied().unwrap_or_default()
    }

    fn set_facts(&mut self, source: &SourceId, facts: Facts) {
        if facts.what().is_some() {
            self.facts.insert(source.clone(), facts);
        } else {
            self.facts.remove(source);
        }
    }

    fn put_out(&mut self, now: Millis, write: WriteId, entries: &[JournalEntry]) -> bool {
        let is_new = write > self.last_write && !entries.is_empty();
        self.last_write = write;
        self.writes.insert(write, (now, entries.iter().map(|entry| entry.source_id.clone()).collect()));
        is_new
    }

    /// Returns the sources of a write whose requests wait for it.
    fn waiting(&self, write: WriteId) -> Vec<SourceId> {
        let waits =
            |id: &SourceId, entry: &Entry| entry.write == Some(write) && self.facts(id).what() != Some(entry.what);
        self.entries.iter().filter(|(id, entry)| waits(id, entry)).map(|(id, _)| id.clone()).collect()
    }

    fn forget(&mut self, write: WriteId) -> Option<(Millis, Vec<SourceId>)> {
        for entry in self.entries.values_mut().filter(|entry| entry.write == Some(write)) {
            entry.write = None;
            entry.is_known = true;
        }
        self.writes.remove(&write)
    }

    /// Returns when the wait for the first unanswered write is over.
    pub fn next_due(&self) -> Option<Millis> {
        self.writes.values().map(|(at, _)| at + JOURNAL_MS).min()
    }
}

impl Ledger {
    /// Returns the writes without an answer.
    pub fn writes(&self) -> Vec<WriteId> {
        self.journal.iter().flat_map(|journal| journal.writes.keys().copied()).collect()
    }

    pub(super) fn note_opened(&mut self, now: Millis, write: WriteId, entries: &[JournalEntry]) {
        let Some(journal) = &mut self.journal else { return self.require(false, Rule::Write) };
        let mut is_right = journal.put_out(now, write, entries);
        for entry in entries {
            let what = (entry.kind, entry.status_type);
            let before = journal.entries.get(&entry.source_id);
            is_right &= entry.status_type != StatusType::Idle && before.is_none_or(|before| before.what != what);
            let is_known = before.is_some_and(|before| before.is_known);
            journal.entries.insert(entry.source_id.clone(), Entry { what, write: Some(write), is_known });
        }
        self.require(is_right, Rule::Write);
    }

    pub(super) fn note_struck(&mut self, now: Millis, write: WriteId, entries: &[JournalEntry]) {
        let Some(journal) = &mut self.journal else { return self.require(false, Rule::Write) };
        let mut is_right = journal.put_out(now, write, entries);
        for entry in entries {
            let before = journal.entries.remove(&entry.source_id);
            let is_asked_for = self.step.must_strike.remove(&entry.source_id);
            is_right &= before.map_or(is_asked_for, |before| before.what == (entry.kind, entry.status_type));
        }
        self.require(is_right, Rule::Write);
    }

    pub(super) fn note_written(&mut self, now: Millis, write: WriteId, is_written: bool) {
        let Some(journal) = &mut self.journal else { return };
        let waiting = journal.waiting(write);
        let Some((at, sources)) = journal.forget(write) else { return };
        // An answer that comes at the very moment of the timeout may count or not.
        if !is_written || now >= at + JOURNAL_MS {
            self.step.unwritten.extend(sources);
        }
        if !is_written {
            self.step.must_tell.extend(waiting);
        }
    }

    pub(super) fn give_up_writes(&mut self, now: Millis) {
        let Some(journal) = &mut self.journal else { return };
        let late = journal.writes.iter().filter(|(_, (at, _))| at + JOURNAL_MS <= now).map(|(&write, _)| write);
        for write in late.collect::<Vec<_>>() {
            self.step.must_tell.extend(journal.waiting(write));
            let sources = journal.forget(write).map(|(_, sources)| sources);
            self.step.unwritten.extend(sources.into_iter().flatten());
        }
    }

    pub(super) fn note_unwritten(&mut self, event: &Event) {
        let is_true = self.step.unwritten.contains(&event.change.source_id);
        self.step.must_tell.remove(&event.change.source_id);
        self.require(is_true, Rule::Write);
    }

    /// Returns how many calls to other sources wait for their entry to be written.
    pub(super) fn slots_of_writes(&self, source: &SourceId) -> usize {
        let Some(journal) = &self.journal else { return 0 };
        journal.writes.keys().flat_map(|&write| journal.waiting(write)).filter(|id| id != source).count()
    }

    /// Returns whether a source may get an active status now: it is in the journal, or could not be written in time.
    pub(super) fn is_journaled(&self, now: Millis, source: &SourceId) -> bool {
        let Some(journal) = &self.journal else { return true };
        let is_late = |write| journal.writes.get(&write).is_none_or(|(at, _)| at + JOURNAL_MS <= now);
        journal.entries.get(source).is_some_and(|entry| entry.is_known || entry.write.is_none_or(is_late))
    }

    pub(super) fn note_first_attempt(&mut self, id: CallId) {
        let (Some(journal), Some(call)) = (&mut self.journal, self.calls.get_mut(&id)) else { return };
        if call.is_active() {
            let source = &call.change.source_id;
            call.before = journal.facts(source);
            journal.set_facts(source, call.before.with(call.role, call.change.status_type));
        }
    }

    /// Notes that `IDLE` was applied, by any call.
    pub(super) fn note_idle(&mut self, source: &SourceId) {
        if let Some(journal) = &mut self.journal {
            journal.facts.remove(source);
            self.step.must_strike.insert(source.clone());
        }
    }

    /// Notes that a call has failed or was cancelled.
    pub(super) fn note_not_done(&mut self, call: &Call) {
        if let Some(journal) = &mut self.journal
            && call.is_active()
            && call.attempts > 0
            && call.worst == Outcome::NotApplied
        {
            journal.set_facts(&call.change.source_id, call.before);
        }
    }

    /// Checks at the end of a step that the journal has exactly the sources that may be active.
    pub(super) fn close_journal(&mut self) {
        let Some(journal) = self.journal.clone() else { return };
        for (source, facts) in &journal.facts {
            let is_known = journal.entries.contains_key(source);
            self.require(is_known && facts.what().is_some(), Rule::Journal);
        }
        for (source, entry) in &journal.entries {
            let facts = journal.facts(source);
            let is_true = facts.what() == Some(entry.what)
                || self.next_in_lane(source).is_some_and(|next| {
                    next.into_iter().any(|(role, status)| facts.with(role, status).what() == Some(entry.what))
                });
            self.require(is_true, Rule::StaleEntry);
        }
        self.require(self.step.must_strike.is_empty() && self.step.must_tell.is_empty(), Rule::Write);
    }

    /// Returns the role and the status of the call that is sent next for a source, if it is active and was not sent
    /// yet. A call for activities may not have been seen.
    fn next_in_lane(&self, source: &SourceId) -> Option<Vec<(Role, StatusType)>> {
        let first = self.calls.values().find(|call| call.is_of(source));
        let seen = first.filter(|call| call.is_active() && call.attempts == 0);
        let is_on_it = |activity: &&super::Activity| activity.part(source).is_some_and(Part::is_live);
        let is_activating = self.sources.get(source).is_some_and(|source| source.is_activating);
        let unseen = self
            .activities
            .values()
            .find(is_on_it)
            .filter(|_| is_activating)
            .map(|activity| (Role::Activation, activity.status));
        let all: Vec<_> = seen.map(|call| (call.role, call.change.status_type)).into_iter().chain(unseen).collect();
        (!all.is_empty()).then_some(all)
    }
}
