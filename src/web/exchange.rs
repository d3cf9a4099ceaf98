//! What a client exchanges with the outside: requests and their answers, and questions for a token.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

use super::driver::Driver;
use super::fetch::{Fetch, Head, transport_failure};
use super::promise::settled;
use super::thrown::cause_of;
use crate::dispatcher::{AskId, AttemptId, Input};
use crate::error::Cause;
use crate::table::Table;
use crate::token::AccessToken;

/// The requests and questions that are out.
pub(super) struct Exchange {
    fetch: Fetch,
    token_source: Option<Function>,
    attempts: RefCell<Table<AttemptId, AbortController>>,
}

impl Exchange {
    pub(super) fn new(fetch: Option<Function>, token_source: Option<Function>) -> Self {
        Self { fetch: Fetch::new(fetch), token_source, attempts: RefCell::default() }
    }

    /// Sends a request; the driver is told what comes of it.
    pub(super) fn send(&self, driver: &Driver, attempt: AttemptId, url: &str, token: &AccessToken) {
        let (Ok(controller), Some(driver)) = (AbortController::new(), driver.weak().upgrade()) else { return };
        let sent = self.fetch.send(url, token, &controller.signal());
        self.attempts.borrow_mut().insert(attempt, controller);
        spawn_local(async move {
            let head = match sent {
                Ok(promise) => JsFuture::from(promise).await.map_err(|thrown| transport_failure(&thrown)),
                Err(failure) => Err(failure),
            };
            match head.and_then(Head::read) {
                Ok(head) => receive(&driver, attempt, head).await,
                Err(failure) => driver.feed(Input::Failed { attempt, failure }),
            }
            driver.exchange.attempts.borrow_mut().remove(attempt);
        });
    }

    /// Sends a request that outlives the page.
    pub(super) fn send_last(&self, url: &str, token: &AccessToken) {
        self.fetch.send_last(url, token);
    }

    /// Gives up a request.
    pub(super) fn abort(&self, attempt: AttemptId) {
        let controller = self.attempts.borrow_mut().remove(attempt);
        if let Some(controller) = controller {
            controller.abort();
        }
    }

    /// Asks the user's function for a token; the driver is told what it gave.
    pub(super) fn ask_token(&self, driver: &Driver, ask: AskId) {
        let (Some(source), Some(driver)) = (self.token_source.clone(), driver.weak().upgrade()) else { return };
        spawn_local(async move {
            let answer: Result<String, Option<Cause>> = match settled(source.call0(&JsValue::UNDEFINED)).await {
                Ok(value) => Ok(value.as_string().unwrap_or_default()),
                Err(thrown) => Err(Some(cause_of(&thrown))),
            };
            driver.feed(Input::Token { ask, answer: answer.as_deref().map_err(Clone::clone) });
        });
    }
}

async fn receive(driver: &Driver, attempt: AttemptId, head: Head) {
    driver.feed(Input::Head {
        attempt,
        http_status: head.http_status,
        retry_after: head.retry_after.as_deref(),
        date: head.date.as_deref(),
    });
    let bytes = head.body().await;
    driver.feed(Input::Body { attempt, bytes: &bytes });
    driver.feed(Input::Released(attempt));
}
