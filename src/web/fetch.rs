//! One request through the host's `fetch`, or the one that the user gave.

use std::cell::RefCell;

use js_sys::{Function, Object, Reflect, global};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::foreign::{RequestInit, Response, Thenable};
use super::{foreign, host, promise, thrown};
use crate::failure::{Failure, FailureKind};
use crate::reply::{HIDDEN_REDIRECT, judge};
use crate::request;
use crate::token::AccessToken;
use crate::verdict::Verdict;

#[wasm_bindgen]
extern "C" {
    /// Whatever `fetch` the host has at the time.
    #[wasm_bindgen(catch, js_namespace = globalThis, js_name = fetch)]
    fn host_fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;
}

/// What sends the requests of a client.
pub(super) struct Fetch {
    function: Option<Function>,
    common: RefCell<Option<Common>>,
}

/// What the requests with the token that was used last have in common.
struct Common {
    token: AccessToken,
    init: RequestInit,
    headers: Object,
}

impl Fetch {
    /// With the function of the user; without one, with whatever `fetch` the host has at the time.
    pub(super) fn new(function: Option<Function>) -> Self {
        Self { function, common: RefCell::new(None) }
    }

    pub(super) fn is_the_hosts(&self) -> bool {
        self.function.is_none()
    }

    /// Sends a request; resolves with its answer.
    pub(super) fn send(&self, url: &str, token: &AccessToken, signal: &AbortSignal) -> Result<Thenable, Failure> {
        let init = self.init(token);
        init.set_signal(signal);
        match self.call(url, &init).and_then(|answer| foreign::resolve(&answer)) {
            Ok(answer) => Ok(answer),
            Err(_) if self.is_the_hosts() && !host_has_fetch() => {
                Err(Failure { kind: FailureKind::NoFetch, cause: None, host_hint: None })
            }
            Err(thrown) => Err(transport_failure(&thrown)),
        }
    }

    /// Sends a request that outlives the page, and waits for nothing.
    pub(super) fn send_last(&self, url: &str, token: &AccessToken) {
        let init = self.init(token);
        init.set_keepalive(true);
        if let Ok(answer) = self.call(url, &init) {
            promise::ignore(answer);
        }
    }

    fn call(&self, url: &str, init: &RequestInit) -> Result<JsValue, JsValue> {
        match &self.function {
            Some(function) => function.call2(&JsValue::UNDEFINED, &url.into(), init),
            None => host_fetch(url, init),
        }
    }

    /// Objects of its own for each request, since a user's function may keep or change them.
    fn init(&self, token: &AccessToken) -> RequestInit {
        let mut common = self.common.borrow_mut();
        if common.as_ref().is_none_or(|common| common.token != *token) {
            *common = Some(Common::new(token));
        }
        let Some(Common { init, headers, .. }) = common.as_ref() else { return Object::new().unchecked_into() };
        let init: RequestInit = copy(init.unchecked_ref()).unchecked_into();
        init.set_headers(&copy(headers));
        init
    }
}

impl Common {
    fn new(token: &AccessToken) -> Self {
        let headers = Object::new();
        let bearer = request::bearer(token.reveal());
        for (name, value) in request::HEADERS.into_iter().chain([(request::AUTHORIZATION, bearer.as_str())]) {
            // Setting a member of a plain object cannot fail.
            let _ = Reflect::set(&headers, &name.into(), &value.into());
        }
        let init: RequestInit = Object::new().unchecked_into();
        init.set_method(request::METHOD);
        init.set_body(request::BODY);
        // A redirect is an answer like any other, and an error: it must not take the token along.
        init.set_redirect("manual");
        Self { token: token.clone(), init, headers }
    }
}

fn copy(object: &Object) -> Object {
    Object::assign(&Object::new(), object)
}

fn host_has_fetch() -> bool {
    Reflect::get(&global(), &"fetch".into()).is_ok_and(|fetch| fetch.is_function())
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
}

impl Head {
    /// Reads what `fetch` gave, which may be anything.
    pub(super) fn read(response: &Response) -> Result<Self, Failure> {
        let status = response
            .status()
            .ok()
            .and_then(|status| status.as_f64())
            .filter(|status| status.fract() == 0.0 && (100.0..1000.0).contains(status));
        let http_status = match status {
            // Exact: a whole number below 1000.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(status) => status as u16,
            // Its status is 0.
            None if response.kind().is_ok_and(|kind| kind == "opaqueredirect") => HIDDEN_REDIRECT,
            None => return Err(Failure { kind: FailureKind::NoResponse, cause: None, host_hint: None }),
        };
        let (mut retry_after, mut date) = (None, None);
        if !is_done(http_status) {
            let headers = response.headers().unwrap_or_else(|_| JsValue::UNDEFINED.unchecked_into());
            let header = |name| headers.get(name).ok().and_then(|value| value.as_string());
            (retry_after, date) = (header("retry-after"), header("date"));
        }
        Ok(Self { http_status, retry_after, date })
    }

    /// Whether the body tells nothing that matters.
    pub(super) fn is_done(&self) -> bool {
        is_done(self.http_status)
    }
}

fn is_done(http_status: u16) -> bool {
    judge(http_status) == Verdict::Done
}
