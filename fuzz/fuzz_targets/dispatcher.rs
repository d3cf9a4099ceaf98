#![no_main]

#[path = "../../tests/core/properties/dispatcher/mod.rs"]
mod dispatcher;
#[path = "../../tests/core/driver/mod.rs"]
mod driver;
#[path = "../../tests/core/properties/property.rs"]
mod property;

#[path = "../one_of.rs"]
mod one_of;
#[path = "../target.rs"]
mod target;

use dispatcher::{budget, order};

const PROPERTIES: [&[fn(&mut proptest::test_runner::TestRunner)]; 3] =
    [dispatcher::PROPERTIES, budget::PROPERTIES, order::PROPERTIES];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(&PROPERTIES.concat(), bytes));
