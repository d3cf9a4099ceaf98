//! Time, as the driver tells it.

/// Milliseconds: since a moment of the driver's choice, or between two.
pub type Millis = u64;

/// The moment at which something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// A clock that never goes back.
    pub ms: Millis,
    /// The wall clock, in milliseconds since 1970.
    pub epoch_ms: u64,
    /// A number drawn anew for each moment, from the whole range.
    pub random: u32,
}
