//! The caller's `AbortSignal`.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use crate::error::Error;

/// Reads the option `signal`.
pub(super) fn signal(value: &JsValue) -> Result<Option<AbortSignal>, Error> {
    if value.is_undefined() {
        return Ok(None);
    }
    // A signal of another realm or of a polyfill is as good, so what counts is what it can do.
    let has = |name: &str| Reflect::get(value, &name.into()).is_ok_and(|member| member.is_instance_of::<Function>());
    let is_signal = value.is_object()
        && has("addEventListener")
        && has("removeEventListener")
        && Reflect::get(value, &"aborted".into()).is_ok_and(|aborted| aborted.as_bool().is_some());
    if is_signal {
        Ok(Some(value.clone().unchecked_into()))
    } else {
        Err(Error::invalid("signal", "signal is not an AbortSignal"))
    }
}

/// A listener on a signal, for as long as this value lives.
#[must_use]
pub(super) struct AbortWatch {
    signal: AbortSignal,
    listener: Closure<dyn FnMut()>,
}

impl AbortWatch {
    pub(super) fn new(signal: AbortSignal, on_abort: impl FnMut() + 'static) -> Self {
        let listener = Closure::new(on_abort);
        // A signal whose methods throw is watched in vain: the call then ends by itself.
        let _ = signal.add_event_listener_with_callback("abort", listener.as_ref().unchecked_ref());
        Self { signal, listener }
    }

    /// Why the signal was aborted.
    pub(super) fn reason(&self) -> JsValue {
        self.signal.reason()
    }
}

impl Drop for AbortWatch {
    fn drop(&mut self) {
        let _ = self.signal.remove_event_listener_with_callback("abort", self.listener.as_ref().unchecked_ref());
    }
}
