//! Each HTTP status has one verdict, which neither the body nor the headers change.

use proptest::prelude::*;
use push_source_status::{
    AccessToken, Change, Failure, FailureKind, Input, Outcome, Output, Policy, Settlement, SourceId, StatusType,
    Verdict, judge,
};

use crate::driver::Driver;
use crate::property::{one_of, properties};

/// A second implementation of the table of verdicts.
fn expected(http_status: u16) -> Verdict {
    match http_status {
        200..=299 => Verdict::Done,
        401 => Verdict::AskAgain,
        429 | 503 => Verdict::NotApplied,
        501 | 505 => Verdict::Final(Outcome::NotApplied),
        408 | 500..=599 => Verdict::Unknown,
        300..=499 => Verdict::Final(Outcome::NotApplied),
        _ => Verdict::Unknown,
    }
}

#[test]
fn each_status_has_one_verdict() {
    for http_status in 100..=599 {
        assert_eq!(judge(http_status), expected(http_status), "{http_status}");
    }
}

/// Returns the settlement of a call after this answer to its first attempt, or `None` if it goes on.
fn becomes(http_status: u16, retry_after: Option<&str>, body: Option<&[u8]>) -> Option<Settlement> {
    let token = AccessToken::parse("a-token-of-a-key").unwrap();
    let mut driver = Driver::new(Policy::default(), Some(token));
    let change = Change { source_id: SourceId::parse("source").unwrap(), status_type: StatusType::Rebuild };
    driver.start(change, None, 0);
    let (attempt, _) = driver.ledger.attempts().first().copied().unwrap();
    let head = Input::Head { attempt, http_status, retry_after, date: None };
    let mut outputs = driver.hand(head, 0);
    outputs.extend(match body {
        Some(bytes) => driver.hand(Input::Body { attempt, bytes }, 0),
        None => driver.hand(
            Input::Failed { attempt, failure: Failure { kind: FailureKind::Transport, cause: None, host_hint: None } },
            0,
        ),
    });
    assert_eq!(driver.ledger.broken(), None);
    outputs.into_iter().find_map(|output| if let Output::Settle(_, how) = output { Some(how) } else { None })
}

properties! {
    times 4;

    fn a_body_never_changes_what_a_status_means(
        http_status in one_of![100_u16..600, prop::sample::select(vec![200, 201, 401, 408, 429, 500, 501, 503, 505])],
        retry_after in prop::sample::select(vec![None, Some("1"), Some("soon"), Some("")]),
        body in one_of![
            prop::collection::vec(any::<u8>(), 0..50).prop_map(Some),
            prop::sample::select(vec![
                None,
                Some(b"{}".to_vec()),
                Some(br#"{"errorCode":"TOO_MANY_REQUESTS"}"#.to_vec()),
                Some(br#"{"status":201}"#.to_vec()),
                Some(b"<html>".to_vec()),
            ]),
        ],
    ) {
        let settlement = becomes(http_status, retry_after, body.as_deref());
        match judge(http_status) {
            Verdict::Done => {
                let is_done = matches!(&settlement, Some(Settlement::Done(update)) if update.http_status == http_status);
                prop_assert!(is_done);
            }
            Verdict::NotApplied | Verdict::Unknown => prop_assert!(settlement.is_none()),
            Verdict::AskAgain | Verdict::Final(_) => {
                let Some(Settlement::Failed(error)) = settlement else { return Err(TestCaseError::fail("went on")) };
                prop_assert_eq!(error.answer().http_status, Some(http_status));
                prop_assert_eq!(error.site().unwrap().outcome, judge(http_status).outcome());
                prop_assert_eq!(error.site().unwrap().attempts, 1);
            }
        }
    }
}
