//! The whole client as one machine without I/O, clock or randomness.
//!
//! One rule: hand in what happened ([`Dispatcher::start`], [`Dispatcher::handle`]), then take what is to be done
//! ([`Dispatcher::poll`]); wait until [`Dispatcher::wake_at`], or until something else happens.
//!
//! ```text
//!            ┌──────────────── backing off ◀──────┐
//!            ▼                                    │ may be tried again
//! start ─▶ waiting ─▶ (awaiting token) ─▶ in flight ─▶ settled: done, failed, cancelled
//!          lane, slot,                    attempt ─▶ releasing its connection ─▶ gone
//!          gate
//! ```
//!
//! A call waits for its turn in the lane of its source, for one of the client's slots, and for the gate, which is
//! closed while the service throttles. Each attempt keeps lane and slot until its connection is closed or idle, also
//! when its call has settled before: so the calls of a source reach the service in the order in which they were made.
//!
//! ```
//! use push_source_status::*;
//!
//! let template = RequestTemplate::new(&Endpoint::default(), &OrganizationId::parse("my-organization")?);
//! let token = AccessToken::parse("my-token")?;
//! let mut dispatcher = Dispatcher::new(template, Policy::default(), Some(token));
//! let change = Change { source_id: SourceId::parse("my-source")?, status_type: StatusType::Rebuild };
//! let now = Now { ms: 0, epoch_ms: 0, random: 0 };
//!
//! let call = dispatcher.start(now, change, None);
//! for output in dispatcher.poll() {
//!     match output {
//!         // Here a driver sends the request. This one has its answer already.
//!         Output::Send { attempt, .. } => {
//!             dispatcher.handle(now, Input::Head { attempt, http_status: 201, retry_after: None, date: None });
//!             dispatcher.handle(now, Input::Released(attempt));
//!         }
//!         output => assert!(matches!(output, Output::Emit(_))),
//!     }
//! }
//! let settled = dispatcher.poll().into_iter().find_map(|output| match output {
//!     Output::Settle(call, settlement) => Some((call, settlement)),
//!     _ => None,
//! });
//! assert!(matches!(settled, Some((id, Settlement::Done(_))) if id == call));
//! # Ok::<(), Error>(())
//! ```

mod activities;
mod asking;
mod attempt;
mod budget;
mod call;
mod clock_jump;
mod closing;
mod ending;
mod gate;
mod input;
mod journal;
mod journaling;
mod lane;
mod now;
mod output;
mod page_end;
mod queueing;
mod ready;
mod receiving;
mod sending;
mod settling;
mod timers;
mod tokens;

use std::collections::VecDeque;

pub use activities::Terms;
pub use attempt::AttemptId;
pub use call::{BulkId, CallId, Change, Settlement, StatusUpdate};
pub use input::Input;
pub use journal::{EntryKind, JournalEntry, WriteId};
pub use now::{Millis, Now};
pub use output::{Event, EventKind, Output, Owner};
pub use tokens::AskId;

use crate::activity::{Activities, Interruption, Step};
use crate::policy::Policy;
use crate::request::RequestTemplate;
use crate::sorted_map::SortedMap;
use crate::token::AccessToken;
use attempt::Attempt;
use call::{Call, Role};
use closing::Life;
use gate::Gate;
use journal::Journal;
use lane::Lanes;
use ready::Ready;
use timers::{Timers, Wake};
use tokens::Tokens;

/// The machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dispatcher {
    template: RequestTemplate,
    policy: Policy,
    tokens: Tokens,
    calls: SortedMap<CallId, Call>,
    last_call: CallId,
    /// Those whose token was refused: what is started as part of one of them later fails too.
    refused_bulks: Vec<BulkId>,
    lanes: Lanes,
    ready: Ready,
    /// The attempts that hold a connection: never more than the policy's `concurrency`.
    attempts: SortedMap<AttemptId, Attempt>,
    last_attempt: AttemptId,
    gate: Gate,
    /// Whether a call waits for nothing but the gate to open.
    waits_at_gate: bool,
    timers: Timers,
    /// Nothing where nobody keeps one.
    journal: Option<Journal>,
    outputs: Vec<Output>,
    activities: Activities,
    /// What the activities want done: nothing once an input has been handled.
    steps: VecDeque<Step>,
    is_observed: bool,
    life: Life,
}

