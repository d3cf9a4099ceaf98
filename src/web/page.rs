//! The end of the page, while it matters.

use js_sys::{Reflect, global};
use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

/// A listener on the page's end, for as long as this value lives.
#[must_use]
pub(super) struct PageWatch {
    page: EventTarget,
    listener: Closure<dyn FnMut()>,
}

impl PageWatch {
    /// Calls back when the page is closed, left or frozen; nothing where there is no page.
    pub(super) fn new(on_end: impl FnMut() + 'static) -> Option<Self> {
        let page = global();
        if !Reflect::get(&page, &"addEventListener".into()).is_ok_and(|method| method.is_function()) {
            return None;
        }
        let page: EventTarget = page.unchecked_into();
        let listener = Closure::new(on_end);
        page.add_event_listener_with_callback("pagehide", listener.as_ref().unchecked_ref()).ok()?;
        Some(Self { page, listener })
    }
}

impl Drop for PageWatch {
    fn drop(&mut self) {
        let _ = self.page.remove_event_listener_with_callback("pagehide", self.listener.as_ref().unchecked_ref());
    }
}
