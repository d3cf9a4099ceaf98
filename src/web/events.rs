//! Events as plain data.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::results::{number, to_js};
use crate::dispatcher::{Event, EventKind};
use crate::error::ErrorCode;
use crate::status::StatusType;

/// An event of any kind. The fields that its kind does not have are left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StatusEvent<'a> {
    r#type: &'static str,
    call_id: f64,
    source_id: &'a str,
    status_type: StatusType,
    attempt: u32,
    at: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delay_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    elapsed_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<ErrorCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

/// Returns an event as plain data.
pub(super) fn event_to_js(event: &Event, epoch_ms: u64) -> JsValue {
    let mut data = StatusEvent {
        r#type: "attempt",
        call_id: number(event.call.0),
        source_id: event.change.source_id.as_str(),
        status_type: event.change.status_type,
        attempt: event.attempt,
        at: number(epoch_ms),
        http_status: None,
        duration_ms: None,
        delay_ms: None,
        elapsed_ms: None,
        reason: None,
        code: None,
        message: None,
        hint: None,
    };
    match &event.kind {
        EventKind::Attempt => {}
        EventKind::Reply { http_status, duration_ms } => {
            data.r#type = "reply";
            data.http_status = Some(*http_status);
            data.duration_ms = Some(number(*duration_ms));
        }
        EventKind::Retry { delay_ms, reason } => {
            data.r#type = "retry";
            data.delay_ms = Some(number(*delay_ms));
            data.reason = Some(*reason);
        }
        EventKind::Throttled { delay_ms } => {
            data.r#type = "throttled";
            data.delay_ms = Some(number(*delay_ms));
        }
        EventKind::Done { http_status, elapsed_ms } => {
            data.r#type = "done";
            data.http_status = Some(*http_status);
            data.elapsed_ms = Some(number(*elapsed_ms));
        }
        EventKind::Failed(error) => {
            data.r#type = "failed";
            data.code = Some(error.code().as_str());
            data.message = Some(error.to_string());
        }
        EventKind::ActivityStarted => data.r#type = "activity_started",
        EventKind::ActivityEnded => data.r#type = "activity_ended",
        EventKind::LeftActive { command } => {
            data.r#type = "left_active";
            data.hint = Some(command.clone());
        }
        EventKind::JournalFailed(cause) => {
            data.r#type = "journal_failed";
            data.message = cause.as_ref().map(|cause| cause.message.clone());
        }
        EventKind::Cancelled => {
            data.r#type = "failed";
            data.code = Some("cancelled");
            data.message = Some("cancelled by the caller".into());
        }
    }
    to_js(&data)
}
