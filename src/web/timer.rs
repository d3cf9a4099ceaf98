//! The one timer of a client.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use crate::dispatcher::Millis;
use crate::policy::RELEASE_MS;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, delay_ms: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// The longest delay that the host's timer is armed for, the same as the shortest wait of a call that goes well. To
/// call back too early costs nothing, but to arm a timer anew for each step of each call costs a tenth of it.
const MAX_ARMED_MS: Millis = RELEASE_MS;

/// Calls back at a time that can be moved, or earlier.
pub(super) struct Timer {
    callback: Closure<dyn FnMut()>,
    armed: RefCell<Option<(Millis, JsValue)>>,
}

impl Timer {
    pub(super) fn new(callback: impl FnMut() + 'static) -> Self {
        Self { callback: Closure::new(callback), armed: RefCell::new(None) }
    }

    /// Arms the timer for a time of the monotonic clock, or disarms it.
    pub(super) fn set(&self, at: Option<Millis>, now: Millis) {
        let armed_for = self.armed.borrow().as_ref().map(|&(at, _)| at);
        if armed_for.zip(at).is_some_and(|(armed_for, at)| armed_for <= at) {
            return;
        }
        self.disarm();
        if let Some(at) = at {
            let delay = at.saturating_sub(now).min(MAX_ARMED_MS);
            // Exact: it is less than 2^31.
            #[allow(clippy::cast_precision_loss)]
            let timer = set_timeout(self.callback.as_ref(), delay as f64);
            *self.armed.borrow_mut() = Some((now + delay, timer));
        }
    }

    /// The timer has called back: it is not armed any more.
    pub(super) fn fired(&self) {
        self.armed.borrow_mut().take();
    }

    fn disarm(&self) {
        if let Some((_, timer)) = self.armed.borrow_mut().take() {
            clear_timeout(&timer);
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.disarm();
    }
}
