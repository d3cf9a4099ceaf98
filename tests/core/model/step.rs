//! The steps that are possible in a world.

use push_source_status::{ActivityId, AskId, AttemptId, CallId, Failure, FailureKind, Input, WriteId};

use crate::driver::Driver;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A call is made.
    Start,
    /// An activity begins.
    Begin,
    /// The work of an activity ends.
    Finish(ActivityId),
    Abort(ActivityId),
    /// The client is closed.
    Close,
    PageEnd,
    /// The service answers, and the connection is kept until `Release`.
    Reply(AttemptId, Reply, Draw),
    /// The connection breaks: the request may have arrived.
    Lose(AttemptId, Draw),
    /// The connection of an attempt closes after the attempt is over.
    Release(AttemptId),
    Cancel(CallId),
    /// Nothing happens until the next wake-up.
    Timeout(Draw),
    Token(AskId, Given),
    /// The journal has been written, or could not be.
    Journaled(WriteId, bool),
}

impl Step {
    /// Hands a step to the driver, except `Start` and `Begin`, which the world plays itself.
    pub fn play(self, driver: &mut Driver) {
        match self {
            Self::Start | Self::Begin => {}
            Self::Reply(attempt, reply, draw) => {
                let (http_status, retry_after) = (reply.http_status(), reply.retry_after());
                driver.hand(Input::Head { attempt, http_status, retry_after, date: None }, draw.random());
                if reply != Reply::Applied {
                    driver.hand(Input::Body { attempt, bytes: b"{}" }, draw.random());
                }
            }
            Self::Lose(attempt, draw) => {
                let failure = Failure { kind: FailureKind::Transport, cause: None, host_hint: None };
                driver.hand(Input::Failed { attempt, failure }, draw.random());
            }
            Self::Release(attempt) => drop(driver.hand(Input::Released(attempt), 0)),
            Self::Cancel(call) => drop(driver.hand(Input::Cancel(call), 0)),
            Self::Timeout(draw) => drop(driver.wait(draw.random())),
            Self::Token(ask, given) => drop(driver.hand(Input::Token { ask, answer: given.answer() }, 0)),
            Self::Journaled(write, is_written) => {
                let answer = if is_written { Ok(()) } else { Err(None) };
                driver.hand(Input::Journaled { write, answer }, 0);
            }
            Self::Finish(activity) => drop(driver.hand(Input::Finish(activity), 0)),
            Self::Abort(activity) => drop(driver.hand(Input::Abort(activity), 0)),
            Self::Close => drop(driver.hand(Input::Close, 0)),
            Self::PageEnd => drop(driver.hand(Input::PageEnd, 0)),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reply {
    Applied,
    Refused,
    Throttled,
    /// Throttled for a number of seconds that leaves time for another attempt, or does not.
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

    /// Returns the draws that make a difference after this reply. After a requested wait, the jitter is small.
    pub fn draws(self, is_wide: bool) -> &'static [Draw] {
        match self {
            Self::Applied | Self::Refused => &Draw::ONE,
            Self::ThrottledFor(_) if !is_wide => &Draw::ONE,
            Self::Throttled | Self::ThrottledFor(_) | Self::Error => &Draw::BOTH,
        }
    }
}

/// A random number at one end of its range.
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

/// The result of the token function.
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
