//! What the ledger knows of an activity, of a source and of an attempt.

use push_source_status::{CallId, Change, ErrorCode, Millis, OnActivationFailure, Outcome, SourceId, Terms};

use crate::driver::reading::Ending;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Activity {
    pub change: Change,
    pub on_failure: OnActivationFailure,
    pub grace_ms: Option<Millis>,
    pub stage: Stage,
    /// Whether it waits until its source is closed, to begin anew.
    pub is_queued: bool,
    /// Why it ends early, once that is known.
    pub why: Option<Why>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Its work has not started.
    Waiting,
    Working,
    /// Its work was aborted, and has until then to stop.
    Stopping(Millis),
    /// It wants nothing more of its source than its end.
    Left,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    Aborted,
    Failed(ErrorCode),
}

impl Activity {
    pub fn new(change: Change, terms: Terms, is_queued: bool) -> Self {
        let Terms { on_activation_failure: on_failure, grace_ms } = terms;
        Self { change, on_failure, grace_ms, stage: Stage::Waiting, is_queued, why: None }
    }

    /// Whether its work starts although the active status could not be set.
    pub fn starts_after(&self, code: ErrorCode) -> bool {
        let passes = [ErrorCode::Throttled, ErrorCode::Unavailable, ErrorCode::Timeout, ErrorCode::Network];
        self.on_failure == OnActivationFailure::Continue && passes.contains(&code)
    }

    /// Ends it early. Says whether its work has to be told.
    pub fn stop(&mut self, now: Millis, why: Why) -> bool {
        let was_working = self.stage == Stage::Working;
        if was_working || self.stage == Stage::Waiting {
            self.why = Some(why);
            self.stage = match self.grace_ms {
                Some(grace_ms) if was_working => Stage::Stopping(now + grace_ms),
                _ => Stage::Left,
            };
        }
        was_working
    }

    pub fn is_of(&self, source: &SourceId) -> bool {
        self.change.source_id == *source
    }
}

/// A source, as far as the requests for its activities go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Source {
    pub status: Status,
    /// The call that is under way for its activities.
    pub held: Option<CallId>,
    /// How the active status could not be set.
    pub failure: Option<ErrorCode>,
    /// The call that was sent last.
    pub last_sent: Option<CallId>,
}

impl Source {
    /// What is left to know once its activities are over.
    pub fn at_rest(self) -> Self {
        let status = Status { may_be_active: false, ..self.status };
        Self { status, held: None, failure: None, last_sent: self.last_sent }
    }
}

/// What is known of the status that activities gave a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Status {
    /// Whether an active status may have been applied for the activities that there are now.
    pub may_be_active: bool,
    /// Whether the last request that may have been applied set an active status.
    pub is_left_active: bool,
    /// Whether an error has said so.
    pub is_said: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Attempt {
    pub call: CallId,
    pub change: Change,
    /// What was known before it was sent; nothing where it was sent for a call of the user.
    pub before: Option<Status>,
    /// The status of a failing answer whose body has not come yet.
    pub head: Option<u16>,
    /// Since when its call has no more use for it.
    pub over_at: Option<Millis>,
}

impl Attempt {
    pub fn is_live(&self) -> bool {
        self.over_at.is_none()
    }

    /// Whether it may have been applied if nothing more comes: as its head says, else as `otherwise` does.
    pub fn outcome_or(&self, otherwise: &Ending) -> Outcome {
        match self.head {
            Some(http_status) => Ending::Answer { http_status, retry_after_ms: None }.outcome(),
            None => otherwise.outcome(),
        }
    }
}
