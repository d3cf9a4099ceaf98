//! What stops a request: a controller, and the signal that the request is given.
//!
//! To make a signal costs a host as much as anything else that a request needs, and hardly one is ever aborted: so a
//! request takes over the one of a request that has ended well.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

/// How many requests one signal serves. A host may listen to it for each of them until the garbage is collected, and
/// Node warns of the eleventh listener.
const REQUESTS: u32 = 8;

/// The ones that no request has now.
#[derive(Default)]
pub(super) struct Stops(RefCell<Vec<Rc<Stop>>>);

/// What stops the request that has it.
pub(super) struct Stop {
    controller: AbortController,
    pub(super) signal: AbortSignal,
    requests_left: Cell<u32>,
}

impl Stops {
    pub(super) fn take(&self) -> Result<Rc<Stop>, JsValue> {
        let stop = match self.0.borrow_mut().pop() {
            Some(stop) => stop,
            None => Rc::new(Stop::new()?),
        };
        stop.requests_left.set(stop.requests_left.get() - 1);
        Ok(stop)
    }

    /// Its request has ended.
    pub(super) fn give_back(&self, stop: &Rc<Stop>) {
        if stop.requests_left.get() > 0 {
            self.0.borrow_mut().push(Rc::clone(stop));
        }
    }
}

impl Stop {
    fn new() -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        Ok(Self { signal: controller.signal(), controller, requests_left: Cell::new(REQUESTS) })
    }

    pub(super) fn abort(&self) {
        self.spoil();
        self.controller.abort();
    }

    /// Keeps it from being used again.
    pub(super) fn spoil(&self) {
        self.requests_left.set(0);
    }
}
