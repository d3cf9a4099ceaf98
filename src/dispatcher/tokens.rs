//! The source of the token: a fixed one, or a function that is asked when a token is needed.

use super::timers::{Timers, Wake};
use super::{CallId, Millis};
use crate::sorted_map::SortedMap;
use crate::token::{AccessToken, HeldTokens};

/// The id of a question for a token. Answers to earlier questions are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AskId(pub u64);

/// The tokens of a client.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Tokens {
    current: Option<AccessToken>,
    /// The newest token so far, refused or not.
    last: Option<AccessToken>,
    held: HeldTokens,
    is_fixed: bool,
    asked: Option<AskId>,
    asks: u64,
    /// The calls that wait for an answer.
    waiting: SortedMap<CallId, ()>,
}

impl Tokens {
    /// Takes a token that never changes, or none, so that one is asked for.
    pub(super) fn new(fixed: Option<AccessToken>) -> Self {
        let is_fixed = fixed.is_some();
        let held = fixed.clone().map(HeldTokens::from).unwrap_or_default();
        Self {
            current: fixed.clone(),
            last: fixed,
            held,
            is_fixed,
            asked: None,
            asks: 0,
            waiting: SortedMap::default(),
        }
    }

    pub(super) fn current(&self) -> Option<&AccessToken> {
        self.current.as_ref()
    }

    pub(super) fn last(&self) -> Option<&AccessToken> {
        self.last.as_ref()
    }

    pub(super) fn held(&self) -> &HeldTokens {
        &self.held
    }

    /// Masks a text and its parts from now on, whether or not it is a valid token.
    pub(super) fn hold_parts(&mut self, text: &str) {
        self.held.add_parts(text);
    }

    /// Drops a token that the service refused. Returns whether another one can be asked for.
    pub(super) fn refuse(&mut self, token: &AccessToken) -> bool {
        if self.is_fixed {
            return false;
        }
        if self.current.as_ref() == Some(token) {
            self.current = None;
        }
        true
    }

    /// Adds a call that needs a token. The first one also sets the time until which all of them wait. Returns the
    /// question to ask, unless one has already been asked.
    pub(super) fn wait(&mut self, call: CallId, until: Millis, timers: &mut Timers) -> Option<AskId> {
        if self.waiting.is_empty() {
            timers.set(Wake::Token, until);
        }
        self.waiting.insert(call, ());
        if self.asked.is_some() {
            return None;
        }
        self.asks += 1;
        self.asked = Some(AskId(self.asks));
        self.asked
    }

    /// Removes a call that no longer needs a token.
    pub(super) fn forget(&mut self, call: CallId, timers: &mut Timers) {
        self.waiting.remove(&call);
        if self.waiting.is_empty() {
            timers.clear(Wake::Token);
        }
    }

    /// Takes the answer to a question. Returns the calls that waited for it, or `None` for an answer that comes too
    /// late.
    pub(super) fn answer(
        &mut self,
        ask: AskId,
        token: Option<AccessToken>,
        timers: &mut Timers,
    ) -> Option<Vec<CallId>> {
        if self.asked != Some(ask) {
            return None;
        }
        timers.clear(Wake::Token);
        if let Some(token) = &token {
            self.held.add(token);
        }
        self.last = token.clone().or(self.last.take());
        Some(self.conclude(token))
    }

    /// Ends a question that was not answered in time. Returns the calls that waited for it.
    pub(super) fn time_out(&mut self) -> Vec<CallId> {
        debug_assert!(self.asked.is_some(), "no question is out");
        self.conclude(None)
    }

    fn conclude(&mut self, token: Option<AccessToken>) -> Vec<CallId> {
        self.asked = None;
        self.current = token;
        std::mem::take(&mut self.waiting).keys().copied().collect()
    }
}
