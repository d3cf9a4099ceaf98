//! Outputs for the shell: arrays of an act, the key of the call or activity that carries it out, and the details.

// The code that the macro generates for an enum compares floats.
#![allow(clippy::float_cmp)]
// Doc comments of the variants would be copied into the shipped glue.
#![allow(missing_docs)]

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::events::event_to_js;
use super::requests::{Requests, Unsent};
use super::results::{number, to_js};
use crate::activity::{ActivityEnd, ActivityId, Interruption};
use crate::dispatcher::{CallId, Output, Owner, Settlement, StatusUpdate};

/// The kind of an output. After a colon, the comments list the details that follow the key in the array.
#[wasm_bindgen(skip_typescript)]
#[derive(Clone, Copy)]
pub enum Act {
    // Send an attempt: its id.
    Send,
    // Stop an attempt: its id.
    Abort,
    // Send the requests that outlive the page.
    SendLast,
    // Ask for a token: the id of the ask.
    AskToken,
    // Settle a call: the update that was applied, or the error; neither of them if the call was cancelled.
    Settle,
    // Start the work: the sources whose status could not be set.
    StartWork,
    // Abort the work: the error that is the reason, unless the caller aborted the activity.
    AbortWork,
    // End the activity: whether it ended early, the reason as for `AbortWork`, and the `left_active` error, if any.
    EndActivity,
    // Open entries of the journal: the write, and the entries.
    Opened,
    // Close entries of the journal: the write, and the entries.
    Closed,
    // Emit an event: its data.
    Emit,
    // Finish closing the client. This is the last output.
    Drained,
}

#[wasm_bindgen(raw_module = "../lib/lists.js")]
extern "C" {
    /// Returns the time at which a timer has to fire, if any, and the delay until then in milliseconds.
    #[wasm_bindgen(js_name = pair)]
    pub(super) fn agenda(due: Option<f64>, delay_ms: Option<f64>) -> Array;

    /// Returns the key of what has begun, unless its signal was already aborted, and that signal.
    #[wasm_bindgen(js_name = pair)]
    pub(super) fn begun(key: Option<f64>, signal: &JsValue) -> Array;

    fn update(source_id: &str, status_type: &str, http_status: u16, attempts: u32, elapsed_ms: f64) -> JsValue;

    fn add(agenda: &Array, act: Act, key: f64, first: JsValue, second: JsValue, third: JsValue);
}

/// Returns the key of a call.
pub(super) fn call_key(call: CallId) -> f64 {
    number(call.0)
}

/// Returns the key of an activity. It is negative, so that it differs from the keys of all calls.
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

/// Adds an output to the shell's agenda. The URL and the token of a request stay in the module until it is sent.
pub(super) fn put(agenda: &Array, output: Output, requests: &Requests, epoch_ms: u64) {
    let one = |value| [value, NONE, NONE];
    let (act, key, [first, second, third]) = match output {
        Output::Send { owner, attempt, url, token } => {
            requests.unsent.borrow_mut().insert(attempt, Unsent { url, token });
            (Act::Send, owner_key(owner), one(number(attempt.0).into()))
        }
        Output::Abort(attempt) => {
            requests.unsent.borrow_mut().remove(&attempt);
            (Act::Abort, 0.0, one(number(attempt.0).into()))
        }
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
