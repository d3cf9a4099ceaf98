//! The exports to the shell: a function for everything that may happen to a client.
//!
//! Foreign code runs here in two cases only: the getters of arguments, before anything else is done, and the `fetch` of
//! [`Machine::send`]. After each call, the shell takes the outputs with [`Machine::poll`].

// Plain comments, since doc comments would be copied into the shipped glue. Only the shell calls these functions.
#![allow(missing_docs)]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::argument::{Signal, activity, change, function, list, required_function, row};
use super::clock::Clock;
use super::events::event_to_js;
use super::members::Members;
use super::options::Settings;
use super::outputs::{activity_key, agenda, begun, call_key, put};
use super::requests::Requests;
use super::results::{Place, StatusRequest, number, to_js};
use crate::activity::{ActivityId, OnActivationFailure};
use crate::dispatcher::{BulkId, CallId, Change, Dispatcher, Event, EventKind, Input, Owner, Terms};
use crate::error::Error;
use crate::identifier::SourceIds;
use crate::policy::GRACE_PERIOD_MS;
use crate::status::StatusType;

/// A client without promises, callbacks, signals and timers, which belong to the shell.
#[wasm_bindgen(skip_typescript)]
pub struct Machine {
    dispatcher: RefCell<Dispatcher>,
    clock: Clock,
    pub(super) requests: Rc<Requests>,
    given: Array,
    last_bulk: RefCell<BulkId>,
}

/// Returns the error for using a closed client.
#[wasm_bindgen(skip_typescript, skip_jsdoc)]
#[must_use]
pub fn closed() -> JsValue {
    Error::closed().into()
}

// Exact: ids count up from 1.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn id(number: f64) -> u64 {
    number.abs() as u64
}

#[wasm_bindgen]
impl Machine {
    // Creates a client from its options, and checks every one of them.
    #[wasm_bindgen(constructor, skip_jsdoc)]
    pub fn new(options: &JsValue) -> Result<Machine, JsValue> {
        let Settings { template, policy, token, token_source, fetch, on_event, journal } = Settings::read(options)?;
        let dispatcher = Dispatcher::new(template, policy, token);
        let dispatcher = if on_event.is_some() { dispatcher } else { dispatcher.unobserved() };
        let dispatcher = if journal.is_undefined() { dispatcher } else { dispatcher.journaled() };
        let place = to_js(&Place::of(dispatcher.template()));
        Ok(Self {
            dispatcher: RefCell::new(dispatcher),
            clock: Clock::new(),
            requests: Requests::new(fetch.is_none()),
            given: Array::of(&[fetch.into(), token_source.into(), on_event.into(), journal, place]),
            last_bulk: RefCell::new(BulkId(0)),
        })
    }

