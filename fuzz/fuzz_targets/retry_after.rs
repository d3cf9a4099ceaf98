#![no_main]

#[path = "../../tests/core/properties/property.rs"]
mod property;
#[path = "../../tests/core/properties/retry_after.rs"]
mod retry_after;

#[path = "../one_of.rs"]
mod one_of;
#[path = "../target.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(retry_after::PROPERTIES, bytes));
