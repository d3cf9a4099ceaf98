//! Activities, driven by random events and checked against the ledger.

#[cfg(test)]
mod closing;
#[cfg(test)]
mod findings;
mod script;
#[cfg(test)]
mod several;

use proptest::prelude::*;

use crate::property::properties;
use script::{Script, scripts};

properties! {
    times 30;

    fn the_rules_always_hold_and_every_activity_ends(script in scripts()) {
        let session = script.run();
        prop_assert_eq!(session.broken(), None, "after {} inputs", session.inputs());
        prop_assert!(session.driver.ledger.is_over());
    }

    fn without_an_observer_only_events_are_missing(script in scripts()) {
        script.run_by(script.driver().beside_an_unobserved_one());
    }

    fn the_same_inputs_give_the_same_outputs(script in scripts()) {
        prop_assert_eq!(Script::run(&script), Script::run(&script));
    }
}
