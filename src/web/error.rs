//! Errors as plain data. The shell turns them into a `StatusError`, so that its stack leads to the caller.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::results::to_js;
use crate::error::{Cause, Error, ErrorCode, Outcome};
use crate::identifier::SourceId;
use crate::invalid::Invalid;
use crate::status::StatusType;

/// The text and the fields of a `StatusError`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fields<'a> {
    message: String,
    code: ErrorCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    argument: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    active_status_type: Option<StatusType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    source_ids: Vec<SourceId>,
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
        to_js(&Fields {
            message: error.to_string(),
            code: error.code(),
            argument: error.argument(),
            active_status_type: error.active_status(),
            source_id: site.map(|site| site.source_id.as_str()),
            source_ids: error.sources(),
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
        })
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
