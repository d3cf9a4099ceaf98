//! Arguments and options of unknown origin, read one by one.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::thrown::describe;
use crate::identifier::SourceId;
use crate::invalid::Invalid;
use crate::policy::Limit;
use crate::status::StatusType;

/// Reads a status of unknown origin.
pub(super) fn status_type(value: &JsValue) -> Result<StatusType, Invalid> {
    StatusType::parse(&string("statusType", value)?)
}

/// Reads a status of unknown origin that announces a run.
pub(super) fn active_status_type(value: &JsValue) -> Result<StatusType, Invalid> {
    StatusType::parse_active(&string("statusType", value)?)
}

/// Reads a source id of unknown origin.
pub(super) fn source_id(value: &JsValue) -> Result<SourceId, Invalid> {
    SourceId::parse(&string("sourceId", value)?)
}

/// Reads an argument that has to be a string.
pub(super) fn string(argument: &'static str, value: &JsValue) -> Result<String, Invalid> {
    value
        .as_string()
        .ok_or_else(|| Invalid::new(argument, format!("{argument} must be a string, got {}", describe(value))))
}

/// Reads an option that is a string, if it is given.
pub(super) fn given(argument: &'static str, value: &JsValue) -> Result<Option<String>, Invalid> {
    if value.is_undefined() { Ok(None) } else { string(argument, value).map(Some) }
}

/// Reads an option that is a whole number, if it is given.
pub(super) fn set(target: &mut u32, limit: &Limit, value: &JsValue) -> Result<(), Invalid> {
    if !value.is_undefined() {
        let number = value.as_f64().and_then(|number| limit.check(number));
        *target = number.ok_or_else(|| limit.error(&describe(value)))?;
    }
    Ok(())
}

/// The value, if it can be called: also one of another realm, which is no instance of this one's `Function`.
pub(super) fn as_function(value: &JsValue) -> Option<Function> {
    value.is_function().then(|| value.clone().unchecked_into())
}

/// Reads an argument that has to be a function.
pub(super) fn required_function(argument: &'static str, value: &JsValue) -> Result<Function, Invalid> {
    as_function(value)
        .ok_or_else(|| Invalid::new(argument, format!("{argument} must be a function, got {}", describe(value))))
}

/// Reads an option that is a function, if it is given.
pub(super) fn function(argument: &'static str, value: &JsValue) -> Result<Option<Function>, Invalid> {
    if value.is_undefined() { Ok(None) } else { required_function(argument, value).map(Some) }
}
