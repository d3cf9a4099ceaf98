//! What the module exports to the shell for requests, their answers and their tokens, and for the journal.
#![allow(missing_docs)]

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use super::answer::ResponseHead;
use super::machine::{Machine, id};
use super::thrown::cause_of;
use crate::dispatcher::{AskId, AttemptId, Input, WriteId};
use crate::reply::MAX_BODY_BYTES;

#[wasm_bindgen]
impl Machine {
    // Sends an attempt with a `fetch` of the shell's; the promise is kept once there is something to take in.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn send(&self, attempt: f64, fetch: &Function) -> Promise {
        self.requests.send(AttemptId(id(attempt)), fetch)
    }

    // Sends what outlives the page.
    #[wasm_bindgen(js_name = sendLast, skip_jsdoc)]
    pub fn send_last(&self, fetch: &Function) {
        self.requests.send_last(fetch);
    }

    // Takes in what came in place of the body. Says how much of a body is to be read.
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

    // Takes in the body: the connection is closed or idle.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn released(&self, attempt: f64, bytes: &[u8]) {
        let attempt = AttemptId(id(attempt));
        self.handle(Input::Body { attempt, bytes });
        self.handle(Input::Released(attempt));
    }

    // Gives up an attempt, which may not be sent yet.
    #[wasm_bindgen(js_name = giveUp, skip_jsdoc)]
    pub fn give_up(&self, attempt: f64) {
        self.requests.unsent.borrow_mut().remove(&AttemptId(id(attempt)));
    }

    // The user's function gave a token, or what should be one.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn token(&self, ask: f64, given: &JsValue) {
        let text = given.as_string().unwrap_or_default();
        self.handle(Input::Token { ask: AskId(id(ask)), answer: Ok(&text) });
    }

    // The user's function gave no token.
    #[wasm_bindgen(js_name = noToken, skip_jsdoc)]
    pub fn no_token(&self, ask: f64, thrown: &JsValue) {
        let cause = cause_of(thrown);
        self.handle(Input::Token { ask: AskId(id(ask)), answer: Err(Some(cause)) });
    }

    // The journal has written.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn journaled(&self, write: f64) {
        self.handle(Input::Journaled { write: WriteId(id(write)), answer: Ok(()) });
    }

    // The journal could not write.
    #[wasm_bindgen(js_name = notJournaled, skip_jsdoc)]
    pub fn not_journaled(&self, write: f64, thrown: &JsValue) {
        let cause = cause_of(thrown);
        self.handle(Input::Journaled { write: WriteId(id(write)), answer: Err(Some(cause)) });
    }
}
