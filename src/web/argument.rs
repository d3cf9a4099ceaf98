//! Reads arguments and options, which may be any JavaScript value.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;

use super::members::Members;
use super::thrown::{describe, is_array};
use crate::dispatcher::Change;
use crate::identifier::{SourceId, SourceIds};
use crate::invalid::Invalid;
use crate::status::StatusType;

#[wasm_bindgen]
extern "C" {
    /// Throws for some proxies.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn copy(array: &JsValue) -> Result<Array, JsValue>;
}

/// Reads a change from two arguments.
pub(super) fn change(source: &JsValue, status: &JsValue) -> Result<Change, Invalid> {
    let source_id = source_id(source)?;
    Ok(Change { source_id, status_type: StatusType::parse(&string("statusType", status)?)? })
}

/// Reads a change from a row of a bulk call.
pub(super) fn row(index: u32, row: &JsValue) -> Result<Change, Invalid> {
    if !row.is_object() {
        let argument = format!("changes[{index}]");
        let what = format!("{argument} must be an object, got {}", describe(row));
        return Err(Invalid::new(argument, what));
    }
    let member = |name: &str| Reflect::get(row, &name.into()).unwrap_or_default();
    change(&member("sourceId"), &member("statusType"))
}

/// Reads the sources of an activity, one or several, and its active status.
pub(super) fn activity(sources: &JsValue, status: &JsValue) -> Result<(SourceIds, StatusType), Invalid> {
    let sources = if is_array(sources) {
        let mut ids = Vec::new();
        for id in list("sourceId", sources)?.iter() {
            ids.push(source_id(&id)?);
        }
        SourceIds::new(ids)?
    } else {
        source_id(sources)?.into()
    };
    Ok((sources, StatusType::parse_active(&string("statusType", status)?)?))
}

fn source_id(value: &JsValue) -> Result<SourceId, Invalid> {
    SourceId::parse(&string("sourceId", value)?)
}

/// Copies an array, so that later changes by the caller have no effect.
pub(super) fn list(argument: &'static str, value: &JsValue) -> Result<Array, Invalid> {
    if !is_array(value) {
        return Err(Invalid::new(argument, format!("{argument} must be an array, got {}", describe(value))));
    }
    copy(value).map_err(|_| Invalid::new(argument, format!("{argument} cannot be read")))
}

/// Reads an argument that has to be a string.
pub(super) fn string(argument: &str, value: &JsValue) -> Result<String, Invalid> {
    value
        .as_string()
        .ok_or_else(|| Invalid::new(argument, format!("{argument} must be a string, got {}", describe(value))))
}

/// Reads an argument that has to be a function, which may come from another realm.
pub(super) fn required_function(argument: &'static str, value: &JsValue) -> Result<Function, Invalid> {
    if value.is_function() {
        return Ok(value.clone().unchecked_into());
    }
    Err(Invalid::new(argument, format!("{argument} must be a function, got {}", describe(value))))
}

/// Reads an option that is a function, if it is given.
pub(super) fn function(argument: &'static str, value: &JsValue) -> Result<Option<Function>, Invalid> {
    if value.is_undefined() { Ok(None) } else { required_function(argument, value).map(Some) }
}

/// The signal of a call, or `undefined`.
#[derive(Default)]
pub(super) struct Signal {
    pub(super) value: JsValue,
    pub(super) is_aborted: bool,
}

impl Signal {
    /// Reads the option `signal`. It may come from another realm or a polyfill, so its members are checked, not its
    /// class.
    pub(super) fn read(value: JsValue) -> Result<Self, Invalid> {
        if value.is_undefined() {
            return Ok(Self::default());
        }
        let member = |name: &str| Reflect::get(&value, &name.into()).unwrap_or_default();
        let can = |name: &str| value.is_object() && member(name).is_function();
        match member("aborted").as_bool() {
            Some(is_aborted) if can("addEventListener") && can("removeEventListener") => Ok(Self { value, is_aborted }),
            _ => Err(Invalid::new("signal", "signal is not an AbortSignal")),
        }
    }

    /// Reads options of which `signal` is the only one.
    pub(super) fn only(options: &JsValue) -> Result<Self, Invalid> {
        if options.is_undefined() {
            return Ok(Self::default());
        }
        Self::read(Members::of("options", options, &["signal"])?.get("signal")?)
    }
}
