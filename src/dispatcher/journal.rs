//! The sources that may be active because of this client, for its journal.

use super::call::{Call, CallId, Change, Role};
use crate::identifier::SourceId;
use crate::sorted_map::SortedMap;
use crate::status::StatusType;
use crate::words::words;

words! {
    /// The reason why a source may be active.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "web", tsify(rename = "JournalEntryKind"))]
    pub enum EntryKind {
        /// An activity. Whoever finds it unfinished may set `IDLE`.
        Activity = "activity",
        /// A call by the user. Its status may be meant to stay.
        Call = "call",
    }
}

/// A source that may be active. A journal has at most one entry for a source, the newest.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "web", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct JournalEntry {
    /// The source.
    pub source_id: SourceId,
    /// The status that it may have.
    pub status_type: StatusType,
    /// Why it may be active.
    pub kind: EntryKind,
}

/// The id of a write: entries that are handed to the journal together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriteId(pub u64);

/// The active statuses that a source may have because of this client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct MaybeActive {
    by_activity: Option<StatusType>,
    by_call: Option<StatusType>,
}

impl MaybeActive {
    /// An activity takes precedence over a call, since its source has to be set to `IDLE` in any case.
    fn kind_and_status(self) -> Option<(EntryKind, StatusType)> {
        let of_call = self.by_call.map(|status| (EntryKind::Call, status));
        self.by_activity.map(|status| (EntryKind::Activity, status)).or(of_call)
    }

    fn entry(self, source: &SourceId) -> Option<JournalEntry> {
        let (kind, status_type) = self.kind_and_status()?;
        Some(JournalEntry { source_id: source.clone(), status_type, kind })
    }
}

/// The sources that may be active, and the writes that have no answer yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Journal {
    sources: SortedMap<SourceId, MaybeActive>,
    writes: SortedMap<WriteId, Vec<Reason>>,
    last_write: WriteId,
}

/// The call that is the reason for an entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reason {
    pub(super) call: CallId,
    pub(super) role: Role,
    pub(super) change: Change,
    pub(super) attempts: u32,
    /// Whether the call waits for the write.
    pub(super) is_awaited: bool,
}

impl Reason {
    pub(super) fn of(id: CallId, call: &Call) -> Self {
        Self { call: id, role: call.role, change: call.change.clone(), attempts: call.attempts, is_awaited: false }
    }
}

impl Journal {
    pub(super) fn get(&self, source: &SourceId) -> MaybeActive {
        self.sources.get(source).copied().unwrap_or_default()
    }

    /// Notes that a source may get an active status. Returns the entry to open, unless it is already open.
    pub(super) fn open(&mut self, source: &SourceId, kind: EntryKind, status: StatusType) -> Option<EntryChange> {
        let before = self.get(source);
        let now = match kind {
            EntryKind::Activity => MaybeActive { by_activity: Some(status), ..before },
            EntryKind::Call => MaybeActive { by_call: Some(status), ..before },
        };
        self.sources.insert(source.clone(), now);
        let is_new = now.kind_and_status() != before.kind_and_status();
        now.entry(source).filter(|_| is_new).map(EntryChange::Opened)
    }

    /// Goes back to an earlier state of a source, since nothing has been applied to it since. Returns the entry to open
    /// again or to close.
    pub(super) fn restore(&mut self, source: &SourceId, before: MaybeActive) -> Option<EntryChange> {
        let undone = self.get(source);
        if before == MaybeActive::default() {
            self.sources.take(source);
        } else {
            self.sources.insert(source.clone(), before);
        }
        if before.kind_and_status() == undone.kind_and_status() {
            return None;
        }
        before.entry(source).map(EntryChange::Opened).or_else(|| undone.entry(source).map(EntryChange::Closed))
    }

    /// Notes that a source is idle, and returns the entry to close. There is one even if nothing was open: another
    /// client may have left the source active, and its entry is closed by this too.
    pub(super) fn close(&mut self, source: &SourceId, kind: EntryKind) -> EntryChange {
        let open = self.sources.take(source).and_then(|status| status.entry(source));
        let of_others = || JournalEntry { source_id: source.clone(), status_type: StatusType::Idle, kind };
        EntryChange::Closed(open.unwrap_or_else(of_others))
    }

    pub(super) fn next_write(&mut self) -> WriteId {
        self.last_write.0 += 1;
        self.writes.insert(self.last_write, Vec::new());
        self.last_write
    }

    /// Adds the reason for an entry to its write.
    pub(super) fn add(&mut self, write: WriteId, reason: Reason) {
        if let Some(reasons) = self.writes.known_mut(&write) {
            reasons.push(reason);
        }
    }

    /// Ends a write. Returns the reasons for its entries, or `None` if it had ended before.
    pub(super) fn end_write(&mut self, write: WriteId) -> Option<Vec<Reason>> {
        self.writes.remove(&write)
    }

    /// Notes that a call no longer waits for a write.
    pub(super) fn forget(&mut self, write: WriteId, call: CallId) {
        for reason in self.writes.known_mut(&write).into_iter().flatten() {
            reason.is_awaited &= reason.call != call;
        }
    }

    pub(super) fn is_writing(&self) -> bool {
        !self.writes.is_empty()
    }

    /// Returns the number of calls that wait for a write.
    pub(super) fn awaited(&self) -> usize {
        self.writes.iter().flat_map(|(_, reasons)| reasons).filter(|reason| reason.is_awaited).count()
    }
}

/// A change to the entry of a source.
pub(super) enum EntryChange {
    Opened(JournalEntry),
    Closed(JournalEntry),
}
