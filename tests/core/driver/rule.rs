//! What a dispatcher has to keep to, whatever happens.

/// A rule that a ledger can find broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The calls of a source are sent in the order in which they were made.
    Order,
    /// Nothing is sent for a source while an earlier attempt for it has its connection.
    OccupiedLane,
    /// No more attempts have a connection, or wait for the journal, than are allowed.
    Concurrency,
    /// Nothing is sent through a closed gate, and one probe alone when it opens.
    Gate,
    /// An answer that throttles closes the gate.
    OpenGate,
    /// Nothing is sent before the time that the service asked for.
    RetryAfter,
    /// Nothing is sent, and nothing said, for a call that has settled.
    AfterEnd,
    /// A call settles once.
    SettledTwice,
    /// A call that settles leaves no attempt running.
    LeftRunning,
    /// A call sends no more requests than are allowed.
    Attempts,
    /// Nothing is sent for a call whose time is used up, and it settles when that happens.
    Deadline,
    /// An attempt ends when its time is used up.
    AttemptTimeout,
    /// What is left of an attempt gives its connection back in time.
    ReleaseTimeout,
    /// What is left of an attempt is not given up before.
    EarlyAbort,
    /// A delay lies where the backoff puts it, and is waited out.
    Delay,
    /// What cannot be mended settles at once.
    Lingering,
    /// What can be mended in time is tried again.
    GaveUp,
    /// A settlement and an event say what happened.
    Report,
    /// The outcome of a call is the worst of its attempts.
    Outcome,
    /// An attempt carries the token that was given last, and never one that was refused to its call.
    Token,
    /// Calls that need a token share one question.
    AskedTwice,
    /// As long as a call or an attempt is there, there is a time to wake at, no later than its own time is used up.
    NoWake,
    /// After a wake-up, the next one lies ahead.
    Livelock,
    /// A client that was closed says once that it has drained, when it has.
    Drained,
    /// The dispatcher says of itself what the ledger knows of it.
    Count,
    /// For each source, one call at a time is made for activities, and an active status only where it is not set.
    Owned,
    /// No `IDLE` after an active status that surely failed.
    StrayIdle,
    /// No `IDLE` while an activity of the source is at work.
    EarlyIdle,
    /// A closing `IDLE` is sent at least once.
    Owed,
    /// Work starts once, as soon as each of its sources is active, or could not be activated where that is allowed.
    Work,
    /// Work that starts is told which of its sources are not active, and no others.
    Inactive,
    /// Work that has to stop is told.
    UntoldWork,
    /// An activity ends once each source is closed that it was the last one on.
    EarlyEnd,
    /// An activity that has nothing to wait for ends.
    LateEnd,
    /// The activities of a source that are under way at the same time have one status.
    Overlap,
    /// Once all activities of a source are over, it is idle, or an error has said that it is not: that error names each
    /// such source, and no other.
    LeftActive,
    /// When the page ends, every activity is over, and what may be active gets one last request.
    LastRequest,
    /// What may be active is in the journal, or could not be written in time; and that before its request leaves.
    Journal,
    /// Nothing is in the journal that for certain is not active, and nothing else than what made it so.
    StaleEntry,
    /// A write is a change, and told as such; without a journal, there is none.
    Write,
}
