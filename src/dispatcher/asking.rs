//! The token: asked for when it is needed, and again when the service refuses it.

use super::call::{CallId, Phase};
use super::output::Output;
use super::timers::Wake;
use super::tokens::AskId;
use super::{Dispatcher, Millis, Now};
use crate::error::Cause;
use crate::token::AccessToken;

impl Dispatcher {
    /// Holds a call back until there is a token.
    pub(super) fn await_token(&mut self, now: Now, id: CallId) {
        if let Some(call) = self.calls.get_mut(&id) {
            call.phase = Phase::AwaitingToken;
        }
        if self.tokens.waiting.is_empty() {
            let times_out = now.ms + Millis::from(self.policy.attempt_timeout_ms);
            self.tokens.times_out = Some(times_out);
            self.timers.set(Wake::Token, times_out);
        }
        if let Some(ask) = self.tokens.wait(id) {
            self.outputs.push_back(Output::AskToken(ask));
        }
    }

    pub(super) fn on_token(&mut self, now: Now, ask: AskId, answer: Result<&str, Option<Cause>>) {
        let tidy = |cause: Cause| cause.redacted(self.tokens.last());
        let token = answer.map(AccessToken::parse).map_err(|cause| cause.map(tidy));
        let current = token.as_ref().ok().and_then(|token| token.as_ref().ok()).cloned();
        let Some(waiting) = self.tokens.answer(ask, current) else { return };
        self.stop_token_clock();
        for &id in waiting.keys() {
            match &token {
                Err(cause) => self.fail_token(now, id, "the function accessToken failed", None, cause.clone()),
                Ok(Err(invalid)) => {
                    let what = format!("the function accessToken gave no usable token: {invalid}");
                    self.fail_token(now, id, &what, None, None);
                }
                Ok(Ok(_)) => self.requeue(id),
            }
        }
    }

    pub(super) fn on_token_timeout(&mut self, now: Now) {
        self.tokens.times_out = None;
        let Some(ask) = self.tokens.asked() else { return };
        let what = format!("the function accessToken gave nothing within {} ms", self.policy.attempt_timeout_ms);
        for &id in self.tokens.answer(ask, None).unwrap_or_default().keys() {
            self.fail_token(now, id, &what, Some("allow more time with attemptTimeoutMs"), None);
        }
    }

    /// Nobody waits for the token any more.
    pub(super) fn stop_token_clock(&mut self) {
        if let Some(times_out) = self.tokens.times_out.take() {
            self.timers.clear(Wake::Token, times_out);
        }
    }

    /// The service refused the token of a call, and there may be another.
    pub(super) fn ask_again(&mut self, now: Now, id: CallId, refused: AccessToken) {
        if let Some(call) = self.calls.get_mut(&id) {
            call.refused = Some(refused);
        }
        if self.tokens.current().is_some() {
            // Another call has asked in the meantime.
            self.requeue(id);
        } else {
            self.await_token(now, id);
        }
    }
}
