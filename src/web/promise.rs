//! Promises: the ones that a client gives, and what becomes of the ones that it is given.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::foreign::resolve;

/// The end of a promise that somebody waits for.
pub(super) struct Deferred(Option<(Function, Function)>);

impl Deferred {
    pub(super) fn new() -> (Promise, Self) {
        let mut functions = None;
        // Called before `new` returns.
        let promise = Promise::new(&mut |resolve, reject| functions = Some((resolve, reject)));
        (promise, Self(functions))
    }

    pub(super) fn settle(&self, result: Result<JsValue, JsValue>) {
        let Some((resolve, reject)) = &self.0 else { return };
        let (settle, value) = match result {
            Ok(value) => (resolve, value),
            Err(reason) => (reject, reason),
        };
        let _ = settle.call1(&JsValue::UNDEFINED, &value);
    }
}

/// What a function of the user gave or threw, now or, by a promise, later.
pub(super) async fn settled(called: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(JsValue::from(resolve(&called?)?).unchecked_into::<Promise>()).await
}

/// Tells an observer of the user something. What it throws changes nothing, now or later.
pub(super) fn tell(observer: &Function, news: &JsValue) {
    if let Ok(given) = observer.call1(&JsValue::UNDEFINED, news) {
        ignore(given);
    }
}

/// Sees to it that a promise that nobody waits for cannot be an unhandled rejection.
pub(super) fn ignore(given: JsValue) {
    if given.is_object() {
        spawn_local(async move {
            let _ = settled(Ok(given)).await;
        });
    }
}
