//! What was handed to a dispatcher and what it did, in the words of its contract alone.

mod endings;
mod entry;
mod inputs;
mod outputs;
mod settlements;
mod step;

use std::collections::{BTreeMap, BTreeSet};

use push_source_status::{
    AccessToken, AskId, AttemptId, CallId, Change, Dispatcher, Input, Millis, Output, Policy, RequestTemplate,
    policy::RELEASE_MS,
};

use super::gate::Gate;
use super::observer::Observer;
use super::rule::Rule;
use entry::{AttemptEntry, CallEntry};
use step::Step;

/// A ledger. It remembers the first rule that it saw broken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ledger {
    template: RequestTemplate,
    policy: Policy,
    calls: BTreeMap<CallId, CallEntry>,
    /// The attempts that hold a connection.
    attempts: BTreeMap<AttemptId, AttemptEntry>,
    gate: Gate,
    /// The latest time that the service asked to wait for.
    hold: Millis,
    token: Option<AccessToken>,
    has_fixed_token: bool,
    /// The question that waits for its answer, and since when.
    question: Option<(AskId, Millis)>,
    /// The questions that were never answered.
    asks: BTreeSet<AskId>,
    is_closed: bool,
    is_drained: bool,
    step: Step,
    broken: Option<Rule>,
}

impl Ledger {
    pub fn new(template: RequestTemplate, policy: Policy, token: Option<AccessToken>) -> Self {
        Self {
            template,
            policy,
            calls: BTreeMap::new(),
            attempts: BTreeMap::new(),
            gate: Gate::Open,
            hold: 0,
            has_fixed_token: token.is_some(),
            token,
            question: None,
            asks: BTreeSet::new(),
            is_closed: false,
            is_drained: false,
            step: Step::default(),
            broken: None,
        }
    }

    /// When it was time, whatever was due has happened.
    fn close_timeout(&mut self, now: Millis, wake: Option<Millis>) {
        self.require(wake.is_none_or(|wake| wake > now), Rule::Livelock);
        let is_late = |call: &CallEntry| !call.is_settled && call.deadline.is_some_and(|deadline| deadline <= now);
        let has_late_call = self.calls.values().any(is_late);
        self.require(!has_late_call, Rule::Deadline);
        let timeout = Millis::from(self.policy.attempt_timeout_ms);
        let is_slow = |attempt: &AttemptEntry| attempt.is_live() && attempt.sent + timeout <= now;
        let has_slow_attempt = self.attempts.values().any(is_slow);
        self.require(!has_slow_attempt, Rule::AttemptTimeout);
        let is_stuck = |attempt: &AttemptEntry| attempt.over_at.is_some_and(|over| over + RELEASE_MS <= now);
        let has_stuck_attempt = self.attempts.values().any(is_stuck);
        self.require(!has_stuck_attempt, Rule::ReleaseTimeout);
    }

    /// Whether a call waits that the gate cannot let through before its time is used up.
    fn holds_hopeless_call(&self, now: Millis) -> bool {
        let wait = self.gate.wait(now);
        let live: BTreeSet<CallId> =
            self.attempts.values().filter(|attempt| attempt.is_live()).map(|attempt| attempt.call).collect();
        let total = Millis::from(self.policy.total_timeout_ms);
        self.calls.iter().any(|(id, call)| {
            let is_waiting = !call.is_settled && !live.contains(id);
            let budget = call.deadline.map_or(total, |deadline| deadline.saturating_sub(now));
            is_waiting && wait > budget
        })
    }

    /// When the first call, attempt or rest of an attempt has used up its time.
    fn next_due(&self) -> Option<Millis> {
        let timeout = Millis::from(self.policy.attempt_timeout_ms);
        let attempts = self.attempts.values().map(|attempt| match attempt.over_at {
            Some(over) => over + RELEASE_MS,
            None => attempt.sent + timeout,
        });
        let unsettled = self.calls.values().filter(|call| !call.is_settled);
        unsettled.filter_map(|call| call.deadline).chain(attempts).min()
    }

    fn require(&mut self, is_kept: bool, rule: Rule) {
        if !is_kept && self.broken.is_none() {
            self.broken = Some(rule);
        }
    }
}

impl Observer for Ledger {
    fn note_start(&mut self, call: CallId, change: Change) {
        let is_next = self.calls.last_key_value().is_none_or(|(&last, _)| last < call);
        self.require(is_next, Rule::Order);
        self.calls.insert(call, CallEntry::new(change));
    }

    fn note_input(&mut self, now: Millis, input: &Input<'_>) {
        self.take_in(now, input);
    }

    fn note_output(&mut self, now: Millis, output: &Output) {
        self.take_out(now, output);
    }

    fn close_step(&mut self, now: Millis, dispatcher: &Dispatcher, wake: Option<Millis>) {
        let step = std::mem::take(&mut self.step);
        if self.hold <= now {
            self.hold = 0;
        }
        let is_settled = |id: &CallId| self.calls.get(id).is_none_or(|call| call.is_settled);
        let lingers = !step.must_settle.iter().all(is_settled);
        // Several answers in one step can turn each other's calls away.
        let gave_up = step.judged.len() == 1 && step.must_go_on.is_some_and(|id| is_settled(&id));
        self.require(!lingers, Rule::Lingering);
        self.require(!gave_up, Rule::GaveUp);
        self.require(!step.must_shut, Rule::OpenGate);
        self.require(step.announced.is_none(), Rule::Report);
        if step.is_timeout {
            self.close_timeout(now, wake);
        }
        self.require(!self.holds_hopeless_call(now), Rule::Lingering);
        let unsettled = self.unsettled().len();
        self.require(dispatcher.unsettled() == unsettled, Rule::Count);
        self.require(dispatcher.in_flight() == self.attempts.len(), Rule::Count);
        self.require(dispatcher.is_busy() == (unsettled > 0 || !self.attempts.is_empty()), Rule::Count);
        self.require(dispatcher.is_closed() == self.is_closed, Rule::Count);
        let is_awake = wake.is_some_and(|wake| self.next_due().is_none_or(|due| wake <= due));
        self.require(is_awake || unsettled == 0 && self.attempts.is_empty(), Rule::NoWake);
        self.require(!self.is_closed || unsettled > 0 || self.is_drained, Rule::Drained);
    }

    fn broken(&self) -> Option<Rule> {
        self.broken
    }

    fn attempts(&self) -> Vec<(AttemptId, bool)> {
        self.attempts.iter().map(|(&id, attempt)| (id, attempt.is_live())).collect()
    }

    fn asks(&self) -> Vec<AskId> {
        self.asks.iter().copied().collect()
    }

    fn unsettled(&self) -> Vec<CallId> {
        self.calls.iter().filter(|(_, call)| !call.is_settled).map(|(&id, _)| id).collect()
    }
}
