//! The end of a client.

use super::Dispatcher;
use super::output::Output;
use crate::error::{Error, ErrorCode};

impl Dispatcher {
    /// Ends the activities, and accepts no more calls; those that were made go on.
    pub(super) fn close(&mut self) {
        self.is_closed = true;
        let error = Error::new(ErrorCode::Closed, "the client was closed").with_hint("make a new client");
        self.steps.extend(self.activities.stop_all(&error));
    }

    /// Says once that a client that was closed has nothing more to do.
    pub(super) fn tell_drained(&mut self) {
        if self.is_closed && !self.is_drained && self.calls.is_empty() && self.activities.is_empty() {
            self.is_drained = true;
            self.outputs.push(Output::Drained);
        }
    }
}
