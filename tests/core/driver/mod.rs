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
    /// The same for a client without an observer, where the two are compared.
    unobserved: Option<Dispatcher>,
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
        let now = self.moment(random);
        let activity = self.dispatcher.begin(now, &change.source_id.clone().into(), change.status_type, terms);
        if let Some(unobserved) = &mut self.unobserved {
            unobserved.begin(now, &change.source_id.clone().into(), change.status_type, terms);
        }
        self.ledger.note_begin(activity, change, terms);
        self.drain()
    }
}

impl<L: Observer> Driver<L> {
    fn observed_by(ledger: L, template: RequestTemplate, policy: Policy, token: Option<AccessToken>) -> Self {
        Self { ledger, now: 0, wake: None, dispatcher: Dispatcher::new(template, policy, token), unobserved: None }
    }

    /// Compares it, after each step, with what is done where nobody observes.
    #[allow(dead_code, reason = "for the properties: a state of the model holds one dispatcher")]
    pub fn beside_an_unobserved_one(self) -> Self {
        Self { unobserved: Some(self.dispatcher.clone().unobserved()), ..self }
    }

    /// Starts a call, and takes what is to be done.
    pub fn start(&mut self, change: Change, bulk: Option<BulkId>, random: u32) -> Vec<Output> {
        let now = self.moment(random);
        let call = self.dispatcher.start(now, change.clone(), bulk);
        if let Some(unobserved) = &mut self.unobserved {
            unobserved.start(now, change.clone(), bulk);
        }
        self.ledger.note_start(call, change);
        self.drain()
    }

    /// Hands in what happened, and takes what is to be done.
    pub fn hand(&mut self, input: Input<'_>, random: u32) -> Vec<Output> {
        self.ledger.note_input(self.now, &input);
        let now = self.moment(random);
        if let Some(unobserved) = &mut self.unobserved {
            unobserved.handle(now, input.clone());
        }
        self.dispatcher.handle(now, input);
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
        let outputs = self.dispatcher.poll();
        for output in &outputs {
            self.ledger.note_output(self.now, output);
        }
        self.wake = self.dispatcher.wake_at();
        self.ledger.close_step(self.now, &self.dispatcher, self.wake);
        self.compare(&outputs);
        outputs
    }

    /// Without an observer the same is done, and nothing told.
    fn compare(&mut self, outputs: &[Output]) {
        let Some(unobserved) = &mut self.unobserved else { return };
        let done: Vec<Output> = outputs.iter().filter(|output| !is_event(output)).cloned().collect();
        assert_eq!((unobserved.poll(), unobserved.wake_at()), (done, self.wake));
    }
}

fn is_event(output: &Output) -> bool {
    matches!(output, Output::Emit(_))
}

fn template() -> RequestTemplate {
    RequestTemplate::new(&Endpoint::default(), &OrganizationId::parse("my-organization").unwrap())
}
