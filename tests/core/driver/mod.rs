//! Drives a dispatcher through its public interface, and checks it against a ledger of all inputs and outputs.

mod gate;
mod ledger;
mod reading;
mod rule;

pub use ledger::Ledger;
pub use rule::Rule;

use push_source_status::{
    AccessToken, BulkId, Change, Dispatcher, Endpoint, Input, Millis, Now, OrganizationId, Output, Policy,
    RequestTemplate, SourceIds, StatusType, Terms,
};

/// The wall clock at the driver's start, in milliseconds since 1970.
pub const EPOCH_MS: u64 = 1_700_000_000_000;

/// A dispatcher with its clock and its ledger.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Driver {
    pub ledger: Ledger,
    pub now: Millis,
    /// The wake-up that the dispatcher last asked for.
    pub wake: Option<Millis>,
    dispatcher: Dispatcher,
    /// The same client without an observer, if the two are compared.
    unobserved: Option<Box<Dispatcher>>,
    /// Whether the journal answers each write at once.
    writes_at_once: bool,
}

impl Driver {
    pub fn new(policy: Policy, token: Option<AccessToken>) -> Self {
        let template = RequestTemplate::new(&Endpoint::default(), &OrganizationId::parse("my-organization").unwrap());
        Self {
            ledger: Ledger::new(template.clone(), policy, token.clone()),
            now: 0,
            wake: None,
            dispatcher: Dispatcher::new(template, policy, token),
            unobserved: None,
            writes_at_once: false,
        }
    }

    /// Adds a journal, whose writes are answered at once or by hand.
    pub fn journaled(self, writes_at_once: bool) -> Self {
        Self { ledger: self.ledger.journaled(), dispatcher: self.dispatcher.journaled(), writes_at_once, ..self }
    }

    /// Compares it after each step with the same client without an observer.
    #[allow(dead_code, reason = "only the properties use it: a state of the model has one dispatcher")]
    pub fn beside_an_unobserved_one(self) -> Self {
        Self { unobserved: Some(Box::new(self.dispatcher.clone().unobserved())), ..self }
    }

    /// Starts a call, and returns the outputs.
    pub fn start(&mut self, change: Change, bulk: Option<BulkId>, random: u32) -> Vec<Output> {
        let now = self.moment(random);
        let call = self.dispatcher.start(now, change.clone(), bulk);
        if let Some(unobserved) = &mut self.unobserved {
            unobserved.start(now, change.clone(), bulk);
        }
        self.ledger.note_start(call, change);
        self.drain()
    }

    /// Begins an activity, and returns the outputs.
    pub fn begin(&mut self, sources: &SourceIds, status: StatusType, terms: Terms, random: u32) -> Vec<Output> {
        let now = self.moment(random);
        let activity = self.dispatcher.begin(now, sources, status, terms);
        if let Some(unobserved) = &mut self.unobserved {
            unobserved.begin(now, sources, status, terms);
        }
        self.ledger.note_begin(activity, sources.as_slice(), status, terms);
        self.drain()
    }

    /// Hands in an input, and returns the outputs.
    pub fn hand(&mut self, input: Input<'_>, random: u32) -> Vec<Output> {
        self.ledger.note_input(self.now, self.wake, &input);
        let now = self.moment(random);
        if let Some(unobserved) = &mut self.unobserved {
            unobserved.handle(now, input.clone());
        }
        self.dispatcher.handle(now, input);
        self.drain()
    }

    /// Waits for the next wake-up. Returns whether there is one.
    pub fn wait(&mut self, random: u32) -> bool {
        let Some(wake) = self.wake else { return false };
        self.now = self.now.max(wake);
        self.hand(Input::Timeout, random);
        true
    }

    fn moment(&self, random: u32) -> Now {
        Now { ms: self.now, epoch_ms: EPOCH_MS + self.now, random }
    }

    fn drain(&mut self) -> Vec<Output> {
        let mut outputs = self.dispatcher.poll();
        for output in &outputs {
            self.ledger.note_output(self.now, output);
        }
        self.wake = self.dispatcher.wake_at();
        self.ledger.close_step(self.now, &self.dispatcher, self.wake);
        self.compare(&outputs);
        if self.writes_at_once
            && let Some(&write) = self.ledger.writes().first()
        {
            outputs.extend(self.hand(Input::Journaled { write, answer: Ok(()) }, 0));
        }
        outputs
    }

    /// Checks that without an observer the outputs are the same, except for events.
    fn compare(&mut self, outputs: &[Output]) {
        let Some(unobserved) = &mut self.unobserved else { return };
        let done: Vec<Output> = outputs.iter().filter(|output| !is_event(output)).cloned().collect();
        assert_eq!((unobserved.poll(), unobserved.wake_at()), (done, self.wake));
    }
}

fn is_event(output: &Output) -> bool {
    matches!(output, Output::Emit(_))
}
