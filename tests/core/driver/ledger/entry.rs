//! What the ledger knows of a call and of an attempt.

use push_source_status::{AccessToken, CallId, Change, Millis, Outcome};

use crate::driver::reading::Ending;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CallEntry {
    pub change: Change,
    pub attempts: u32,
    /// How many attempts failed without being throttled.
    pub failures: u32,
    pub deadline: Option<Millis>,
    /// The end of the delay that was announced.
    pub not_before: Millis,
    pub worst: Outcome,
    pub refused: Option<AccessToken>,
    pub is_settled: bool,
}

impl CallEntry {
    pub fn new(change: Change) -> Self {
        Self {
            change,
            attempts: 0,
            failures: 0,
            deadline: None,
            not_before: 0,
            worst: Outcome::NotApplied,
            refused: None,
            is_settled: false,
        }
    }

    /// What is left of a call that has settled.
    pub fn settled(&self) -> Self {
        Self { is_settled: true, ..Self::new(self.change.clone()) }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AttemptEntry {
    pub call: CallId,
    pub sent: Millis,
    pub token: AccessToken,
    /// The head of a failing answer: its status, and the wait it asks for.
    pub head: Option<(u16, Option<u64>)>,
    /// Since when its call has no more use for it.
    pub over_at: Option<Millis>,
}

impl AttemptEntry {
    pub fn is_live(&self) -> bool {
        self.over_at.is_none()
    }

    /// How it ends if nothing more comes: as its head says, else as `otherwise`.
    pub fn ending_or(&self, otherwise: Ending) -> Ending {
        self.head.map_or(otherwise, |(http_status, retry_after_ms)| Ending::Answer { http_status, retry_after_ms })
    }
}
