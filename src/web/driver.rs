//! The loop around the dispatcher: it hands in what happened, and does what comes out.
//!
//! No borrow is held while anything of JavaScript runs: whatever that calls back is handed in, and the loop that
//! runs already does what comes of it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::abort::{AbortWatch, Signals};
use super::bulk::Bulk;
use super::events::event_to_js;
use super::exchange::Exchange;
use super::holder::{Held, Holder};
use super::host::{Clock, epoch_ms};
use super::options::Settings;
use super::promise;
use super::promise::Deferred;
use super::results::{StatusRequest, to_js};
use super::timer::Timer;
use super::token_source::TokenSource;
use crate::activity::ActivityId;
use crate::dispatcher::{
    BulkId, CallId, Change, Dispatcher, Event, EventKind, Input, Now, Output, Owner, Settlement, Terms,
};
use crate::error::{Error, ErrorCode};
use crate::identifier::SourceId;
use crate::sorted_map::SortedMap;
use crate::status::StatusType;

/// A client at work.
pub(super) struct Driver {
    dispatcher: RefCell<Dispatcher>,
    pub(super) clock: Clock,
    is_pumping: Cell<bool>,
    waiting: RefCell<SortedMap<CallId, Waiting>>,
    pub(super) exchange: Exchange,
    token_source: TokenSource,
    on_event: Option<Function>,
    timer: Timer,
    signals: Rc<Signals>,
    bulks: Cell<u64>,
    pub(super) activities: Held,
    /// Who waits for the last call to settle; nobody any more once it has.
    closing: RefCell<Option<Vec<Deferred>>>,
    this: Weak<Self>,
    /// A reference to itself while there is anything to wait for: a promise has to settle also when nobody holds the
    /// client any more.
    busy: RefCell<Option<Rc<Self>>>,
}

/// Who waits for a call.
pub(super) enum Waiting {
    /// A promise of its own.
    Promise { result: Deferred, watch: Option<AbortWatch> },
    /// A row of a bulk call.
    Row { bulk: Rc<Bulk>, index: u32 },
}

impl Driver {
    pub(super) fn new(settings: Settings) -> Rc<Self> {
        let Settings { template, policy, token, token_source, fetch, on_event } = settings;
        let dispatcher = Dispatcher::new(template, policy, token);
        let dispatcher = if on_event.is_some() { dispatcher } else { dispatcher.unobserved() };
        Rc::new_cyclic(|this: &Weak<Self>| {
            let timed_out = this.clone();
            Self {
                clock: Clock::new(),
                dispatcher: RefCell::new(dispatcher),
                is_pumping: Cell::new(false),
                waiting: RefCell::default(),
                exchange: Exchange::new(fetch, this),
                token_source: TokenSource::new(token_source),
                on_event,
                timer: Timer::new(move || {
                    if let Some(driver) = timed_out.upgrade() {
                        driver.timer.fired();
                        driver.feed(Input::Timeout);
                    }
                }),
                signals: Rc::default(),
                activities: Held::default(),
                bulks: Cell::new(0),
                closing: RefCell::new(Some(Vec::new())),
                this: this.clone(),
                busy: RefCell::new(None),
            }
        })
    }

    /// Starts a call.
    pub(super) fn start(
        &self,
        change: Change,
        bulk: Option<BulkId>,
        waiting: impl FnOnce(CallId) -> Waiting,
    ) -> CallId {
        let now = self.clock.now();
        let call = self.dispatcher.borrow_mut().start(now, change, bulk);
        let waiting = waiting(call);
        self.waiting.borrow_mut().insert(call, waiting);
        self.pump(now);
        call
    }

    /// Begins an activity.
    pub(super) fn begin(&self, change: Change, terms: Terms, holder: impl FnOnce(ActivityId) -> Holder) -> ActivityId {
        let now = self.clock.now();
        let id = self.dispatcher.borrow_mut().begin(now, &change.source_id.into(), change.status_type, terms);
        let holder = holder(id);
        self.activities.hold(self, id, holder);
        self.pump(now);
        id
    }

    /// What would be sent for a change.
    pub(super) fn preview(&self, source: &SourceId, status: StatusType) -> StatusRequest {
        StatusRequest::preview(self.dispatcher.borrow().template(), source, status)
    }

