//! The verdict on an attempt: whether its call is done, over, or worth another attempt.

use crate::error::Outcome;

/// The meaning of the end of an attempt for its call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The service applied the change.
    Done,
    /// The service did not apply the change, and may do so if it is asked again.
    NotApplied,
    /// The service may have applied the change. Asking again is harmless, since the operation is idempotent.
    Unknown,
    /// The service refused the token. Ask once more if there is another one.
    AskAgain,
    /// Asking again would not help.
    Final(Outcome),
}

impl Verdict {
    /// Returns whether an attempt with this verdict may have been applied.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Done | Self::Unknown => Outcome::Unknown,
            Self::NotApplied | Self::AskAgain => Outcome::NotApplied,
            Self::Final(outcome) => outcome,
        }
    }
}
