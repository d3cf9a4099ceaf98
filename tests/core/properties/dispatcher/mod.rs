//! The dispatcher, driven by random events and checked against the ledger.

pub mod budget;
#[cfg(test)]
mod findings;
pub mod order;
#[cfg(test)]
mod reports;
pub mod script;
pub mod session;
#[cfg(test)]
mod throttling;

use proptest::prelude::*;

use crate::property::properties;
use script::scripts;
use session::Session;

properties! {
    times 30;

    fn the_rules_always_hold_and_every_call_settles(script in scripts()) {
        let session = Session::run(&script);
        prop_assert_eq!(session.broken(), None, "after {} inputs", session.inputs());
        prop_assert_eq!(session.unsettled(), 0);
    }

    fn without_an_observer_only_events_are_missing(script in scripts()) {
        Session::run_by(script.driver().beside_an_unobserved_one(), &script);
    }

    fn the_same_inputs_give_the_same_outputs(script in scripts()) {
        prop_assert_eq!(Session::run(&script), Session::run(&script));
    }
}
