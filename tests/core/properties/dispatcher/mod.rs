//! The dispatcher, driven by random events and checked against the ledger.

pub mod budget;
#[cfg(test)]
mod found;
pub mod order;
pub mod script;
pub mod session;
#[cfg(test)]
mod told;

use proptest::prelude::*;

use crate::property::properties;
use script::scripts;
use session::Session;

properties! {
    times 30;

    fn whatever_happens_the_rules_hold_and_every_call_settles(script in scripts()) {
        let session = Session::run(&script);
        prop_assert_eq!(session.broken(), None, "after {} inputs", session.inputs());
        prop_assert_eq!(session.unsettled(), 0);
    }

    fn without_an_observer_the_same_is_done_and_nothing_told(script in scripts()) {
        Session::run_by(script.driver().beside_an_unobserved_one(), &script);
    }

    fn the_same_inputs_give_the_same_outputs(script in scripts()) {
        prop_assert_eq!(Session::run(&script), Session::run(&script));
    }
}
