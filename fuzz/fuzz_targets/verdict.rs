#![no_main]

#[path = "../../tests/core/driver/mod.rs"]
mod driver;
#[path = "../../tests/core/properties/property.rs"]
mod property;
#[path = "../../tests/core/properties/verdict.rs"]
mod verdict;

#[path = "../one_of.rs"]
mod one_of;
#[path = "../target.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(verdict::PROPERTIES, bytes));
