//! The options of activities, their results, and the steps that they ask for.

use super::ActivityId;
use crate::error::{Error, ErrorCode, Outcome};
use crate::identifier::SourceId;
use crate::invalid::Invalid;
use crate::status::StatusType;
use crate::words::{choose, words};

words! {
    /// The reaction of an activity if its active status cannot be set.
    ///
    /// - `stop`: the work does not start, and the activity fails
    /// - `continue`: the work starts all the same if the error is `throttled`, `unavailable`, `timeout` or `network`
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum OnActivationFailure {
        /// The work does not start, and the activity fails.
        #[default]
        Stop = "stop",
        /// The work starts all the same, if the service or the network was the reason.
        Continue = "continue",
    }
}

impl OnActivationFailure {
    /// Parses the option `onActivationFailure`.
    ///
    /// # Errors
    /// Anything but `stop` and `continue` is an error.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        choose("onActivationFailure", text, Self::WORDS, &Self::ALL)
    }

    /// Returns whether the work starts after an error.
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
    /// Why it ended early. `None` if its work ended by itself.
    pub interruption: Option<Interruption>,
    /// Why `IDLE` could not be set, in one error for all sources that were left active.
    pub left_active: Option<Error>,
}

/// The result of setting the active status of a source.
pub(crate) enum Activation {
    Done,
    Failed(Error),
    /// Every activity that needed it was aborted. Holds whether it may have been applied.
    Cancelled(Outcome),
}

impl Activation {
    /// Returns whether the source may have the active status now.
    pub(super) fn may_be_active(&self) -> bool {
        match self {
            Self::Done => true,
            Self::Failed(error) => error.site().is_some_and(|site| site.outcome == Outcome::Unknown),
            Self::Cancelled(outcome) => *outcome == Outcome::Unknown,
        }
    }
}

/// Something that the activities ask for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// Set the source to its active status.
    Activate(SourceId, StatusType),
    /// Cancel the call that sets the active status.
    CancelActivation(SourceId),
    /// Set the source to `IDLE`.
    Close(SourceId),
    /// Start the work. The active status of these sources could not be set.
    Start(ActivityId, Vec<SourceId>),
    /// Tell the work to stop.
    AbortWork(ActivityId, Interruption),
    /// Give the work this long to stop, in milliseconds.
    Grace(ActivityId, u64),
    /// End the activity. The source and status complete the error of an interruption that names none.
    End(ActivityId, (SourceId, StatusType), ActivityEnd),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_activation_failure_is_one_of_two_words() {
        assert_eq!(OnActivationFailure::parse("stop").unwrap(), OnActivationFailure::Stop);
        assert_eq!(OnActivationFailure::parse("continue").unwrap(), OnActivationFailure::Continue);
        assert_eq!(
            OnActivationFailure::parse("").unwrap_err().to_string(),
            "onActivationFailure \"\" is not known; use stop or continue"
        );
    }
}
