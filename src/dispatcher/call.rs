//! A call: one change of status, from its start to its settlement.

use super::budget::Budget;
use super::ending::Ending;
use super::journal::{EntryKind, MaybeActive, WriteId};
use super::ready::Priority;
use super::{AttemptId, Millis};
use crate::error::{Error, Outcome};
use crate::identifier::SourceId;
use crate::status::StatusType;
use crate::token::AccessToken;

/// The id of a call. Ids count up, so their order is the order in which the calls were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

/// The id of a bulk: a group of calls that were made together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BulkId(pub u64);

/// The change that a call is to make.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The source.
    pub source_id: SourceId,
    /// The status to set.
    pub status_type: StatusType,
}

/// Who made a call, and so who is notified of its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// The user.
    User,
    /// The activities of its source, to set their active status.
    Activation,
    /// The activities of its source, to set `IDLE` after the last of them.
    Closing,
}

impl Role {
    pub(super) fn entry_kind(self) -> EntryKind {
        match self {
            Self::User => EntryKind::Call,
            Self::Activation | Self::Closing => EntryKind::Activity,
        }
    }
}

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Phase {
    /// In its lane, or ready to be sent.
    Waiting,
    /// Waiting for the token that was asked for.
    AwaitingToken,
    /// Waiting for the journal, which has to name the source first.
    AwaitingJournal(WriteId),
    /// An attempt is under way.
    InFlight(AttemptId),
    /// Between two attempts.
    BackingOff,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Call {
    pub(super) change: Change,
    pub(super) role: Role,
    pub(super) bulk: Option<BulkId>,
    pub(super) budget: Budget,
    pub(super) phase: Phase,
    pub(super) made_at: Millis,
    pub(super) attempts: u32,
    /// How many attempts failed without being throttled. The backoff grows with this number.
    pub(super) failures: u32,
    /// The worst outcome of the attempts that have ended.
    pub(super) outcome: Outcome,
    /// How the last attempt ended.
    pub(super) last: Option<Box<Ending>>,
    /// The token that the service refused, once another one was asked for.
    pub(super) refused: Option<AccessToken>,
    /// The state of the source before the call was sent. Set only for a client with a journal.
    pub(super) before: Option<MaybeActive>,
}

impl Call {
    pub(super) fn new(change: Change, role: Role, bulk: Option<BulkId>, budget: Budget, made_at: Millis) -> Self {
        Self {
            change,
            role,
            bulk,
            budget,
            phase: Phase::Waiting,
            made_at,
            attempts: 0,
            failures: 0,
            outcome: Outcome::NotApplied,
            last: None,
            refused: None,
            before: None,
        }
    }

    /// Returns whether the call still has to get its first attempt in any case.
    pub(super) fn is_owed(&self) -> bool {
        self.budget.owes_attempt && self.attempts == 0
    }

    /// Returns the outcome if the call ended now.
    pub(super) fn outcome_so_far(&self) -> Outcome {
        match self.phase {
            Phase::InFlight(_) => Outcome::Unknown,
            Phase::Waiting | Phase::AwaitingToken | Phase::AwaitingJournal(_) | Phase::BackingOff => self.outcome,
        }
    }

    pub(super) fn priority(&self) -> Priority {
        match self.bulk {
            _ if self.budget.owes_attempt => Priority::Closing,
            None => Priority::Single,
            Some(_) => Priority::Bulk,
        }
    }
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Settlement {
    /// The status was set.
    Done(StatusUpdate),
    /// The status was not set, or may not have been.
    Failed(Error),
    /// The user cancelled the call.
    Cancelled,
}

/// A change that the service has applied.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "web", derive(tsify::Tsify), serde(rename_all = "camelCase"))]
pub struct StatusUpdate {
    /// The id of the source.
    #[cfg_attr(feature = "web", tsify(type = "string"))]
    pub source_id: SourceId,
    /// The status that the source has now.
    pub status_type: StatusType,
    /// The HTTP status of the answer, usually 201.
    pub http_status: u16,
    /// The number of requests sent, at least 1.
    pub attempts: u32,
    /// The time from the call to the answer, in milliseconds.
    #[cfg_attr(feature = "web", tsify(type = "number"))]
    pub elapsed_ms: Millis,
}
