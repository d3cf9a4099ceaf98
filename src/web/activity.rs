//! Activities in JavaScript: the work's function and signal, and the promises that wait for the end.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Function, Promise};
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::preserve;
use tsify::Tsify;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal};

use super::abort::{self, AbortWatch};
use super::driver::Driver;
use super::error::{both_failed, describe, left_active_with, status_error};
use super::options::{self, given, set};
use super::page::PageWatch;
use super::results::{StatusType, active_status_type, source_id, to_js};
use super::{observer, results};
use crate::activity::{ActivityEnd, ActivityId, OnActivationFailure, Stop};
use crate::dispatcher::{Change, Input, Terms};
use crate::error::Error;
use crate::policy::GRACE_PERIOD_MS;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A status that announces a run: every one but `IDLE`. */
export type ActiveStatusType = Exclude<StatusType, "IDLE">;

/** What the work of an activity is given. */
export interface ActivityContext {
  /** Aborted when the work has to stop. */
  readonly signal: AbortSignal;
  /** The source. */
  readonly sourceId: string;
  /** The status that it has. */
  readonly statusType: ActiveStatusType;
}

/** An activity under way. End it, or hold it with `await using`: the source is set to `IDLE` then. */
export interface Activity extends ActivityContext {
  /**
   * Ends the activity.
   *
   * @returns when the source is idle, the same promise each time; rejects with `left_active` if it could not be set
   */
  end(): Promise<void>;
  /** {@link end}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface StatusClient {
  /**
   * The whole procedure: sets the active status, waits for the work, and sets `IDLE` whatever happens.
   *
   * @returns what the work gave; rejects with what it threw, with the signal's reason, or with a `StatusError`:
   * `left_active` if `IDLE` could not be set (an `AggregateError` if something had failed before)
   */
  runActivity<T>(
    sourceId: string,
    statusType: ActiveStatusType,
    work: (context: ActivityContext) => T | PromiseLike<T>,
    options?: RunActivityOptions,
  ): Promise<T>;
  /**
   * The same for work that is no function: sets the active status, and `IDLE` when the activity is ended or aborted.
   */
  startActivity(sourceId: string, statusType: ActiveStatusType, options?: StartActivityOptions): Promise<Activity>;
}
"#;

/// The options of `runActivity`.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RunActivityOptions {
    /// Aborts the work; the source is set to `IDLE`, and the call rejects with the signal's reason.
    #[tsify(optional, type = "AbortSignal | undefined")]
    #[serde(default, with = "preserve")]
    signal: JsValue,
    /// How long the work may take to stop once it is aborted: 0 to 2147483647 ms.
    /// @default 5000
    #[tsify(optional, type = "number | undefined")]
    #[serde(default, with = "preserve")]
    grace_period_ms: JsValue,
    /// Whether the work starts all the same when the service or the network keeps the active status from being set.
    /// @default "stop"
    #[tsify(optional, type = "\"stop\" | \"continue\" | undefined")]
    #[serde(default, with = "preserve")]
    on_activation_failure: JsValue,
}

/// The options of `startActivity`.
#[derive(Deserialize, Tsify)]
pub struct StartActivityOptions {
    /// Ends the activity: its own signal is aborted, and the source is set to `IDLE`.
    #[tsify(optional, type = "AbortSignal | undefined")]
    #[serde(default, with = "preserve")]
    signal: JsValue,
}

/// What `startActivity` resolves with; the shell makes the object of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StartedActivity<'a> {
    id: f64,
    source_id: &'a str,
    status_type: StatusType,
    #[serde(with = "preserve")]
    signal: JsValue,
    #[serde(with = "preserve")]
    ended: JsValue,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Context<'a> {
    #[serde(with = "preserve")]
    signal: JsValue,
    source_id: &'a str,
    status_type: StatusType,
}

/// A promise that somebody waits for.
struct Deferred {
    resolve: Function,
    reject: Function,
}

impl Deferred {
    fn new() -> (Promise, Option<Self>) {
        let mut deferred = None;
        let promise = Promise::new(&mut |resolve, reject| deferred = Some(Self { resolve, reject }));
        (promise, deferred)
    }

