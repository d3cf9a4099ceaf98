//! From the core's errors to `StatusError`, and from foreign errors to the core's.

use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::results::{StatusType, to_js};
use crate::error::{self, Error};

#[wasm_bindgen(raw_module = "../lib/status-error.js")]
extern "C" {
    /// The one error class, written in JavaScript so that it is a true `Error`.
    type StatusError;

    #[wasm_bindgen(constructor)]
    fn new(message: &str, fields: JsValue) -> StatusError;
}

#[wasm_bindgen]
extern "C" {
    type AggregateError;

    #[wasm_bindgen(constructor)]
    fn new(errors: &Array, message: &str, options: &Object) -> AggregateError;
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("error.d.ts");

/// What kind of failure it was.
///
/// - `invalid_argument`: an argument or option is not acceptable; nothing was sent
/// - `unauthenticated`: 401, the service does not know the token
/// - `forbidden`: 403, the token lacks the privilege to push to sources
/// - `not_found`: 404, no such organization or source
/// - `rejected`: another answer that trying again cannot change
/// - `throttled`: 429, too many requests
/// - `unavailable`: 408 or 5xx, the service cannot serve now
/// - `redirected`: 3xx, never followed
/// - `network`: no answer came through the network
/// - `timeout`: no answer came in time
/// - `busy`: another activity gives the source another status
/// - `left_active`: an activity ended, and `IDLE` could not be set; `hint` is the command that repairs it
/// - `closed`: the client was closed
/// - `token_unavailable`: the token function failed
/// - `not_supported`: the host has no `fetch`, or does not allow WebAssembly
#[derive(Clone, Copy, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum StatusErrorCode {
    InvalidArgument,
    Unauthenticated,
    Forbidden,
    NotFound,
    Rejected,
    Throttled,
    Unavailable,
    Redirected,
    Network,
    Timeout,
    Busy,
    LeftActive,
    Closed,
    TokenUnavailable,
    NotSupported,
}

impl From<error::ErrorCode> for StatusErrorCode {
    fn from(code: error::ErrorCode) -> Self {
        use error::ErrorCode as Core;
        match code {
            Core::InvalidArgument => Self::InvalidArgument,
            Core::Unauthenticated => Self::Unauthenticated,
            Core::Forbidden => Self::Forbidden,
            Core::NotFound => Self::NotFound,
            Core::Rejected => Self::Rejected,
            Core::Throttled => Self::Throttled,
            Core::Unavailable => Self::Unavailable,
            Core::Redirected => Self::Redirected,
            Core::Network => Self::Network,
            Core::Timeout => Self::Timeout,
            Core::Busy => Self::Busy,
            Core::LeftActive => Self::LeftActive,
            Core::Closed => Self::Closed,
            Core::TokenUnavailable => Self::TokenUnavailable,
            Core::NotSupported => Self::NotSupported,
        }
    }
}

/// What is known of a failed change: `not_applied` for certain, or `unknown`, when it may have been applied.
#[derive(Clone, Copy, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum StatusOutcome {
    NotApplied,
    Unknown,
}

impl From<error::Outcome> for StatusOutcome {
    fn from(outcome: error::Outcome) -> Self {
        match outcome {
            error::Outcome::NotApplied => Self::NotApplied,
            error::Outcome::Unknown => Self::Unknown,
        }
    }
}

/// What a foreign error said, as plain data.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StatusErrorCause<'a> {
    /// The error's name: `"TypeError"`.
    name: &'a str,
    /// Its text.
    message: &'a str,
    /// Its code where it has one: `"ECONNRESET"`.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
}

/// The fields of a `StatusError`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fields<'a> {
    code: StatusErrorCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    argument: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    active_status_type: Option<StatusType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_type: Option<StatusType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<&'a str>,
    attempts: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<f64>,
    outcome: StatusOutcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<StatusErrorCause<'a>>,
}

/// The `StatusError` of an error.
pub(super) fn status_error(error: &Error) -> JsValue {
    let site = error.site();
    let answer = error.answer();
    let fields = Fields {
        code: error.code().into(),
        argument: error.argument(),
        active_status_type: error.active_status().map(Into::into),
        source_id: site.map(|site| site.source_id.as_str()),
        status_type: site.map(|site| site.status_type.into()),
        http_status: answer.http_status,
        error_code: answer.error_code.as_deref(),
        attempts: site.map_or(0, |site| site.attempts),
        // A wait of more than 285,000 years may lose a millisecond.
        #[allow(clippy::cast_precision_loss)]
        retry_after_ms: answer.retry_after_ms.map(|wait| wait as f64),
        outcome: site.map_or(error::Outcome::NotApplied, |site| site.outcome).into(),
        hint: error.hint(),
        cause: error.cause().map(|cause| StatusErrorCause {
            name: &cause.name,
            message: &cause.message,
            code: cause.code.as_deref(),
        }),
    };
    StatusError::new(&error.to_string(), to_js(&fields)).into()
}

/// The error of an activity of which something failed, and then its `IDLE` too.
pub(super) fn both_failed(first: &JsValue, left_active: &Error) -> JsValue {
    let errors = Array::of(&[first.clone(), status_error(left_active)]);
    let options = Object::new();
    // Setting a member of a plain object cannot fail.
    let _ = Reflect::set(&options, &"cause".into(), first);
    AggregateError::new(&errors, &left_active.to_string(), &options).into()
}

/// The error of an activity whose work is done and whose `IDLE` failed. What the work gave is not enumerable, since it
/// may be large, or secret.
pub(super) fn left_active_with(value: &JsValue, left_active: &Error) -> JsValue {
    let error = status_error(left_active);
    let descriptor = Object::new();
    let _ = Reflect::set(&descriptor, &"value".into(), value);
    let _ = Reflect::set(&descriptor, &"configurable".into(), &JsValue::TRUE);
    let _ = Reflect::define_property(error.unchecked_ref::<Object>(), &"value".into(), &descriptor);
    error
}
