//! The range of delays between attempts.

use proptest::prelude::*;
use push_source_status::Backoff;

use crate::property::{one_of, properties};

/// The largest value of the options that set a delay. Larger ones only must not panic.
const MAX_MS: u32 = i32::MAX as u32;

fn milliseconds() -> impl Strategy<Value = u32> {
    one_of![0_u32..4, 0_u32..100_000, Just(MAX_MS), 0..=MAX_MS, Just(u32::MAX), any::<u32>()]
}

fn draws() -> impl Strategy<Value = u32> {
    one_of![Just(0), Just(u32::MAX), any::<u32>()]
}

properties! {
    times 4;

    fn a_delay_lies_between_half_its_maximum_and_its_maximum(
        base_ms in milliseconds(),
        max_ms in milliseconds(),
        failures in one_of![1_u32..80, any::<u32>()],
        random in draws(),
    ) {
        let backoff = Backoff { base_ms, max_ms };
        let doubled = if failures > 64 { u128::MAX } else { 1_u128 << (failures.max(1) - 1) };
        let longest = u128::from(base_ms).saturating_mul(doubled).min(u128::from(max_ms));
        let delay = u128::from(backoff.delay_ms(failures, random));
        prop_assert!(delay * 2 >= longest && delay <= longest, "{delay} for {longest}");
        prop_assert_eq!(backoff.delay_ms(failures, random), backoff.delay_ms(failures, random));
    }

    fn the_draw_reaches_both_ends_and_keeps_the_order(
        base_ms in milliseconds(),
        max_ms in milliseconds(),
        failures in 1_u32..40,
        (low, high) in (draws(), draws()).prop_map(|(a, b)| (a.min(b), a.max(b))),
    ) {
        let backoff = Backoff { base_ms, max_ms };
        let longest = backoff.delay_ms(failures, u32::MAX);
        prop_assert_eq!(backoff.delay_ms(failures, 0), longest.div_ceil(2));
        prop_assert!(backoff.delay_ms(failures, low) <= backoff.delay_ms(failures, high));
        prop_assert!(longest <= backoff.delay_ms(failures + 1, u32::MAX));
    }

    fn a_throttled_client_waits_longer(base_ms in milliseconds(), max_ms in milliseconds(), failures in 1_u32..40) {
        let backoff = Backoff { base_ms, max_ms };
        let throttled = backoff.throttled();
        prop_assert_eq!(throttled.base_ms, base_ms.saturating_mul(4));
        let longest = (u64::from(max_ms) * 5 / 2).min(u64::from(u32::MAX));
        prop_assert!(u64::from(throttled.max_ms).abs_diff(longest) <= 2);
        prop_assert!(throttled.delay_ms(failures, 0) >= backoff.delay_ms(failures, 0));
    }
}
