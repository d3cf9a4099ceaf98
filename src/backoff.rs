//! When to try again, where the service did not say.

/// How the delays between attempts grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Backoff {
    /// The first delay, in milliseconds, before the draw.
    pub base_ms: u32,
    /// The longest delay, in milliseconds.
    pub max_ms: u32,
}

impl Backoff {
    /// The delays of a client that the service throttles without saying for how long: 4 times the
    /// base and 2.5 times the longest delay.
    #[must_use]
    pub const fn throttled(self) -> Self {
        Self {
            base_ms: self.base_ms.saturating_mul(4),
            max_ms: self.max_ms.saturating_add((self.max_ms / 2).saturating_mul(3)),
        }
    }

    /// The delay after `failures` failures in a row (from 1), in milliseconds: with
    /// `d = min(max, base · 2^(failures - 1))`, a draw from `[d/2, d]` by `random`.
    #[must_use]
    pub fn delay_ms(self, failures: u32, random: u32) -> u64 {
        let factor = 1_u64.checked_shl(failures.saturating_sub(1)).unwrap_or(u64::MAX);
        let longest = u64::from(self.base_ms).saturating_mul(factor).min(u64::from(self.max_ms));
        let shortest = longest.div_ceil(2);
        shortest + fraction(longest - shortest, random)
    }
}

/// The part of `whole` that a random number draws: from nothing at 0 to all of it at `u32::MAX`.
pub(crate) fn fraction(whole: u64, random: u32) -> u64 {
    // Every `whole` here is a number of milliseconds that fits 32 bits.
    whole * u64::from(random) / u64::from(u32::MAX)
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
