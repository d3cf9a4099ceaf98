//! The rules that a dispatcher must never break.

/// A rule whose violation a ledger can detect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The calls of a source are sent in the order in which they were made.
    Order,
    /// Nothing is sent for a source while an earlier attempt for it has its connection.
    OccupiedLane,
    /// No more attempts have a connection, or wait for the journal, than are allowed.
    Concurrency,
    /// Nothing is sent through a closed gate, and only one probe when it opens.
    Gate,
    /// An answer that throttles closes the gate.
    OpenGate,
    /// Nothing is sent before the time that the service asked for.
    RetryAfter,
    /// Nothing is sent or reported for a call that has settled.
    AfterEnd,
    /// A call settles once.
    SettledTwice,
    /// A call that settles leaves no attempt running.
    LeftRunning,
    /// A call sends no more requests than are allowed.
    Attempts,
    /// Nothing is sent for a call whose time is up, and it settles at that moment.
    Deadline,
    /// An attempt ends when its time is up.
    AttemptTimeout,
    /// An attempt whose call has settled releases its connection in time.
    ReleaseTimeout,
    /// An attempt whose call has settled is not aborted before that time.
    EarlyAbort,
    /// A delay lies in the range of the backoff, and is waited out.
    Delay,
    /// A call that cannot succeed settles at once.
    Lingering,
    /// A call that may still succeed in time is tried again.
    GaveUp,
    /// Settlements and events report what really happened.
    Report,
    /// The outcome of a call is the worst outcome of its attempts.
    Outcome,
    /// An attempt carries the newest token, and never one that was refused to its call.
    Token,
    /// Calls that need a token share one question.
    AskedTwice,
    /// As long as there is a call or an attempt, there is a wake-up no later than the end of its time.
    NoWake,
    /// After a wake-up, the next one lies ahead.
    Livelock,
    /// A closed client reports once that it has drained, at the moment when it has.
    Drained,
    /// The public state of the dispatcher agrees with the ledger.
    Count,
    /// For each source, only one call at a time is made for activities, and an active status only if it is not set.
    Owned,
    /// There is no `IDLE` after an active status that certainly failed.
    StrayIdle,
    /// There is no `IDLE` while an activity of the source is working.
    EarlyIdle,
    /// A closing `IDLE` is sent at least once.
    Owed,
    /// Work starts once, as soon as each of its sources is active, or could not be activated and that is allowed.
    Work,
    /// Work that starts learns exactly which of its sources are not active.
    Inactive,
    /// Work that has to stop is aborted.
    UntoldWork,
    /// An activity ends once every source is closed that it was the last one to leave.
    EarlyEnd,
    /// An activity that waits for nothing ends.
    LateEnd,
    /// The activities of a source that are under way at the same time have one status.
    Overlap,
    /// Once all activities of a source are over, the source is idle, or an error reports that it is not. That error
    /// names exactly the sources that were left active.
    LeftActive,
    /// When the page ends, every activity is over, and each source that may be active gets one last request.
    LastRequest,
    /// Before the request for an active status is sent, its source is in the journal, or could not be written in time.
    Journal,
    /// The journal has no source that is certainly not active, and the right reason for every other one.
    StaleEntry,
    /// A write changes something, and failures are reported. Without a journal, there are no writes.
    Write,
}
