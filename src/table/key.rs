//! What tables are sorted by.

/// A number that says what it counts: an id, a time.
pub(crate) trait Number: Copy {
    fn number(self) -> u64;
    fn of(number: u64) -> Self;
}

/// A key as plain numbers.
pub(super) type Rank = (u64, u64);

pub(super) const LOWEST: Rank = (0, 0);
/// Above every key that there is.
pub(super) const HIGHEST: Rank = (u64::MAX, u64::MAX);

/// A number, or two of which the first counts for more.
pub(crate) trait Key: Copy {
    fn rank(self) -> Rank;
    fn of(rank: Rank) -> Self;
}

impl Number for u64 {
    fn number(self) -> u64 {
        self
    }

    fn of(number: u64) -> Self {
        number
    }
}

impl<N: Number> Key for N {
    fn rank(self) -> Rank {
        (0, self.number())
    }

    fn of((_, number): Rank) -> Self {
        N::of(number)
    }
}

impl<M: Number, N: Number> Key for (M, N) {
    fn rank(self) -> Rank {
        (self.0.number(), self.1.number())
    }

    fn of((first, second): Rank) -> Self {
        (M::of(first), N::of(second))
    }
}

/// Makes types that wrap a number count something.
macro_rules! number {
    ($($id:ident),+) => { $(
        impl crate::table::Number for $id {
            fn number(self) -> u64 {
                self.0
            }

            fn of(number: u64) -> Self {
                Self(number)
            }
        }
    )+ };
}
pub(crate) use number;
