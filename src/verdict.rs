//! What the end of an attempt means for the call: done, to be tried again, or over.

use crate::error::Outcome;

/// What the end of an attempt means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The service applied the change.
    Done,
    /// The service did not apply the change, and may do so when asked again.
    NotApplied,
    /// The service may have applied the change; asking again is idempotent in effect.
    Unknown,
    /// The token was refused: ask once more if there is another one.
    AskAgain,
    /// Asking again would not help.
    Final(Outcome),
}

impl Verdict {
    /// Whether the change may have been applied by an attempt that ended so.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Done | Self::Unknown => Outcome::Unknown,
            Self::NotApplied | Self::AskAgain => Outcome::NotApplied,
            Self::Final(outcome) => outcome,
        }
    }
}
