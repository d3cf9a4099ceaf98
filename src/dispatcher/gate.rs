//! One gate for the whole client: while the service throttles one call, all others wait too.

use super::{AttemptId, Millis};

/// The gate of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Gate {
    state: State,
    /// How often in a row the service has throttled. A burst counts once.
    streak: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
enum State {
    #[default]
    Open,
    /// Nothing passes before `until`.
    Closed { since: Millis, until: Millis },
    /// One attempt has passed, and the others wait for its answer.
    Probing { since: Millis, probe: AttemptId },
}

/// Whether an attempt may go out.
pub(super) enum Admission {
    /// It may.
    Free,
    /// It may, as the only one: its answer decides for the others.
    Probe,
    /// It may not before this time.
    Wait(Millis),
    /// It may not before the probe has ended.
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

    /// Returns the time at which a closed gate admits a probe.
    pub(super) fn opens_at(&self) -> Option<Millis> {
        if let State::Closed { until, .. } = self.state { Some(until) } else { None }
    }

    /// Returns how long the gate stays closed from now on, in milliseconds.
    pub(super) fn wait(&self, now: Millis) -> Millis {
        match self.state {
            State::Closed { until, .. } => until.saturating_sub(now),
            State::Open | State::Probing { .. } => 0,
        }
    }

    /// Closes the gate because the service throttled an attempt that was sent at `sent`.
    ///
    /// It stays closed for `wish` milliseconds if the service asked for a time. Otherwise `delay` turns the number of
    /// times in a row into one. Returns whether the gate now opens later than before.
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
        // An attempt that was sent before the gate closed belongs to the burst that closed it.
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

    /// Opens the gate if the attempt was the probe: it ended without being throttled.
    pub(super) fn pass(&mut self, attempt: AttemptId) {
        if matches!(self.state, State::Probing { probe, .. } if probe == attempt) {
            *self = Self::default();
        }
    }

    /// Lets another probe pass if the attempt was the probe: it was abandoned.
    pub(super) fn give_up(&mut self, attempt: AttemptId, now: Millis) {
        if let State::Probing { since, probe } = self.state
            && probe == attempt
        {
            self.state = State::Closed { since, until: now };
        }
    }
}
