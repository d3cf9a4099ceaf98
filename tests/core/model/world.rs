//! The world in which the dispatcher is checked.

use push_source_status::policy::UnknownOutcome;
use push_source_status::{AccessToken, AttemptId, Backoff, Change, Policy, SourceId, StatusType};
use stateright::{Model, Property};

use crate::Bounded;
use crate::driver::{Driver, Rule};
use crate::step::{Draw, Given, Reply, Step};

/// The calls in the order in which they are made. The third one is for the same source as the first.
const CALLS: [(&str, StatusType); 3] =
    [("source-a", StatusType::Rebuild), ("source-b", StatusType::Refresh), ("source-a", StatusType::Idle)];

/// The settings of a world.
#[derive(Clone, Debug)]
pub struct World {
    concurrency: u32,
    replies: &'static [Reply],
    has_token_function: bool,
    /// In a wide world, calls are made at any time, and every delay is drawn twice. Otherwise, all calls are made at
    /// the beginning, and only delays with a wide range are drawn twice.
    is_wide: bool,
}

/// The dispatcher with its ledger, and the number of calls that were made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    driver: Driver,
    started: usize,
}

impl Bounded for State {
    fn broken(&self) -> Option<Rule> {
        self.driver.ledger.broken()
    }
}

impl World {
    pub fn small(concurrency: u32) -> Self {
        Self {
            concurrency,
            replies: &[Reply::Applied, Reply::Throttled, Reply::ThrottledFor("1"), Reply::Error],
            has_token_function: false,
            is_wide: false,
        }
    }

    pub fn wide(concurrency: u32) -> Self {
        let replies =
            &[Reply::Applied, Reply::Throttled, Reply::ThrottledFor("1"), Reply::ThrottledFor("9"), Reply::Error];
        Self { replies, is_wide: true, ..Self::small(concurrency) }
    }

    pub fn with_token_function() -> Self {
        Self { replies: &[Reply::Applied, Reply::Refused], has_token_function: true, ..Self::small(2) }
    }

    pub fn wide_with_token_function() -> Self {
        let replies = &[Reply::Applied, Reply::Refused, Reply::Throttled, Reply::Error];
        Self { replies, ..Self::with_token_function() }
    }

    fn policy(&self) -> Policy {
        Policy {
            attempts: 2,
            backoff: Backoff { base_ms: 500, max_ms: 8000 },
            unknown_outcome: UnknownOutcome::Retry,
            attempt_timeout_ms: 3000,
            total_timeout_ms: 4000,
            concurrency: self.concurrency,
            ..Policy::default()
        }
    }

    fn start(state: &mut State) {
        let (source, status_type) = CALLS[state.started];
        let source_id = SourceId::parse(source).unwrap();
        state.driver.start(Change { source_id, status_type }, None, 0);
        state.started += 1;
    }

    /// Adds the steps that are possible for an attempt. `is_live`: its call still waits for it.
    fn attempt_steps(&self, attempt: AttemptId, is_live: bool, steps: &mut Vec<Step>) {
        for &reply in self.replies {
            // All late answers to an abandoned attempt have the same effect.
            if is_live {
                steps.extend(reply.draws(self.is_wide).iter().map(|&draw| Step::Reply(attempt, reply, draw)));
            } else if reply == Reply::Applied {
                steps.push(Step::Reply(attempt, reply, Draw::Low));
            }
        }
        if is_live {
            steps.extend(Draw::BOTH.map(|draw| Step::Lose(attempt, draw)));
        } else {
            steps.push(Step::Release(attempt));
        }
    }
}

impl Model for World {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        let token = (!self.has_token_function).then(|| AccessToken::parse("the-only-token").unwrap());
        let mut state = State { driver: Driver::new(self.policy(), token), started: 0 };
        while !self.is_wide && state.started < CALLS.len() {
            Self::start(&mut state);
        }
        vec![state]
    }

    fn actions(&self, state: &State, steps: &mut Vec<Step>) {
        let ledger = &state.driver.ledger;
        if state.started == CALLS.len() && ledger.unsettled().is_empty() {
            return;
        }
        if state.started < CALLS.len() {
            steps.push(Step::Start);
        }
        for (attempt, is_live) in ledger.attempts() {
            self.attempt_steps(attempt, is_live, steps);
        }
        for ask in ledger.asks() {
            steps.extend(Given::ALL.map(|given| Step::Token(ask, given)));
        }
        steps.extend(ledger.unsettled().into_iter().map(Step::Cancel));
        if state.driver.wake.is_some() {
            steps.extend(Draw::BOTH.map(Step::Timeout));
        }
    }

    fn next_state(&self, last: &State, step: Step) -> Option<State> {
        let mut state = last.clone();
        if step == Step::Start {
            Self::start(&mut state);
        }
        step.play(&mut state.driver);
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(
                "the calls of a source are sent in the order in which they were made",
                |_, state: &State| !matches!(state.broken(), Some(Rule::Order | Rule::OccupiedLane)),
            ),
            Property::always("nothing is sent for a call that has ended", |_, state: &State| {
                state.broken() != Some(Rule::AfterEnd)
            }),
            Property::always("nothing settles twice", |_, state: &State| state.broken() != Some(Rule::SettledTwice)),
            Property::always("no more attempts are in flight than are allowed", |_, state: &State| {
                state.broken() != Some(Rule::Concurrency)
            }),
            Property::always("nothing is sent through a closed gate", |_, state: &State| {
                !matches!(state.broken(), Some(Rule::Gate | Rule::RetryAfter))
            }),
            Property::always("every other rule is kept", |_, state: &State| state.broken().is_none()),
            Property::always("a call that has not settled waits for something", |_, state: &State| {
                let Driver { ledger, wake, now, .. } = &state.driver;
                ledger.unsettled().is_empty() || wake.is_some_and(|wake| wake > *now)
            }),
        ]
    }
}
