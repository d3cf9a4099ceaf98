//! Random scripts of events for activities and calls.

use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use push_source_status::{
    AccessToken, Backoff, Input, OnActivationFailure, Policy, SourceId, SourceIds, StatusType, Terms,
};

use crate::dispatcher::script::{Event as OfCalls, Journal, events as of_calls, journals, policies};
use crate::dispatcher::session::{Session, pick};
use crate::driver::Driver;
use crate::property::one_of;

#[derive(Clone, Debug)]
pub struct Script {
    policy: Policy,
    token: Option<AccessToken>,
    journal: Journal,
    events: Vec<(Event, u32)>,
    is_answered: bool,
}

#[derive(Clone, Debug)]
enum Event {
    Begin { sources: Vec<u8>, status: StatusType, terms: Terms },
    Finish { activity: Index },
    Abort { activity: Index },
    PageEnd,
    LoopEnd,
    OfCalls(OfCalls),
}

pub fn scripts() -> impl Strategy<Value = Script> {
    let random = one_of![Just(0), Just(u32::MAX), any::<u32>()];
    let events =
        (prop::collection::vec((begins(), random.clone()), 1..3), prop::collection::vec((events(), random), 0..60));
    let close_timeouts = select(vec![1, 900, 20_000]);
    let tokens = any::<bool>().prop_map(|is_fixed| is_fixed.then(|| AccessToken::parse("the-only-token").unwrap()));
    (policies(), close_timeouts, tokens, journals(), events, any::<bool>()).prop_map(
        |(policy, close_timeout_ms, token, journal, (first, then), is_answered)| {
            // Only time limits a closing IDLE, so without delays it would be tried for ever.
            let Backoff { base_ms, max_ms } = policy.backoff;
            let backoff = Backoff { base_ms: base_ms.max(50), max_ms: max_ms.max(50) };
            let policy = Policy { backoff, close_timeout_ms, ..policy };
            Script { policy, token, journal, events: first.into_iter().chain(then).collect(), is_answered }
        },
    )
}

fn events() -> impl Strategy<Value = Event> {
    one_of![
        6 => begins(),
        8 => any::<Index>().prop_map(|activity| Event::Finish { activity }),
        4 => any::<Index>().prop_map(|activity| Event::Abort { activity }),
        1 => one_of![
            2 => any::<Index>().prop_map(|activity| Event::Finish { activity }),
            1 => Just(Event::PageEnd),
            1 => Just(Event::LoopEnd),
        ],
        24 => of_calls().prop_map(Event::OfCalls),
    ]
}

/// Activities on one to three of three sources, in any order.
fn begins() -> impl Strategy<Value = Event> {
    let sources = one_of![
        4 => subsequence(vec![0, 1, 2], 1),
        3 => subsequence(vec![0, 1, 2], 1..4),
        2 => subsequence(vec![2, 1, 0], 2..4),
    ];
    let statuses = select(vec![StatusType::Rebuild, StatusType::Rebuild, StatusType::Refresh]);
    let on_failure = select(vec![OnActivationFailure::Stop, OnActivationFailure::Continue]);
    let grace_ms = select(vec![None, Some(0), Some(40), Some(5000)]);
    (sources, statuses, on_failure, grace_ms).prop_map(|(sources, status, on_activation_failure, grace_ms)| {
        Event::Begin { sources, status, terms: Terms { on_activation_failure, grace_ms } }
    })
}

impl Script {
    pub fn run(&self) -> Session {
        self.run_by(self.driver())
    }

    pub fn driver(&self) -> Driver {
        self.journal.of(Driver::new(self.policy, self.token.clone()))
    }

    pub fn run_by(&self, driver: Driver) -> Session {
        let mut session = Session::new(driver);
        for (event, random) in &self.events {
            event.play(&mut session, *random);
            if session.broken().is_some() {
                return session;
            }
        }
        session.finish(self.is_answered);
        // Work that is still going on, or that has started late, ends here.
        while session.broken().is_none() && !session.driver.ledger.at_work().is_empty() {
            for activity in session.driver.ledger.at_work() {
                session.hand(Input::Finish(activity), 0);
            }
            session.finish(self.is_answered);
        }
        session
    }
}

impl Event {
    fn play(&self, session: &mut Session, random: u32) {
        match self {
            Self::Begin { sources, status, terms } => {
                let id = |source| SourceId::parse(&format!("source-{source}")).unwrap();
                let sources = SourceIds::new(sources.iter().map(id).collect()).unwrap();
                let outputs = session.driver.begin(&sources, *status, *terms, random);
                session.outputs.extend(outputs);
            }
            Self::Finish { activity } => {
                if let Some(&activity) = pick(&session.driver.ledger.at_work(), *activity) {
                    session.hand(Input::Finish(activity), random);
                }
            }
            Self::Abort { activity } => {
                if let Some(&activity) = pick(&session.driver.ledger.abortable(), *activity) {
                    session.hand(Input::Abort(activity), random);
                }
            }
            Self::PageEnd => session.hand(Input::PageEnd, random),
            Self::LoopEnd => session.hand(Input::LoopEnd, random),
            // Users cannot cancel the calls that are made for activities.
            Self::OfCalls(OfCalls::Stray { what: 3, .. }) => {}
            Self::OfCalls(event) => session.play(event, random),
        }
    }
}