    /// Tells the observer of an activity that nobody can end any more.
    pub(super) fn warn_of_forgotten(&self, id: ActivityId) {
        let Some(change) = self.activities.change(id) else { return };
        let command = self.dispatcher.borrow().template().command(&change.source_id, StatusType::Idle);
        let error = Error::new(ErrorCode::LeftActive, "the activity was not ended, and nobody holds it any more");
        let kind = EventKind::Failed(error.with_hint(command));
        self.emit(&Event { owner: Owner::Call(CallId(0)), call: CallId(0), change, attempt: 0, kind });
    }

    fn emit(&self, event: &Event) {
        if let Some(on_event) = &self.on_event {
            promise::tell(on_event, &event_to_js(event, epoch_ms()));
        }
    }

    /// Takes a call back.
    pub(super) fn cancel(&self, call: CallId) {
        self.feed(Input::Cancel(call));
    }

    /// Calls back when a signal is aborted, for as long as the value that is returned lives.
    pub(super) fn watch(&self, signal: AbortSignal, on_abort: impl Fn() + 'static) -> AbortWatch {
        self.signals.watch(signal, on_abort)
    }

    pub(super) fn next_bulk(&self) -> BulkId {
        self.bulks.set(self.bulks.get() + 1);
        BulkId(self.bulks.get())
    }

    /// Closes the client; the promise resolves when the last call has settled.
    pub(super) fn close(&self) -> Promise {
        self.feed(Input::Close);
        let mut closing = self.closing.borrow_mut();
        match closing.as_mut() {
            None => Promise::resolve(&JsValue::UNDEFINED),
            Some(closing) => {
                let (promise, closed) = Deferred::new();
                closing.push(closed);
                promise
            }
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.dispatcher.borrow().is_closed()
    }

    pub(super) fn weak(&self) -> Weak<Self> {
        self.this.clone()
    }

    pub(super) fn feed(&self, input: Input<'_>) {
        let now = self.clock.now();
        self.dispatcher.borrow_mut().handle(now, input);
        self.pump(now);
    }

    fn pump(&self, now: Now) {
        if self.is_pumping.replace(true) {
            return;
        }
        loop {
            let outputs = self.dispatcher.borrow_mut().poll();
            if outputs.is_empty() {
                break;
            }
            for output in outputs {
                self.carry_out(output);
            }
        }
        let wake_at = self.dispatcher.borrow().wake_at();
        self.timer.set(wake_at, now.ms);
        self.is_pumping.set(false);
        let is_busy = self.dispatcher.borrow().is_busy() || self.exchange.is_busy();
        // The reference that is given up here may be the last one, so it goes when nothing is borrowed.
        let before = self.busy.replace(if is_busy { self.this.upgrade() } else { None });
        drop(before);
    }

    fn carry_out(&self, output: Output) {
        match output {
            Output::Send { attempt, url, token, .. } => self.exchange.send(self, attempt, &url, &token),
            Output::Abort(attempt) => self.exchange.abort(attempt),
            Output::SendLast { url, token } => self.exchange.send_last(&url, &token),
            Output::StartWork { activity, .. } => self.activities.start_work(self, activity),
            Output::AbortWork(id, interruption) => self.activities.abort_work(id, &interruption),
            // Not asked for, so never put out.
            Output::Opened { .. } | Output::Closed { .. } => {}
            Output::EndActivity(id, end) => self.activities.end(id, end),
            Output::AskToken(ask, _) => self.token_source.ask(self, ask),
            Output::Settle(call, settlement) => self.settle(call, settlement),
            Output::Emit(event) => self.emit(&event),
            Output::Drained => {
                let closing = self.closing.borrow_mut().take().unwrap_or_default();
                for closed in closing {
                    closed.settle(Ok(JsValue::UNDEFINED));
                }
            }
        }
    }

    fn settle(&self, call: CallId, settlement: Settlement) {
        let waiting = self.waiting.borrow_mut().remove(&call);
        match waiting {
            None => {}
            Some(Waiting::Row { bulk, index }) => bulk.settle(index, settlement),
            Some(Waiting::Promise { result, watch }) => result.settle(match settlement {
                Settlement::Done(update) => Ok(to_js(&update)),
                Settlement::Failed(error) => Err(error.into()),
                Settlement::Cancelled => Err(watch.map(|watch| watch.reason()).unwrap_or_default()),
            }),
        }
    }
}
