//! Describes JavaScript values in words: thrown values, and invalid arguments.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

use super::argument::list;
use crate::error;
use crate::quote::quote;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn try_is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// Returns whether a value is an array. A revoked proxy throws on the check, and does not count as an array.
pub(super) fn is_array(value: &JsValue) -> bool {
    try_is_array(value).unwrap_or_default()
}

/// The number of nested causes that are searched for the reason of a failure. In undici, a proxy's answer is the third.
const DEPTH: usize = 4;

/// Returns the text of any thrown value. Node hides the reason of a failed `fetch` in its nested causes.
pub(super) fn cause_of(thrown: &JsValue) -> error::Cause {
    let text = |value: &JsValue, name: &str| Reflect::get(value, &name.into()).ok().and_then(|text| text.as_string());
    if !thrown.is_object() {
        let message = thrown.as_string().unwrap_or_else(|| describe(thrown));
        return error::Cause { name: thrown.js_typeof().as_string().unwrap_or_default(), message, code: None };
    }
    let (mut message, mut reason, mut code, mut inner) =
        (text(thrown, "message").unwrap_or_default(), String::new(), None, thrown.clone());
    for _ in 0..DEPTH {
        let Some(cause) = Reflect::get(&inner, &"cause".into()).ok().filter(JsValue::is_object) else { break };
        let message = text(&cause, "message").unwrap_or_default();
        let message = if message.is_empty() { of_each(&cause, text) } else { message };
        reason = if message.is_empty() { reason } else { message };
        code = code.or_else(|| text(&cause, "code"));
        inner = cause;
    }
    if !reason.is_empty() {
        message = if message.is_empty() { reason } else { [&message, ": ", &reason].concat() };
    }
    let name = text(thrown, "name").unwrap_or_else(|| "Error".into());
    error::Cause { name, message, code: code.or_else(|| text(thrown, "code")) }
}

/// Returns the texts of the errors within an `AggregateError`. Node throws one, without a text of its own, if it tried
/// several addresses of a host.
fn of_each(error: &JsValue, text: impl Fn(&JsValue, &str) -> Option<String>) -> String {
    let errors = Reflect::get(error, &"errors".into()).ok().and_then(|errors| list("errors", &errors).ok());
    let texts: Vec<String> = errors.iter().flat_map(Array::iter).filter_map(|error| text(&error, "message")).collect();
    texts.join(", ")
}

/// Describes a value as a person would write it, for the text of an error.
pub(super) fn describe(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        return quote(&text);
    }
    if let Some(number) = value.dyn_ref::<js_sys::Number>() {
        return String::from(number.to_string_with_radix(10).unwrap_or_default());
    }
    match value.as_bool() {
        Some(flag) => flag.to_string(),
        None if value.is_null() => "null".into(),
        None if value.is_undefined() => "nothing".into(),
        None if is_array(value) => "an array".into(),
        None if value.is_function() => "a function".into(),
        None if value.is_object() => "an object".into(),
        None => format!("a {}", value.js_typeof().as_string().unwrap_or_default()),
    }
}
