//! Time, as the driver measures it.

/// Milliseconds: a duration, or a time since a moment of the driver's choice.
pub type Millis = u64;

/// The moment at which something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The time on a clock that never goes back.
    pub ms: Millis,
    /// The wall-clock time, in milliseconds since 1970.
    pub epoch_ms: u64,
    /// A random number from the whole range, drawn anew for each moment.
    pub random: u32,
}
