//! The exported class: arguments of unknown origin in, promises out.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::abort;
use super::activity;
use super::argument::{source_id, status_type};
use super::bulk::Bulk;
use super::driver::{Driver, Waiting};
use super::options::Settings;
use super::promise::Deferred;
use super::results::to_js;
use crate::activity::ActivityId;
use crate::dispatcher::{Change, Input};
use crate::error::Error;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("client.d.ts");

/// Sets the status of the Push sources of one organization.
///
/// One client serves a whole process: it keeps the calls for each source in the order in which they were made, and
/// when the service throttles one call, the others wait too.
#[wasm_bindgen]
pub struct StatusClient {
    /// `None` once the client was released. All memory of a client is here: what is left of one that was released
    /// waits for the garbage collector of JavaScript.
    driver: RefCell<Option<Rc<Driver>>>,
}

#[wasm_bindgen]
impl StatusClient {
    /// Checks every option; sends nothing.
    ///
    /// @throws {StatusError} `invalid_argument`, with the option's name in `argument`
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "StatusClientOptions")] options: &JsValue,
    ) -> Result<StatusClient, JsValue> {
        Ok(Self { driver: RefCell::new(Some(Driver::new(Settings::read(options)?))) })
    }

    /// Sends nothing. The request that `setStatus` would send, as plain data, with the token masked.
    ///
    /// @throws {StatusError} `invalid_argument` or `closed`
    #[wasm_bindgen(unchecked_return_type = "StatusRequest")]
    pub fn request(
        &self,
        #[wasm_bindgen(js_name = sourceId, unchecked_param_type = "string")] source: &JsValue,
        #[wasm_bindgen(js_name = statusType, unchecked_param_type = "StatusType")] status: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let driver = self.open()?;
        Ok(to_js(&driver.preview(&source_id(source)?, status_type(status)?)))
    }

    /// Sets the status of one source.
    ///
    /// @returns what the service applied; rejects with a `StatusError`, or with the signal's reason
    #[wasm_bindgen(js_name = setStatus, unchecked_return_type = "Promise<StatusUpdate>")]
    pub fn set_status(
        &self,
        #[wasm_bindgen(js_name = sourceId, unchecked_param_type = "string")] source: &JsValue,
        #[wasm_bindgen(js_name = statusType, unchecked_param_type = "StatusType")] status: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "SetStatusOptions")] options: &JsValue,
    ) -> Promise {
        self.begin(|driver| {
            let change = Change { source_id: source_id(source)?, status_type: status_type(status)? };
            let signal = abort::only_signal(options)?;
            abort::unless_aborted(signal.as_ref())?;
            let (promise, result) = Deferred::new();
            let weak = driver.weak();
            driver.start(change, None, |call| {
                let on_abort = move || {
                    if let Some(driver) = weak.upgrade() {
                        driver.cancel(call);
                    }
                };
                Waiting::Promise { result, watch: signal.map(|signal| driver.watch(signal, on_abort)) }
            });
            Ok(promise)
        })
    }

    /// Sets the status of many sources. A change that fails, also one that is not acceptable, stops no other.
    ///
    /// @returns one result for each change, in the order of the input; rejects only with `invalid_argument` or
    /// `closed`, or with the signal's reason
    #[wasm_bindgen(js_name = setStatuses, unchecked_return_type = "Promise<StatusResult[]>")]
    pub fn set_statuses(
        &self,
        #[wasm_bindgen(unchecked_param_type = "readonly StatusChange[]")] changes: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "SetStatusesOptions")] options: &JsValue,
    ) -> Promise {
        self.begin(|driver| Bulk::start(driver, changes, options))
    }

    /// Begins an activity around a function.
    #[wasm_bindgen(js_name = runActivity, skip_typescript)]
    pub fn run_activity(&self, source: &JsValue, status: &JsValue, work: &JsValue, options: &JsValue) -> Promise {
        self.begin(|driver| activity::run(driver, source, status, work, options))
    }

    /// Begins an activity that somebody will end.
    #[wasm_bindgen(js_name = startActivity, skip_typescript)]
    pub fn start_activity(&self, source: &JsValue, status: &JsValue, options: &JsValue) -> Promise {
        self.begin(|driver| activity::start(driver, source, status, options))
    }

    /// Ends an activity that was started.
    // Exact: ids count up from 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    #[wasm_bindgen(js_name = endActivity, skip_typescript)]
    pub fn end_activity(&self, id: f64) {
        let driver = self.driver.borrow().clone();
        if let Some(driver) = driver {
            driver.feed(Input::Finish(ActivityId(id as u64)));
        }
    }

    /// Warns of an activity that was started and that nobody can end any more.
    // Exact: ids count up from 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    #[wasm_bindgen(js_name = forgetActivity, skip_typescript)]
    pub fn forget_activity(&self, id: f64) {
        let driver = self.driver.borrow().clone();
        if let Some(driver) = driver {
            driver.warn_of_forgotten(ActivityId(id as u64));
        }
    }

    /// Closes the client: its activities end, calls that were made go on, and every later use says `closed`. May be
    /// called again.
    ///
    /// @returns when the last activity has ended and the last call has settled
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn close(&self) -> Promise {
        let driver = self.driver.borrow().clone();
        driver.map_or_else(|| Promise::resolve(&JsValue::UNDEFINED), |driver| driver.close())
    }

    /// Closes the client without waiting for its end. May be called again.
    #[wasm_bindgen(skip_typescript)]
    pub fn release(&self) {
        let driver = self.driver.borrow_mut().take();
        if let Some(driver) = driver {
            let _ = driver.close();
        }
    }

    /// Begins something that ends in a promise: whatever keeps it from beginning is a rejection too.
    fn begin(&self, begin: impl FnOnce(&Driver) -> Result<Promise, JsValue>) -> Promise {
        let promise = self.open().map_err(JsValue::from).and_then(|driver| begin(&driver));
        promise.unwrap_or_else(|reason| Promise::reject(&reason))
    }

    fn open(&self) -> Result<Rc<Driver>, Error> {
        let driver = self.driver.borrow().clone().filter(|driver| !driver.is_closed());
        driver.ok_or_else(Error::closed)
    }
}
