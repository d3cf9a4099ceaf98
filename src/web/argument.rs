//! Arguments and options of unknown origin, read one by one.

use js_sys::{Function, Object, Reflect};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::thrown::describe;
use crate::error::{Error, quote};
use crate::identifier::SourceId;
use crate::policy::Limit;
use crate::status::StatusType;

/// Reads a status of unknown origin.
pub(super) fn status_type(value: &JsValue) -> Result<StatusType, Error> {
    StatusType::parse(&string("statusType", value)?)
}

/// Reads a status of unknown origin that announces a run.
pub(super) fn active_status_type(value: &JsValue) -> Result<StatusType, Error> {
    StatusType::parse_active(&string("statusType", value)?)
}

/// Reads a source id of unknown origin.
pub(super) fn source_id(value: &JsValue) -> Result<SourceId, Error> {
    SourceId::parse(&string("sourceId", value)?)
}

/// Reads an argument that has to be a string.
pub(super) fn string(argument: &'static str, value: &JsValue) -> Result<String, Error> {
    value
        .as_string()
        .ok_or_else(|| Error::invalid(argument, format!("{argument} must be a string, got {}", describe(value))))
}

/// Takes an object apart; a name that is not known is an error, and so is one that has to be there and is not.
pub(super) fn object<T: for<'de> Deserialize<'de>>(
    argument: &'static str,
    value: &JsValue,
    required: &[&'static str],
    optional: &[&'static str],
) -> Result<T, Error> {
    check_names(argument, value, required, optional)?;
    serde_wasm_bindgen::from_value(value.clone())
        .map_err(|error| Error::invalid(argument, format!("{argument} cannot be read: {error}")))
}

fn check_names(
    argument: &'static str,
    value: &JsValue,
    required: &[&'static str],
    optional: &[&'static str],
) -> Result<(), Error> {
    if !value.is_object() || value.is_function() || js_sys::Array::is_array(value) {
        return Err(Error::invalid(argument, format!("{argument} must be an object, got {}", describe(value))));
    }
    let is_given = |name: &JsValue| Reflect::get(value, name).is_ok_and(|member| !member.is_undefined());
    for key in Object::keys(value.unchecked_ref::<Object>()).iter().filter(is_given) {
        let name = key.as_string().unwrap_or_default();
        let mut known = required.iter().chain(optional);
        if known.clone().all(|known| *known != name) {
            let names = known.by_ref().copied().collect::<Vec<_>>().join(", ");
            let path = if argument == "options" { name } else { format!("{argument}.{name}") };
            let what = format!("{} is not an option", quote(&path));
            return Err(Error::invalid(path, what).with_hint(format!("use {names}")));
        }
    }
    if let Some(missing) = required.iter().copied().find(|&name| !is_given(&name.into())) {
        return Err(Error::invalid(missing, format!("{missing} is missing")));
    }
    Ok(())
}

/// Reads an option that is a string, if it is given.
pub(super) fn given(argument: &'static str, value: &JsValue) -> Result<Option<String>, Error> {
    if value.is_undefined() { Ok(None) } else { string(argument, value).map(Some) }
}

/// Reads an option that is a whole number, if it is given.
pub(super) fn set(target: &mut u32, limit: &Limit, value: &JsValue) -> Result<(), Error> {
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
pub(super) fn required_function(argument: &'static str, value: &JsValue) -> Result<Function, Error> {
    as_function(value)
        .ok_or_else(|| Error::invalid(argument, format!("{argument} must be a function, got {}", describe(value))))
}

/// Reads an option that is a function, if it is given.
pub(super) fn function(argument: &'static str, value: &JsValue) -> Result<Option<Function>, Error> {
    if value.is_undefined() { Ok(None) } else { required_function(argument, value).map(Some) }
}
