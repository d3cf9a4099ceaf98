//! What goes into the activities of a source, and what comes out.

use super::ActivityId;
use crate::error::{Error, ErrorCode, Outcome};
use crate::identifier::SourceId;
use crate::invalid::Invalid;
use crate::status::StatusType;
use crate::words::{choose, words};

words! {
    /// The reaction of an activity to a failure to set its active status.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum OnActivationFailure {
        /// Does not start the work.
        #[default]
        Stop = "stop",
        /// Starts the work all the same, where the service or the network is the reason.
        Continue = "continue",
    }
}

impl OnActivationFailure {
    /// Reads the option `onActivationFailure`.
    ///
    /// # Errors
    /// For anything but `stop` and `continue`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        choose("onActivationFailure", text, Self::WORDS, &Self::ALL)
    }

    /// Whether the work starts after this failure.
    pub(super) fn starts_work_after(self, error: &Error) -> bool {
        let passes = [ErrorCode::Throttled, ErrorCode::Unavailable, ErrorCode::Timeout, ErrorCode::Network];
        self == Self::Continue && passes.contains(&error.code())
    }
}

/// Why an activity ended early.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Interruption {
    /// The caller aborted it.
    Aborted,
    /// Its active status could not be set, or the client was closed.
    Failed(Error),
}

/// How an activity ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActivityEnd {
    /// Why it ended early; nothing if its work ended by itself.
    pub interruption: Option<Interruption>,
    /// Why `IDLE` could not be set, where that was needed: one error for all sources where that is so.
    pub left_active: Option<Error>,
}

/// How the active status of a source came out.
pub(crate) enum Activation {
    Done,
    Failed(Error),
    /// Every activity that wanted it was aborted; whether it may have been applied.
    Cancelled(Outcome),
}

impl Activation {
    /// Whether the source may have the active status now.
    pub(super) fn may_be_active(&self) -> bool {
        match self {
            Self::Done => true,
            Self::Failed(error) => error.site().is_some_and(|site| site.outcome == Outcome::Unknown),
            Self::Cancelled(outcome) => *outcome == Outcome::Unknown,
        }
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// Set the source to its active status.
    Activate(SourceId, StatusType),
    /// Nobody wants the active status any more.
    CancelActivation(SourceId),
    /// Set the source to `IDLE`.
    Close(SourceId),
    /// The work may start, although these sources could not be set.
    Start(ActivityId, Vec<SourceId>),
    /// The work has to stop.
    AbortWork(ActivityId, Interruption),
    /// The work has this long to stop, in milliseconds.
    Grace(ActivityId, u64),
    /// The activity is over; what it was interrupted by is about this source and status, unless it says otherwise.
    End(ActivityId, (SourceId, StatusType), ActivityEnd),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_do_after_a_failed_activation_is_one_of_two_words() {
        assert_eq!(OnActivationFailure::parse("stop").unwrap(), OnActivationFailure::Stop);
        assert_eq!(OnActivationFailure::parse("continue").unwrap(), OnActivationFailure::Continue);
        assert_eq!(
            OnActivationFailure::parse("").unwrap_err().to_string(),
            "onActivationFailure \"\" is not known; use stop or continue"
        );
    }
}
