//! A request that holds a connection.

use super::timers::{Timers, Wake};
use super::{CallId, Millis, Now};
use crate::identifier::SourceId;
use crate::policy::RELEASE_MS;
use crate::token::AccessToken;

/// The id of an attempt: one request of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttemptId(pub u64);

/// A request that holds a connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attempt {
    pub(super) source: SourceId,
    /// The call for which it was sent.
    pub(super) call: CallId,
    /// Whether the call still waits for it.
    pub(super) is_live: bool,
    pub(super) token: AccessToken,
    pub(super) sent: Millis,
    /// The head of a failing answer whose body has not come yet.
    pub(super) head: Option<Head>,
}

/// The head of a failing answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Head {
    pub(super) http_status: u16,
    pub(super) retry_after_ms: Option<u64>,
}

impl Attempt {
    /// Marks that nothing more is wanted of the attempt. It keeps its lane and its slot until it is released.
    pub(super) fn let_go(&mut self, now: Now, id: AttemptId, timers: &mut Timers) {
        self.is_live = false;
        timers.set(Wake::Attempt(id), now.ms + RELEASE_MS);
    }
}
