//! Random scripts of events for a dispatcher: mostly what a driver does, and sometimes what no driver should do.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use push_source_status::policy::UnknownOutcome;
use push_source_status::{AccessToken, Backoff, FailureKind, Policy, StatusType};

use crate::driver::Driver;
use crate::property::one_of;

#[derive(Clone, Debug)]
pub struct Script {
    pub policy: Policy,
    pub has_token_function: bool,
    pub journal: Journal,
    pub events: Vec<(Event, u32)>,
    /// Whether requests that are left at the end are answered, or time out.
    pub is_answered: bool,
}

impl Script {
    /// Creates a driver with a fixed token or with a token function.
    pub fn driver(&self) -> Driver {
        let token = (!self.has_token_function).then(|| AccessToken::parse("the-only-token").unwrap());
        self.journal.of(Driver::new(self.policy, token))
    }
}

/// How a journal answers, if there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Journal {
    None,
    AtOnce,
    /// When the script says so, which may be late, with a failure, or never.
    AtTimes,
}

impl Journal {
    pub fn of(self, driver: Driver) -> Driver {
        match self {
            Self::None => driver,
            Self::AtOnce => driver.journaled(true),
            Self::AtTimes => driver.journaled(false),
        }
    }
}

pub fn journals() -> impl Strategy<Value = Journal> {
    select(vec![Journal::None, Journal::AtOnce, Journal::AtTimes])
}

#[derive(Clone, Debug)]
pub enum Event {
    Start {
        source: u8,
        status: StatusType,
        bulk: Option<u64>,
    },
    /// An answer. `steps` is how many of its parts come now: head, body, release.
    Answer {
        attempt: Index,
        head: Head,
        body: &'static [u8],
        steps: u8,
    },
    Fail {
        attempt: Index,
        kind: FailureKind,
        code: Option<&'static str>,
    },
    Release {
        attempt: Index,
    },
    /// An input about an attempt that may not exist, or no longer.
    Stray {
        attempt: u64,
        what: u8,
    },
    Token {
        ask: Index,
        answer: Result<&'static str, ()>,
    },
    StaleToken {
        ask: u64,
    },
    /// The journal has been written, or could not be.
    Journaled {
        write: Index,
        is_written: bool,
    },
    /// An answer to a write that may not exist, or was answered before.
    StaleWrite {
        write: u64,
        is_written: bool,
    },
    Wait,
    Elapse {
        ms: u64,
    },
    /// Time goes by, and the timers are late.
    Drift {
        ms: u64,
    },
    Cancel {
        call: Index,
    },
    Close,
}

#[derive(Clone, Debug)]
pub struct Head {
    pub http_status: u16,
    pub retry_after: Option<&'static str>,
    pub date: Option<&'static str>,
}

pub fn scripts() -> impl Strategy<Value = Script> {
    let random = one_of![Just(0), Just(u32::MAX), any::<u32>()];
    let event = one_of![4 => starts(), 1 => events()];
    let events =
        (prop::collection::vec((event, random.clone()), 1..6), prop::collection::vec((events(), random), 0..60))
            .prop_map(|(first, then)| first.into_iter().chain(then).collect());
    (policies(), any::<bool>(), journals(), events, any::<bool>()).prop_map(
        |(policy, has_token_function, journal, events, is_answered)| Script {
            policy,
            has_token_function,
            journal,
            events,
            is_answered,
        },
    )
}

pub fn policies() -> impl Strategy<Value = Policy> {
    (
        1_u32..5,
        select(vec![0, 1, 50, 500]),
        select(vec![0, 50, 8000, 100_000]),
        select(vec![UnknownOutcome::Retry, UnknownOutcome::Retry, UnknownOutcome::Stop]),
        select(vec![1, 700, 10_000]),
        select(vec![1, 1500, 60_000, 61_500, 200_000]),
        1_u32..4,
    )
        .prop_map(
            |(attempts, base_ms, max_ms, unknown_outcome, attempt_timeout_ms, total_timeout_ms, concurrency)| {
                let backoff = Backoff { base_ms, max_ms };
                let timeouts = Policy { attempt_timeout_ms, total_timeout_ms, ..Policy::default() };
                Policy { attempts, backoff, unknown_outcome, concurrency, ..timeouts }
            },
        )
}

