//! The requests of a client and their answers.
//!
//! ```text
//! send ─▶ awaiting the head ─▶ reading the body ─▶ released
//!              └──▶ failed         └─▶ giving up the rest ──┘
//! ```
//!
//! The two functions that a promise calls are made once for a client, and bound to the attempt: a closure of its own for
//! each promise, and a task for each attempt, cost more than all else that is done here. So the same function hears of
//! the head and of each piece of the body; where the attempt stands says which of them came.

use std::cell::RefCell;
use std::rc::Weak;

use js_sys::{ArrayBuffer, Function};
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

use super::driver::Driver;
use super::fetch::{Fetch, Head, transport_failure};
use super::foreign::{Bytes, Chunk, Reader, Response, Thenable};
use super::promise;
use super::results::number;
use crate::dispatcher::{AttemptId, Input};
use crate::failure::Failure;
use crate::reply::MAX_BODY_BYTES;
use crate::table::Table;
use crate::token::AccessToken;

/// The requests that are out.
pub(super) struct Exchange {
    fetch: Fetch,
    attempts: RefCell<Table<AttemptId, UnderWay>>,
    fulfilled: Listener,
    rejected: Listener,
}

/// A function for promises, to be bound to an attempt.
type Listener = Closure<dyn Fn(f64, JsValue)>;

/// A request that is out.
struct UnderWay {
    controller: AbortController,
    on_fulfilled: Function,
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
    pub(super) fn new(fetch: Option<Function>, driver: &Weak<Driver>) -> Self {
        Self {
            fetch: Fetch::new(fetch),
            attempts: RefCell::default(),
            fulfilled: listener(driver, |driver, attempt, value| driver.exchange.on_fulfilled(driver, attempt, value)),
            rejected: listener(driver, |driver, attempt, thrown| driver.exchange.on_rejected(driver, attempt, &thrown)),
        }
    }

    /// Whether a promise of a request may still call back.
    pub(super) fn is_busy(&self) -> bool {
        !self.attempts.borrow().is_empty()
    }

    /// Sends a request; the driver is told what comes of it.
    pub(super) fn send(&self, driver: &Driver, attempt: AttemptId, url: &str, token: &AccessToken) {
        let controller = match AbortController::new() {
            Ok(controller) => controller,
            Err(thrown) => return driver.feed(Input::Failed { attempt, failure: transport_failure(&thrown) }),
        };
        let id = JsValue::from_f64(number(attempt.0));
        let (on_fulfilled, on_rejected) = (bound(&self.fulfilled, &id), bound(&self.rejected, &id));
        let signal = controller.signal();
        let under_way =
            UnderWay { controller, on_fulfilled: on_fulfilled.clone(), on_rejected: on_rejected.clone(), body: None };
        self.attempts.borrow_mut().insert(attempt, under_way);
        let heard = self
            .fetch
            .send(url, token, &signal)
            .and_then(|answer| answer.then(&on_fulfilled, &on_rejected).map_err(|thrown| transport_failure(&thrown)));
        if let Err(failure) = heard {
            self.fail(driver, attempt, failure);
        }
    }

    fn fail(&self, driver: &Driver, attempt: AttemptId, failure: Failure) {
        self.attempts.borrow_mut().remove(attempt);
        driver.feed(Input::Failed { attempt, failure });
    }

    /// Sends a request that outlives the page.
    pub(super) fn send_last(&self, url: &str, token: &AccessToken) {
        self.fetch.send_last(url, token);
    }

    /// Gives up a request: whoever waits for it is told soon.
    pub(super) fn abort(&self, attempt: AttemptId) {
        let given_up = {
            let attempts = self.attempts.borrow();
            attempts.get(attempt).map(|under_way| {
                let reader = under_way.body.as_ref().map(|body| body.reader.clone());
                (under_way.controller.clone(), reader)
            })
        };
        let Some((controller, reader)) = given_up else { return };
        controller.abort();
        // The user's function may not have passed the signal on.
        if let Some(Ok(cancelled)) = reader.map(|reader| reader.cancel()) {
            promise::ignore(cancelled.into());
        }
    }

    fn on_fulfilled(&self, driver: &Driver, attempt: AttemptId, value: JsValue) {
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
            self.fail(driver, attempt, transport_failure(thrown));
        }
    }

    fn is_reading(&self, attempt: AttemptId) -> bool {
        self.attempts.borrow().get(attempt).is_some_and(|under_way| under_way.body.is_some())
    }

    fn on_answer(&self, driver: &Driver, attempt: AttemptId, response: &Response) {
        let head = match Head::read(response) {
            Ok(head) => head,
            Err(failure) => return self.fail(driver, attempt, failure),
        };
        if head.retry_after.is_some() {
            driver.clock.read_wall_clock();
        }
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
        let reading = {
            let attempts = self.attempts.borrow();
            let body = attempts.get(attempt).and_then(|under_way| under_way.body.as_ref());
            body.map(|body| (body.reader.clone(), body.is_kept, MAX_BODY_BYTES - body.length))
        };
        let piece = reading.and_then(|(reader, is_kept, room)| Some((reader, read_piece(chunk, is_kept, room)?)));
        let Some((reader, piece)) = piece else { return self.finish(driver, attempt) };
        let is_full = {
            let mut attempts = self.attempts.borrow_mut();
            let body = attempts.get_mut(attempt).and_then(|under_way| under_way.body.as_mut());
            body.is_none_or(|body| body.take(piece))
        };
        // To cancel is fulfilled without a piece, which is the end.
        self.wait(driver, attempt, if is_full { reader.cancel() } else { reader.read() });
    }

    fn wait(&self, driver: &Driver, attempt: AttemptId, promise: Result<Thenable, JsValue>) {
        let listeners = {
            let attempts = self.attempts.borrow();
            attempts.get(attempt).map(|under_way| (under_way.on_fulfilled.clone(), under_way.on_rejected.clone()))
        };
        let heard = listeners.zip(promise.ok());
        if heard.is_none_or(|((fulfilled, rejected), promise)| promise.then(&fulfilled, &rejected).is_err()) {
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
}

/// A piece of a body: how long it is, and its bytes where they are kept.
type Piece = (usize, Vec<u8>);

impl Body {
    /// Says whether that is all that is wanted.
    fn take(&mut self, (length, bytes): Piece) -> bool {
        self.length += length;
        self.bytes.extend(bytes);
        self.length >= MAX_BODY_BYTES
    }
}

/// Reads a piece of a body, as far as there is room for it; nothing at its end, or where there is nothing to read.
// Exact: what is longer than the room is cut to it, and a length that is no number is none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
fn read_piece(chunk: &Chunk, is_kept: bool, room: usize) -> Option<Piece> {
    // Not `instanceof`: under jsdom, the host's fetch gives arrays of another realm.
    let view = chunk.value().ok().filter(|view| ArrayBuffer::is_view(view))?;
    let length = view.byte_length().ok()?.min(room as f64);
    let bytes = if is_kept {
        Bytes::new(&view.buffer().ok()?, view.byte_offset().ok()?, length).ok()?.to_vec()
    } else {
        Vec::new()
    };
    Some((length as usize, bytes))
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
