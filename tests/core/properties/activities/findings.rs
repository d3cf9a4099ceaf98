//! Other cases that random events and the model have found, in as few steps as possible.

use push_source_status::{
    ActivityEnd, ActivityId, AttemptId, ErrorCode, Event, Input, Interruption, OnActivationFailure, Output, Owner,
    Policy, SourceId, SourceIds, StatusType, Terms,
};

use crate::driver::Driver;
use crate::steps::{answer, token};

fn begin(driver: &mut Driver, status_type: StatusType) -> Vec<Output> {
    let terms = Terms { on_activation_failure: OnActivationFailure::Continue, grace_ms: Some(5000) };
    driver.begin(&SourceId::parse("source").unwrap().into(), status_type, terms, 0)
}

/// Returns a client with an activity that is working.
pub fn working(policy: Policy) -> Driver {
    let mut driver = Driver::new(policy, Some(token()));
    begin(&mut driver, StatusType::Rebuild);
    answer(&mut driver, 1, 201, None);
    driver
}

#[test]
fn an_activity_on_a_closed_client_only_fails() {
    let mut driver = Driver::new(Policy::default(), Some(token()));
    begin(&mut driver, StatusType::Rebuild);
    // No answer comes in time, and the work starts all the same.
    for _ in 0..20 {
        driver.wait(0);
    }
    driver.hand(Input::Close, 0);
    // The source still has an activity, whose work is in its grace. The new one has the same status, or another one.
    for status_type in [StatusType::Rebuild, StatusType::Refresh] {
        let outputs = begin(&mut driver, status_type);
        let [Output::EndActivity(_, end)] = outputs.as_slice() else { panic!("{outputs:?}") };
        let Some(Interruption::Failed(error)) = &end.interruption else { panic!("{end:?}") };
        assert_eq!(error.code(), ErrorCode::Closed);
    }
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn the_oldest_activity_of_a_source_owns_everything_done_for_it() {
    let owners = |outputs: &[Output]| -> Vec<Owner> {
        let owner = |output: &Output| match output {
            Output::Send { owner, .. } | Output::Emit(Event { owner, .. }) => Some(*owner),
            _ => None,
        };
        outputs.iter().filter_map(owner).collect()
    };
    let mut driver = Driver::new(Policy::default(), Some(token()));
    let first = Owner::Activity(ActivityId(1));
    assert_eq!(owners(&begin(&mut driver, StatusType::Rebuild)), [first; 2]);
    assert_eq!(owners(&begin(&mut driver, StatusType::Rebuild)), []);
    assert_eq!(owners(&answer(&mut driver, 1, 201, None)), [first; 3]);
    driver.hand(Input::Finish(ActivityId(1)), 0);
    let second = Owner::Activity(ActivityId(2));
    assert_eq!(owners(&driver.hand(Input::Finish(ActivityId(2)), 0)), [second; 2]);
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn the_grace_of_work_counts_from_its_abort() {
    let mut driver = working(Policy::default());
    driver.now = 100;
    driver.hand(Input::Abort(ActivityId(1)), 0);
    assert_eq!(driver.wake, Some(5100));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn an_activation_that_is_cancelled_in_flight_may_still_get_its_answer() {
    let mut driver = Driver::new(Policy::default(), Some(token()));
    begin(&mut driver, StatusType::Rebuild);
    let outputs = driver.hand(Input::Abort(ActivityId(1)), 0);
    assert!(!outputs.contains(&Output::Abort(AttemptId(1))), "{outputs:?}");
}

/// Returns a client with an activity on two sources, after these answers to its active statuses.
fn on_two_sources(http_statuses: [u16; 2]) -> Driver {
    let mut driver = Driver::new(Policy::default(), Some(token()));
    let sources = SourceIds::new(["a", "b"].map(|id| SourceId::parse(id).unwrap()).to_vec()).unwrap();
    driver.begin(&sources, StatusType::Rebuild, Terms::default(), 0);
    answer(&mut driver, 1, http_statuses[0], None);
    answer(&mut driver, 2, http_statuses[1], None);
    driver
}

fn end(outputs: &[Output]) -> &ActivityEnd {
    outputs.iter().find_map(|output| if let Output::EndActivity(_, end) = output { Some(end) } else { None }).unwrap()
}

#[test]
fn the_end_of_a_page_aborts_an_idle_in_flight_once() {
    let mut driver = working(Policy::default());
    driver.hand(Input::Finish(ActivityId(1)), 0);
    let outputs = driver.hand(Input::PageEnd, 0);
    assert_eq!(outputs.iter().filter(|&output| *output == Output::Abort(AttemptId(2))).count(), 1);
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_process_with_nothing_left_to_do_sets_idle() {
    let mut driver = working(Policy::default());
    let outputs = driver.hand(Input::LoopEnd, 0);
    let error = outputs.iter().find_map(|output| match output {
        Output::AbortWork(_, Interruption::Failed(error)) => Some(error),
        _ => None,
    });
    let text = "the process has nothing left to do, and the activity has not ended; end the activity, or look for a \
                promise in its work that nothing settles";
    assert_eq!(error.unwrap().to_string(), text);
    let outputs = driver.hand(Input::Finish(ActivityId(1)), 0);
    let sent = outputs.iter().find_map(|output| if let Output::Send { url, .. } = output { Some(url) } else { None });
    assert!(sent.unwrap().ends_with("statusType=IDLE"), "{outputs:?}");
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn the_end_of_a_page_names_the_first_source_even_after_a_failure_at_another() {
    let mut driver = on_two_sources([201, 403]);
    let outputs = driver.hand(Input::PageEnd, 0);
    let Some(Interruption::Failed(error)) = &end(&outputs).interruption else { panic!("{outputs:?}") };
    assert_eq!((error.code(), error.site().unwrap().source_id.as_str()), (ErrorCode::Closed, "a"));
    assert_eq!(driver.ledger.broken(), None);
}

#[test]
fn a_source_that_was_left_active_before_the_page_ended_is_named_at_the_end() {
    let mut driver = on_two_sources([201, 201]);
    driver.hand(Input::Finish(ActivityId(1)), 0);
    answer(&mut driver, 3, 403, None);
    let outputs = driver.hand(Input::PageEnd, 0);
    let left_active = end(&outputs).left_active.as_ref().map(|error| error.site().unwrap().source_id.as_str());
    assert_eq!(left_active, Some("a"), "{outputs:?}");
    assert_eq!(driver.ledger.broken(), None);
}
