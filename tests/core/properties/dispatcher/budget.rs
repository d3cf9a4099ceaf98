//! A larger budget never leads to fewer requests, and delays follow the formula.

use proptest::prelude::*;
use proptest::sample::select;
use push_source_status::{
    AccessToken, Change, EventKind, Failure, FailureKind, Input, Millis, Output, Policy, SourceId, StatusType,
};

use super::script::policies;
use crate::driver::Driver;
use crate::property::properties;

/// The answer to one attempt, and how long it takes. No status stands for a lost connection.
#[derive(Clone, Debug)]
struct Reaction {
    http_status: Option<u16>,
    retry_after: Option<&'static str>,
    after_ms: Millis,
    random: u32,
}

fn reactions() -> impl Strategy<Value = Vec<Reaction>> {
    let http_status = select(vec![None, Some(429), Some(429), Some(500), Some(503), Some(408)]);
    let retry_after = select(vec![None, None, Some("0"), Some("1"), Some("30"), Some("61"), Some("150")]);
    let reaction = (http_status, retry_after, select(vec![0_u64, 3, 650, 20_000]), any::<u32>()).prop_map(
        |(http_status, retry_after, after_ms, random)| Reaction { http_status, retry_after, after_ms, random },
    );
    prop::collection::vec(reaction, 5)
}

/// Runs one call against a service with these reactions. Returns all outputs.
fn run(policy: Policy, reactions: &[Reaction]) -> Vec<Output> {
    let mut driver = Driver::new(policy, Some(AccessToken::parse("the-only-token").unwrap()));
    let change = Change { source_id: SourceId::parse("source").unwrap(), status_type: StatusType::Refresh };
    let mut outputs = driver.start(change, None, 0);
    for reaction in reactions {
        // Wait for the next attempt, if there is one.
        while !driver.ledger.unsettled().is_empty() && live(&driver).is_none() {
            driver.now = driver.now.max(driver.wake.unwrap());
            outputs.extend(driver.hand(Input::Timeout, reaction.random));
        }
        let answered_at = driver.now + reaction.after_ms;
        while let Some(wake) = driver.wake.filter(|&wake| wake <= answered_at) {
            driver.now = wake;
            outputs.extend(driver.hand(Input::Timeout, reaction.random));
        }
        let Some(attempt) = live(&driver) else { continue };
        driver.now = driver.now.max(answered_at);
        if let Some(http_status) = reaction.http_status {
            let head = Input::Head { attempt, http_status, retry_after: reaction.retry_after, date: None };
            outputs.extend(driver.hand(head, reaction.random));
            outputs.extend(driver.hand(Input::Body { attempt, bytes: b"{}" }, reaction.random));
            outputs.extend(driver.hand(Input::Released(attempt), reaction.random));
        } else {
            let failure = Failure { kind: FailureKind::Transport, cause: None, host_hint: None };
            outputs.extend(driver.hand(Input::Failed { attempt, failure }, reaction.random));
        }
    }
    assert_eq!(driver.ledger.broken(), None);
    outputs
}

fn live(driver: &Driver) -> Option<push_source_status::AttemptId> {
    driver.ledger.attempts().into_iter().find(|&(_, is_live)| is_live).map(|(id, _)| id)
}

fn sent(outputs: &[Output]) -> usize {
    outputs.iter().filter(|output| matches!(output, Output::Send { .. })).count()
}

properties! {
    times 8;

    fn a_larger_budget_never_yields_fewer_attempts(
        policy in policies(),
        reactions in reactions(),
        more_attempts in 0_u32..3,
        more_ms in select(vec![0_u32, 1, 500, 30_000, 1_000_000]),
    ) {
        let larger = Policy {
            attempts: (policy.attempts + more_attempts).min(5),
            total_timeout_ms: policy.total_timeout_ms + more_ms,
            ..policy
        };
        prop_assert!(sent(&run(policy, &reactions)) <= sent(&run(larger, &reactions)));
    }

    fn a_call_that_is_throttled_without_a_hint_backs_off_by_the_formula(
        base_ms in 1_u32..2000,
        max_ms in 1_u32..20_000,
        randoms in prop::collection::vec(any::<u32>(), 5),
    ) {
        let backoff = push_source_status::Backoff { base_ms, max_ms };
        let policy = Policy { backoff, total_timeout_ms: 10_000_000, attempts: 6, ..Policy::default() };
        let reactions: Vec<Reaction> = randoms
            .iter()
            .map(|&random| Reaction { http_status: Some(429), retry_after: None, after_ms: 5, random })
            .collect();
        let outputs = run(policy, &reactions);
        let delays = outputs.iter().filter_map(|output| match output {
            Output::Emit(event) => if let EventKind::Retry { delay_ms, .. } = event.kind { Some(delay_ms) } else { None },
            _ => None,
        });
        let expected: Vec<Millis> =
            (1..=5).zip(&randoms).map(|(streak, &random)| backoff.throttled().delay_ms(streak, random)).collect();
        prop_assert_eq!(delays.collect::<Vec<_>>(), expected);
    }
}
