//! The whole client as one state machine without I/O, clock or randomness.
//!
//! One rule: report what happened ([`Dispatcher::start`], [`Dispatcher::handle`]), then carry out what
//! [`Dispatcher::poll`] returns. Wait until [`Dispatcher::wake_at`], or until something else happens.
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
//! closed while the service throttles. An attempt keeps its lane and its slot until its connection is closed or idle,
//! even if its call has settled by then. So the calls of a source reach the service in the order in which they were
//! made.
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
//!         // A real driver sends the request here. This one already has the answer.
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

pub use activities::Terms;
pub use attempt::AttemptId;
pub use call::{BulkId, CallId, Change, Settlement, StatusUpdate};
pub use input::Input;
pub use journal::{EntryKind, JournalEntry, WriteId};
pub use now::{Millis, Now};
pub use output::{Event, EventKind, Output, Owner};
pub use tokens::AskId;

use crate::activity::{Activities, Interruption};
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

/// The state machine of one client.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dispatcher {
    template: RequestTemplate,
    policy: Policy,
    tokens: Tokens,
    calls: SortedMap<CallId, Call>,
    last_call: CallId,
    /// The bulks whose token was refused. A call that joins one of them later fails too.
    refused_bulks: Vec<BulkId>,
    lanes: Lanes,
    ready: Ready,
    /// The attempts that hold a connection. There are never more than the policy's `concurrency`.
    attempts: SortedMap<AttemptId, Attempt>,
    last_attempt: AttemptId,
    gate: Gate,
    /// Whether a call waits only for the gate to open.
    waits_at_gate: bool,
    timers: Timers,
    /// `None` for a client without a journal.
    journal: Option<Journal>,
    outputs: Vec<Output>,
    activities: Activities,
    is_observed: bool,
    life: Life,
}

impl Dispatcher {
    /// Creates the machine of one client. Without a token, it asks for one when it needs it.
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
            is_observed: true,
            life: Life::Open,
        }
    }

    /// Turns events off, for a client without an observer. Everything else stays the same.
    #[must_use]
    pub fn unobserved(mut self) -> Self {
        self.is_observed = false;
        self
    }

    /// Turns the journal on. The machine then puts out what has to be written, and waits for the answer.
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

    /// Handles one input.
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
            Input::Finish(activity) => self.activities.finish(activity),
            Input::Abort(activity) => self.activities.interrupt(activity, Interruption::Aborted),
            Input::PageEnd => self.end_page(now),
            Input::LoopEnd => self.end_loop(),
            Input::Close => self.close(),
        }
        self.advance(now);
    }

    /// Takes all outputs since the last call, in the order in which they have to be carried out.
    pub fn poll(&mut self) -> Vec<Output> {
        std::mem::take(&mut self.outputs)
    }

    /// Returns the time at which [`Input::Timeout`] is due, unless another input comes first.
    #[must_use]
    pub fn wake_at(&self) -> Option<Millis> {
        let gate = self.waits_at_gate.then(|| self.gate.opens_at()).flatten();
        self.timers.next().into_iter().chain(gate).min()
    }

    /// Returns the template of this client's requests.
    #[must_use]
    pub fn template(&self) -> &RequestTemplate {
        &self.template
    }

    /// Returns whether anything is still under way: a call, an activity, an open connection, or a write to the journal.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.attempts.is_empty() || !self.is_at_rest()
    }

    /// Returns whether every call has settled, every activity has ended, and the journal is written.
    fn is_at_rest(&self) -> bool {
        let is_writing = self.journal.as_ref().is_some_and(Journal::is_writing);
        self.calls.is_empty() && self.activities.is_empty() && !is_writing
    }

    /// Returns the number of calls that have not settled.
    #[must_use]
    pub fn unsettled(&self) -> usize {
        self.calls.len()
    }

    /// Returns the number of attempts that hold a connection.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.attempts.len()
    }

    /// Returns whether the client was closed. A closed client accepts no more calls.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.life != Life::Open
    }

    fn on_wake(&mut self, now: Now, wake: Wake) {
        match wake {
            Wake::Attempt(attempt) => self.on_attempt_timeout(now, attempt),
            Wake::Deadline(call) => self.on_deadline(now, call),
            Wake::Backoff(call) => self.requeue(call),
            Wake::Grace(activity) => self.activities.finish(activity),
            Wake::Token => self.on_token_timeout(now),
            Wake::Journal(write) => self.on_journal_timeout(write),
        }
    }
}
