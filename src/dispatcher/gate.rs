//! One gate for the whole client: while the service throttles one call, the others wait too.

use super::{AttemptId, Millis};

/// The gate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Gate {
    state: State,
    /// How often in a row the service throttled, a burst counted once.
    streak: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
enum State {
    #[default]
    Open,
    /// Nothing goes through before `until`.
    Closed { since: Millis, until: Millis },
    /// One attempt went through, and the others wait for what it finds.
    Probing { since: Millis, probe: AttemptId },
}

/// Whether an attempt may go out.
pub(super) enum Admission {
    /// Yes.
    Free,
    /// Yes, alone: what it finds decides for the others.
    Probe,
    /// Not before this time.
    Wait(Millis),
    /// Not before the probe has ended.
    WaitForProbe,
}

impl Gate {
    pub(super) fn admission(&self, now: Millis) -> Admission {
        match self.state {
            State::Open => Admission::Free,
            State::Closed { until, .. } if until <= now => Admission::Probe,
            State::Closed { until, .. } => Admission::Wait(until),
            State::Probing { .. } => Admission::WaitForProbe,
        }
    }

    pub(super) fn probe(&mut self, probe: AttemptId) {
        if let State::Closed { since, .. } = self.state {
            self.state = State::Probing { since, probe };
        }
    }

    /// When it may be tried again, if that is known.
    pub(super) fn opens_at(&self) -> Option<Millis> {
        if let State::Closed { until, .. } = self.state { Some(until) } else { None }
    }

    /// How long the gate stays closed from now on.
    pub(super) fn wait(&self, now: Millis) -> Millis {
        match self.state {
            State::Closed { until, .. } => until.saturating_sub(now),
            State::Open | State::Probing { .. } => 0,
        }
    }

    /// Closes the gate, since the service throttled an attempt that was sent at `sent`: for `wish` milliseconds if
    /// the service said so, else for what `delay` makes of the number of times in a row. Says whether it moved.
    pub(super) fn close(
        &mut self,
        (attempt, sent): (AttemptId, Millis),
        now: Millis,
        wish: Option<Millis>,
        delay: impl FnOnce(u32) -> Millis,
    ) -> bool {
        let before = match self.state {
            State::Closed { since, until } if until > now => Some((since, until)),
            State::Open | State::Closed { .. } => None,
            State::Probing { probe, .. } if probe == attempt => None,
            State::Probing { since, .. } => Some((since, now)),
        };
        // Sent before the gate closed, so it belongs to the burst that closed it.
        let is_same_burst = before.is_some_and(|(since, _)| sent <= since);
        let wait = match wish {
            Some(wish) => wish,
            None if is_same_burst => return false,
            None => delay(self.streak.saturating_add(1)),
        };
        let until = now.saturating_add(wait);
        if before.is_some_and(|(_, before)| before >= until) {
            return false;
        }
        if !is_same_burst {
            self.streak = self.streak.saturating_add(1);
        }
        let since = before.filter(|_| is_same_burst).map_or(now, |(since, _)| since);
        self.state = State::Closed { since, until };
        true
    }

    /// An attempt ended without being throttled: if it was the probe, the gate opens.
    pub(super) fn pass(&mut self, attempt: AttemptId) {
        if matches!(self.state, State::Probing { probe, .. } if probe == attempt) {
            *self = Self::default();
        }
    }

    /// An attempt was given up: if it was the probe, another one has to go.
    pub(super) fn give_up(&mut self, attempt: AttemptId, now: Millis) {
        if let State::Probing { since, probe } = self.state
            && probe == attempt
        {
            self.state = State::Closed { since, until: now };
        }
    }
}
