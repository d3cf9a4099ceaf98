//! Drives a dispatcher through its public interface, and holds it to a ledger of all that goes in and comes out.

mod activity_ledger;
mod gate;
mod ledger;
mod observer;
mod reading;
mod rule;

pub use activity_ledger::ActivityLedger;
pub use ledger::Ledger;
pub use observer::Observer;
pub use rule::Rule;

use push_source_status::{
    AccessToken, BulkId, Change, Dispatcher, Endpoint, Input, Millis, Now, OrganizationId, Output, Policy,
    RequestTemplate, Terms,
};

/// The wall clock at the driver's start, in milliseconds since 1970.
pub const EPOCH_MS: u64 = 1_700_000_000_000;

/// A dispatcher with its clock and its ledger.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Driver<L = Ledger> {
    pub ledger: L,
    pub now: Millis,
    /// What the dispatcher said last of when to wake it.
    pub wake: Option<Millis>,
    dispatcher: Dispatcher,
}

impl Driver {
    pub fn new(policy: Policy, token: Option<AccessToken>) -> Self {
        let template = template();
        Self::observed_by(Ledger::new(template.clone(), policy, token.clone()), template, policy, token)
    }
}

impl Driver<ActivityLedger> {
    pub fn of_activities(policy: Policy, token: Option<AccessToken>) -> Self {
        let template = template();
        Self::observed_by(ActivityLedger::new(template.clone(), policy), template, policy, token)
    }

    /// Begins an activity, and takes what is to be done.
    pub fn begin(&mut self, change: Change, terms: Terms, random: u32) -> Vec<Output> {
        let activity = self.dispatcher.begin(self.moment(random), change.clone(), terms);
        self.ledger.note_begin(activity, change, terms);
        self.drain()
    }
}

impl<L: Observer> Driver<L> {
    fn observed_by(ledger: L, template: RequestTemplate, policy: Policy, token: Option<AccessToken>) -> Self {
        Self { ledger, now: 0, wake: None, dispatcher: Dispatcher::new(template, policy, token) }
    }

    /// Starts a call, and takes what is to be done.
    pub fn start(&mut self, change: Change, bulk: Option<BulkId>, random: u32) -> Vec<Output> {
        let call = self.dispatcher.start(self.moment(random), change.clone(), bulk);
        self.ledger.note_start(call, change);
        self.drain()
    }

    /// Hands in what happened, and takes what is to be done.
    pub fn hand(&mut self, input: Input<'_>, random: u32) -> Vec<Output> {
        self.ledger.note_input(self.now, &input);
        self.dispatcher.handle(self.moment(random), input);
        self.drain()
    }

    /// Waits for the next wake-up; says whether there is one.
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
        let mut outputs = Vec::new();
        loop {
            match self.dispatcher.poll() {
                Output::WakeAt(wake) => {
                    self.wake = wake;
                    self.ledger.close_step(self.now, &self.dispatcher, wake);
                    return outputs;
                }
                output => {
                    self.ledger.note_output(self.now, &output);
                    outputs.push(output);
                }
            }
        }
    }
}

fn template() -> RequestTemplate {
    RequestTemplate::new(&Endpoint::default(), &OrganizationId::parse("my-organization").unwrap())
}
