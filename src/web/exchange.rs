//! The exports to the shell for requests, answers, tokens and the journal.
#![allow(missing_docs)]

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::answer::ResponseHead;
use super::machine::{Machine, id};
use super::thrown::cause_of;
use crate::dispatcher::{AskId, AttemptId, Input, WriteId};
use crate::reply::MAX_BODY_BYTES;

#[wasm_bindgen]
impl Machine {
    // Sends an attempt with the shell's `fetch`. Calls `done` when `received` can be called.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn send(&self, attempt: f64, fetch: &Function, done: Function) {
        self.requests.send(AttemptId(id(attempt)), fetch, done);
    }

    // Sends the requests that outlive the page.
    #[wasm_bindgen(js_name = sendLast, skip_jsdoc)]
    pub fn send_last(&self, fetch: &Function) {
        self.requests.send_last(fetch);
    }

    // Takes in the head of an answer, or the failure. Returns the number of bytes of the body to read.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn received(&self, attempt: f64) -> usize {
        let attempt = AttemptId(id(attempt));
        let head = self.requests.heads.borrow_mut().remove(&attempt);
        match head {
            Some(Ok(ResponseHead { http_status, retry_after, date })) => {
                let (retry_after, date) = (retry_after.as_deref(), date.as_deref());
                self.handle(Input::Head { attempt, http_status, retry_after, date });
                return MAX_BODY_BYTES;
            }
            Some(Err(failure)) => self.handle(Input::Failed { attempt, failure }),
            None => self.handle(Input::Released(attempt)),
        }
        0
    }

    // Takes in the body of an answer, whose connection is now closed or idle.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn released(&self, attempt: f64, bytes: &[u8]) {
        let attempt = AttemptId(id(attempt));
        self.handle(Input::Body { attempt, bytes });
        self.handle(Input::Released(attempt));
    }

    // Takes in the value that the user's token function returned, which may be anything.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn token(&self, ask: f64, given: &JsValue) {
        let text = given.as_string().unwrap_or_default();
        self.handle(Input::Token { ask: AskId(id(ask)), answer: Ok(&text) });
    }

    // Takes in the value that the user's token function threw.
    #[wasm_bindgen(js_name = noToken, skip_jsdoc)]
    pub fn no_token(&self, ask: f64, thrown: &JsValue) {
        let cause = cause_of(thrown);
        self.handle(Input::Token { ask: AskId(id(ask)), answer: Err(Some(cause)) });
    }

    // Notes that the journal has been written.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn journaled(&self, write: f64) {
        self.handle(Input::Journaled { write: WriteId(id(write)), answer: Ok(()) });
    }

    // Notes that the journal could not be written.
    #[wasm_bindgen(js_name = notJournaled, skip_jsdoc)]
    pub fn not_journaled(&self, write: f64, thrown: &JsValue) {
        let cause = cause_of(thrown);
        self.handle(Input::Journaled { write: WriteId(id(write)), answer: Err(Some(cause)) });
    }
}
