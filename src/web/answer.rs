//! Reads the head of an answer.
//!
//! A user's own `fetch` may return anything, so each member may be missing, and each access may throw.

use wasm_bindgen::prelude::*;

use crate::failure::{Failure, FailureKind};
use crate::reply::{HIDDEN_REDIRECT, judge};
use crate::verdict::Verdict;

#[wasm_bindgen]
extern "C" {
    type Response;

    #[wasm_bindgen(method, catch, getter, js_name = type)]
    fn kind(this: &Response) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, getter)]
    fn status(this: &Response) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, getter)]
    fn headers(this: &Response) -> Result<Headers, JsValue>;

    type Headers;

    #[wasm_bindgen(method, catch)]
    fn get(this: &Headers, name: &str) -> Result<JsValue, JsValue>;
}

/// The head of an answer.
pub(super) struct ResponseHead {
    pub(super) http_status: u16,
    pub(super) retry_after: Option<String>,
    pub(super) date: Option<String>,
}

impl ResponseHead {
    /// Reads the value that `fetch` returned, which may be anything.
    pub(super) fn read(answer: &JsValue) -> Result<Self, Failure> {
        let response = answer.unchecked_ref::<Response>();
        let status = response
            .status()
            .ok()
            .and_then(|status| status.as_f64())
            .filter(|status| status.fract() == 0.0 && (100.0..1000.0).contains(status));
        let http_status = match status {
            // Exact: a whole number below 1000.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(status) => status as u16,
            // The status of a hidden redirect is 0.
            None if response.kind().is_ok_and(|kind| kind == "opaqueredirect") => HIDDEN_REDIRECT,
            None => return Err(Failure { kind: FailureKind::NoResponse, cause: None, host_hint: None }),
        };
        let (mut retry_after, mut date) = (None, None);
        if judge(http_status) != Verdict::Done {
            let headers = response.headers().ok();
            let header = |name| headers.as_ref()?.get(name).ok()?.as_string();
            (retry_after, date) = (header("retry-after"), header("date"));
        }
        Ok(Self { http_status, retry_after, date })
    }
}
