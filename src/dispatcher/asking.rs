//! Asks for a token when one is needed, and again when the service refuses it.

use super::call::{CallId, Phase};
use super::output::Output;
use super::tokens::AskId;
use super::{Dispatcher, Millis, Now};
use crate::error::{Cause, Error, ErrorCode};
use crate::token::AccessToken;

impl Dispatcher {
    /// Holds a call back until there is a token.
    pub(super) fn await_token(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.known_mut(&id) else { return };
        call.phase = Phase::AwaitingToken;
        let until = now.ms + Millis::from(self.policy.attempt_timeout_ms);
        let (role, source) = (call.role, call.change.source_id.clone());
        if let Some(ask) = self.tokens.wait(id, until, &mut self.timers) {
            self.outputs.push(Output::AskToken(ask, self.owner(id, role, &source)));
        }
    }

    pub(super) fn on_token(&mut self, now: Now, ask: AskId, answer: Result<&str, Option<Cause>>) {
        let token = match answer {
            Ok(text) => {
                self.tokens.hold_parts(text);
                let what = |invalid| format!("the accessToken function returned no usable token: {invalid}");
                AccessToken::parse(text).map_err(|invalid| Error::new(ErrorCode::TokenUnavailable, what(invalid)))
            }
            Err(cause) => {
                let cause = cause.map(|cause| cause.redacted(self.tokens.held()));
                let what = "the accessToken function failed";
                Err(Error::new(ErrorCode::TokenUnavailable, what).with_cause(cause))
            }
        };
        let current = token.as_ref().ok().cloned();
        for id in self.tokens.answer(ask, current, &mut self.timers).unwrap_or_default() {
            match &token {
                Ok(_) => self.requeue(id),
                Err(error) => self.fail(now, id, error.clone()),
            }
        }
    }

    pub(super) fn on_token_timeout(&mut self, now: Now) {
        let what = format!("the accessToken function returned nothing within {} ms", self.policy.attempt_timeout_ms);
        let error = Error::new(ErrorCode::TokenUnavailable, what).with_hint("allow more time with attemptTimeoutMs");
        for id in self.tokens.time_out() {
            self.fail(now, id, error.clone());
        }
    }

    /// Retries a call whose token was refused, with a token that is newer.
    pub(super) fn ask_again(&mut self, now: Now, id: CallId, refused: AccessToken) {
        let Some(call) = self.calls.known_mut(&id) else { return };
        call.refused = Some(refused);
        if self.is_out_of_reach(now, id) {
            self.fail_throttled(now, id);
        } else if self.tokens.current().is_some() {
            // Another call has already asked.
            self.requeue(id);
        } else {
            self.await_token(now, id);
        }
    }
}
