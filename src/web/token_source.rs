//! The user's function that gives a token.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::driver::Driver;
use super::promise::settled;
use super::thrown::cause_of;
use crate::dispatcher::{AskId, Input};
use crate::error::Cause;

/// Where a client's tokens come from, where that is a function.
pub(super) struct TokenSource(Option<Function>);

impl TokenSource {
    pub(super) fn new(function: Option<Function>) -> Self {
        Self(function)
    }

    /// Asks for a token; the driver is told what came.
    pub(super) fn ask(&self, driver: &Driver, ask: AskId) {
        let Some(function) = self.0.clone() else { return };
        // Weak: a question that is never answered keeps no client.
        let driver = driver.weak();
        spawn_local(async move {
            let answer: Result<String, Option<Cause>> = match settled(function.call0(&JsValue::UNDEFINED)).await {
                Ok(value) => Ok(value.as_string().unwrap_or_default()),
                Err(thrown) => Err(Some(cause_of(&thrown))),
            };
            if let Some(driver) = driver.upgrade() {
                driver.feed(Input::Token { ask, answer: answer.as_deref().map_err(Clone::clone) });
            }
        });
    }
}
