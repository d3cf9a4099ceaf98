//! One request through the host's `fetch`, or the one that the user gave.

use std::cell::RefCell;

use js_sys::{ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader};

use super::argument::as_function;
use super::{host, promise, thrown};
use crate::failure::{Failure, FailureKind};
use crate::reply::{HIDDEN_REDIRECT, MAX_BODY_BYTES};
use crate::request;
use crate::token::AccessToken;

/// What sends the requests of a client.
pub(super) struct Fetch {
    function: Option<Function>,
    /// The headers for the token that was used last: one object serves many requests.
    headers: RefCell<Option<(AccessToken, Object)>>,
}

impl Fetch {
    /// With the function of the user; without one, with whatever `fetch` the host has at the time.
    pub(super) fn new(function: Option<Function>) -> Self {
        Self { function, headers: RefCell::new(None) }
    }

    /// Sends a request; resolves with the head of its answer.
    pub(super) fn send(&self, url: &str, token: &AccessToken, signal: &AbortSignal) -> Result<Promise, Failure> {
        let Some(function) = self.function() else {
            return Err(Failure { kind: FailureKind::NoFetch, cause: None, host_hint: None });
        };
        let init = self.init(token);
        put(&init, "signal", signal);
        // A browser's fetch insists on being called without an object of its own, or on the global one.
        match function.call2(&JsValue::UNDEFINED, &url.into(), &init) {
            Ok(answer) => Ok(Promise::resolve(&answer)),
            Err(thrown) => Err(transport_failure(&thrown)),
        }
    }

    /// Sends a request that outlives the page, and waits for nothing.
    pub(super) fn send_last(&self, url: &str, token: &AccessToken) {
        let init = self.init(token);
        put(&init, "keepalive", &JsValue::TRUE);
        if let Some(function) = self.function()
            && let Ok(answer) = function.call2(&JsValue::UNDEFINED, &url.into(), &init)
        {
            promise::ignore(answer);
        }
    }

    /// The function of the user, or whatever `fetch` the host has at the time.
    fn function(&self) -> Option<Function> {
        let hosts = || as_function(&Reflect::get(&global(), &"fetch".into()).ok()?);
        self.function.clone().or_else(hosts)
    }

    fn init(&self, token: &AccessToken) -> Object {
        let init = Object::new();
        let members: [(&str, &JsValue); 4] = [
            ("method", &request::METHOD.into()),
            ("headers", &self.headers_for(token)),
            ("body", &request::BODY.into()),
            // A redirect is an answer like any other, and an error: it must not take the token along.
            ("redirect", &"manual".into()),
        ];
        for (name, value) in members {
            put(&init, name, value);
        }
        init
    }

    fn headers_for(&self, token: &AccessToken) -> Object {
        let mut cached = self.headers.borrow_mut();
        if let Some((_, headers)) = cached.as_ref().filter(|(cached, _)| cached == token) {
            return headers.clone();
        }
        let headers = Object::new();
        for (name, value) in request::HEADERS {
            put(&headers, name, &value.into());
        }
        put(&headers, request::AUTHORIZATION, &request::bearer(token.reveal()).into());
        *cached = Some((token.clone(), headers.clone()));
        headers
    }
}

/// Sets a member of a plain object, which cannot fail.
fn put(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

/// The failure that a rejected or throwing `fetch` is.
pub(super) fn transport_failure(thrown: &JsValue) -> Failure {
    Failure { kind: FailureKind::Transport, cause: Some(thrown::cause_of(thrown)), host_hint: host::network_hint() }
}

/// The head of an answer.
pub(super) struct Head {
    pub(super) http_status: u16,
    pub(super) retry_after: Option<String>,
    pub(super) date: Option<String>,
    response: JsValue,
}

impl Head {
    /// Reads what `fetch` gave, which may be anything.
    pub(super) fn read(response: JsValue) -> Result<Self, Failure> {
        let member = |name: &str| Reflect::get(&response, &name.into()).ok();
        let is_hidden_redirect =
            member("type").is_some_and(|kind| kind.as_string().as_deref() == Some("opaqueredirect"));
        let status = member("status")
            .and_then(|status| status.as_f64())
            .filter(|status| status.fract() == 0.0 && (100.0..1000.0).contains(status));
        let http_status = match status {
            _ if is_hidden_redirect => HIDDEN_REDIRECT,
            // Exact: a whole number below 1000.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(status) => status as u16,
            None => return Err(Failure { kind: FailureKind::NoResponse, cause: None, host_hint: None }),
        };
        let (mut retry_after, mut date) = (None, None);
        if !(200..300).contains(&http_status) {
            let headers = member("headers").unwrap_or_default();
            let get = Reflect::get(&headers, &"get".into()).ok().as_ref().and_then(as_function);
            let header = |name: &str| get.as_ref()?.call1(&headers, &name.into()).ok()?.as_string();
            (retry_after, date) = (header("retry-after"), header("date"));
        }
        Ok(Self { http_status, retry_after, date, response })
    }

    /// Reads the body up to a limit, and gives up the rest. A body that breaks ends where it broke.
    pub(super) async fn body(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let stream = Reflect::get(&self.response, &"body".into()).unwrap_or_default();
        let get_reader = Reflect::get(&stream, &"getReader".into()).ok().as_ref().and_then(as_function);
        let Some(Ok(reader)) = get_reader.map(|get| get.call0(&stream)) else { return bytes };
        let reader: ReadableStreamDefaultReader = reader.unchecked_into();
        while let Ok(chunk) = JsFuture::from(reader.read()).await {
            // Not `instanceof`: under jsdom, the host's fetch gives arrays of another realm.
            let Some(chunk) = Reflect::get(&chunk, &"value".into()).ok().filter(ArrayBuffer::is_view) else {
                return bytes;
            };
            let chunk: Uint8Array = chunk.unchecked_into();
            let wanted = u32::try_from(MAX_BODY_BYTES - bytes.len()).unwrap_or(0).min(chunk.length());
            bytes.extend(chunk.subarray(0, wanted).to_vec());
            if bytes.len() == MAX_BODY_BYTES {
                let _ = JsFuture::from(reader.cancel()).await;
                return bytes;
            }
        }
        bytes
    }
}
