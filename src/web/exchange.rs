//! What a client exchanges with the outside: requests and their answers, and questions for a token.
//!
//! ```text
//! send ─▶ awaiting the head ─▶ reading the body ─▶ released
//!              └──▶ failed         └─▶ giving up the rest ──┘
//! ```
//!
//! The two functions that a promise calls are made once for a client, and bound to the attempt: a closure of its own for
//! each promise, and a task for each attempt, cost more than all else that is done here.

use std::cell::RefCell;
use std::rc::Weak;

use js_sys::{ArrayBuffer, Function, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use super::driver::Driver;
use super::fetch::{Fetch, Head, transport_failure};
use super::foreign::{Chunk, Eventual, Reader, Response};
use super::promise::settled;
use super::results::number;
use super::thrown::cause_of;
use crate::dispatcher::{AskId, AttemptId, Input};
use crate::error::Cause;
use crate::reply::MAX_BODY_BYTES;
use crate::table::Table;
use crate::token::AccessToken;

/// The requests and questions that are out.
pub(super) struct Exchange {
    fetch: Fetch,
    token_source: Option<Function>,
    attempts: RefCell<Table<AttemptId, UnderWay>>,
    resolved: Listener,
    rejected: Listener,
}

/// A function for promises, to be bound to an attempt.
type Listener = Closure<dyn Fn(f64, JsValue)>;

/// A request that is out.
struct UnderWay {
    controller: AbortController,
    on_resolved: Function,
    on_rejected: Function,
    /// The body that is being read, once the head is there.
    body: Option<Body>,
}

/// The body of an answer: of a failing one it is kept, of any other read away, so that the connection can be used again.
struct Body {
    reader: Reader,
    is_kept: bool,
    length: usize,
    bytes: Vec<u8>,
}

impl Exchange {
    pub(super) fn new(fetch: Option<Function>, token_source: Option<Function>, driver: &Weak<Driver>) -> Self {
        Self {
            fetch: Fetch::new(fetch),
            token_source,
            attempts: RefCell::default(),
            resolved: listener(driver, |driver, attempt, value| driver.exchange.on_resolved(driver, attempt, value)),
            rejected: listener(driver, |driver, attempt, thrown| driver.exchange.on_rejected(driver, attempt, &thrown)),
        }
    }

    /// Whether a promise of a request may still call back.
    pub(super) fn is_busy(&self) -> bool {
        !self.attempts.borrow().is_empty()
    }

    /// Sends a request; the driver is told what comes of it.
    pub(super) fn send(&self, driver: &Driver, attempt: AttemptId, url: &str, token: &AccessToken) {
        let Ok(controller) = AbortController::new() else { return };
        let id = JsValue::from_f64(number(attempt.0));
        let (on_resolved, on_rejected) = (bound(&self.resolved, &id), bound(&self.rejected, &id));
        let signal = controller.signal();
        let under_way =
            UnderWay { controller, on_resolved: on_resolved.clone(), on_rejected: on_rejected.clone(), body: None };
        self.attempts.borrow_mut().insert(attempt, under_way);
        match self.fetch.send(url, token, &signal) {
            Ok(answer) => {
                let _ = answer.then(&on_resolved, &on_rejected);
            }
            Err(failure) => {
                self.attempts.borrow_mut().remove(attempt);
                driver.feed(Input::Failed { attempt, failure });
            }
        }
    }

    /// Sends a request that outlives the page.
    pub(super) fn send_last(&self, url: &str, token: &AccessToken) {
        self.fetch.send_last(url, token);
    }

    /// Gives up a request: whoever waits for it is told soon.
    pub(super) fn abort(&self, attempt: AttemptId) {
        let controller = self.attempts.borrow().get(attempt).map(|under_way| under_way.controller.clone());
        if let Some(controller) = controller {
            controller.abort();
        }
    }

    fn on_resolved(&self, driver: &Driver, attempt: AttemptId, value: JsValue) {
        if self.is_reading(attempt) {
            self.on_chunk(driver, attempt, &value.unchecked_into());
        } else {
            self.on_answer(driver, attempt, &value.unchecked_into());
        }
    }

    fn on_rejected(&self, driver: &Driver, attempt: AttemptId, thrown: &JsValue) {
        if self.is_reading(attempt) {
            // A body that breaks ends where it broke.
            self.finish(driver, attempt);
        } else {
            self.attempts.borrow_mut().remove(attempt);
            driver.feed(Input::Failed { attempt, failure: transport_failure(thrown) });
        }
    }

    fn is_reading(&self, attempt: AttemptId) -> bool {
        self.attempts.borrow().get(attempt).is_some_and(|under_way| under_way.body.is_some())
    }

    fn on_answer(&self, driver: &Driver, attempt: AttemptId, response: &Response) {
        let head = match Head::read(response) {
            Ok(head) => head,
            Err(failure) => {
                self.attempts.borrow_mut().remove(attempt);
                return driver.feed(Input::Failed { attempt, failure });
            }
        };
        driver.feed(Input::Head {
            attempt,
            http_status: head.http_status,
            retry_after: head.retry_after.as_deref(),
            date: head.date.as_deref(),
        });
        let Ok(reader) = response.body().and_then(|stream| stream.get_reader()) else {
            return self.finish(driver, attempt);
        };
        let next = reader.read();
        if let Some(under_way) = self.attempts.borrow_mut().get_mut(attempt) {
            under_way.body = Some(Body { reader, is_kept: !head.is_done(), length: 0, bytes: Vec::new() });
        }
        self.wait(driver, attempt, next);
    }

    /// Takes in a piece of a body, up to a limit, and gives up the rest.
    fn on_chunk(&self, driver: &Driver, attempt: AttemptId, chunk: &Chunk) {
        // Not `instanceof`: under jsdom, the host's fetch gives arrays of another realm.
        let bytes = chunk.value().ok().filter(ArrayBuffer::is_view);
        let more = {
            let mut attempts = self.attempts.borrow_mut();
            let body = attempts.get_mut(attempt).and_then(|under_way| under_way.body.as_mut());
            body.zip(bytes).map(|(body, bytes)| {
                body.take(&bytes.unchecked_into());
                (body.reader.clone(), body.length >= MAX_BODY_BYTES)
            })
        };
        match more {
            None => self.finish(driver, attempt),
            Some((reader, false)) => self.wait(driver, attempt, reader.read()),
            // It resolves without a piece, which is the end.
            Some((reader, true)) => self.wait(driver, attempt, reader.cancel()),
        }
    }

    fn wait(&self, driver: &Driver, attempt: AttemptId, promise: Result<Eventual, JsValue>) {
        let listeners = {
            let attempts = self.attempts.borrow();
            attempts.get(attempt).map(|under_way| (under_way.on_resolved.clone(), under_way.on_rejected.clone()))
        };
        let heard = listeners.zip(promise.ok());
        if heard.is_none_or(|((resolved, rejected), promise)| promise.then(&resolved, &rejected).is_err()) {
            self.finish(driver, attempt);
        }
    }

    /// The body of an answer has ended, and its connection is closed or idle.
    fn finish(&self, driver: &Driver, attempt: AttemptId) {
        let under_way = self.attempts.borrow_mut().remove(attempt);
        let body = under_way.and_then(|under_way| under_way.body);
        if body.as_ref().is_none_or(|body| body.is_kept) {
            let bytes = body.map(|body| body.bytes).unwrap_or_default();
            driver.feed(Input::Body { attempt, bytes: &bytes });
        }
        driver.feed(Input::Released(attempt));
    }

    /// Asks the user's function for a token; the driver is told what it gave.
    pub(super) fn ask_token(&self, driver: &Driver, ask: AskId) {
        let (Some(source), Some(driver)) = (self.token_source.clone(), driver.weak().upgrade()) else { return };
        spawn_local(async move {
            let answer: Result<String, Option<Cause>> = match settled(source.call0(&JsValue::UNDEFINED)).await {
                Ok(value) => Ok(value.as_string().unwrap_or_default()),
                Err(thrown) => Err(Some(cause_of(&thrown))),
            };
            driver.feed(Input::Token { ask, answer: answer.as_deref().map_err(Clone::clone) });
        });
    }
}

impl Body {
    fn take(&mut self, chunk: &Uint8Array) {
        let wanted = chunk.length().min(u32::try_from(MAX_BODY_BYTES - self.length).unwrap_or(0));
        if self.is_kept {
            self.bytes.extend(chunk.subarray(0, wanted).to_vec());
        }
        self.length += wanted as usize;
    }
}

fn listener(driver: &Weak<Driver>, hear: impl Fn(&Driver, AttemptId, JsValue) + 'static) -> Listener {
    let driver = driver.clone();
    // Exact: ids count up from 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Closure::new(move |attempt: f64, value| {
        if let Some(driver) = driver.upgrade() {
            hear(&driver, AttemptId(attempt as u64), value);
        }
    })
}

fn bound(listener: &Listener, attempt: &JsValue) -> Function {
    let listener: &Function = listener.as_ref().unchecked_ref();
    JsValue::from(listener.bind1(&JsValue::UNDEFINED, attempt)).unchecked_into()
}