impl Dispatcher {
    /// A machine for one client. Without a token, it asks for one when it needs it.
    #[must_use]
    pub fn new(template: RequestTemplate, policy: Policy, token: Option<AccessToken>) -> Self {
        Self {
            template,
            policy,
            tokens: Tokens::new(token),
            calls: SortedMap::default(),
            last_call: CallId(0),
            refused_bulks: Vec::new(),
            lanes: Lanes::default(),
            ready: Ready::default(),
            attempts: SortedMap::default(),
            last_attempt: AttemptId(0),
            gate: Gate::default(),
            waits_at_gate: false,
            timers: Timers::default(),
            journal: None,
            outputs: Vec::new(),
            activities: Activities::default(),
            steps: VecDeque::new(),
            is_observed: true,
            life: Life::Open,
        }
    }

    /// The same machine for a client without an observer: it makes no events, and does all else as before.
    #[must_use]
    pub fn unobserved(mut self) -> Self {
        self.is_observed = false;
        self
    }

    /// The same machine for a client with a journal: it says what has to be written, and waits for that.
    #[must_use]
    pub fn journaled(mut self) -> Self {
        self.journal = Some(Journal::default());
        self
    }

    /// Starts a call, alone or as part of a bulk.
    pub fn start(&mut self, now: Now, change: Change, bulk: Option<BulkId>) -> CallId {
        let id = self.enter(now, change, Role::User, bulk);
        self.advance(now);
        id
    }

    /// Takes in what happened.
    pub fn handle(&mut self, now: Now, input: Input<'_>) {
        self.forgive_jump(now);
        match input {
            Input::Head { attempt, http_status, retry_after, date } => {
                self.on_head(now, attempt, http_status, retry_after, date);
            }
            Input::Body { attempt, bytes } => self.on_body(now, attempt, bytes),
            Input::Failed { attempt, failure } => self.on_failed(now, attempt, failure),
            Input::Released(attempt) => self.on_released(now, attempt),
            Input::Token { ask, answer } => self.on_token(now, ask, answer),
            Input::Journaled { write, answer } => self.on_journaled(write, answer),
            Input::Timeout => {
                while let Some(wake) = self.timers.pop_due(now.ms) {
                    self.on_wake(now, wake);
                }
            }
            Input::Cancel(call) => self.cancel(now, call),
            Input::Finish(activity) => self.steps.extend(self.activities.finish(activity)),
            Input::Abort(activity) => self.steps.extend(self.activities.interrupt(activity, Interruption::Aborted)),
            Input::PageEnd => self.end_page(now),
            Input::Close => self.close(),
        }
        self.advance(now);
    }

    /// All that is to be done.
    pub fn poll(&mut self) -> Vec<Output> {
        std::mem::take(&mut self.outputs)
    }

    /// When it is time for [`Input::Timeout`], if nothing else happens before.
    #[must_use]
    pub fn wake_at(&self) -> Option<Millis> {
        let gate = self.waits_at_gate.then(|| self.gate.opens_at()).flatten();
        self.timers.next().into_iter().chain(gate).min()
    }

    /// What the requests of this client have in common.
    #[must_use]
    pub fn template(&self) -> &RequestTemplate {
        &self.template
    }

    /// Whether anything is still to come: a call, an activity, the rest of an attempt, or a write of the journal.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.attempts.is_empty() || !self.is_at_rest()
    }

    /// Whether every call has settled, every activity has ended, and the journal is written.
    fn is_at_rest(&self) -> bool {
        let is_writing = self.journal.as_ref().is_some_and(Journal::is_writing);
        self.calls.is_empty() && self.activities.is_empty() && !is_writing
    }

    /// How many calls have not settled.
    #[must_use]
    pub fn unsettled(&self) -> usize {
        self.calls.len()
    }

    /// How many attempts hold a connection.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.attempts.len()
    }

    /// Whether the client was closed: then it accepts no more calls.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.life != Life::Open
    }

    fn on_wake(&mut self, now: Now, wake: Wake) {
        match wake {
            Wake::Attempt(attempt) => self.on_attempt_timeout(now, attempt),
            Wake::Deadline(call) => self.on_deadline(now, call),
            Wake::Backoff(call) => self.requeue(call),
            Wake::Grace(activity) => self.steps.extend(self.activities.finish(activity)),
            Wake::Token => self.on_token_timeout(now),
            Wake::Journal(write) => self.on_journal_timeout(write),
        }
    }
}
