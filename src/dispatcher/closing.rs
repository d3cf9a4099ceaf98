//! The end of a client.

use super::Dispatcher;
use super::output::Output;
use crate::error::{Error, ErrorCode};

/// How far a client is from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Life {
    Open,
    /// Accepts nothing more.
    Closed,
    /// Has said that nothing more is to come.
    Drained,
}

impl Dispatcher {
    /// Ends the activities, and accepts no more calls; those that were made go on.
    pub(super) fn close(&mut self) {
        if self.life == Life::Open {
            self.life = Life::Closed;
        }
        let error = Error::new(ErrorCode::Closed, "the client was closed").with_hint("make a new client");
        self.steps.extend(self.activities.interrupt_all(&error));
    }

    /// Says once that a client that was closed has nothing more to do.
    pub(super) fn tell_drained(&mut self) {
        if self.life == Life::Closed && self.is_at_rest() {
            self.life = Life::Drained;
            self.outputs.push(Output::Drained);
        }
    }
}
