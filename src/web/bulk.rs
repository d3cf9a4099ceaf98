//! Many changes in one call: a result for each, in the order of the input.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::preserve;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::abort::{self, AbortWatch};
use super::argument::{function, source_id, status_type};
use super::driver::{Driver, Waiting};
use super::members::Members;
use super::promise::{self, Deferred};
use super::results::to_js;
use super::thrown::{describe, is_array};
use crate::dispatcher::{Change, Settlement, StatusUpdate};
use crate::invalid::Invalid;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("bulk.d.ts");

#[wasm_bindgen]
extern "C" {
    /// A proxy may throw.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn copy(array: &JsValue) -> Result<Array, JsValue>;
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StatusResult {
    ok: bool,
    #[serde(with = "preserve")]
    source_id: JsValue,
    #[serde(with = "preserve")]
    status_type: JsValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    update: Option<StatusUpdate>,
    #[serde(with = "preserve", skip_serializing_if = "JsValue::is_undefined")]
    error: JsValue,
}

#[derive(Serialize)]
struct StatusProgress {
    #[serde(with = "preserve")]
    result: JsValue,
    done: u32,
    failed: u32,
    total: u32,
}

/// A bulk call under way.
pub(super) struct Bulk {
    changes: Array,
    results: Array,
    done: Cell<u32>,
    failed: Cell<u32>,
    on_progress: Option<Function>,
    result: Deferred,
    watch: RefCell<Option<AbortWatch>>,
    is_cancelled: Cell<bool>,
}

impl Bulk {
    /// Starts all changes that are acceptable.
    pub(super) fn start(driver: &Driver, changes: &JsValue, options: &JsValue) -> Result<Promise, JsValue> {
        let (changes, signal, on_progress) = read(changes, options)?;
        abort::unless_aborted(signal.as_ref())?;
        let (promise, result) = Deferred::new();
        let bulk = Rc::new(Self {
            results: Array::new_with_length(changes.length()),
            changes,
            done: Cell::new(0),
            failed: Cell::new(0),
            on_progress,
            result,
            watch: RefCell::new(None),
            is_cancelled: Cell::new(false),
        });
        bulk.start_rows(driver, signal);
        Ok(promise)
    }

    fn start_rows(self: Rc<Self>, driver: &Driver, signal: Option<web_sys::AbortSignal>) {
        let id = driver.next_bulk();
        let calls = Rc::new(RefCell::new(Vec::new()));
        if let Some(signal) = signal {
            let (weak_driver, weak_bulk, calls) = (driver.weak(), Rc::downgrade(&self), Rc::clone(&calls));
            *self.watch.borrow_mut() = Some(driver.watch(signal, move || {
                let (Some(driver), Some(bulk)) = (weak_driver.upgrade(), weak_bulk.upgrade()) else { return };
                bulk.cancel();
                for call in calls.take() {
                    driver.cancel(call);
                }
            }));
        }
        let mut refused = Vec::new();
        for (index, row) in (0_u32..).zip(self.changes.iter()) {
            match read_row(index, &row) {
                Ok(change) => {
                    let waiting = |_| Waiting::Row { bulk: Rc::clone(&self), index };
                    let call = driver.start(change, Some(id), waiting);
                    // What is called back meanwhile may have aborted.
                    if self.is_cancelled.get() {
                        driver.cancel(call);
                        return;
                    }
                    calls.borrow_mut().push(call);
                }
                Err(error) => refused.push((index, error)),
            }
        }
        // Told when the caller has its promise, like every other result.
        spawn_local(async move {
            for (index, error) in refused {
                self.settle(index, Settlement::Failed(error.into()));
            }
            if self.changes.length() == 0 {
                self.finish();
            }
        });
    }

    /// Takes in the result of a row.
    pub(super) fn settle(&self, index: u32, settlement: Settlement) {
        if self.is_cancelled.get() {
            return;
        }
        let (update, error) = match settlement {
            Settlement::Done(update) => (Some(update), JsValue::UNDEFINED),
            Settlement::Failed(error) => (None, error.into()),
            Settlement::Cancelled => return,
        };
        let row = self.changes.get(index);
        let member = |name: &str| Reflect::get(&row, &name.into()).unwrap_or_default();
        let ok = update.is_some();
        let result = to_js(&StatusResult {
            ok,
            source_id: member("sourceId"),
            status_type: member("statusType"),
            update,
            error,
        });
        self.results.set(index, result.clone());
        self.done.set(self.done.get() + 1);
        self.failed.set(self.failed.get() + u32::from(!ok));
        let total = self.changes.length();
        if let Some(on_progress) = &self.on_progress {
            let progress = StatusProgress { result, done: self.done.get(), failed: self.failed.get(), total };
            promise::tell(on_progress, &to_js(&progress));
        }
        if self.done.get() == total {
            self.finish();
        }
    }

    fn finish(&self) {
        self.watch.take();
        self.result.settle(Ok(self.results.clone().into()));
    }

    fn cancel(&self) {
        if let Some(watch) = self.watch.take() {
            self.is_cancelled.set(true);
            self.result.settle(Err(watch.reason()));
        }
    }
}

type Input = (Array, Option<web_sys::AbortSignal>, Option<Function>);

fn read(changes: &JsValue, options: &JsValue) -> Result<Input, Invalid> {
    if !is_array(changes) {
        let what = format!("changes must be an array, got {}", describe(changes));
        return Err(Invalid::new("changes", what));
    }
    // A copy: what the caller does to the array afterwards changes nothing.
    let changes = copy(changes).map_err(|_| Invalid::new("changes", "changes cannot be read"))?;
    if options.is_undefined() {
        return Ok((changes, None, None));
    }
    let options = Members::of("options", options, &["signal", "onProgress"])?;
    Ok((changes, abort::signal(&options.get("signal")?)?, function("onProgress", &options.get("onProgress")?)?))
}

fn read_row(index: u32, row: &JsValue) -> Result<Change, Invalid> {
    if !row.is_object() {
        let argument = format!("changes[{index}]");
        let what = format!("{argument} must be an object, got {}", describe(row));
        return Err(Invalid::new(argument, what));
    }
    let member = |name: &str| Reflect::get(row, &name.into()).unwrap_or_default();
    Ok(Change { source_id: source_id(&member("sourceId"))?, status_type: status_type(&member("statusType"))? })
}
