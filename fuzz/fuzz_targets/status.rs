#![no_main]

#[path = "../../tests/core/properties/property.rs"]
mod property;
#[path = "../../tests/core/properties/status.rs"]
mod status;

#[path = "../one_of.rs"]
mod one_of;
#[path = "../target.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(status::PROPERTIES, bytes));
