//! The gate as an observer sees it. The dispatcher's events close it, and the answer to a probe opens it.

use push_source_status::{AttemptId, Millis};

/// Whether requests may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gate {
    Open,
    /// Since when the service throttles, and until when nothing is sent.
    Shut {
        since: Millis,
        until: Millis,
    },
    /// One attempt is under way, and the others wait for its answer.
    Probing {
        since: Millis,
        probe: AttemptId,
    },
}

impl Gate {
    pub fn admits(self, now: Millis) -> bool {
        match self {
            Self::Open => true,
            Self::Shut { until, .. } => until <= now,
            Self::Probing { .. } => false,
        }
    }

    pub fn wait(self, now: Millis) -> Millis {
        if let Self::Shut { until, .. } = self { until.saturating_sub(now) } else { 0 }
    }

    /// Returns since when the service throttles, unless this attempt is the first one to find out.
    pub fn throttled_since(self, attempt: AttemptId, now: Millis) -> Option<Millis> {
        match self {
            Self::Shut { since, until } if until > now => Some(since),
            Self::Probing { since, probe } if probe != attempt => Some(since),
            Self::Open | Self::Shut { .. } | Self::Probing { .. } => None,
        }
    }

    /// Returns whether a wait that the service asks for is over before the gate opens, so that nothing has to change.
    pub fn covers(self, attempt: AttemptId, now: Millis, wish: Millis) -> bool {
        let is_long_enough = match self {
            Self::Shut { until, .. } => until >= now.saturating_add(wish),
            Self::Open | Self::Probing { .. } => wish == 0,
        };
        is_long_enough && self.throttled_since(attempt, now).is_some()
    }

    pub fn note_throttled(&mut self, attempt: AttemptId, now: Millis, until: Millis) {
        let since = self.throttled_since(attempt, now).unwrap_or(now);
        *self = Self::Shut { since, until };
    }

    pub fn note_sent(&mut self, attempt: AttemptId) {
        if let Self::Shut { since, .. } = *self {
            *self = Self::Probing { since, probe: attempt };
        }
    }

    pub fn note_passed(&mut self, attempt: AttemptId) {
        if matches!(*self, Self::Probing { probe, .. } if probe == attempt) {
            *self = Self::Open;
        }
    }

    pub fn note_given_up(&mut self, attempt: AttemptId, now: Millis) {
        if let Self::Probing { since, probe } = *self
            && probe == attempt
        {
            *self = Self::Shut { since, until: now };
        }
    }
}
