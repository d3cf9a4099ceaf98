//! Examples of closing `IDLE`s, most of them found by random events and by the model.

use push_source_status::policy::{JUMP_MS, UnknownOutcome};
use push_source_status::{
    ActivityId, AttemptId, Change, Event, EventKind, Input, Output, Policy, SourceId, StatusType,
};

use super::findings::working;
use crate::steps::{answer, sends, start};

#[test]
fn a_closing_idle_that_was_sent_ends_with_its_time() {
    let policy = Policy { close_timeout_ms: 1000, ..Policy::default() };
    let mut driver = working(policy);
    driver.hand(Input::Finish(ActivityId(1)), 0);
    driver.now = 1000;
    let outputs = driver.hand(Input::Timeout, 0);
    assert!(outputs.iter().any(|output| matches!(output, Output::EndActivity(..))), "{outputs:?}");
    let failure = outputs.iter().find_map(|output| match output {
        Output::Emit(Event { kind: EventKind::Failed(error), .. }) => Some(error),
        _ => None,
    });
    assert_eq!(failure.unwrap().hint(), Some("try again later, or allow more time with closeTimeoutMs"));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_closing_idle_that_cannot_wait_for_the_gate_is_sent_all_the_same() {
    let mut driver = working(Policy::default());
    start(&mut driver, "other");
    answer(&mut driver, 2, 429, Some("3600"));
    assert!(sends(&driver.hand(Input::Finish(ActivityId(1)), 0)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_closing_idle_that_had_its_attempt_waits_for_the_gate() {
    let mut driver = working(Policy::default());
    start(&mut driver, "other");
    driver.hand(Input::Finish(ActivityId(1)), 0);
    driver.now = 900;
    answer(&mut driver, 3, 500, None);
    // The gate opens at the very moment when the time of the closing IDLE is up.
    driver.now = 1000;
    answer(&mut driver, 2, 429, Some("89"));
    driver.now = 1150;
    assert!(!sends(&driver.hand(Input::Timeout, 0)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_closing_idle_that_is_sent_after_its_time_has_the_time_of_an_attempt() {
    let policy = Policy { close_timeout_ms: 1000, concurrency: 1, ..Policy::default() };
    let mut driver = working(policy);
    start(&mut driver, "other");
    driver.hand(Input::Finish(ActivityId(1)), 0);
    driver.now = 1000;
    driver.hand(Input::Timeout, 0);
    driver.now = 5000;
    answer(&mut driver, 2, 201, None);
    assert_eq!(driver.wake, Some(15_000));
    answer(&mut driver, 3, 500, None);
    driver.wait(0);
    assert_eq!(driver.now, 5250);
    assert_eq!(driver.ledger.attempts().len(), 1);
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_closing_idle_is_sent_after_its_time_even_while_its_timer_is_late() {
    let policy = Policy { close_timeout_ms: 1000, concurrency: 1, ..Policy::default() };
    let mut driver = working(policy);
    start(&mut driver, "other");
    driver.hand(Input::Finish(ActivityId(1)), 0);
    driver.now = 1000;
    assert!(sends(&answer(&mut driver, 2, 201, None)));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_closing_idle_whose_time_went_by_while_the_machine_slept_gets_another_attempt() {
    let mut driver = working(Policy::default());
    driver.hand(Input::Finish(ActivityId(1)), 0);
    answer(&mut driver, 2, 500, None);
    driver.now = 8 * 3_600_000;
    let outputs = driver.hand(Input::Timeout, 0);
    assert!(sends(&outputs), "{outputs:?}");
    // It has time for one attempt, and no more.
    answer(&mut driver, 3, 500, None);
    while driver.wait(0) {
        for (attempt, _) in driver.ledger.attempts() {
            answer(&mut driver, attempt.0, 500, None);
        }
    }
    assert!(driver.now <= 8 * 3_600_000 + 10_000, "{}", driver.now);
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_wake_up_that_is_a_little_late_is_not_a_jump_of_the_clock() {
    let policy = Policy { close_timeout_ms: 1000, ..Policy::default() };
    for (late_ms, is_sent) in [(JUMP_MS, false), (JUMP_MS + 1, true)] {
        let mut driver = working(policy);
        driver.hand(Input::Finish(ActivityId(1)), 0);
        answer(&mut driver, 2, 500, None);
        driver.now = driver.wake.unwrap() + late_ms;
        let outputs = driver.hand(Input::Timeout, 0);
        assert_eq!(sends(&outputs), is_sent, "{late_ms}");
    }
}

#[test]
fn only_time_limits_a_closing_idle_not_the_number_of_attempts() {
    let mut driver = working(Policy { attempts: 1, ..Policy::default() });
    driver.hand(Input::Finish(ActivityId(1)), 0);
    answer(&mut driver, 2, 500, None);
    driver.wait(0);
    assert_eq!(driver.ledger.attempts(), [(AttemptId(3), true)]);
}

#[test]
fn a_closing_idle_is_tried_again_even_with_unknown_outcome_stop() {
    let mut driver = working(Policy { unknown_outcome: UnknownOutcome::Stop, ..Policy::default() });
    driver.hand(Input::Finish(ActivityId(1)), 0);
    answer(&mut driver, 2, 500, None);
    driver.wait(0);
    assert_eq!(driver.ledger.attempts(), [(AttemptId(3), true)]);
}

#[test]
fn a_closing_idle_goes_before_calls_that_have_waited_for_longer() {
    for bulk in [None, Some(push_source_status::BulkId(1))] {
        let mut driver = working(Policy { concurrency: 1, ..Policy::default() });
        for source in ["a", "b"] {
            let source_id = SourceId::parse(source).unwrap();
            driver.start(Change { source_id, status_type: StatusType::Refresh }, bulk, 0);
        }
        driver.hand(Input::Finish(ActivityId(1)), 0);
        let attempt = AttemptId(2);
        driver.hand(Input::Head { attempt, http_status: 201, retry_after: None, date: None }, 0);
        let outputs = driver.hand(Input::Released(attempt), 0);
        let is_idle = |output: &Output| matches!(output, Output::Send { url, .. } if url.ends_with("IDLE"));
        assert!(outputs.iter().any(is_idle), "{outputs:?}");
    }
}
