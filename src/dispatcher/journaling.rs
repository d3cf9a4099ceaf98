//! Writes to the journal: before a source may be active, and when it is idle again.

use super::call::{Call, CallId, Change, Phase, Settlement};
use super::journal::{EntryChange, Reason, WriteId};
use super::output::{Event, EventKind, Output};
use super::timers::Wake;
use super::{Dispatcher, Now};
use crate::error::{Cause, Outcome};
use crate::policy::JOURNAL_MS;
use crate::status::StatusType;

impl Dispatcher {
    /// Holds back a call that is about to be sent until the journal names its source. Returns whether it has to wait.
    pub(super) fn await_journal(&mut self, now: Now, id: CallId) -> bool {
        let (Some(journal), Some(call)) = (&mut self.journal, self.calls.known_mut(&id)) else { return false };
        let Change { source_id, status_type } = &call.change;
        if *status_type == StatusType::Idle || call.before.is_some() {
            return false;
        }
        call.before = Some(journal.get(source_id));
        let Some(change) = journal.open(source_id, call.role.entry_kind(), *status_type) else { return false };
        let reason = Reason { is_awaited: true, ..Reason::of(id, call) };
        let Some(write) = self.write(now, change, reason) else { return false };
        if let Some(call) = self.calls.known_mut(&id) {
            call.phase = Phase::AwaitingJournal(write);
        }
        true
    }

    /// Sends the calls that waited for a write, whether it succeeded or failed.
    pub(super) fn on_journaled(&mut self, write: WriteId, answer: Result<(), Option<Cause>>) {
        let reasons = self.journal.as_mut().and_then(|journal| journal.end_write(write));
        self.timers.clear(Wake::Journal(write));
        let failure = answer.map_err(|cause| cause.map(|cause| cause.redacted(self.tokens.held()))).err();
        for Reason { call, role, change, attempts, is_awaited } in reasons.unwrap_or_default() {
            if self.is_observed
                && let Some(cause) = &failure
            {
                let kind = EventKind::JournalFailed(cause.clone());
                let owner = self.owner(call, role, &change.source_id);
                self.outputs.push(Output::Emit(Event { owner, call, change, attempt: attempts, kind }));
            }
            if is_awaited {
                self.requeue(call);
            }
        }
    }

    pub(super) fn on_journal_timeout(&mut self, write: WriteId) {
        let message = format!("the journal took more than {JOURNAL_MS} ms");
        self.on_journaled(write, Err(Some(Cause { name: "TimeoutError".into(), message, code: None })));
    }

    /// Brings the entry of a source up to date at the end of a call.
    pub(super) fn journal_end(&mut self, now: Now, id: CallId, call: &Call, settlement: &Settlement) {
        let Some(journal) = &mut self.journal else { return };
        let Change { source_id, status_type } = &call.change;
        let is_done = matches!(settlement, Settlement::Done(_));
        let outcome = if *settlement == Settlement::Cancelled { call.outcome_so_far() } else { call.outcome };
        let change = match call.before {
            _ if is_done && *status_type == StatusType::Idle => Some(journal.close(source_id, call.role.entry_kind())),
            Some(before) if !is_done && outcome == Outcome::NotApplied => journal.restore(source_id, before),
            _ => None,
        };
        if let Some(change) = change {
            self.write(now, change, Reason::of(id, call));
        }
    }

    /// Puts out a change to an entry, in one write with those that came just before.
    fn write(&mut self, now: Now, change: EntryChange, reason: Reason) -> Option<WriteId> {
        let Self { journal: Some(journal), outputs, timers, .. } = self else { return None };
        // Events are skipped, so that the writes are the same with and without an observer.
        let before = outputs.iter_mut().rev().find(|output| !matches!(output, Output::Emit(_)));
        let write = match (change, before) {
            (EntryChange::Opened(entry), Some(Output::Opened { write, entries }))
            | (EntryChange::Closed(entry), Some(Output::Closed { write, entries })) => {
                entries.push(entry);
                *write
            }
            (change, _) => {
                let write = journal.next_write();
                timers.set(Wake::Journal(write), now.ms + JOURNAL_MS);
                outputs.push(match change {
                    EntryChange::Opened(entry) => Output::Opened { write, entries: vec![entry] },
                    EntryChange::Closed(entry) => Output::Closed { write, entries: vec![entry] },
                });
                write
            }
        };
        journal.add(write, reason);
        Some(write)
    }
}
