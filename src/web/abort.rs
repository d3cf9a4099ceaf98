//! The callers' `AbortSignal`s: one listener on each, however many calls it can take back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Map, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::members::Members;
use super::results::number;
use crate::invalid::Invalid;
use crate::sorted_map::SortedMap;

/// Reads the option `signal`.
pub(super) fn signal(value: &JsValue) -> Result<Option<AbortSignal>, Invalid> {
    if value.is_undefined() {
        return Ok(None);
    }
    // A signal of another realm or of a polyfill is as good, so what counts is what it can do.
    let has = |name: &str| Reflect::get(value, &name.into()).is_ok_and(|member| member.is_function());
    let is_signal = value.is_object()
        && has("addEventListener")
        && has("removeEventListener")
        && Reflect::get(value, &"aborted".into()).is_ok_and(|aborted| aborted.as_bool().is_some());
    if is_signal {
        Ok(Some(value.clone().unchecked_into()))
    } else {
        Err(Invalid::new("signal", "signal is not an AbortSignal"))
    }
}

/// Reads options that are no more than a signal.
pub(super) fn only_signal(options: &JsValue) -> Result<Option<AbortSignal>, Invalid> {
    if options.is_undefined() {
        return Ok(None);
    }
    signal(&Members::of("options", options, &["signal"])?.get("signal")?)
}

/// Fails with the reason of a signal that is aborted already.
pub(super) fn unless_aborted(signal: Option<&AbortSignal>) -> Result<(), JsValue> {
    match signal.filter(|signal| signal.aborted()) {
        Some(signal) => Err(signal.reason()),
        None => Ok(()),
    }
}

type OnAbort = Rc<dyn Fn()>;

/// The signals that a client listens to. Node warns of a leak at the eleventh listener on one signal.
#[derive(Default)]
pub(super) struct Signals {
    /// From a signal to its key below.
    keys: Map,
    watched: RefCell<SortedMap<u64, Watched>>,
    last_key: Cell<u64>,
    last_watch: Cell<u64>,
}

struct Watched {
    signal: AbortSignal,
    listener: Closure<dyn FnMut()>,
    watches: SortedMap<u64, OnAbort>,
}

impl Signals {
    /// Calls back when a signal is aborted, for as long as the value that is returned lives.
    pub(super) fn watch(self: &Rc<Self>, signal: AbortSignal, on_abort: impl Fn() + 'static) -> AbortWatch {
        let known = self.keys.get(&signal).as_f64();
        // Exact: it was a key of this map.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let key = known.map_or_else(|| self.listen(signal), |key| key as u64);
        let id = next(&self.last_watch);
        if let Some(watched) = self.watched.borrow_mut().get_mut(&key) {
            watched.watches.insert(id, Rc::new(on_abort));
        }
        AbortWatch { signals: Rc::clone(self), key, id }
    }

    fn listen(self: &Rc<Self>, signal: AbortSignal) -> u64 {
        let key = next(&self.last_key);
        let signals = Rc::downgrade(self);
        let listener = Closure::new(move || {
            let callbacks: Vec<OnAbort> = signals.upgrade().map(|signals| signals.callbacks(key)).unwrap_or_default();
            for callback in callbacks {
                callback();
            }
        });
        // A signal whose methods throw is watched in vain: the call then ends by itself.
        let _ = signal.add_event_listener_with_callback("abort", listener.as_ref().unchecked_ref());
        self.keys.set(&signal, &number(key).into());
        self.watched.borrow_mut().insert(key, Watched { signal, listener, watches: SortedMap::default() });
        key
    }

    fn callbacks(&self, key: u64) -> Vec<OnAbort> {
        let watched = self.watched.borrow();
        watched
            .get(&key)
            .map(|watched| watched.watches.iter().map(|(_, callback)| Rc::clone(callback)).collect())
            .unwrap_or_default()
    }

    fn unwatch(&self, key: u64, id: u64) {
        let last = {
            let mut all = self.watched.borrow_mut();
            let Some(watched) = all.get_mut(&key) else { return };
            watched.watches.remove(&id);
            if watched.watches.is_empty() { all.remove(&key) } else { None }
        };
        if let Some(Watched { signal, listener, .. }) = last {
            self.keys.delete(&signal);
            let _ = signal.remove_event_listener_with_callback("abort", listener.as_ref().unchecked_ref());
        }
    }
}

fn next(counter: &Cell<u64>) -> u64 {
    counter.set(counter.get() + 1);
    counter.get()
}

/// A listener on a signal, for as long as this value lives.
#[must_use]
pub(super) struct AbortWatch {
    signals: Rc<Signals>,
    key: u64,
    id: u64,
}

impl AbortWatch {
    /// Why the signal was aborted.
    pub(super) fn reason(&self) -> JsValue {
        let signal = self.signals.watched.borrow().get(&self.key).map(|watched| watched.signal.clone());
        signal.map(|signal| signal.reason()).unwrap_or_default()
    }
}

impl Drop for AbortWatch {
    fn drop(&mut self) {
        self.signals.unwatch(self.key, self.id);
    }
}
