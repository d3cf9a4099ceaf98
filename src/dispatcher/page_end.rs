//! The end of a page, which leaves time for one last request for each source.

use super::call::{Call, Phase, Role, Settlement};
use super::output::Output;
use super::{Dispatcher, Now};
use crate::error::{Error, ErrorCode, Outcome};
use crate::status::StatusType;

impl Dispatcher {
    /// Sends `IDLE` to each source that may be active, past lanes, slots and the gate.
    pub(super) fn end_page(&mut self, now: Now) {
        let error = Error::new(ErrorCode::Closed, "the page was closed or frozen during the activity");
        let sources = self.activities.abandon(&error.with_hint("start the activity again"));
        for (source, may_be_active) in sources {
            let under_way = self.call_of_activities(&source);
            let call = under_way.and_then(|call| self.calls.known(&call));
            let outcome = call.map_or(Outcome::NotApplied, Call::outcome_so_far);
            // A cancelled activation may otherwise wait for its answer. Here there is no time for that.
            if let Some(Call { role: Role::Activation, phase: Phase::InFlight(attempt), .. }) = call {
                self.outputs.push(Output::Abort(*attempt));
            }
            if let Some(call) = under_way {
                self.settle(now, call, Settlement::Cancelled);
            }
            if (may_be_active || outcome == Outcome::Unknown)
                && let Some(token) = self.tokens.last().cloned()
            {
                self.outputs.push(Output::SendLast { url: self.template.url(&source, StatusType::Idle), token });
            }
        }
    }
}
