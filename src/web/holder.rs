//! Who holds the activities of a client: the work's function and signal, and the promises that wait for the end.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use serde::Serialize;
use serde_wasm_bindgen::preserve;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use super::abort::AbortWatch;
use super::driver::Driver;
use super::error::{both_failed, left_active_with};
use super::page::PageWatch;
use super::promise::{self, Deferred};
use super::results::{number, to_js};
use crate::activity::{ActivityEnd, ActivityId, Interruption};
use crate::dispatcher::{Change, Input};
use crate::sorted_map::SortedMap;
use crate::status::StatusType;

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

/// Who holds an activity, and what for.
pub(super) struct Holder {
    pub(super) change: Change,
    pub(super) controller: AbortController,
    pub(super) watch: Option<AbortWatch>,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    /// A function to run, and the promise of what it gives.
    Run { work: Function, given: Option<Result<JsValue, JsValue>>, result: Deferred },
    /// An object: the promise of its start, and of its end.
    Object { started: Option<Deferred>, ended: Deferred, end: Promise },
}

/// The activities that a client holds.
#[derive(Default)]
pub(super) struct Held {
    holders: RefCell<SortedMap<ActivityId, Holder>>,
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

    /// What an activity that is not over yet changes.
    pub(super) fn change(&self, id: ActivityId) -> Option<Change> {
        self.holders.borrow().get(&id).map(|holder| holder.change.clone())
    }

    pub(super) fn start_work(&self, driver: &Driver, id: ActivityId) {
        let mut holders = self.holders.borrow_mut();
        let Some(holder) = holders.get_mut(&id) else { return };
        let (source_id, status_type) = (holder.change.source_id.as_str(), holder.change.status_type);
        let signal: JsValue = holder.controller.signal().into();
        match &mut holder.kind {
            Kind::Object { started, end, .. } => {
                let id = number(id.0);
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
                    let given = promise::settled(work.call1(&JsValue::UNDEFINED, &context)).await;
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

    pub(super) fn abort_work(&self, id: ActivityId, interruption: &Interruption) {
        let aborted = {
            let holders = self.holders.borrow();
            holders.get(&id).map(|holder| (holder.controller.clone(), holder.reason(interruption)))
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
    /// What an activity that ended early rejects with: the very value that its work's signal was aborted with.
    fn reason(&self, interruption: &Interruption) -> JsValue {
        let signal = self.controller.signal();
        match interruption {
            _ if signal.aborted() => signal.reason(),
            Interruption::Aborted => self.watch.as_ref().map(AbortWatch::reason).unwrap_or_default(),
            Interruption::Failed(error) => error.into(),
        }
    }

    /// Settles what waits for the end: with what failed first, with what the work gave, and with both where both failed.
    fn end(mut self, end: ActivityEnd) {
        let ActivityEnd { interruption, left_active } = end;
        let first = interruption.map(|interruption| self.reason(&interruption));
        match &mut self.kind {
            Kind::Run { given, result, .. } => {
                let given = given.take().unwrap_or(Ok(JsValue::UNDEFINED));
                result.settle(match (first.map_or(given, Err), left_active) {
                    (given, None) => given,
                    (Ok(value), Some(left_active)) => Err(left_active_with(&value, &left_active)),
                    (Err(first), Some(left_active)) => Err(both_failed(&first, &left_active)),
                });
            }
            Kind::Object { started: Some(started), .. } => {
                let first = first.unwrap_or_default();
                started.settle(Err(match left_active {
                    None => first,
                    Some(left_active) => both_failed(&first, &left_active),
                }));
            }
            Kind::Object { ended, .. } => {
                ended.settle(left_active.map_or(Ok(JsValue::UNDEFINED), |error| Err(error.into())));
            }
        }
    }
}
