//! The end of a client.

use super::Dispatcher;
use super::output::Output;
use crate::error::{Error, ErrorCode};

/// How far a client is from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Life {
    Open,
    /// Accepts no more calls, but some may still be under way.
    Closed,
    /// Has put out [`Output::Drained`].
    Drained,
}

impl Dispatcher {
    /// Ends the activities and accepts no more calls. Calls that were already made go on.
    pub(super) fn close(&mut self) {
        if self.life == Life::Open {
            self.life = Life::Closed;
        }
        let error = Error::new(ErrorCode::Closed, "the client was closed").with_hint("create a new client");
        self.activities.interrupt_all(&error);
    }

    /// Puts out [`Output::Drained`] once, when a closed client has nothing more to do.
    pub(super) fn report_drained(&mut self) {
        if self.life == Life::Closed && self.is_at_rest() {
            self.life = Life::Drained;
            self.outputs.push(Output::Drained);
        }
    }
}
