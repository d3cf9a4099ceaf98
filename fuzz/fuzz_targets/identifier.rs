#![no_main]

#[path = "../../tests/core/properties/endpoint.rs"]
mod endpoint;
#[path = "../../tests/core/properties/identifier.rs"]
mod identifier;
#[path = "../../tests/core/properties/property.rs"]
mod property;

#[path = "../one_of.rs"]
mod one_of;
#[path = "../target.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(identifier::PROPERTIES, bytes));
