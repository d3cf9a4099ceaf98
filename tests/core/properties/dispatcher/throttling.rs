//! Examples of calls that wait at the gate, most of them found by random events.

use push_source_status::{AttemptId, Backoff, CallId, Error, ErrorCode, Event, EventKind, Input, Output, Policy};

use crate::steps::{answer, errors, sends, settles, start, with_fixed_token};

#[test]
fn an_answer_that_throttles_after_the_gate_has_opened_closes_it_again() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    start(&mut driver, "b");
    answer(&mut driver, 1, 429, None);
    driver.hand(Input::Cancel(CallId(1)), 0);
    driver.now = 5000;
    assert!(!sends(&answer(&mut driver, 2, 429, None)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_wait_of_any_length_is_waited_out_where_there_is_time() {
    for (retry_after, total_timeout_ms) in [("60", 120_000), ("61", 120_000), ("86400", 100_000_000)] {
        let mut driver = with_fixed_token(Policy { total_timeout_ms, ..Policy::default() });
        start(&mut driver, "a");
        assert!(!settles(&answer(&mut driver, 1, 429, Some(retry_after))), "{retry_after}");
        assert_eq!(driver.wake, Some(retry_after.parse::<u64>().unwrap() * 1000 + 1));
        driver.now = driver.wake.unwrap();
        assert!(sends(&driver.hand(Input::Timeout, 0)));
        assert_eq!(driver.ledger.broken(), None);
    }
}

#[test]
fn jitter_does_not_make_a_wait_that_fits_too_long() {
    for (total_timeout_ms, wake) in [(59_001, Some(59_000)), (59_500, Some(59_499)), (70_000, Some(60_001))] {
        let mut driver = with_fixed_token(Policy { total_timeout_ms, ..Policy::default() });
        start(&mut driver, "a");
        let attempt = AttemptId(1);
        for input in [
            Input::Head { attempt, http_status: 429, retry_after: Some("59"), date: None },
            Input::Body { attempt, bytes: b"{}" },
            Input::Released(attempt),
        ] {
            assert!(!settles(&driver.hand(input, u32::MAX)), "{total_timeout_ms}");
        }
        assert_eq!(driver.wake, wake);
        assert_eq!(driver.ledger.broken(), None);
    }
}

#[test]
fn a_wait_that_ends_with_the_time_of_its_call_is_not_begun() {
    let mut driver = with_fixed_token(Policy { total_timeout_ms: 59_000, ..Policy::default() });
    start(&mut driver, "a");
    assert!(settles(&answer(&mut driver, 1, 429, Some("59"))));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn the_answer_to_the_probe_opens_the_gate_before_its_connection_is_closed() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    answer(&mut driver, 1, 429, Some("1"));
    start(&mut driver, "b");
    driver.now = driver.wake.unwrap();
    driver.wait(0);
    let head = Input::Head { attempt: AttemptId(2), http_status: 201, retry_after: None, date: None };
    assert!(sends(&driver.hand(head, 0)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_wait_that_the_service_asks_for_grows_by_a_tenth_of_it_at_most() {
    for (random, wake) in [(0, 5001), (u32::MAX, 5501)] {
        let mut driver = with_fixed_token(Policy::default());
        start(&mut driver, "a");
        let attempt = AttemptId(1);
        let head = Input::Head { attempt, http_status: 429, retry_after: Some("5"), date: None };
        driver.hand(head, random);
        driver.hand(Input::Body { attempt, bytes: b"{}" }, random);
        driver.hand(Input::Released(attempt), random);
        assert_eq!(driver.wake, Some(wake));
    }
}

#[test]
fn a_call_that_is_cancelled_at_the_gate_leaves_no_wake_up() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    answer(&mut driver, 1, 429, Some("1"));
    assert_eq!(driver.wake, Some(1001));
    driver.hand(Input::Cancel(CallId(1)), 0);
    assert_eq!(driver.wake, None);
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn an_answer_of_an_old_burst_closes_the_gate_at_the_moment_when_it_opens() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    start(&mut driver, "b");
    driver.now = 100;
    answer(&mut driver, 1, 429, Some("1"));
    let attempt = AttemptId(2);
    driver.hand(Input::Head { attempt, http_status: 429, retry_after: None, date: None }, 0);
    driver.now = 1101;
    assert!(!sends(&driver.hand(Input::Body { attempt, bytes: b"{}" }, 0)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn an_answer_of_an_old_burst_does_not_end_the_probe() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    start(&mut driver, "b");
    driver.now = 100;
    answer(&mut driver, 1, 429, Some("1"));
    driver.now = 1101;
    assert!(sends(&driver.hand(Input::Timeout, 0)));
    answer(&mut driver, 2, 429, None);
    let head = Input::Head { attempt: AttemptId(3), http_status: 201, retry_after: None, date: None };
    assert!(sends(&driver.hand(head, 0)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_call_that_comes_while_the_gate_is_closed_may_wait_for_all_of_its_time() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    answer(&mut driver, 1, 429, Some("60"));
    assert!(!settles(&start(&mut driver, "b")));
    driver.now = 60_000;
    assert!(sends(&driver.hand(Input::Timeout, 0)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn an_answer_of_a_burst_that_asks_for_a_longer_wait_keeps_the_gate_closed_for_longer() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    start(&mut driver, "b");
    answer(&mut driver, 1, 429, Some("5"));
    answer(&mut driver, 2, 429, Some("10"));
    assert_eq!(driver.wake, Some(10_001));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_probe_is_not_part_of_the_burst_before_it_even_without_a_delay() {
    let mut driver = with_fixed_token(Policy { backoff: Backoff { base_ms: 0, max_ms: 0 }, ..Policy::default() });
    start(&mut driver, "a");
    for attempt in [1, 2] {
        let outputs = answer(&mut driver, attempt, 429, None);
        let is_throttled = |event: &Event| matches!(event.kind, EventKind::Throttled { delay_ms: 0 });
        let events = outputs.iter().filter(|output| matches!(output, Output::Emit(event) if is_throttled(event)));
        assert_eq!(events.count(), 1, "attempt {attempt}");
    }
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_call_that_was_sent_before_fails_at_once_if_the_gate_opens_after_its_time() {
    let mut driver = with_fixed_token(Policy::default());
    start(&mut driver, "a");
    answer(&mut driver, 1, 500, None);
    start(&mut driver, "b");
    let codes: Vec<ErrorCode> = errors(answer(&mut driver, 2, 429, Some("120"))).iter().map(Error::code).collect();
    assert_eq!(codes, [ErrorCode::Throttled; 2]);
    assert_eq!(driver.ledger.broken(), None);
}
