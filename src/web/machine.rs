//! What the module exports to the shell: each thing that may happen to a client.
//!
//! Nothing of the shell's or of anybody else's is called here but the getters of what is handed in, before anything else
//! is done, and the `fetch` of [`Machine::send`]. After each call the shell takes all that is to be done with
//! [`Machine::poll`].

// Comments, since docs would travel along in the glue. They are the shell's business alone.
#![allow(missing_docs)]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::argument::{Signal, activity, change, function, given, list, required_function, row, set};
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

/// A client without promises, callbacks, signals and timers: those are the shell's.
#[wasm_bindgen(skip_typescript)]
pub struct Machine {
    dispatcher: RefCell<Dispatcher>,
    clock: Clock,
    pub(super) requests: Rc<Requests>,
    given: Array,
    last_bulk: RefCell<BulkId>,
}

/// The error of a use of a client that is closed.
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
    // Checks every option.
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

    // What the shell calls of the options, `fetch`, `accessToken`, `onEvent` and `journal`, and where the sources are.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn given(&self) -> Array {
        self.given.clone()
    }

    // What the host says before anything happens: its clocks, and a number that it drew.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn tick(&self, host_ms: f64, epoch_ms: f64, random: f64) {
        self.clock.tick(host_ms, epoch_ms, random);
    }

    // The request that a call would send.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn request(&self, source: &JsValue, status: &JsValue) -> Result<JsValue, JsValue> {
        self.unless_closed()?;
        let Change { source_id, status_type } = change(source, status)?;
        Ok(to_js(&StatusRequest::preview(self.dispatcher.borrow().template(), &source_id, status_type)))
    }

    // Begins a call. Gives its key, unless its signal is aborted already, and the signal.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn call(&self, source: &JsValue, status: &JsValue, options: &JsValue) -> Result<Array, JsValue> {
        self.unless_closed()?;
        let change = change(source, status)?;
        Ok(unless_aborted(&Signal::only(options)?, || self.start(change, None)))
    }

    // Begins a bulk call. Gives its id and the signal likewise, a copy of its rows, and `onProgress`.
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

    // Begins a row of a bulk call. Gives its key.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn row(&self, bulk: f64, index: u32, given: &JsValue) -> Result<f64, JsValue> {
        let change = row(index, given)?;
        Ok(self.start(change, Some(BulkId(id(bulk)))))
    }

    // Begins an activity around a function. Gives its key and the signal as a call does, and a copy of the sources.
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
            set(&mut grace_ms, &GRACE_PERIOD_MS, &options.get("gracePeriodMs")?)?;
            if let Some(text) = given("onActivationFailure", &options.get("onActivationFailure")?)? {
                on_activation_failure = OnActivationFailure::parse(&text)?;
            }
        }
        let terms = Terms { on_activation_failure, grace_ms: Some(grace_ms.into()) };
        Ok(self.begin(&sources, status, &signal, terms))
    }

    // Begins an activity that somebody will end.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn hold(&self, sources: &JsValue, status: &JsValue, options: &JsValue) -> Result<Array, JsValue> {
        self.unless_closed()?;
        let (sources, status) = activity(sources, status)?;
        Ok(self.begin(&sources, status, &Signal::only(options)?, Terms::default()))
    }

    // The caller takes back what has a key.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn cancel(&self, key: f64) {
        self.handle(if key > 0.0 { Input::Cancel(CallId(id(key))) } else { Input::Abort(ActivityId(id(key))) });
    }

    // The work of an activity has ended.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn finish(&self, key: f64) {
        self.handle(Input::Finish(ActivityId(id(key))));
    }

    // The event of an activity that nobody ended and nobody holds any more.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn forgotten(&self, source: &JsValue, status: &JsValue) -> Result<JsValue, JsValue> {
        let change = change(source, status)?;
        let command = self.dispatcher.borrow().template().command(&change.source_id, StatusType::Idle);
        let (call, kind) = (CallId(0), EventKind::LeftActive { command });
        let event = Event { owner: Owner::Call(call), call, change, attempt: 0, kind };
        Ok(event_to_js(&event, self.clock.now().epoch_ms))
    }

    // A timer has called back.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn timeout(&self, due: f64) {
        self.clock.reach(due);
        self.handle(Input::Timeout);
    }

    // The page is gone, or frozen.
    #[wasm_bindgen(js_name = endPage, skip_jsdoc)]
    pub fn end_page(&self) {
        self.handle(Input::PageEnd);
    }

    // The user closes the client.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn close(&self) {
        self.handle(Input::Close);
    }

    // Whether anything is still to come.
    #[wasm_bindgen(js_name = isBusy, skip_jsdoc)]
    pub fn is_busy(&self) -> bool {
        self.dispatcher.borrow().is_busy()
    }

    // When a timer has to call back, if any; in how many milliseconds; and all that is to be done.
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

/// What has begun, unless its signal is aborted already, and the signal.
fn unless_aborted(signal: &Signal, begin: impl FnOnce() -> f64) -> Array {
    begun((!signal.is_aborted).then(begin), &signal.value)
}
