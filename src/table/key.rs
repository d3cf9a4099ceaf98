//! What tables are sorted by.

/// A number that says what it counts: an id, a time.
pub(crate) trait Number: Copy {
    fn number(self) -> u64;
    fn of(number: u64) -> Self;
}

/// A number, or two of which the first counts for more.
pub(crate) trait Key: Copy {
    fn rank(self) -> u128;
    fn of(rank: u128) -> Self;
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
    fn rank(self) -> u128 {
        self.number().into()
    }

    fn of(rank: u128) -> Self {
        N::of(low(rank))
    }
}

impl<M: Number, N: Number> Key for (M, N) {
    fn rank(self) -> u128 {
        u128::from(self.0.number()) << u64::BITS | u128::from(self.1.number())
    }

    fn of(rank: u128) -> Self {
        (M::of(low(rank >> u64::BITS)), N::of(low(rank)))
    }
}

// Exact: the upper half is another number, or nothing.
#[allow(clippy::cast_possible_truncation)]
const fn low(rank: u128) -> u64 {
    rank as u64
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