pub fn events() -> impl Strategy<Value = Event> {
    one_of![
        12 => starts(),
        16 => (any::<Index>(), heads(), bodies(), select(vec![7, 7, 7, 3, 3, 1, 2, 4, 5, 6]))
            .prop_map(|(attempt, head, body, steps)| Event::Answer { attempt, head, body, steps }),
        5 => (any::<Index>(), kinds(), codes()).prop_map(|(attempt, kind, code)| Event::Fail { attempt, kind, code }),
        6 => any::<Index>().prop_map(|attempt| Event::Release { attempt }),
        1 => (0_u64..30, 0_u8..4).prop_map(|(attempt, what)| Event::Stray { attempt, what }),
        8 => (any::<Index>(), tokens()).prop_map(|(ask, answer)| Event::Token { ask, answer }),
        1 => (0_u64..10).prop_map(|ask| Event::StaleToken { ask }),
        8 => (any::<Index>(), select(vec![true, true, true, false]))
            .prop_map(|(write, is_written)| Event::Journaled { write, is_written }),
        1 => (0_u64..10, any::<bool>()).prop_map(|(write, is_written)| Event::StaleWrite { write, is_written }),
        14 => Just(Event::Wait),
        4 => milliseconds().prop_map(|ms| Event::Elapse { ms }),
        2 => milliseconds().prop_map(|ms| Event::Drift { ms }),
        4 => any::<Index>().prop_map(|call| Event::Cancel { call }),
        1 => one_of![3 => Just(Event::Wait), 1 => Just(Event::Close)],
    ]
}

fn starts() -> impl Strategy<Value = Event> {
    (0_u8..4, select(StatusType::ALL.to_vec()), select(vec![None, None, Some(1), Some(2)]))
        .prop_map(|(source, status, bulk)| Event::Start { source, status, bulk })
}

fn heads() -> impl Strategy<Value = Head> {
    let http_status = one_of![
        4 => Just(201),
        4 => Just(429),
        2 => Just(500),
        2 => Just(401),
        3 => select(vec![200, 204, 0, 302, 400, 403, 404, 408, 412, 501, 502, 503, 503, 504, 505, 520, 100, 599]),
    ];
    let retry_after = one_of![
        3 => Just(None),
        3 => select(vec!["0", "1", "2", "59", "60", "61", "150", "3600"]).prop_map(Some),
        1 => select(vec![
            "",
            "soon",
            "-5",
            "1.5",
            "9999999999999999999999999999999999999999",
            "Tue, 14 Nov 2023 22:13:30 GMT",
            "Tue, 14 Nov 2000 22:13:30 GMT",
        ])
        .prop_map(Some),
    ];
    let date = select(vec![None, None, Some("Tue, 14 Nov 2023 22:13:29 GMT"), Some("today")]);
    (http_status, retry_after, date).prop_map(|(http_status, retry_after, date)| Head {
        http_status,
        retry_after,
        date,
    })
}

fn bodies() -> impl Strategy<Value = &'static [u8]> {
    select(vec![b"".as_slice(), b"{}", br#"{"errorCode":"X","message":"m"}"#, b"<html>", b"\xff"])
}

fn kinds() -> impl Strategy<Value = FailureKind> {
    one_of![8 => Just(FailureKind::Transport), 1 => Just(FailureKind::NoResponse), 1 => Just(FailureKind::NoFetch)]
}

fn codes() -> impl Strategy<Value = Option<&'static str>> {
    select(vec![None, Some("ECONNRESET"), Some("ECONNREFUSED"), Some("ENOTFOUND"), Some("CERT_HAS_EXPIRED")])
}

fn tokens() -> impl Strategy<Value = Result<&'static str, ()>> {
    one_of![
        6 => select(vec!["token-one", "token-two", "token-three"]).prop_map(Ok),
        1 => select(vec!["", "a token", "token\n"]).prop_map(Ok),
        1 => Just(Err(())),
    ]
}

fn milliseconds() -> impl Strategy<Value = u64> {
    one_of![0_u64..3, 0_u64..2000, 0_u64..100_000]
}
