//! The world in which activities are checked: two of them and a call of the user's own, on one source.

use push_source_status::policy::UnknownOutcome;
use push_source_status::{
    AccessToken, AttemptId, Backoff, Change, OnActivationFailure, Policy, SourceId, StatusType, Terms,
};
use stateright::{Model, Property};

use crate::Bounded;
use crate::driver::{Driver, Rule};
use crate::step::{Draw, Given, Reply, Step};

/// How long the work of an aborted activity may take, where somebody knows when it ends.
const GRACE_MS: u64 = 700;

/// What can vary between worlds.
#[derive(Clone, Debug)]
pub struct ActivityWorld {
    /// The statuses of the two activities, and how each behaves.
    activities: [(StatusType, Terms); 2],
    replies: &'static [Reply],
    attempts: u32,
    close_timeout_ms: u32,
    has_token_function: bool,
    /// What else happens once, at any time.
    besides: &'static [Besides],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Besides {
    /// The user calls `setStatus`.
    Call,
    /// The client is closed.
    Close,
    PageEnd,
}

/// The dispatcher and its ledger, and what was done with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    driver: Driver,
    begun: usize,
    has_called: bool,
    is_closed: bool,
    has_ended: bool,
}

const PLAIN: Terms = Terms { on_activation_failure: OnActivationFailure::Stop, grace_ms: None };
const STUBBORN: Terms = Terms { on_activation_failure: OnActivationFailure::Continue, grace_ms: Some(GRACE_MS) };

impl ActivityWorld {
    /// Two activities that share a status.
    pub fn shared() -> Self {
        Self {
            activities: [(StatusType::Rebuild, PLAIN), (StatusType::Rebuild, STUBBORN)],
            replies: &[Reply::Applied, Reply::Refused, Reply::Error],
            attempts: 1,
            close_timeout_ms: 500,
            has_token_function: false,
            besides: &[Besides::Close, Besides::PageEnd],
        }
    }

    /// Two activities that are in each other's way.
    pub fn rivals() -> Self {
        Self { activities: [(StatusType::Rebuild, STUBBORN), (StatusType::Refresh, PLAIN)], ..Self::shared() }
    }

    /// With a call of the user's own among them.
    pub fn and_call(self) -> Self {
        Self { besides: &[Besides::Call], ..self }
    }

    /// With a service that throttles, and everything else that can happen.
    pub fn wide(self) -> Self {
        Self {
            replies: &[Reply::Applied, Reply::Refused, Reply::Throttled, Reply::Error],
            besides: &[Besides::Call, Besides::Close, Besides::PageEnd],
            ..self
        }
    }

    /// With a second attempt for each call, and time for one more `IDLE`.
    pub fn patient(self) -> Self {
        Self { attempts: 2, close_timeout_ms: 1500, besides: &[Besides::PageEnd], ..self }
    }

    pub fn with_token_function(self) -> Self {
        Self { has_token_function: true, ..self }
    }

    fn policy(&self) -> Policy {
        Policy {
            attempts: self.attempts,
            backoff: Backoff { base_ms: 300, max_ms: 600 },
            unknown_outcome: UnknownOutcome::Retry,
            attempt_timeout_ms: 1000,
            total_timeout_ms: 2500,
            close_timeout_ms: self.close_timeout_ms,
            concurrency: 2,
        }
    }

    fn attempt_steps(&self, attempt: AttemptId, is_live: bool, steps: &mut Vec<Step>) {
        if is_live {
            steps.extend(self.replies.iter().map(|&reply| Step::Reply(attempt, reply, Draw::Low)));
            steps.push(Step::Lose(attempt, Draw::Low));
        } else {
            steps.push(Step::Release(attempt));
        }
    }
}

fn source() -> SourceId {
    SourceId::parse("source").unwrap()
}

impl Model for ActivityWorld {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        let token = (!self.has_token_function).then(|| AccessToken::parse("the-only-token").unwrap());
        let driver = Driver::new(self.policy(), token);
        vec![State { driver, begun: 0, has_called: false, is_closed: false, has_ended: false }]
    }

    fn actions(&self, state: &State, steps: &mut Vec<Step>) {
        let ledger = &state.driver.ledger;
        if state.begun < self.activities.len() {
            steps.push(Step::Begin);
        } else if ledger.is_over() {
            return;
        }
        if self.besides.contains(&Besides::Call) && !state.has_called {
            steps.push(Step::Start);
        }
        for (attempt, is_live) in ledger.attempts() {
            self.attempt_steps(attempt, is_live, steps);
        }
        for ask in ledger.asks() {
            steps.extend(Given::ALL.map(|given| Step::Token(ask, given)));
        }
        steps.extend(ledger.at_work().into_iter().map(Step::Finish));
        steps.extend(ledger.abortable().into_iter().map(Step::Abort));
        steps.extend(ledger.unsettled().into_iter().map(Step::Cancel));
        if self.besides.contains(&Besides::Close) && !state.is_closed {
            steps.push(Step::Close);
        }
        if self.besides.contains(&Besides::PageEnd) && !state.has_ended {
            steps.push(Step::PageEnd);
        }
        if state.driver.wake.is_some() {
            steps.push(Step::Timeout(Draw::Low));
        }
    }

    fn next_state(&self, last: &State, step: Step) -> Option<State> {
        let mut state = last.clone();
        match step {
            Step::Start => {
                state.driver.start(Change { source_id: source(), status_type: StatusType::Incremental }, None, 0);
                state.has_called = true;
            }
            Step::Begin => {
                let (status_type, terms) = self.activities[state.begun];
                state.driver.begin(&source().into(), status_type, terms, 0);
                state.begun += 1;
            }
            Step::Close => state.is_closed = true,
            Step::PageEnd => state.has_ended = true,
            _ => {}
        }
        step.play(&mut state.driver);
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(
                "once its activities are over, a source is idle, or an error said that it is not",
                |_, state: &State| state.broken() != Some(Rule::LeftActive),
            ),
            Property::always("no IDLE after an active status that surely failed", |_, state: &State| {
                state.broken() != Some(Rule::StrayIdle)
            }),
            Property::always("no IDLE while there is work, and no end before IDLE", |_, state: &State| {
                !matches!(state.broken(), Some(Rule::EarlyIdle | Rule::EarlyEnd))
            }),
            Property::always("a page that ends leaves nothing behind", |_, state: &State| {
                state.broken() != Some(Rule::LastRequest)
            }),
            Property::always("every activity and every call comes to its end", |_, state: &State| {
                state.broken() != Some(Rule::NoWake)
            }),
            Property::always("every other rule is kept", |_, state: &State| state.broken().is_none()),
        ]
    }
}

impl Bounded for State {
    fn broken(&self) -> Option<Rule> {
        self.driver.ledger.broken()
    }
}
