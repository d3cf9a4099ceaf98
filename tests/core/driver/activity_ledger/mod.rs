//! What a dispatcher does for activities, in the words of its contract alone.

mod entry;
mod inputs;
mod outputs;

use std::collections::{BTreeMap, BTreeSet};

use push_source_status::{
    ActivityId, AskId, AttemptId, CallId, Change, Dispatcher, ErrorCode, Input, Millis, Output, Policy,
    RequestTemplate, SourceId, Terms,
};

use super::observer::Observer;
use super::rule::Rule;
use entry::{Activity, Attempt, Source, Stage, Why};

/// A ledger of activities. It remembers the first rule that it saw broken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActivityLedger {
    template: RequestTemplate,
    policy: Policy,
    /// The activities that are not over.
    activities: BTreeMap<ActivityId, Activity>,
    sources: BTreeMap<SourceId, Source>,
    /// The calls that users made themselves, and whether each has settled.
    calls: BTreeMap<CallId, bool>,
    /// The attempts that hold a connection.
    attempts: BTreeMap<AttemptId, Attempt>,
    asks: BTreeSet<AskId>,
    is_closed: bool,
    is_drained: bool,
    step: Step,
    broken: Option<Rule>,
}

/// What has to follow from one input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Step {
    is_timeout: bool,
    is_page_end: bool,
    /// Who left its source: several do so one after the other, and the last one waits for `IDLE`.
    left: BTreeSet<ActivityId>,
    /// What ended, after which others may have found a source busy.
    ended: Vec<Change>,
    /// The call whose attempt was announced, and not sent yet.
    announced: Option<(CallId, Change)>,
    /// The call that set the status that activities want, until an event has said so.
    done: Option<CallId>,
    /// Whose work has to be told to stop.
    must_abort: BTreeSet<ActivityId>,
    /// What gets a last request.
    must_close: BTreeSet<SourceId>,
    /// Where `IDLE` could not be set.
    left_active: BTreeSet<SourceId>,
}

impl ActivityLedger {
    pub fn new(template: RequestTemplate, policy: Policy) -> Self {
        Self {
            template,
            policy,
            activities: BTreeMap::new(),
            sources: BTreeMap::new(),
            calls: BTreeMap::new(),
            attempts: BTreeMap::new(),
            asks: BTreeSet::new(),
            is_closed: false,
            is_drained: false,
            step: Step::default(),
            broken: None,
        }
    }

    pub fn note_begin(&mut self, activity: ActivityId, change: Change, terms: Terms) {
        let is_queued = self.is_closing(&change.source_id);
        self.sources.entry(change.source_id.clone()).or_default();
        let mut entry = Activity::new(change, terms, is_queued);
        if self.is_closed {
            entry.stop(0, Why::Failed(ErrorCode::Closed));
        }
        self.activities.insert(activity, entry);
    }

    /// The activities that can be aborted to some effect.
    pub fn abortable(&self) -> Vec<ActivityId> {
        self.in_stage(|stage| matches!(stage, Stage::Waiting | Stage::Working))
    }

    /// The activities whose work goes on.
    pub fn at_work(&self) -> Vec<ActivityId> {
        self.in_stage(|stage| matches!(stage, Stage::Working | Stage::Stopping(_)))
    }

    /// Whether nothing is left to happen.
    pub fn is_over(&self) -> bool {
        self.activities.is_empty() && self.unsettled().is_empty()
    }

    fn in_stage(&self, is_such: impl Fn(Stage) -> bool) -> Vec<ActivityId> {
        self.activities.iter().filter(|(_, activity)| is_such(activity.stage)).map(|(&id, _)| id).collect()
    }

    /// The activities that have a part in whether a source is active.
    fn members<'a>(&'a self, source: &'a SourceId) -> impl Iterator<Item = &'a Activity> {
        self.activities.values().filter(move |activity| activity.is_of(source) && !activity.is_queued)
    }

    /// Whether the end of an activity waits for nothing but `IDLE`.
    fn is_closing(&self, source: &SourceId) -> bool {
        self.members(source).next().is_some() && self.members(source).all(|member| member.stage == Stage::Left)
    }

    fn require(&mut self, is_kept: bool, rule: Rule) {
        if !is_kept && self.broken.is_none() {
            self.broken = Some(rule);
        }
    }
}

impl Observer for ActivityLedger {
    fn note_start(&mut self, call: CallId, _: Change) {
        self.calls.insert(call, false);
    }

    fn note_input(&mut self, now: Millis, input: &Input<'_>) {
        self.take_in(now, input);
    }

    fn note_output(&mut self, now: Millis, output: &Output) {
        self.take_out(now, output);
    }

    fn close_step(&mut self, now: Millis, dispatcher: &Dispatcher, wake: Option<Millis>) {
        let step = std::mem::take(&mut self.step);
        self.require(step.done.is_none(), Rule::Report);
        self.require(step.must_abort.is_empty(), Rule::UntoldWork);
        self.require(step.must_close.is_empty(), Rule::LastRequest);
        self.require(!step.is_page_end || self.activities.is_empty(), Rule::LastRequest);
        self.require(dispatcher.in_flight() == self.attempts.len(), Rule::Count);
        self.require(dispatcher.is_busy() != (self.is_over() && self.attempts.is_empty()), Rule::Count);
        self.require(dispatcher.is_closed() == self.is_closed, Rule::Count);

        for (source, entry) in self.sources.clone() {
            let statuses: BTreeSet<_> =
                self.members(&source).map(|member| member.change.status_type.as_str()).collect();
            self.require(statuses.len() <= 1, Rule::Overlap);
            if !self.activities.values().any(|activity| activity.is_of(&source)) {
                self.require(!entry.status.is_left_active || entry.status.is_said, Rule::LeftActive);
                self.require(entry.held.is_none(), Rule::Held);
                self.sources.insert(source, entry.at_rest());
            }
        }

        // Who works is not waited for. Everything else comes to an end by itself.
        let is_waiting = self.activities.values().any(|activity| activity.stage != Stage::Working);
        let is_awake = wake.is_some_and(|wake| wake > now || !step.is_timeout);
        self.require(is_awake || !is_waiting && self.unsettled().is_empty(), Rule::NoWake);
        self.require(!self.is_closed || !self.is_over() || self.is_drained, Rule::Drained);
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
        self.calls.iter().filter(|&(_, &is_settled)| !is_settled).map(|(&id, _)| id).collect()
    }
}
