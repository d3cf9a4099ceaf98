//! The world in which activities are checked. There are two activities and a call by the user, on one source or on two
//! that the activities enter in opposite orders.

mod worlds;

use push_source_status::policy::UnknownOutcome;
use push_source_status::{AccessToken, AttemptId, Backoff, Change, Policy, SourceId, SourceIds, StatusType, Terms};
use stateright::{Model, Property};

use crate::Bounded;
use crate::driver::{Driver, Rule};
use crate::step::{Draw, Given, Reply, Step};

/// The settings of a world.
#[derive(Clone, Debug)]
pub struct ActivityWorld {
    /// The activities, each with its sources, its status and its terms.
    activities: Vec<(&'static [&'static str], StatusType, Terms)>,
    replies: &'static [Reply],
    attempts: u32,
    close_timeout_ms: u32,
    concurrency: u32,
    /// Whether a connection that is no longer needed may stay open for a while, or closes at once.
    lingers: bool,
    has_token_function: bool,
    has_journal: bool,
    /// The other inputs, each of which happens once, at any time.
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

/// The dispatcher with its ledger, and the steps that have been taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    driver: Driver,
    begun: usize,
    has_called: bool,
    is_closed: bool,
    has_ended: bool,
}

impl ActivityWorld {
    fn policy(&self) -> Policy {
        Policy {
            attempts: self.attempts,
            backoff: Backoff { base_ms: 300, max_ms: 600 },
            unknown_outcome: UnknownOutcome::Retry,
            attempt_timeout_ms: 1000,
            total_timeout_ms: 2500,
            close_timeout_ms: self.close_timeout_ms,
            concurrency: self.concurrency,
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

fn source(id: &str) -> SourceId {
    SourceId::parse(id).unwrap()
}

impl Model for ActivityWorld {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        let token = (!self.has_token_function).then(|| AccessToken::parse("the-only-token").unwrap());
        let mut driver = Driver::new(self.policy(), token);
        if self.has_journal {
            driver = driver.journaled(false);
        }
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
        for write in ledger.writes() {
            steps.extend([true, false].map(|is_written| Step::Journaled(write, is_written)));
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
                state.driver.start(
                    Change { source_id: source("source-a"), status_type: StatusType::Incremental },
                    None,
                    0,
                );
                state.has_called = true;
            }
            Step::Begin => {
                let (sources, status_type, terms) = self.activities[state.begun];
                let sources = SourceIds::new(sources.iter().map(|id| source(id)).collect()).unwrap();
                state.driver.begin(&sources, status_type, terms, 0);
                state.begun += 1;
            }
            Step::Close => state.is_closed = true,
            Step::PageEnd => state.has_ended = true,
            _ => {}
        }
        step.play(&mut state.driver);
        while !self.lingers
            && let Some((attempt, _)) = state.driver.ledger.attempts().into_iter().find(|(_, is_live)| !is_live)
        {
            Step::Release(attempt).play(&mut state.driver);
        }
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
            Property::always(
                "work starts once all of its sources are active, or with the names of those that are not",
                |_, state: &State| !matches!(state.broken(), Some(Rule::Work | Rule::Inactive)),
            ),
            Property::always("the journal has exactly the sources that may be active", |_, state: &State| {
                !matches!(state.broken(), Some(Rule::Journal | Rule::StaleEntry))
            }),
            Property::always("a page that ends leaves nothing behind", |_, state: &State| {
                state.broken() != Some(Rule::LastRequest)
            }),
            Property::always("every activity and every call comes to its end", |_, state: &State| {
                !matches!(state.broken(), Some(Rule::NoWake | Rule::LateEnd))
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
