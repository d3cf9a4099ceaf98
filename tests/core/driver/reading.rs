//! A second implementation of the table of verdicts, independent of the dispatcher's.

use push_source_status::{Failure, FailureKind, Millis, Outcome};

/// What has to follow the end of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Done,
    NotApplied,
    Unknown,
    Refused,
    Final,
}

/// How long the service asks to wait, in milliseconds, if it says so.
#[derive(Clone, Copy, Debug)]
pub enum Throttle {
    Unsaid,
    For(u64),
}

impl Throttle {
    /// Returns the wait that is asked for, limited to what the clock can count.
    pub fn wish(self, now: Millis) -> Millis {
        match self {
            Self::Unsaid => 0,
            Self::For(wish) => wish.min(Millis::MAX - now),
        }
    }
}

/// How an attempt ended.
#[derive(Clone, Debug)]
pub enum Ending {
    Answer { http_status: u16, retry_after_ms: Option<u64> },
    Failure(Failure),
    TimedOut,
}

impl Ending {
    pub fn class(&self) -> Class {
        match self {
            Self::Answer { http_status, .. } => of_status(*http_status),
            Self::Failure(failure) => of_failure(failure),
            Self::TimedOut => Class::Unknown,
        }
    }

    /// Returns whether the change may have been applied.
    pub fn outcome(&self) -> Outcome {
        let is_unknown = match self {
            Self::Failure(failure) if failure.kind == FailureKind::NoResponse => true,
            _ => self.class() == Class::Unknown,
        };
        if is_unknown { Outcome::Unknown } else { Outcome::NotApplied }
    }

    /// Returns whether the service throttles.
    pub fn throttle(&self) -> Option<Throttle> {
        match *self {
            Self::Answer { http_status: 429 | 503, retry_after_ms: Some(wish) } => Some(Throttle::For(wish)),
            Self::Answer { http_status: 429, retry_after_ms: None } => Some(Throttle::Unsaid),
            _ => None,
        }
    }
}

pub fn of_status(http_status: u16) -> Class {
    match http_status {
        200..=299 => Class::Done,
        401 => Class::Refused,
        429 | 503 => Class::NotApplied,
        408 => Class::Unknown,
        0 | 300..=499 | 501 | 505 => Class::Final,
        _ => Class::Unknown,
    }
}

fn of_failure(failure: &Failure) -> Class {
    let code = failure.cause.as_ref().and_then(|cause| cause.code.as_deref());
    match (failure.kind, code) {
        (FailureKind::Transport, Some("ECONNREFUSED" | "ENOTFOUND" | "EAI_AGAIN" | "EHOSTUNREACH")) => {
            Class::NotApplied
        }
        (FailureKind::Transport, Some("CERT_HAS_EXPIRED" | "DEPTH_ZERO_SELF_SIGNED_CERT"))
        | (FailureKind::NoFetch | FailureKind::NoResponse, _) => Class::Final,
        (FailureKind::Transport, _) => Class::Unknown,
    }
}
