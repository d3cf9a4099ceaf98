//! Functions whose result is nobody's business: the user's observers, and a request that outlives its page.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Tells an observer something. What it throws changes nothing, now or later.
pub(super) fn tell(observer: &Function, news: &JsValue) {
    if let Ok(given) = observer.call1(&JsValue::UNDEFINED, news) {
        ignore(given);
    }
}

/// Sees to it that a promise that nobody waits for cannot be an unhandled rejection.
pub(super) fn ignore(given: JsValue) {
    if given.is_object() {
        spawn_local(async move {
            let _ = JsFuture::from(Promise::resolve(&given)).await;
        });
    }
}
