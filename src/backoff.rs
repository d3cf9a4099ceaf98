//! The delays between attempts when the service does not ask for one.

/// Delays that double with each failure, up to a maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Backoff {
    /// The first delay before jitter, in milliseconds.
    pub base_ms: u32,
    /// The longest delay, in milliseconds.
    pub max_ms: u32,
}

impl Backoff {
    /// Returns the longer delays for when the service throttles without saying for how long: 4 times the first delay
    /// and 2.5 times the longest one.
    #[must_use]
    pub const fn throttled(self) -> Self {
        Self {
            base_ms: self.base_ms.saturating_mul(4),
            max_ms: self.max_ms.saturating_add((self.max_ms / 2).saturating_mul(3)),
        }
    }

    /// Returns the delay after a number of failures in a row, in milliseconds. `failures` counts from 1.
    ///
    /// With `d = min(max_ms, base_ms · 2^(failures - 1))`, `random` picks a delay between `d/2` and `d`.
    #[must_use]
    pub fn delay_ms(self, failures: u32, random: u32) -> u64 {
        let factor = 1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
        let longest = self.base_ms.saturating_mul(factor).min(self.max_ms);
        let half = longest / 2;
        u64::from(longest - half) + fraction(half, random)
    }
}

/// Returns a random part of `whole`: nothing at `random` 0, and all of it at `u32::MAX`.
pub(crate) fn fraction(whole: u32, random: u32) -> u64 {
    u64::from(whole) * u64::from(random) / u64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_longest() {
        let backoff = Backoff { base_ms: 500, max_ms: 8000 };
        let longest = |failures| backoff.delay_ms(failures, u32::MAX);
        assert_eq!([1, 2, 3, 4, 5, 6, 90, u32::MAX].map(longest), [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
        assert_eq!(backoff.delay_ms(1, 0), 250);
        assert_eq!(backoff.throttled(), Backoff { base_ms: 2000, max_ms: 20_000 });
    }
}
