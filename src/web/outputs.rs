//! What is to be done, as the shell takes it: arrays that begin with an act and with the key of whose doing it is.

// What the macro makes of an enum compares numbers.
#![allow(clippy::float_cmp)]
// Docs of its variants would travel along in the glue.
#![allow(missing_docs)]

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::events::event_to_js;
use super::requests::{Requests, Unsent};
use super::results::{number, to_js};
use crate::activity::{ActivityEnd, ActivityId, Interruption};
use crate::dispatcher::{CallId, Output, Owner, Settlement, StatusUpdate};

/// What is to be done, and what follows the key in the array.
#[wasm_bindgen(skip_typescript)]
#[derive(Clone, Copy)]
pub enum Act {
    // Send an attempt.
    Send,
    // Give an attempt up.
    Abort,
    // Send what outlives the page.
    SendLast,
    // Ask for a token: the question.
    AskToken,
    // A call has ended: what was applied, or else an error; neither where it was taken back.
    Settle,
    // Start the work: the sources whose status could not be set.
    StartWork,
    // Abort the work: the error that is the reason, unless the caller aborted it.
    AbortWork,
    // The activity is over: whether it ended early, the error that is the reason as above, and the one that says what is
    // left active.
    EndActivity,
    // Open entries of the journal: the write, and the entries.
    Opened,
    // Close entries of the journal, likewise.
    Closed,
    // Tell an event.
    Emit,
    // The client is closed, and nothing more is to come.
    Drained,
}

#[wasm_bindgen(raw_module = "../lib/lists.js")]
extern "C" {
    /// When a timer has to call back, if any, and in how many milliseconds.
    #[wasm_bindgen(js_name = pair)]
    pub(super) fn agenda(due: Option<f64>, delay_ms: Option<f64>) -> Array;

    /// What has begun: its key, unless it was taken back before, and the signal that can take it back.
    #[wasm_bindgen(js_name = pair)]
    pub(super) fn begun(key: Option<f64>, signal: &JsValue) -> Array;

    fn update(source_id: &str, status_type: &str, http_status: u16, attempts: u32, elapsed_ms: f64) -> JsValue;

    fn add(agenda: &Array, act: Act, key: f64, first: JsValue, second: JsValue, third: JsValue);
}

/// The key of a call.
pub(super) fn call_key(call: CallId) -> f64 {
    number(call.0)
}

/// The key of an activity.
pub(super) fn activity_key(activity: ActivityId) -> f64 {
    -number(activity.0)
}

fn owner_key(owner: Owner) -> f64 {
    match owner {
        Owner::Call(call) => call_key(call),
        Owner::Activity(activity) => activity_key(activity),
    }
}

const NONE: JsValue = JsValue::UNDEFINED;

/// Adds what is to be done, for the shell; what only the module needs for it stays here.
pub(super) fn put(agenda: &Array, output: Output, requests: &Requests, epoch_ms: u64) {
    let one = |value| [value, NONE, NONE];
    let (act, key, [first, second, third]) = match output {
        Output::Send { owner, attempt, url, token } => {
            requests.unsent.borrow_mut().insert(attempt, Unsent { url, token });
            (Act::Send, owner_key(owner), one(number(attempt.0).into()))
        }
        Output::Abort(attempt) => (Act::Abort, 0.0, one(number(attempt.0).into())),
        Output::SendLast { url, token } => {
            requests.last.borrow_mut().push(Unsent { url, token });
            (Act::SendLast, 0.0, one(NONE))
        }
        Output::AskToken(ask, owner) => (Act::AskToken, owner_key(owner), one(number(ask.0).into())),
        Output::Settle(call, settlement) => (Act::Settle, call_key(call), settled(settlement)),
        Output::StartWork { activity, inactive } => (Act::StartWork, activity_key(activity), one(to_js(&inactive))),
        Output::AbortWork(activity, interruption) => {
            (Act::AbortWork, activity_key(activity), one(reason(&interruption)))
        }
        Output::EndActivity(activity, ActivityEnd { interruption, left_active }) => {
            let is_early = interruption.is_some().into();
            let reason = interruption.as_ref().map(reason).unwrap_or_default();
            let left_active = left_active.map(JsValue::from).unwrap_or_default();
            (Act::EndActivity, activity_key(activity), [is_early, reason, left_active])
        }
        Output::Opened { write, entries } => (Act::Opened, 0.0, [number(write.0).into(), to_js(&entries), NONE]),
        Output::Closed { write, entries } => (Act::Closed, 0.0, [number(write.0).into(), to_js(&entries), NONE]),
        Output::Emit(event) => (Act::Emit, owner_key(event.owner), one(event_to_js(&event, epoch_ms))),
        Output::Drained => (Act::Drained, 0.0, one(NONE)),
    };
    add(agenda, act, key, first, second, third);
}

fn settled(settlement: Settlement) -> [JsValue; 3] {
    match settlement {
        Settlement::Done(StatusUpdate { source_id, status_type, http_status, attempts, elapsed_ms }) => {
            let (source, status) = (source_id.as_str(), status_type.as_str());
            [update(source, status, http_status, attempts, number(elapsed_ms)), NONE, NONE]
        }
        Settlement::Failed(error) => [NONE, error.into(), NONE],
        Settlement::Cancelled => [NONE, NONE, NONE],
    }
}

fn reason(interruption: &Interruption) -> JsValue {
    match interruption {
        Interruption::Aborted => NONE,
        Interruption::Failed(error) => error.into(),
    }
}
