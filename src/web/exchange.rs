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

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::{ArrayBuffer, Function};
use wasm_bindgen::prelude::*;

use super::driver::Driver;
use super::fetch::{Fetch, Head, transport_failure};
use super::foreign::{Bytes, Chunk, Reader, Response, Thenable};
use super::promise;
use super::results::number;
use super::stops::{Stop, Stops};
use crate::dispatcher::{AttemptId, Input};
use crate::failure::Failure;
use crate::reply::MAX_BODY_BYTES;
use crate::sorted_map::SortedMap;
use crate::token::AccessToken;

/// The requests that are out.
pub(super) struct Exchange {
    fetch: Fetch,
    stops: Stops,
    attempts: RefCell<SortedMap<AttemptId, Rc<UnderWay>>>,
    fulfilled: Listener,
    rejected: Listener,
}

/// A function for promises, to be bound to an attempt.
type Listener = Closure<dyn Fn(f64, JsValue)>;

/// A request that is out.
struct UnderWay {
    attempt: AttemptId,
    stop: Rc<Stop>,
    on_fulfilled: Function,
    on_rejected: Function,
    /// The body that is being read, once the head is there.
    body: OnceCell<Body>,
}

/// The body of an answer: of a failing one it is kept, of any other read away, so that the connection can be used again.
struct Body {
    reader: Reader,
    is_kept: bool,
    length: Cell<usize>,
    bytes: RefCell<Vec<u8>>,
}

impl Exchange {
    pub(super) fn new(fetch: Option<Function>, driver: &Weak<Driver>) -> Self {
        Self {
            fetch: Fetch::new(fetch),
            stops: Stops::default(),
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
        let stop = match self.stops.take() {
            Ok(stop) => stop,
            Err(thrown) => return driver.feed(Input::Failed { attempt, failure: transport_failure(&thrown) }),
        };
        let id = JsValue::from_f64(number(attempt.0));
        let (on_fulfilled, on_rejected) = (bound(&self.fulfilled, &id), bound(&self.rejected, &id));
        if !self.fetch.is_the_hosts() {
            // Somebody's function may do with the signal what it likes, at any time.
            stop.spoil();
        }
        let under_way = Rc::new(UnderWay { attempt, stop, on_fulfilled, on_rejected, body: OnceCell::new() });
        self.attempts.borrow_mut().insert(attempt, Rc::clone(&under_way));
        let heard = self.fetch.send(url, token, &under_way.stop.signal).and_then(|answer| {
            let UnderWay { on_fulfilled, on_rejected, .. } = &*under_way;
            answer.then(on_fulfilled, on_rejected).map_err(|thrown| transport_failure(&thrown))
        });
        if let Err(failure) = heard {
            self.fail(driver, attempt, failure);
        }
    }

    fn fail(&self, driver: &Driver, attempt: AttemptId, failure: Failure) {
        self.attempts.borrow_mut().remove(&attempt);
        driver.feed(Input::Failed { attempt, failure });
    }

    /// Sends a request that outlives the page.
    pub(super) fn send_last(&self, url: &str, token: &AccessToken) {
        self.fetch.send_last(url, token);
    }

    /// Gives up a request: whoever waits for it is told soon.
    pub(super) fn abort(&self, attempt: AttemptId) {
        let Some(under_way) = self.under_way(attempt) else { return };
        under_way.stop.abort();
        // The user's function may not have passed the signal on.
        if let Some(Ok(cancelled)) = under_way.body.get().map(|body| body.reader.cancel()) {
            promise::ignore(cancelled.into());
        }
    }

    fn under_way(&self, attempt: AttemptId) -> Option<Rc<UnderWay>> {
        self.attempts.borrow().get(&attempt).cloned()
    }

    fn on_fulfilled(&self, driver: &Driver, attempt: AttemptId, value: JsValue) {
        let Some(under_way) = self.under_way(attempt) else { return };
        match under_way.body.get() {
            Some(body) => self.on_chunk(driver, &under_way, body, &value.unchecked_into()),
            None => self.on_answer(driver, &under_way, &value.unchecked_into()),
        }
    }

    fn on_rejected(&self, driver: &Driver, attempt: AttemptId, thrown: &JsValue) {
        let Some(under_way) = self.under_way(attempt) else { return };
        match under_way.body.get() {
            // A body that breaks ends where it broke.
            Some(_) => {
                under_way.stop.spoil();
                self.finish(driver, &under_way);
            }
            None => self.fail(driver, attempt, transport_failure(thrown)),
        }
    }

    fn on_answer(&self, driver: &Driver, under_way: &UnderWay, response: &Response) {
        let attempt = under_way.attempt;
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
            // There is no body, or somebody else reads it.
            under_way.stop.spoil();
            return self.finish(driver, under_way);
        };
        let body = under_way.body.get_or_init(|| Body::new(reader, !head.is_done()));
        self.wait(driver, under_way, body.reader.read());
    }

    /// Takes in a piece of a body, up to a limit, and gives up the rest.
    fn on_chunk(&self, driver: &Driver, under_way: &UnderWay, body: &Body, chunk: &Chunk) {
        let Some(()) = body.take(chunk) else { return self.finish(driver, under_way) };
        // To cancel is fulfilled without a piece, which is the end.
        self.wait(driver, under_way, if body.room() == 0 { body.reader.cancel() } else { body.reader.read() });
    }

    fn wait(&self, driver: &Driver, under_way: &UnderWay, promise: Result<Thenable, JsValue>) {
        let UnderWay { on_fulfilled, on_rejected, .. } = under_way;
        if promise.and_then(|promise| promise.then(on_fulfilled, on_rejected)).is_err() {
            under_way.stop.spoil();
            self.finish(driver, under_way);
        }
    }

    /// The body of an answer has ended, and its connection is closed or idle.
    fn finish(&self, driver: &Driver, under_way: &UnderWay) {
        let attempt = under_way.attempt;
        if self.attempts.borrow_mut().remove(&attempt).is_none() {
            return;
        }
        self.stops.give_back(&under_way.stop);
        let body = under_way.body.get();
        if body.is_none_or(|body| body.is_kept) {
            let bytes = body.map(|body| body.bytes.take()).unwrap_or_default();
            driver.feed(Input::Body { attempt, bytes: &bytes });
        }
        driver.feed(Input::Released(attempt));
    }
}

impl Body {
    fn new(reader: Reader, is_kept: bool) -> Self {
        Self { reader, is_kept, length: Cell::new(0), bytes: RefCell::default() }
    }

    /// How much of the body is still wanted.
    fn room(&self) -> usize {
        MAX_BODY_BYTES - self.length.get()
    }

    /// Takes in a piece, as far as there is room for it; nothing at the end, or where there is nothing to read.
    // Exact: what is longer than the room is cut to it, and a length that is no number is none.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    fn take(&self, chunk: &Chunk) -> Option<()> {
        // Not `instanceof`: under jsdom, the host's fetch gives arrays of another realm.
        let view = chunk.value().ok().filter(|view| ArrayBuffer::is_view(view))?;
        let length = view.byte_length().ok()?.min(self.room() as f64);
        if self.is_kept {
            let bytes = Bytes::new(&view.buffer().ok()?, view.byte_offset().ok()?, length).ok()?.to_vec();
            self.bytes.borrow_mut().extend(bytes);
        }
        self.length.set(self.length.get() + length as usize);
        Some(())
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
