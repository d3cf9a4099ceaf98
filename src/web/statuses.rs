//! The status table and the type guards.

use js_sys::{Array, Object};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::results::{StatusType, to_js};
use crate::endpoint::Region;
use crate::status;

/// A row of the status table: what a person has to know of a status.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StatusInfo {
    /// The status as the API spells it.
    #[tsify(type = "StatusType")]
    status_type: StatusType,
    /// The status as the administration console shows it: `REFRESH` is "Rescan" there, `INCREMENTAL` is "Refresh".
    #[tsify(type = "string")]
    console_name: &'static str,
    /// The typical resource cost of the run that the status announces; `null` for `IDLE`.
    #[tsify(type = "\"high\" | \"moderate\" | \"low\" | null")]
    #[serde(with = "serde_wasm_bindgen::preserve")]
    cost: JsValue,
    /// When to set the source to this status.
    #[tsify(type = "string")]
    set_when: &'static str,
}

/// The four statuses with what a person has to know of each, in the order of the service's documentation; frozen.
#[wasm_bindgen(unchecked_return_type = "readonly Readonly<StatusInfo>[]")]
#[must_use]
pub fn statuses() -> Array {
    let rows: Array = status::StatusType::ALL
        .iter()
        .map(|status| {
            let status::StatusInfo { status_type, console_name, cost, set_when } = *status.info();
            let cost = cost.map_or(JsValue::NULL, JsValue::from);
            let row = to_js(&StatusInfo { status_type: status_type.into(), console_name, cost, set_when });
            Object::freeze(row.unchecked_ref::<Object>());
            row
        })
        .collect();
    Object::freeze(&rows);
    rows
}

/// Whether a value is one of the four statuses, spelled as the API does. Never throws.
#[wasm_bindgen(js_name = isStatusType, unchecked_return_type = "value is StatusType")]
#[must_use]
pub fn is_status_type(#[wasm_bindgen(unchecked_param_type = "unknown")] value: &JsValue) -> bool {
    value.as_string().is_some_and(|text| status::StatusType::parse(&text).is_ok())
}

/// Whether a value is one of the regions. Never throws.
#[wasm_bindgen(js_name = isRegion, unchecked_return_type = "value is Region")]
#[must_use]
pub fn is_region(#[wasm_bindgen(unchecked_param_type = "unknown")] value: &JsValue) -> bool {
    value.as_string().is_some_and(|text| Region::parse(&text).is_ok())
}
