//! What one input brings about, and what has to follow from it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use push_source_status::{AttemptId, CallId, Millis};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Step {
    pub is_timeout: bool,
    pub cancelled: Option<CallId>,
    /// The call that was answered well, and the HTTP status.
    pub answered: Option<(CallId, u16)>,
    /// The call whose attempt was announced, and not sent yet.
    pub announced: Option<CallId>,
    /// The calls of which an attempt ended.
    pub judged: BTreeSet<CallId>,
    pub must_settle: BTreeSet<CallId>,
    pub must_go_on: Option<CallId>,
    /// Whether an answer has to close the gate, and has not.
    pub must_shut: bool,
    /// The attempt that may close the gate, and for how long.
    pub throttle: Option<(AttemptId, RangeInclusive<Millis>)>,
    /// How long calls may wait for their next attempt.
    pub delays: BTreeMap<CallId, RangeInclusive<Millis>>,
}
