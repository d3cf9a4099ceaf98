//! The steps that examples are made of.

use push_source_status::{
    AccessToken, AskId, AttemptId, Change, Error, Input, Output, Policy, Settlement, SourceId, StatusType,
};

use crate::driver::Driver;

pub fn token() -> AccessToken {
    AccessToken::parse("the-only-token").unwrap()
}

pub fn with_fixed_token(policy: Policy) -> Driver {
    Driver::new(policy, Some(token()))
}

pub fn start(driver: &mut Driver, source: &str) -> Vec<Output> {
    driver.start(Change { source_id: SourceId::parse(source).unwrap(), status_type: StatusType::Rebuild }, None, 0)
}

pub fn answer(driver: &mut Driver, attempt: u64, http_status: u16, retry_after: Option<&str>) -> Vec<Output> {
    let attempt = AttemptId(attempt);
    let mut outputs = driver.hand(Input::Head { attempt, http_status, retry_after, date: None }, 0);
    outputs.extend(driver.hand(Input::Body { attempt, bytes: b"{}" }, 0));
    outputs.extend(driver.hand(Input::Released(attempt), 0));
    outputs
}

pub fn give(driver: &mut Driver, ask: u64, token: &str) -> Vec<Output> {
    driver.hand(Input::Token { ask: AskId(ask), answer: Ok(token) }, 0)
}

pub fn sends(outputs: &[Output]) -> bool {
    outputs.iter().any(|output| matches!(output, Output::Send { .. }))
}

pub fn settles(outputs: &[Output]) -> bool {
    outputs.iter().any(|output| matches!(output, Output::Settle(..)))
}

/// Returns the errors with which calls settled.
pub fn errors(outputs: Vec<Output>) -> Vec<Error> {
    let error = |output| if let Output::Settle(_, Settlement::Failed(error)) = output { Some(error) } else { None };
    outputs.into_iter().filter_map(error).collect()
}