    // Returns the shell's own options (`fetch`, `accessToken`, `onEvent`, `journal`), and the place of the sources.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn given(&self) -> Array {
        self.given.clone()
    }

    // Takes the times of the host's clocks and a random number. Called before any other input.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn tick(&self, host_ms: f64, epoch_ms: f64, random: f64) {
        self.clock.tick(host_ms, epoch_ms, random);
    }

    // Returns the request that a call would send.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn request(&self, source: &JsValue, status: &JsValue) -> Result<JsValue, JsValue> {
        self.unless_closed()?;
        let Change { source_id, status_type } = change(source, status)?;
        Ok(to_js(&StatusRequest::preview(self.dispatcher.borrow().template(), &source_id, status_type)))
    }

    // Begins a call. Returns its key, or `undefined` if its signal is already aborted, and the signal.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn call(&self, source: &JsValue, status: &JsValue, options: &JsValue) -> Result<Array, JsValue> {
        self.unless_closed()?;
        let change = change(source, status)?;
        Ok(unless_aborted(&Signal::only(options)?, || self.start(change, None)))
    }

    // Begins a bulk call. Returns its id and the signal as `call` does, a copy of its rows, and `onProgress`.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn bulk(&self, changes: &JsValue, options: &JsValue) -> Result<Array, JsValue> {
        self.unless_closed()?;
        let rows = list("changes", changes)?;
        let (mut signal, mut on_progress) = (Signal::default(), None);
        if !options.is_undefined() {
            let options = Members::of("options", options, &["signal", "onProgress"])?;
            signal = Signal::read(options.get("signal")?)?;
            on_progress = function("onProgress", &options.get("onProgress")?)?;
        }
        let array = unless_aborted(&signal, || {
            let mut last = self.last_bulk.borrow_mut();
            last.0 += 1;
            number(last.0)
        });
        array.push(&rows);
        array.push(&on_progress.into());
        Ok(array)
    }

    // Begins a row of a bulk call. Returns its key.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn row(&self, bulk: f64, index: u32, given: &JsValue) -> Result<f64, JsValue> {
        let change = row(index, given)?;
        Ok(self.start(change, Some(BulkId(id(bulk)))))
    }

    // Begins an activity around a function. Returns its key and the signal as `call` does, and a copy of the sources.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn run(
        &self,
        sources: &JsValue,
        status: &JsValue,
        work: &JsValue,
        options: &JsValue,
    ) -> Result<Array, JsValue> {
        self.unless_closed()?;
        let (sources, status) = activity(sources, status)?;
        required_function("work", work)?;
        let mut grace_ms = GRACE_PERIOD_MS.default;
        let (mut signal, mut on_activation_failure) = (Signal::default(), OnActivationFailure::default());
        if !options.is_undefined() {
            let options = Members::of("options", options, &["signal", "gracePeriodMs", "onActivationFailure"])?;
            signal = Signal::read(options.get("signal")?)?;
            options.set(&mut grace_ms, "gracePeriodMs", &GRACE_PERIOD_MS)?;
            if let Some(text) = options.text("onActivationFailure")? {
                on_activation_failure = OnActivationFailure::parse(&text)?;
            }
        }
        let terms = Terms { on_activation_failure, grace_ms: Some(grace_ms.into()) };
        Ok(self.begin(&sources, status, &signal, terms))
    }

    // Begins an activity that its holder ends. Returns the same as `run`.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn hold(&self, sources: &JsValue, status: &JsValue, options: &JsValue) -> Result<Array, JsValue> {
        self.unless_closed()?;
        let (sources, status) = activity(sources, status)?;
        Ok(self.begin(&sources, status, &Signal::only(options)?, Terms::default()))
    }

    // Cancels the call or aborts the activity with this key.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn cancel(&self, key: f64) {
        self.handle(if key > 0.0 { Input::Cancel(CallId(id(key))) } else { Input::Abort(ActivityId(id(key))) });
    }

    // Notes that the work of an activity has ended.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn finish(&self, key: f64) {
        self.handle(Input::Finish(ActivityId(id(key))));
    }

    // Returns the event for an activity that was never ended and is now garbage.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn forgotten(&self, source: &JsValue, status: &JsValue) -> Result<JsValue, JsValue> {
        let change = change(source, status)?;
        let command = self.dispatcher.borrow().template().command(&change.source_id, StatusType::Idle);
        let (call, kind) = (CallId(0), EventKind::LeftActive { command });
        let event = Event { owner: Owner::Call(call), call, change, attempt: 0, kind };
        Ok(event_to_js(&event, self.clock.now().epoch_ms))
    }

    // Notes that a timer has fired.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn timeout(&self, due: f64) {
        self.clock.reach(due);
        self.handle(Input::Timeout);
    }

    // Notes that the page is being closed or frozen.
    #[wasm_bindgen(js_name = endPage, skip_jsdoc)]
    pub fn end_page(&self) {
        self.handle(Input::PageEnd);
    }

    // Notes that the event loop is empty.
    #[wasm_bindgen(js_name = endLoop, skip_jsdoc)]
    pub fn end_loop(&self) {
        self.handle(Input::LoopEnd);
    }

    // Closes the client.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn close(&self) {
        self.handle(Input::Close);
    }

    // Returns whether anything is still under way.
    #[wasm_bindgen(js_name = isBusy, skip_jsdoc)]
    pub fn is_busy(&self) -> bool {
        self.dispatcher.borrow().is_busy()
    }

    // Returns the time at which a timer has to fire, if any, the delay until then in milliseconds, and the outputs.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn poll(&self) -> Array {
        let (outputs, wake_at) = {
            let mut dispatcher = self.dispatcher.borrow_mut();
            (dispatcher.poll(), dispatcher.wake_at())
        };
        let (due, delay) = wake_at.map(|at| self.clock.timer(at)).unzip();
        let agenda = agenda(due, delay);
        let epoch_ms = self.clock.now().epoch_ms;
        for output in outputs {
            put(&agenda, output, &self.requests, epoch_ms);
        }
        agenda
    }
}

impl Machine {
    fn unless_closed(&self) -> Result<(), Error> {
        if self.dispatcher.borrow().is_closed() { Err(Error::closed()) } else { Ok(()) }
    }

    pub(super) fn handle(&self, input: Input<'_>) {
        self.dispatcher.borrow_mut().handle(self.clock.now(), input);
    }

    fn start(&self, change: Change, bulk: Option<BulkId>) -> f64 {
        call_key(self.dispatcher.borrow_mut().start(self.clock.now(), change, bulk))
    }

    fn begin(&self, sources: &SourceIds, status: StatusType, signal: &Signal, terms: Terms) -> Array {
        let begin = || activity_key(self.dispatcher.borrow_mut().begin(self.clock.now(), sources, status, terms));
        let array = unless_aborted(signal, begin);
        array.push(&to_js(&sources.as_slice()));
        array
    }
}

/// Begins something unless its signal is already aborted. Returns its key and the signal.
fn unless_aborted(signal: &Signal, begin: impl FnOnce() -> f64) -> Array {
    begun((!signal.is_aborted).then(begin), &signal.value)
}
