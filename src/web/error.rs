//! From the core's errors to `StatusError`, and from foreign errors to the core's.

use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::results::to_js;
use crate::error::{Cause, Error, ErrorCode, Outcome};
use crate::invalid::Invalid;
use crate::status::StatusType;

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

/// The fields of a `StatusError`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fields<'a> {
    code: ErrorCode,
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
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a Cause>,
}

impl From<&Error> for JsValue {
    fn from(error: &Error) -> Self {
        let site = error.site();
        let answer = error.answer();
        let fields = Fields {
            code: error.code(),
            argument: error.argument(),
            active_status_type: error.active_status(),
            source_id: site.map(|site| site.source_id.as_str()),
            status_type: error.status_type(),
            http_status: answer.http_status,
            error_code: answer.error_code.as_deref(),
            attempts: error.attempts(),
            // A wait of more than 285,000 years may lose a millisecond.
            #[allow(clippy::cast_precision_loss)]
            retry_after_ms: answer.retry_after_ms.map(|wait| wait as f64),
            outcome: error.outcome(),
            hint: error.hint(),
            cause: error.cause(),
        };
        StatusError::new(&error.to_string(), to_js(&fields)).into()
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<Invalid> for JsValue {
    fn from(invalid: Invalid) -> Self {
        Self::from(Error::from(invalid))
    }
}

/// The error of an activity of which something failed, and then its `IDLE` too.
pub(super) fn both_failed(first: &JsValue, left_active: &Error) -> JsValue {
    let errors = Array::of(&[first.clone(), left_active.into()]);
    let options = Object::new();
    // Setting a member of a plain object cannot fail.
    let _ = Reflect::set(&options, &"cause".into(), first);
    AggregateError::new(&errors, &left_active.to_string(), &options).into()
}

/// The error of an activity whose work is done and whose `IDLE` failed. What the work gave is not enumerable, since it
/// may be large, or secret.
pub(super) fn left_active_with(value: &JsValue, left_active: &Error) -> JsValue {
    let error = JsValue::from(left_active);
    let descriptor = Object::new();
    let _ = Reflect::set(&descriptor, &"value".into(), value);
    let _ = Reflect::set(&descriptor, &"configurable".into(), &JsValue::TRUE);
    let _ = Reflect::define_property(error.unchecked_ref::<Object>(), &"value".into(), &descriptor);
    error
}
