//! The functions of the user that are told what happens, and that can change nothing.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Tells an observer something. What it throws is ignored, now or later.
pub(super) fn tell(observer: &Function, news: &JsValue) {
    let Ok(given) = observer.call1(&JsValue::UNDEFINED, news) else { return };
    if given.is_object() {
        spawn_local(async move {
            let _ = JsFuture::from(Promise::resolve(&given)).await;
        });
    }
}
