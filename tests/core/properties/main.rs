//! Properties of the core, which hold for every input, and examples that once broke one.

#[path = "../driver/mod.rs"]
mod driver;

mod activities;
mod backoff;
mod dispatcher;
mod endpoint;
mod error_body;
mod identifier;
mod journal;
mod property;
mod retry_after;
mod status;
#[cfg(test)]
mod steps;
mod token;
mod verdict;
