//! The core's time, from what the host says of it.

use std::cell::Cell;

use js_sys::Number;

use super::results::number;
use crate::dispatcher::{Millis, Now};

/// The longest delay that timers of JavaScript can count.
const MAX_DELAY_MS: Millis = i32::MAX as Millis;

/// The latest time that there is: more cannot be told to JavaScript.
// Exact.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
const LAST_MS: Millis = Number::MAX_SAFE_INTEGER as Millis;

/// A clock that never goes back, whatever becomes of the host's: somebody may replace that at any time.
pub(super) struct Clock {
    now: Cell<Now>,
    host_ms: Cell<Millis>,
}

impl Clock {
    pub(super) fn new() -> Self {
        Self { now: Cell::new(Now { ms: 0, epoch_ms: 0, random: 0 }), host_ms: Cell::new(0) }
    }

    pub(super) fn now(&self) -> Now {
        self.now.get()
    }

    /// Goes on by as much as the host's clock did; not at all where that was set back.
    // Exact: the draw is scaled to the range.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub(super) fn tick(&self, host_ms: f64, epoch_ms: f64, random: f64) {
        let host_ms = milliseconds(host_ms);
        let passed = host_ms.saturating_sub(self.host_ms.replace(host_ms));
        let ms = (self.now.get().ms + passed).min(LAST_MS);
        self.now.set(Now { ms, epoch_ms: milliseconds(epoch_ms), random: (random * f64::from(u32::MAX)) as u32 });
    }

    /// It is at least that late: a timer has called back, and what it counts is time too.
    pub(super) fn reach(&self, ms: f64) {
        let now = self.now.get();
        self.now.set(Now { ms: now.ms.max(milliseconds(ms)), ..now });
    }

    /// When a timer is to call back, and in how many milliseconds.
    pub(super) fn timer(&self, wake_at: Millis) -> (f64, f64) {
        let now = self.now.get().ms;
        let delay = wake_at.saturating_sub(now).min(MAX_DELAY_MS);
        (number(now + delay), number(delay))
    }
}

/// What a clock says, whatever that is: times can be added.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn milliseconds(told: f64) -> Millis {
    (told as Millis).min(LAST_MS)
}
