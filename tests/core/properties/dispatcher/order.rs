//! The order of calls when only one slot is left.

use proptest::prelude::*;
use push_source_status::{AccessToken, BulkId, Change, Input, Output, Policy, SourceId, StatusType};

use crate::driver::Driver;
use crate::property::properties;

properties! {
    times 1;

    fn single_calls_go_before_bulk_calls_and_each_in_the_order_made(are_bulk in prop::collection::vec(any::<bool>(), 1..12)) {
        let policy = Policy { concurrency: 1, ..Policy::default() };
        let mut driver = Driver::new(policy, Some(AccessToken::parse("the-only-token").unwrap()));
        let mut outputs = Vec::new();
        for (index, &is_bulk) in are_bulk.iter().enumerate() {
            let source_id = SourceId::parse(&format!("source-{index}-")).unwrap();
            let change = Change { source_id, status_type: StatusType::Idle };
            outputs.extend(driver.start(change, is_bulk.then_some(BulkId(1)), 0));
        }
        while let Some((attempt, _)) = driver.ledger.attempts().first().copied() {
            outputs.extend(driver.hand(Input::Head { attempt, http_status: 201, retry_after: None, date: None }, 0));
            outputs.extend(driver.hand(Input::Released(attempt), 0));
        }
        prop_assert_eq!(driver.ledger.broken(), None);

        let urls = outputs.iter().filter_map(|output| if let Output::Send { url, .. } = output { Some(url) } else { None });
        let sent: Vec<usize> = urls
            .map(|url| (0..are_bulk.len()).find(|index| url.contains(&format!("source-{index}-"))).unwrap())
            .collect();
        // The first call is sent before there are any others.
        let mut expected: Vec<usize> = (1..are_bulk.len()).collect();
        expected.sort_by_key(|&index| are_bulk[index]);
        expected.insert(0, 0);
        prop_assert_eq!(sent, expected);
    }
}
