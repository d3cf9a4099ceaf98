//! Activities in JavaScript: the work's function and signal, and the promises that wait for the end.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

use super::abort;
use super::argument::{active_status_type, given, required_function, set, source_id};
use super::driver::Driver;
use super::holder::{Holder, Kind};
use super::members::Members;
use super::promise::{self, Deferred};
use crate::activity::OnActivationFailure;
use crate::dispatcher::{Change, Input, Terms};
use crate::policy::GRACE_PERIOD_MS;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("activity.d.ts");

const RUN_NAMES: &[&str] = &["signal", "gracePeriodMs", "onActivationFailure"];

/// Begins an activity around a function.
pub(super) fn run(
    driver: &Driver,
    source: &JsValue,
    status: &JsValue,
    work: &JsValue,
    options: &JsValue,
) -> Result<Promise, JsValue> {
    let change = Change { source_id: source_id(source)?, status_type: active_status_type(status)? };
    let work = required_function("work", work)?;
    let mut grace_ms = GRACE_PERIOD_MS.default;
    let (mut signal, mut on_activation_failure) = (None, OnActivationFailure::default());
    if !options.is_undefined() {
        let options = Members::of("options", options, RUN_NAMES)?;
        signal = abort::signal(&options.get("signal")?)?;
        set(&mut grace_ms, &GRACE_PERIOD_MS, &options.get("gracePeriodMs")?)?;
        if let Some(text) = given("onActivationFailure", &options.get("onActivationFailure")?)? {
            on_activation_failure = OnActivationFailure::parse(&text)?;
        }
    }
    let terms = Terms { on_activation_failure, grace_ms: Some(grace_ms.into()) };
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
    let change = Change { source_id: source_id(source)?, status_type: active_status_type(status)? };
    let signal = abort::only_signal(options)?;
    let (promise, started) = Deferred::new();
    let (end, ended) = Deferred::new();
    // Whoever never asks for the end is told of a failure by an event.
    promise::ignore(end.clone().into());
    begin(driver, change, Terms::default(), signal, Kind::Object { started: Some(started), ended, end })?;
    Ok(promise)
}

fn begin(
    driver: &Driver,
    change: Change,
    terms: Terms,
    signal: Option<AbortSignal>,
    kind: Kind,
) -> Result<(), JsValue> {
    abort::unless_aborted(signal.as_ref())?;
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
