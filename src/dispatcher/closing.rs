//! The end of a client, and of the process around it.

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

    /// Ends the activities of a process that has nothing left to do. The client stays open.
    pub(super) fn end_loop(&mut self) {
        let what = "the process has nothing left to do, and the activity has not ended";
        let hint = "end the activity, or look for a promise in its work that nothing settles";
        self.activities.interrupt_all(&Error::new(ErrorCode::Closed, what).with_hint(hint));
    }

    /// Puts out [`Output::Drained`] once, when a closed client has nothing more to do.
    pub(super) fn report_drained(&mut self) {
        if self.life == Life::Closed && self.is_at_rest() {
            self.life = Life::Drained;
            self.outputs.push(Output::Drained);
        }
    }
}
