//! What random events and the model have found once, in as few steps as it takes.

use push_source_status::{
    AccessToken, Change, ErrorCode, Input, OnActivationFailure, Output, Policy, SourceId, StatusType, Stop, Terms,
};

use crate::driver::{ActivityLedger, Driver, Observer};

fn begin(driver: &mut Driver<ActivityLedger>, status_type: StatusType) -> Vec<Output> {
    let terms = Terms { on_activation_failure: OnActivationFailure::Continue, grace_ms: Some(5000) };
    driver.begin(Change { source_id: SourceId::parse("source").unwrap(), status_type }, terms, 0)
}

#[test]
fn an_activity_on_a_closed_client_is_told_so_and_nothing_else() {
    let mut driver = Driver::of_activities(Policy::default(), Some(AccessToken::parse("the-only-token").unwrap()));
    begin(&mut driver, StatusType::Rebuild);
    // The active status is not answered in time, and the work starts all the same.
    for _ in 0..20 {
        driver.wait(0);
    }
    driver.hand(Input::Close, 0);
    // The source still has an activity, whose work has its grace: of the same status, or of another one.
    for status_type in [StatusType::Rebuild, StatusType::Refresh] {
        let outputs = begin(&mut driver, status_type);
        let [Output::EndActivity(_, end)] = outputs.as_slice() else { panic!("{outputs:?}") };
        let Some(Stop::Failed(error)) = &end.stop else { panic!("{end:?}") };
        assert_eq!(error.code(), ErrorCode::Closed);
    }
    assert_eq!(driver.ledger.broken(), None);
}
