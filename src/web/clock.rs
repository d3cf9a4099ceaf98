//! The clock of the core, which follows the clocks of the host.

use std::cell::Cell;

use js_sys::Number;

use super::results::number;
use crate::dispatcher::{Millis, Now};

/// The longest delay that a timer of JavaScript supports.
const MAX_DELAY_MS: Millis = i32::MAX as Millis;

/// The latest possible time, which is the largest exact number of JavaScript.
// Exact.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
const LAST_MS: Millis = Number::MAX_SAFE_INTEGER as Millis;

/// A clock that never goes back, even if the host's clock does, or is replaced by a fake one.
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

    /// Moves forward as far as the host's clock has moved, and not at all if that was set back.
    // Exact: the draw is scaled to the range.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub(super) fn tick(&self, host_ms: f64, epoch_ms: f64, random: f64) {
        let host_ms = milliseconds(host_ms);
        let passed = host_ms.saturating_sub(self.host_ms.replace(host_ms));
        let ms = (self.now.get().ms + passed).min(LAST_MS);
        self.now.set(Now { ms, epoch_ms: milliseconds(epoch_ms), random: (random * f64::from(u32::MAX)) as u32 });
    }

    /// Moves forward to at least this time, since a timer that was set to it has fired.
    pub(super) fn reach(&self, ms: f64) {
        let now = self.now.get();
        self.now.set(Now { ms: now.ms.max(milliseconds(ms)), ..now });
    }

    /// Returns the time at which a timer has to fire, and the delay until then in milliseconds.
    pub(super) fn timer(&self, wake_at: Millis) -> (f64, f64) {
        let now = self.now.get().ms;
        let delay = wake_at.saturating_sub(now).min(MAX_DELAY_MS);
        (number(now + delay), number(delay))
    }
}

/// Limits any number that a clock returns, so that times can be added without overflow.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn milliseconds(told: f64) -> Millis {
    (told as Millis).min(LAST_MS)
}
