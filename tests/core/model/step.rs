//! What can happen next in the world.

use push_source_status::{AskId, AttemptId, CallId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Start,
    /// The service answers, and the connection is kept until `Release`.
    Reply(AttemptId, Reply, Draw),
    /// The connection breaks: the request may have arrived.
    Lose(AttemptId, Draw),
    /// The connection of an attempt that is over closes at last.
    Release(AttemptId),
    Cancel(CallId),
    /// Nothing happens until the next wake-up.
    Timeout(Draw),
    Token(AskId, Given),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reply {
    Applied,
    Refused,
    Throttled,
    /// Throttled, and told when to come back: in time for another attempt, or too late for it.
    ThrottledFor(&'static str),
    Error,
}

impl Reply {
    pub fn http_status(self) -> u16 {
        match self {
            Self::Applied => 201,
            Self::Refused => 401,
            Self::Throttled | Self::ThrottledFor(_) => 429,
            Self::Error => 500,
        }
    }

    pub fn retry_after(self) -> Option<&'static str> {
        if let Self::ThrottledFor(seconds) = self { Some(seconds) } else { None }
    }

    /// The draws that make a difference after it. What is added to a wait that was asked for is small.
    pub fn draws(self, is_wide: bool) -> &'static [Draw] {
        match self {
            Self::Applied | Self::Refused => &Draw::ONE,
            Self::ThrottledFor(_) if !is_wide => &Draw::ONE,
            Self::Throttled | Self::ThrottledFor(_) | Self::Error => &Draw::BOTH,
        }
    }
}

/// A random number: one end of its range or the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Draw {
    Low,
    High,
}

impl Draw {
    pub const BOTH: [Self; 2] = [Self::Low, Self::High];
    const ONE: [Self; 1] = [Self::Low];

    pub fn random(self) -> u32 {
        match self {
            Self::Low => 0,
            Self::High => u32::MAX,
        }
    }
}

/// What the function that gives the token does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Given {
    One,
    Other,
    Nothing,
}

impl Given {
    pub const ALL: [Self; 3] = [Self::One, Self::Other, Self::Nothing];

    pub fn answer<E>(self) -> Result<&'static str, Option<E>> {
        match self {
            Self::One => Ok("token-one"),
            Self::Other => Ok("token-two"),
            Self::Nothing => Err(None),
        }
    }
}