    fn settle(&self, result: Result<JsValue, JsValue>) {
        let (settle, value) = match result {
            Ok(value) => (&self.resolve, value),
            Err(reason) => (&self.reject, reason),
        };
        let _ = settle.call1(&JsValue::UNDEFINED, &value);
    }
}

/// Who holds an activity, and what for.
pub(super) struct Holder {
    change: Change,
    controller: AbortController,
    watch: Option<AbortWatch>,
    kind: Kind,
}

enum Kind {
    /// A function to run, and the promise of what it gives.
    Run { work: Function, given: Option<Result<JsValue, JsValue>>, result: Option<Deferred> },
    /// An object: the promise of its start, and of its end.
    Object { started: Option<Deferred>, ended: Option<Deferred>, end: Promise },
}

/// The activities that a client holds.
#[derive(Default)]
pub(super) struct Held {
    holders: RefCell<BTreeMap<ActivityId, Holder>>,
    page: RefCell<Option<PageWatch>>,
}

impl Held {
    pub(super) fn hold(&self, driver: &Driver, id: ActivityId, holder: Holder) {
        self.holders.borrow_mut().insert(id, holder);
        if self.page.borrow().is_none() {
            let weak = driver.weak();
            *self.page.borrow_mut() = PageWatch::new(move || {
                if let Some(driver) = weak.upgrade() {
                    driver.feed(Input::PageEnd);
                }
            });
        }
    }

    pub(super) fn start_work(&self, driver: &Driver, id: ActivityId) {
        let mut holders = self.holders.borrow_mut();
        let Some(holder) = holders.get_mut(&id) else { return };
        let (source_id, status_type) = (holder.change.source_id.as_str(), holder.change.status_type.into());
        let signal: JsValue = holder.controller.signal().into();
        match &mut holder.kind {
            Kind::Object { started, end, .. } => {
                let id = results::milliseconds(id.0);
                let started_activity =
                    to_js(&StartedActivity { id, source_id, status_type, signal, ended: end.clone().into() });
                if let Some(started) = started.take() {
                    started.settle(Ok(started_activity));
                }
            }
            Kind::Run { work, .. } => {
                let (work, context) = (work.clone(), to_js(&Context { signal, source_id, status_type }));
                let weak = driver.weak();
                spawn_local(async move {
                    let given = match work.call1(&JsValue::UNDEFINED, &context) {
                        Ok(given) => JsFuture::from(Promise::resolve(&given)).await,
                        Err(thrown) => Err(thrown),
                    };
                    if let Some(driver) = weak.upgrade() {
                        driver.activities.keep(id, given);
                        driver.feed(Input::Finish(id));
                    }
                });
            }
        }
    }

    /// Keeps what the work of an activity gave until the activity is over.
    fn keep(&self, id: ActivityId, result: Result<JsValue, JsValue>) {
        if let Some(Kind::Run { given, .. }) = self.holders.borrow_mut().get_mut(&id).map(|holder| &mut holder.kind) {
            *given = Some(result);
        }
    }

    pub(super) fn abort_work(&self, id: ActivityId, stop: &Stop) {
        let aborted = {
            let holders = self.holders.borrow();
            holders.get(&id).map(|holder| (holder.controller.clone(), holder.reason(stop)))
        };
        if let Some((controller, reason)) = aborted {
            controller.abort_with_reason(&reason);
        }
    }

    pub(super) fn end(&self, id: ActivityId, end: ActivityEnd) {
        let holder = self.holders.borrow_mut().remove(&id);
        if self.holders.borrow().is_empty() {
            self.page.take();
        }
        if let Some(holder) = holder {
            holder.end(end);
        }
    }
}

impl Holder {
    fn reason(&self, stop: &Stop) -> JsValue {
        match stop {
            Stop::Aborted => self.watch.as_ref().map(AbortWatch::reason).unwrap_or_default(),
            Stop::Failed(error) => status_error(error),
        }
    }

