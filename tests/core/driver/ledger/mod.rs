//! An account of the inputs and outputs of a dispatcher. It knows the contract, and nothing of the implementation.

mod activities;
mod attempts;
mod calls;
mod endings;
mod events;
mod inputs;
mod journal;
mod outputs;
mod parts;
mod retrospect;
mod setting;
mod settlements;
mod sources;
mod step;
mod works;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use push_source_status::{
    AccessToken, ActivityId, AskId, AttemptId, CallId, Millis, Policy, RequestTemplate, SourceId,
};

use super::gate::Gate;
use super::rule::Rule;
use activities::{Activity, Stage};
use attempts::Attempt;
use calls::{Call, Role};
use journal::Journal;
use setting::Setting;
use sources::Source;
use step::Step;

/// A ledger. It remembers the first rule that it saw broken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ledger {
    setting: Arc<Setting>,
    /// The calls that have not settled. Those for activities are known from their first event on.
    calls: BTreeMap<CallId, Call>,
    settled: BTreeSet<CallId>,
    /// The attempts that have a connection.
    attempts: BTreeMap<AttemptId, Attempt>,
    /// The activities that are not over.
    activities: BTreeMap<ActivityId, Activity>,
    /// The sources that have activities, or had some.
    sources: BTreeMap<SourceId, Source>,
    gate: Gate,
    /// The latest time until which the service asked to wait.
    asked_until: Millis,
    token: Option<AccessToken>,
    /// The question that waits for its answer, with its time.
    question: Option<(AskId, Millis)>,
    /// The questions that were never answered.
    asks: BTreeSet<AskId>,
    journal: Option<Journal>,
    is_closed: bool,
    is_drained: bool,
    step: Step,
    broken: Option<Rule>,
}

impl Ledger {
    pub fn new(template: RequestTemplate, policy: Policy, token: Option<AccessToken>) -> Self {
        Self {
            setting: Arc::new(Setting { template, policy, has_fixed_token: token.is_some() }),
            calls: BTreeMap::new(),
            settled: BTreeSet::new(),
            attempts: BTreeMap::new(),
            activities: BTreeMap::new(),
            sources: BTreeMap::new(),
            gate: Gate::Open,
            asked_until: 0,
            token,
            question: None,
            asks: BTreeSet::new(),
            journal: None,
            is_closed: false,
            is_drained: false,
            step: Step::default(),
            broken: None,
        }
    }

    pub fn journaled(self) -> Self {
        Self { journal: Some(Journal::default()), ..self }
    }

    /// Returns the rule that was broken first.
    pub fn broken(&self) -> Option<Rule> {
        self.broken
    }

    /// Returns the attempts that have a connection, each with whether its call still waits for it.
    pub fn attempts(&self) -> Vec<(AttemptId, bool)> {
        self.attempts.iter().map(|(&id, attempt)| (id, attempt.is_live())).collect()
    }

    /// Returns the questions for a token that were never answered.
    pub fn asks(&self) -> Vec<AskId> {
        self.asks.iter().copied().collect()
    }

    /// Returns the calls of users that have not settled.
    pub fn unsettled(&self) -> Vec<CallId> {
        self.calls.iter().filter(|(_, call)| call.role == Role::User).map(|(&id, _)| id).collect()
    }

    /// Returns the activities for which an abort makes a difference.
    pub fn abortable(&self) -> Vec<ActivityId> {
        self.in_stage(|stage| matches!(stage, Stage::Waiting | Stage::Working))
    }

    /// Returns the activities that are working.
    pub fn at_work(&self) -> Vec<ActivityId> {
        self.in_stage(|stage| matches!(stage, Stage::Working | Stage::Stopping(_)))
    }

    /// Returns whether nothing is left to happen.
    pub fn is_over(&self) -> bool {
        self.activities.is_empty() && self.unsettled().is_empty()
    }

    fn in_stage(&self, is_such: impl Fn(Stage) -> bool) -> Vec<ActivityId> {
        self.activities.iter().filter(|(_, activity)| is_such(activity.stage)).map(|(&id, _)| id).collect()
    }

    fn require(&mut self, is_kept: bool, rule: Rule) {
        if !is_kept && self.broken.is_none() {
            self.broken = Some(rule);
        }
    }
}
