//! The status table and the type guards.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::results::nullable_to_js;
use crate::endpoint::Region;
use crate::status::StatusType;

/// Returns the four statuses in the order of the service's documentation, each with its name in the console, its cost,
/// and when to set it. The rows are frozen.
#[wasm_bindgen(unchecked_return_type = "readonly Readonly<StatusInfo>[]")]
#[must_use]
pub fn statuses() -> Array {
    let rows: Array = StatusType::ALL
        .iter()
        .map(|status| {
            let row = nullable_to_js(status.info());
            Object::freeze(row.unchecked_ref::<Object>());
            row
        })
        .collect();
    Object::freeze(&rows);
    rows
}

/// Returns whether a value is one of the four statuses in the spelling of the API. Never throws.
#[wasm_bindgen(js_name = isStatusType, unchecked_return_type = "value is StatusType")]
#[must_use]
pub fn is_status_type(#[wasm_bindgen(unchecked_param_type = "unknown")] value: &JsValue) -> bool {
    value.as_string().is_some_and(|text| StatusType::parse(&text).is_ok())
}

/// Returns whether a value is one of the regions. Never throws.
#[wasm_bindgen(js_name = isRegion, unchecked_return_type = "value is Region")]
#[must_use]
pub fn is_region(#[wasm_bindgen(unchecked_param_type = "unknown")] value: &JsValue) -> bool {
    value.as_string().is_some_and(|text| Region::parse(&text).is_ok())
}
