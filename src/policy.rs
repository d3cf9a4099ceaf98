//! The limits of a client, each with its range and default, in one place.

use std::ops::RangeInclusive;

use crate::backoff::Backoff;
use crate::invalid::Invalid;
use crate::words::{choose, words};

/// The longest delay that a timer of JavaScript supports, in milliseconds.
const MAX_MS: u32 = i32::MAX as u32;

/// How long an attempt may keep its connection after its call has settled, in milliseconds.
pub const RELEASE_MS: u64 = 1000;

/// How late a wake-up has to be to count as a jump of the clock, in milliseconds. A laptop that slept wakes up that
/// late.
pub const JUMP_MS: u64 = 5000;

/// How long a request waits until the journal is written, in milliseconds.
pub const JOURNAL_MS: u64 = 2000;

/// An option whose value is a whole number: its name, its range and its default.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// The path of the option, for example `retry.attempts`.
    pub argument: &'static str,
    min: u32,
    max: u32,
    /// The value if the option is not given.
    pub default: u32,
}

impl Limit {
    const fn new(argument: &'static str, range: &RangeInclusive<u32>, default: u32) -> Self {
        Self { argument, min: *range.start(), max: *range.end(), default }
    }

    /// Returns the number if it is whole and in the range.
    #[must_use]
    pub fn check(&self, number: f64) -> Option<u32> {
        let is_in_range = number >= f64::from(self.min) && number <= f64::from(self.max);
        // Exact: the number is whole and in the range of the type.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (is_in_range && number.fract() == 0.0).then_some(number as u32)
    }

    /// Creates the error for an invalid value. `value` is that value as a person would write it.
    #[must_use]
    pub fn error(&self, value: &str) -> Invalid {
        let Self { argument, min, max, .. } = self;
        Invalid::new(*argument, format!("{argument} must be a whole number from {min} to {max}, got {value}"))
    }
}

/// `retry.attempts`: how many requests a call may send in all.
pub const ATTEMPTS: Limit = Limit::new("retry.attempts", &(1..=100), 5);
/// `retry.baseDelayMs`: the first delay between attempts.
pub const BASE_DELAY_MS: Limit = Limit::new("retry.baseDelayMs", &(0..=MAX_MS), 500);
/// `retry.maxDelayMs`: the longest delay between attempts.
pub const MAX_DELAY_MS: Limit = Limit::new("retry.maxDelayMs", &(0..=MAX_MS), 8000);
/// `attemptTimeoutMs`: how long one request may take, including the body of an error.
pub const ATTEMPT_TIMEOUT_MS: Limit = Limit::new("attemptTimeoutMs", &(1..=MAX_MS), 10_000);
/// `totalTimeoutMs`: how long a call may take from its first request on.
pub const TOTAL_TIMEOUT_MS: Limit = Limit::new("totalTimeoutMs", &(1..=MAX_MS), 60_000);
/// `closeTimeoutMs`: how long the closing `IDLE` of an activity may take.
pub const CLOSE_TIMEOUT_MS: Limit = Limit::new("closeTimeoutMs", &(1..=MAX_MS), 90_000);
/// `gracePeriodMs`: how long the work of an aborted activity may take to stop.
pub const GRACE_PERIOD_MS: Limit = Limit::new("gracePeriodMs", &(0..=MAX_MS), 5000);
/// `concurrency`: how many requests of the client may be under way at once.
pub const CONCURRENCY: Limit = Limit::new("concurrency", &(1..=1000), 8);

words! {
    /// The reaction to a failed request that may have been applied.
    ///
    /// - `retry`: try again; at worst, the repeated status adds a line to the activity log
    /// - `stop`: fail the call
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum UnknownOutcome {
        /// Try again. At worst, the repeated status adds a line to the activity log.
        #[default]
        Retry = "retry",
        /// Fail the call.
        Stop = "stop",
    }
}

impl UnknownOutcome {
    /// Parses the option `retry.unknownOutcome`.
    ///
    /// # Errors
    /// Anything but `retry` and `stop` is an error.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        choose("retry.unknownOutcome", text, Self::WORDS, &Self::ALL)
    }
}

/// The limits of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Policy {
    /// How many requests a call may send in all.
    pub attempts: u32,
    /// The delays between the requests of a call.
    pub backoff: Backoff,
    /// The reaction to a failed request that may have been applied.
    pub unknown_outcome: UnknownOutcome,
    /// How long one request may take, in milliseconds.
    pub attempt_timeout_ms: u32,
    /// How long a call may take from its first request on, in milliseconds.
    pub total_timeout_ms: u32,
    /// How long the closing `IDLE` of an activity may take, in milliseconds.
    pub close_timeout_ms: u32,
    /// How many requests may be under way at once.
    pub concurrency: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            attempts: ATTEMPTS.default,
            backoff: Backoff { base_ms: BASE_DELAY_MS.default, max_ms: MAX_DELAY_MS.default },
            unknown_outcome: UnknownOutcome::default(),
            attempt_timeout_ms: ATTEMPT_TIMEOUT_MS.default,
            total_timeout_ms: TOTAL_TIMEOUT_MS.default,
            close_timeout_ms: CLOSE_TIMEOUT_MS.default,
            concurrency: CONCURRENCY.default,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_numbers_in_the_range_are_accepted() {
        assert_eq!(ATTEMPTS.check(1.0), Some(1));
        assert_eq!(ATTEMPT_TIMEOUT_MS.check(2_147_483_647.0), Some(MAX_MS));
        assert_eq!(ATTEMPT_TIMEOUT_MS.check(2_147_483_648.0), None);
        for number in [0.0, -1.0, 1.5, 101.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(ATTEMPTS.check(number), None, "{number}");
        }
        assert_eq!(
            ATTEMPT_TIMEOUT_MS.error("2147483648").to_string(),
            "attemptTimeoutMs must be a whole number from 1 to 2147483647, got 2147483648"
        );
        assert_eq!(
            ATTEMPTS.error("\"3\"").to_string(),
            "retry.attempts must be a whole number from 1 to 100, got \"3\""
        );
    }

    #[test]
    fn unknown_outcome_is_one_of_two_words() {
        assert_eq!(UnknownOutcome::parse("retry").unwrap(), UnknownOutcome::Retry);
        assert_eq!(UnknownOutcome::parse("stop").unwrap(), UnknownOutcome::Stop);
        assert_eq!(
            UnknownOutcome::parse("Retry").unwrap_err().to_string(),
            "retry.unknownOutcome \"Retry\" is not known; use \"retry\""
        );
    }
}
