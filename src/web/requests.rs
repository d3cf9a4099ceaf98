//! The requests of a client, up to the heads of their answers.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect, global};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::answer::ResponseHead;
use super::results::{StatusRequestHeaders, to_js};
use super::{host, thrown};
use crate::dispatcher::AttemptId;
use crate::failure::{Failure, FailureKind};
use crate::request;
use crate::sorted_map::SortedMap;
use crate::token::AccessToken;

/// A request as the core wants it sent. Its token is told to `fetch` alone.
pub(super) struct Unsent {
    pub(super) url: String,
    pub(super) token: AccessToken,
}

/// The requests that are to be sent, and what came of those that were.
pub(super) struct Requests {
    pub(super) unsent: RefCell<SortedMap<AttemptId, Unsent>>,
    /// Those that outlive the page.
    pub(super) last: RefCell<Vec<Unsent>>,
    /// What came, until it is taken in.
    pub(super) heads: RefCell<SortedMap<AttemptId, Result<ResponseHead, Failure>>>,
    uses_hosts_fetch: bool,
    /// What the requests with the token that was used last have in common.
    init: RefCell<Option<(AccessToken, JsValue)>>,
}

#[derive(Serialize)]
struct Init {
    method: &'static str,
    headers: StatusRequestHeaders,
    body: &'static str,
    /// A redirect is an answer like any other, and an error: it must not take the token along.
    redirect: &'static str,
}

impl Requests {
    pub(super) fn new(uses_hosts_fetch: bool) -> Rc<Self> {
        let (unsent, last, heads, init) = Default::default();
        Rc::new(Self { unsent, last, heads, uses_hosts_fetch, init })
    }

    /// Sends a request. The promise is kept once there is a head, with the answer, or will be none.
    pub(super) fn send(self: &Rc<Self>, attempt: AttemptId, fetch: &Function) -> Promise {
        let unsent = self.unsent.borrow_mut().remove(&attempt);
        // It was given up before.
        let Some(unsent) = unsent else { return Promise::resolve(&JsValue::UNDEFINED) };
        let promise = self.call(fetch, &unsent);
        let this = Rc::clone(self);
        future_to_promise(async move {
            let answer = answer(promise).await;
            let head = answer.as_ref().map_err(|thrown| this.failure(thrown)).and_then(ResponseHead::read);
            this.heads.borrow_mut().insert(attempt, head);
            Ok(answer.unwrap_or_default())
        })
    }

    /// Sends the requests that outlive the page, and waits for nothing.
    pub(super) fn send_last(&self, fetch: &Function) {
        for unsent in self.last.take() {
            let _ = self.call(fetch, &unsent);
        }
    }

    /// The function is the shell's, and gives a promise of the host.
    fn call(&self, fetch: &Function, unsent: &Unsent) -> Result<JsValue, JsValue> {
        let init = {
            let mut last = self.init.borrow_mut();
            match &*last {
                Some((token, init)) if *token == unsent.token => init.clone(),
                _ => last.insert((unsent.token.clone(), to_js(&Init::new(&unsent.token)))).1.clone(),
            }
        };
        fetch.call2(&JsValue::UNDEFINED, &unsent.url.as_str().into(), &init)
    }

    /// The failure that a rejected or throwing `fetch` is.
    fn failure(&self, thrown: &JsValue) -> Failure {
        let has_fetch = || Reflect::get(&global(), &"fetch".into()).is_ok_and(|fetch| fetch.is_function());
        if self.uses_hosts_fetch && !has_fetch() {
            return Failure { kind: FailureKind::NoFetch, cause: None, host_hint: None };
        }
        let cause = Some(thrown::cause_of(thrown));
        Failure { kind: FailureKind::Transport, cause, host_hint: host::network_hint() }
    }
}

async fn answer(promise: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?.unchecked_into::<Promise>()).await
}

impl Init {
    fn new(token: &AccessToken) -> Self {
        let headers = StatusRequestHeaders::new(token.reveal());
        Self { method: request::METHOD, headers, body: request::BODY, redirect: "manual" }
    }
}
