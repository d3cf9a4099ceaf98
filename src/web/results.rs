//! The results of calls as plain data.

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::identifier::SourceId;
use crate::request::{self, RequestTemplate};
use crate::status::StatusType;
use crate::token::MASK;

/// Returns a value as plain data. This cannot fail: there are no maps with odd keys, and no integers above 2^53.
pub(super) fn to_js(value: &impl Serialize) -> JsValue {
    serde_wasm_bindgen::to_value(value).unwrap_or_default()
}

/// Returns a value as plain data, with `null` for `None`.
pub(super) fn nullable_to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true)).unwrap_or_default()
}

/// Returns a duration or an id as a number of JavaScript.
// Exact up to 2^53: 285,000 years, or more calls than anybody makes.
#[allow(clippy::cast_precision_loss)]
pub(super) fn number(count: u64) -> f64 {
    count as f64
}

/// The place of a client's sources, for its journal.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place<'a> {
    organization_id: &'a str,
    endpoint: &'a str,
}

impl<'a> Place<'a> {
    pub(super) fn of(template: &'a RequestTemplate) -> Self {
        Self { organization_id: template.organization().as_str(), endpoint: template.endpoint() }
    }
}

/// A request as plain data, with the token masked.
#[derive(Serialize, Tsify)]
pub struct StatusRequest {
    /// The method.
    #[tsify(type = "\"POST\"")]
    pub method: &'static str,
    /// The URL.
    pub url: String,
    /// The headers, with the token masked.
    pub headers: StatusRequestHeaders,
    /// The body, an empty JSON object.
    #[tsify(type = "\"{}\"")]
    pub body: &'static str,
}

/// The headers of a request, with the token masked.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "PascalCase")]
pub struct StatusRequestHeaders {
    /// Always `application/json`.
    #[serde(rename = "Content-Type")]
    pub content_type: &'static str,
    /// Always `application/json`.
    pub accept: &'static str,
    /// Always `Bearer ****`.
    pub authorization: String,
}

impl StatusRequest {
    pub(super) fn preview(template: &RequestTemplate, source: &SourceId, status: StatusType) -> Self {
        let (url, headers) = (template.url(source, status), StatusRequestHeaders::new(MASK));
        Self { method: request::METHOD, url, headers, body: request::BODY }
    }
}

impl StatusRequestHeaders {
    pub(super) fn new(token: &str) -> Self {
        let [(_, content_type), (_, accept)] = request::HEADERS;
        Self { content_type, accept, authorization: request::bearer(token) }
    }
}
