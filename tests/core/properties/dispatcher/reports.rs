//! Examples of the events and errors of calls.

use push_source_status::{
    AskId, AttemptId, BulkId, Cause, Change, Error, ErrorCode, EventKind, Input, Output, Policy, SourceId, StatusType,
};

use crate::driver::Driver;
use crate::steps::{answer, errors, give, start, with_fixed_token};

fn bulk(driver: &mut Driver, source: &str) {
    let source_id = SourceId::parse(source).unwrap();
    driver.start(Change { source_id, status_type: StatusType::Refresh }, Some(BulkId(1)), 0);
}

/// Returns the events that have a duration.
fn measured(outputs: &[Output]) -> Vec<&EventKind> {
    outputs
        .iter()
        .filter_map(|output| if let Output::Emit(event) = output { Some(&event.kind) } else { None })
        .collect()
}

#[test]
fn a_call_during_a_wait_that_is_too_long_fails_with_that_wait() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    answer(&mut driver, 1, 429, Some("3600"));
    let [error] = errors(start(&mut driver, "b")).try_into().unwrap();
    assert_eq!((error.code(), error.answer().retry_after_ms), (ErrorCode::Throttled, Some(3_600_000)));
    assert_eq!(
        error.to_string(),
        "the service asked to wait 3600 s: setting REBUILD on source b at push.cloud.coveo.com, 0 attempts, \
         not applied; wait, then try again"
    );
}

#[test]
fn a_refused_token_fails_the_rest_of_its_bulk_call_unsent_and_nothing_else() {
    let mut driver = with_fixed_token(Policy { concurrency: 1, ..Policy::default() });
    for source in ["a", "b", "c"] {
        bulk(&mut driver, source);
    }
    start(&mut driver, "d");
    let [first, second, third] = errors(answer(&mut driver, 1, 401, None)).try_into().unwrap();
    assert_eq!([&first, &second, &third].map(Error::code), [ErrorCode::Unauthenticated; 3]);
    assert_eq!([&first, &second, &third].map(|error| error.site().unwrap().attempts), [1, 0, 0]);
    assert_eq!(
        third.to_string(),
        "the service refused the token for another change of this bulk call: setting REFRESH on source c at \
         push.cloud.coveo.com, 0 attempts, not applied; get a fresh token or a new key"
    );
    assert_eq!(driver.ledger.unsettled().len(), 1);
}

#[test]
fn a_call_that_joins_a_refused_bulk_later_fails_unsent() {
    let mut driver = with_fixed_token(Policy { concurrency: 1, ..Policy::default() });
    bulk(&mut driver, "a");
    answer(&mut driver, 1, 401, None);
    let source_id = SourceId::parse("b").unwrap();
    let [error] = errors(driver.start(Change { source_id, status_type: StatusType::Refresh }, Some(BulkId(1)), 0))
        .try_into()
        .unwrap();
    assert_eq!((error.code(), error.attempts()), (ErrorCode::Unauthenticated, 0));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_change_under_way_is_not_failed_by_the_refused_token_of_another() {
    let mut driver = with_fixed_token(Policy::default());
    bulk(&mut driver, "a");
    bulk(&mut driver, "b");
    assert_eq!(errors(answer(&mut driver, 1, 401, None)).len(), 1);
    assert_eq!(driver.ledger.unsettled().len(), 1);
}

#[test]
fn a_token_function_that_fails_is_named_with_its_failure() {
    let ask = AskId(1);
    let mut driver = Driver::new(Policy::default(), None);
    start(&mut driver, "a");
    let [error] = errors(give(&mut driver, 1, "")).try_into().unwrap();
    assert_eq!(error.code(), ErrorCode::TokenUnavailable);
    let what =
        "the accessToken function returned no usable token: accessToken is empty; check where the token comes from";
    assert!(error.to_string().starts_with(what), "{error}");

    let mut driver = Driver::new(Policy::default(), None);
    start(&mut driver, "a");
    let cause = Cause { name: "Error".into(), message: "the vault\nis shut".into(), code: None };
    let [error] = errors(driver.hand(Input::Token { ask, answer: Err(Some(cause)) }, 0)).try_into().unwrap();
    assert!(error.to_string().starts_with("the accessToken function failed: setting"), "{error}");
    assert_eq!(error.cause().unwrap().message, r"the vault\nis shut");

    let mut driver = Driver::new(Policy::default(), None);
    start(&mut driver, "a");
    driver.now = 10_000;
    let [error] = errors(driver.hand(Input::Timeout, 0)).try_into().unwrap();
    assert!(error.to_string().starts_with("the accessToken function returned nothing within 10000 ms"), "{error}");
    assert_eq!(error.hint(), Some("allow more time with attemptTimeoutMs"));
}

#[test]
fn requests_and_calls_are_timed_from_their_own_start() {
    let mut driver = with_fixed_token(Policy::default());
    driver.now = 100;
    start(&mut driver, "a");
    driver.now = 130;
    let outputs = answer(&mut driver, 1, 500, None);
    assert_eq!(measured(&outputs)[0], &EventKind::Reply { http_status: 500, duration_ms: 30 });
    driver.wait(0);
    let sent = driver.now;
    driver.now += 7;
    let outputs = answer(&mut driver, 2, 201, None);
    let elapsed_ms = sent + 7 - 100;
    let expected =
        [&EventKind::Reply { http_status: 201, duration_ms: 7 }, &EventKind::Done { http_status: 201, elapsed_ms }];
    assert_eq!(measured(&outputs), expected);
}

#[test]
fn a_call_whose_time_is_up_names_the_option_and_the_last_answer() {
    let policy = Policy { attempt_timeout_ms: 10_000, total_timeout_ms: 3000, ..Policy::default() };
    let mut driver = with_fixed_token(policy);
    start(&mut driver, "a");
    answer(&mut driver, 1, 500, None);
    driver.wait(0);
    driver.now = 3000;
    let [error] = errors(driver.hand(Input::Timeout, 0)).try_into().unwrap();
    assert_eq!((error.code(), error.answer().http_status), (ErrorCode::Timeout, Some(500)));
    assert_eq!(error.hint(), Some("try again later, or allow more time with totalTimeoutMs"));
    assert_eq!(driver.ledger.attempts(), [(AttemptId(2), false)]);
}

#[test]
fn a_burst_of_answers_that_throttle_closes_the_gate_once() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    start(&mut driver, "b");
    let is_throttled = |outputs: &[Output]| measured(outputs).contains(&&EventKind::Throttled { delay_ms: 1000 });
    assert!(is_throttled(&answer(&mut driver, 1, 429, None)));
    driver.now = 10;
    let outputs = answer(&mut driver, 2, 429, None);
    assert!(!measured(&outputs).iter().any(|kind| matches!(kind, EventKind::Throttled { .. })), "{outputs:?}");
    assert_eq!(driver.wake, Some(1000));
}

#[test]
fn a_token_that_was_refused_for_what_is_around_it_is_masked_from_then_on() {
    let mut driver = Driver::new(Policy::default(), None);
    start(&mut driver, "a");
    give(&mut driver, 1, "Bearer secret-token");
    start(&mut driver, "b");
    let cause = Cause { name: "Error".into(), message: "cannot renew secret-token".into(), code: None };
    let [error] = errors(driver.hand(Input::Token { ask: AskId(2), answer: Err(Some(cause)) }, 0)).try_into().unwrap();
    assert_eq!(error.cause().unwrap().message, "cannot renew ****");
}
