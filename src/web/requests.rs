//! The requests of a client, up to the heads of their answers.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect, global};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{RequestInit, RequestRedirect};

use super::answer::ResponseHead;
use super::results::{StatusRequestHeaders, to_js};
use super::{host, thrown};
use crate::dispatcher::AttemptId;
use crate::failure::{Failure, FailureKind};
use crate::request;
use crate::sorted_map::SortedMap;
use crate::token::AccessToken;

/// A request that is to be sent. Only `fetch` gets to see its token.
pub(super) struct Unsent {
    pub(super) url: String,
    pub(super) token: AccessToken,
}

/// The requests that are to be sent, and the heads of the answers to those that were.
pub(super) struct Requests {
    pub(super) unsent: RefCell<SortedMap<AttemptId, Unsent>>,
    /// The requests that outlive the page.
    pub(super) last: RefCell<Vec<Unsent>>,
    /// The heads and failures that have come, until the shell reports them as received.
    pub(super) heads: RefCell<SortedMap<AttemptId, Result<ResponseHead, Failure>>>,
    uses_hosts_fetch: bool,
    /// The second argument of `fetch` for the newest token, kept for the next request.
    init: RefCell<Option<(AccessToken, RequestInit)>>,
}

impl Requests {
    pub(super) fn new(uses_hosts_fetch: bool) -> Rc<Self> {
        let (unsent, last, heads, init) = Default::default();
        Rc::new(Self { unsent, last, heads, uses_hosts_fetch, init })
    }

    /// Sends a request. Calls `done` with the response, or with `undefined` after a failure.
    pub(super) fn send(self: &Rc<Self>, attempt: AttemptId, fetch: &Function, done: Function) {
        let unsent = self.unsent.borrow_mut().remove(&attempt);
        let answer = unsent.map(|unsent| self.call(fetch, &unsent));
        let this = Rc::clone(self);
        spawn_local(async move {
            let mut response = JsValue::UNDEFINED;
            // Without an answer, the attempt was aborted before it was sent.
            if let Some(answer) = answer {
                let answer = settled(answer).await;
                let head = answer.as_ref().map_err(|thrown| this.failure(thrown)).and_then(ResponseHead::read);
                this.heads.borrow_mut().insert(attempt, head);
                response = answer.unwrap_or_default();
            }
            let _ = done.call1(&JsValue::UNDEFINED, &response);
        });
    }

    /// Sends the requests that outlive the page, without waiting for answers.
    pub(super) fn send_last(&self, fetch: &Function) {
        for unsent in self.last.take() {
            let _ = self.call(fetch, &unsent);
        }
    }

    /// Calls `fetch` for a request. It is the shell's function, which returns a native promise.
    fn call(&self, fetch: &Function, unsent: &Unsent) -> Result<JsValue, JsValue> {
        let init: JsValue = {
            let mut last = self.init.borrow_mut();
            match &*last {
                Some((token, init)) if *token == unsent.token => init.clone(),
                _ => last.insert((unsent.token.clone(), init(&unsent.token))).1.clone(),
            }
            .into()
        };
        fetch.call2(&JsValue::UNDEFINED, &unsent.url.as_str().into(), &init)
    }

    /// Returns the failure for a `fetch` that has rejected or thrown.
    fn failure(&self, thrown: &JsValue) -> Failure {
        let has_fetch = || Reflect::get(&global(), &"fetch".into()).is_ok_and(|fetch| fetch.is_function());
        if self.uses_hosts_fetch && !has_fetch() {
            return Failure { kind: FailureKind::NoFetch, cause: None, host_hint: None };
        }
        let cause = Some(thrown::cause_of(thrown));
        Failure { kind: FailureKind::Transport, cause, host_hint: host::network_hint() }
    }
}

async fn settled(promise: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?.unchecked_into::<Promise>()).await
}

/// Returns the second argument of `fetch`.
fn init(token: &AccessToken) -> RequestInit {
    let init = RequestInit::new();
    init.set_method(request::METHOD);
    init.set_headers(&to_js(&StatusRequestHeaders::new(token.reveal())));
    init.set_body(&request::BODY.into());
    // Redirects are not followed, since they could lead the token to another host. They are errors.
    init.set_redirect(RequestRedirect::Manual);
    init
}
