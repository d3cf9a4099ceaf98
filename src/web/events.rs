//! What an observer is told, as plain data.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::error::StatusErrorCode;
use super::results::{StatusType, number, to_js};
use crate::dispatcher::{Event, EventKind};

#[wasm_bindgen(typescript_custom_section)]
const EVENT: &str = r#"
/** What every event has. */
export interface StatusEventBase {
  /** Which call of the client; 0 for an activity that was not ended and that nobody holds any more. */
  readonly callId: number;
  /** The source. */
  readonly sourceId: string;
  /** The status that it is to get. */
  readonly statusType: StatusType;
  /** How many requests were sent for the call so far. */
  readonly attempt: number;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

/** What happened to a call: plain data, without the token. All durations are in milliseconds. */
export type StatusEvent = StatusEventBase &
  (
    | {
        /** A request goes out. */
        readonly type: "attempt";
      }
    | {
        /** An answer came. */
        readonly type: "reply";
        /** Its HTTP status; 0 for a redirect that the browser hides. */
        readonly httpStatus: number;
        /** The time from the request to the answer's headers. */
        readonly durationMs: number;
      }
    | {
        /** The attempt failed, and another one follows. */
        readonly type: "retry";
        /** The time until then. */
        readonly delayMs: number;
        /** What kind of failure it was. */
        readonly reason: StatusErrorCode;
      }
    | {
        /** The service throttles: the client's other calls wait too. */
        readonly type: "throttled";
        /** For how long. */
        readonly delayMs: number;
      }
    | {
        /** The status was set. */
        readonly type: "done";
        /** The HTTP status of the answer. */
        readonly httpStatus: number;
        /** The time from the call to the answer. */
        readonly elapsedMs: number;
      }
    | {
        /** The status was not set, or may not have been. */
        readonly type: "failed";
        /** What kind of failure it was; `"cancelled"` when the caller took the call back. */
        readonly code: StatusErrorCode | "cancelled";
        /** What happened, in words. */
        readonly message: string;
      }
    | {
        /** The source is active: the first of its activities has begun; or idle: the last one has ended. */
        readonly type: "activity_started" | "activity_ended";
      }
  );
"#;

/// Every kind of event: the fields that a kind does not have are left out.
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
    reason: Option<StatusErrorCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// The plain data of an event.
pub(super) fn event_to_js(event: &Event, epoch_ms: u64) -> JsValue {
    let mut data = StatusEvent {
        r#type: "attempt",
        call_id: number(event.call.0),
        source_id: event.change.source_id.as_str(),
        status_type: event.change.status_type.into(),
        attempt: event.attempt,
        at: number(epoch_ms),
        http_status: None,
        duration_ms: None,
        delay_ms: None,
        elapsed_ms: None,
        reason: None,
        code: None,
        message: None,
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
            data.reason = Some((*reason).into());
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
        EventKind::Cancelled => {
            data.r#type = "failed";
            data.code = Some("cancelled");
            data.message = Some("taken back by the caller".into());
        }
    }
    to_js(&data)
}
