//! The gate as an observer sees it: closed by what the dispatcher says, opened by what becomes of the probe.

use push_source_status::{AttemptId, Millis};

/// Whether requests may go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gate {
    Open,
    Shut { until: Millis },
    Probing(AttemptId),
}

impl Gate {
    pub fn admits(self, now: Millis) -> bool {
        match self {
            Self::Open => true,
            Self::Shut { until } => until <= now,
            Self::Probing(_) => false,
        }
    }

    pub fn wait(self, now: Millis) -> Millis {
        if let Self::Shut { until } = self { until.saturating_sub(now) } else { 0 }
    }

    /// Whether an answer that throttles an attempt changes nothing, since the gate is closed for long enough.
    pub fn covers(self, attempt: AttemptId, now: Millis, wish: Millis) -> bool {
        match self {
            Self::Open => false,
            Self::Shut { until } => until > now && until >= now.saturating_add(wish),
            Self::Probing(probe) => probe != attempt && wish == 0,
        }
    }

    pub fn note_sent(&mut self, attempt: AttemptId) {
        if matches!(self, Self::Shut { .. }) {
            *self = Self::Probing(attempt);
        }
    }

    pub fn note_passed(&mut self, attempt: AttemptId) {
        if *self == Self::Probing(attempt) {
            *self = Self::Open;
        }
    }

    pub fn note_given_up(&mut self, attempt: AttemptId, now: Millis) {
        if *self == Self::Probing(attempt) {
            *self = Self::Shut { until: now };
        }
    }
}
