//! Other cases that random events have found, in as few steps as possible.

use push_source_status::{AskId, AttemptId, Backoff, CallId, Input, Output, Owner, Policy};

use crate::driver::Driver;
use crate::steps::{answer, give, sends, settles, start, with_fixed_token};

#[test]
fn a_late_answer_to_an_old_question_does_not_stop_the_clock_of_the_next() {
    let mut driver = Driver::new(Policy::default(), None);
    start(&mut driver, "a");
    driver.wait(0);
    start(&mut driver, "b");
    give(&mut driver, 1, "token-one");
    assert_eq!(driver.wake, Some(20_000));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn the_clock_of_a_question_stops_when_it_is_answered() {
    let mut driver = Driver::new(Policy::default(), None);
    start(&mut driver, "a");
    driver.now = 3000;
    give(&mut driver, 1, "token-one");
    assert_eq!(driver.wake, Some(13_000));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn nothing_is_sent_for_a_call_whose_time_is_up_while_its_timer_is_late() {
    let mut driver = with_fixed_token(Policy { concurrency: 1, ..Policy::default() });
    start(&mut driver, "a");
    answer(&mut driver, 1, 500, None);
    start(&mut driver, "b");
    driver.wait(0);
    driver.now = 60_000;
    assert!(!sends(&driver.hand(Input::Released(AttemptId(2)), 0)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_delay_of_more_than_a_minute_that_the_options_allow_is_waited_out() {
    let backoff = Backoff { base_ms: 100_000, max_ms: 100_000 };
    let mut driver = with_fixed_token(Policy { backoff, total_timeout_ms: 1_000_000, ..Policy::default() });
    start(&mut driver, "a");
    assert!(!settles(&answer(&mut driver, 1, 429, None)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_token_that_was_refused_on_the_last_attempt_is_not_sent_again() {
    let mut driver = Driver::new(Policy { attempts: 1, ..Policy::default() }, None);
    start(&mut driver, "a");
    give(&mut driver, 1, "token-one");
    assert!(settles(&answer(&mut driver, 1, 401, None)));
    assert_eq!(start(&mut driver, "b"), [Output::AskToken(AskId(2), Owner::Call(CallId(2)))]);
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_second_token_that_was_refused_to_a_call_is_not_sent_for_another() {
    let mut driver = Driver::new(Policy::default(), None);
    start(&mut driver, "a");
    give(&mut driver, 1, "token-one");
    answer(&mut driver, 1, 401, None);
    give(&mut driver, 2, "token-two");
    assert!(settles(&answer(&mut driver, 2, 401, None)));
    assert_eq!(start(&mut driver, "b"), [Output::AskToken(AskId(3), Owner::Call(CallId(2)))]);
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_token_that_was_refused_to_a_call_is_not_sent_for_it_again() {
    let mut driver = Driver::new(Policy::default(), None);
    start(&mut driver, "a");
    start(&mut driver, "b");
    give(&mut driver, 1, "token-one");
    let attempt = AttemptId(1);
    driver.hand(Input::Head { attempt, http_status: 401, retry_after: None, date: None }, 0);
    driver.hand(Input::Body { attempt, bytes: b"{}" }, 0);
    give(&mut driver, 2, "token-two");
    // The function returns the first token again while the call waits for its connection to close.
    answer(&mut driver, 2, 500, None);
    driver.wait(0);
    answer(&mut driver, 3, 401, None);
    give(&mut driver, 3, "token-one");
    assert!(settles(&driver.hand(Input::Released(attempt), 0)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_body_that_comes_late_does_not_keep_the_lane_for_longer() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    let attempt = AttemptId(1);
    driver.hand(Input::Head { attempt, http_status: 500, retry_after: None, date: None }, 0);
    driver.hand(Input::Cancel(CallId(1)), 0);
    driver.now = 900;
    driver.hand(Input::Body { attempt, bytes: b"{}" }, 0);
    assert_eq!(driver.wake, Some(1000));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_call_that_cannot_use_a_new_token_before_the_gate_opens_does_not_ask_for_one() {
    let mut driver = Driver::new(Policy::default(), None);
    start(&mut driver, "a");
    start(&mut driver, "b");
    give(&mut driver, 1, "token-one");
    answer(&mut driver, 1, 429, Some("3600"));
    assert!(settles(&answer(&mut driver, 2, 401, None)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_connection_that_is_released_without_an_answer_has_lost_it() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    driver.hand(Input::Released(AttemptId(1)), 0);
    assert_eq!(driver.wake, Some(250));
    assert_eq!(driver.ledger.broken(), None);
}