    /// Settles what waits for the end: with what failed first, with what the work gave, and with both where both failed.
    fn end(mut self, end: ActivityEnd) {
        let ActivityEnd { stop, left_active } = end;
        let stop = stop.map(|stop| self.reason(&stop));
        match &mut self.kind {
            Kind::Run { given, result: Some(result), .. } => {
                let given = given.take().unwrap_or(Ok(JsValue::UNDEFINED));
                result.settle(match (stop.map_or(given, Err), left_active) {
                    (given, None) => given,
                    (Ok(value), Some(left_active)) => Err(left_active_with(&value, &left_active)),
                    (Err(first), Some(left_active)) => Err(both_failed(&first, &left_active)),
                });
            }
            Kind::Object { started: Some(started), .. } => {
                let first = stop.unwrap_or_default();
                started.settle(Err(match left_active {
                    None => first,
                    Some(left_active) => both_failed(&first, &left_active),
                }));
            }
            Kind::Object { ended: Some(ended), .. } => {
                ended.settle(left_active.map_or(Ok(JsValue::UNDEFINED), |error| Err(status_error(&error))));
            }
            Kind::Run { result: None, .. } | Kind::Object { ended: None, .. } => {}
        }
    }
}

/// Begins an activity around a function.
pub(super) fn run(
    driver: &Driver,
    source: &JsValue,
    status: &JsValue,
    work: &JsValue,
    options: &JsValue,
) -> Result<Promise, JsValue> {
    let read = || {
        let change = Change { source_id: source_id(source)?, status_type: active_status_type(status)? };
        let work = work
            .dyn_ref::<Function>()
            .cloned()
            .ok_or_else(|| Error::invalid("work", format!("work must be a function, got {}", describe(work))))?;
        let mut grace_ms = GRACE_PERIOD_MS.default;
        let (mut signal, mut on_activation_failure) = (None, OnActivationFailure::default());
        if !options.is_undefined() {
            let names = ["signal", "gracePeriodMs", "onActivationFailure"];
            let options: RunActivityOptions = options::object("options", options, &[], &names)?;
            signal = abort::signal(&options.signal)?;
            set(&mut grace_ms, &GRACE_PERIOD_MS, &options.grace_period_ms)?;
            if let Some(text) = given("onActivationFailure", &options.on_activation_failure)? {
                on_activation_failure = OnActivationFailure::parse(&text)?;
            }
        }
        Ok((change, work, signal, Terms { on_activation_failure, grace_ms: Some(grace_ms.into()) }))
    };
    let (change, work, signal, terms) = read().map_err(|error: Error| status_error(&error))?;
    let (promise, result) = Deferred::new();
    begin(driver, change, terms, signal, Kind::Run { work, given: None, result })?;
    Ok(promise)
}

/// Begins an activity that somebody will end.
pub(super) fn start(
    driver: &Driver,
    source: &JsValue,
    status: &JsValue,
    options: &JsValue,
) -> Result<Promise, JsValue> {
    let read = || {
        let change = Change { source_id: source_id(source)?, status_type: active_status_type(status)? };
        if options.is_undefined() {
            return Ok((change, None));
        }
        let options: StartActivityOptions = options::object("options", options, &[], &["signal"])?;
        Ok((change, abort::signal(&options.signal)?))
    };
    let (change, signal) = read().map_err(|error: Error| status_error(&error))?;
    let (promise, started) = Deferred::new();
    let (end, ended) = Deferred::new();
    // Whoever never asks for the end is told of a failure by an event.
    observer::ignore(end.clone().into());
    begin(driver, change, Terms::default(), signal, Kind::Object { started, ended, end })?;
    Ok(promise)
}

fn begin(
    driver: &Driver,
    change: Change,
    terms: Terms,
    signal: Option<AbortSignal>,
    kind: Kind,
) -> Result<(), JsValue> {
    if let Some(signal) = signal.as_ref().filter(|signal| signal.aborted()) {
        return Err(signal.reason());
    }
    let controller = AbortController::new()?;
    let weak = driver.weak();
    driver.begin(change.clone(), terms, |id| {
        let on_abort = move || {
            if let Some(driver) = weak.upgrade() {
                driver.feed(Input::Abort(id));
            }
        };
        Holder { change, controller, watch: signal.map(|signal| driver.watch(signal, on_abort)), kind }
    });
    Ok(())
}
