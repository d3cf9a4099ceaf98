//! A node of an index.

use crate::table::key::Rank;

/// A key and the place of its value.
pub(super) type Entry = (Rank, usize);

/// What comes with a key, in the order of the keys.
type Run<T> = Vec<(Rank, T)>;

/// Part of an index.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Leaf(Run<usize>),
    /// Each child with a key that is above none of its keys, but for the first one, whose key says nothing: it takes what
    /// is below all others. No child is empty.
    Inner(Run<Box<Self>>),
}

/// The longest run.
const RUN: usize = 64;

/// What became of a key that was inserted.
pub(super) struct Inserted {
    /// The place it had before.
    pub(super) place: Option<usize>,
    /// The upper half of the node, if that had to be halved.
    pub(super) half: Option<(Rank, Box<Node>)>,
}

impl Default for Node {
    fn default() -> Self {
        Self::Leaf(Vec::new())
    }
}

impl Node {
    pub(super) fn get(&self, rank: Rank) -> Option<usize> {
        match self {
            Self::Leaf(run) => run.get(at(run, rank)).filter(|entry| entry.0 == rank).map(|entry| entry.1),
            Self::Inner(run) => run.get(child_at(run, rank))?.1.get(rank),
        }
    }

    pub(super) fn insert(&mut self, rank: Rank, place: usize) -> Inserted {
        match self {
            Self::Leaf(run) => {
                let at = at(run, rank);
                if let Some(&(other, place)) = run.get(at)
                    && other == rank
                {
                    return Inserted { place: Some(place), half: None };
                }
                let half = insert_at(run, at, (rank, place));
                Inserted { place: None, half: half.map(|(first, half)| (first, Box::new(Self::Leaf(half)))) }
            }
            Self::Inner(run) => {
                let at = child_at(run, rank);
                let mut inserted = run[at].1.insert(rank, place);
                if let Some(half) = inserted.half {
                    let half = insert_at(run, at + 1, half);
                    inserted.half = half.map(|(first, half)| (first, Box::new(Self::Inner(half))));
                }
                inserted
            }
        }
    }

    pub(super) fn remove(&mut self, rank: Rank) -> Option<usize> {
        match self {
            Self::Leaf(run) => {
                let at = at(run, rank);
                run.get(at).filter(|entry| entry.0 == rank)?;
                Some(run.remove(at).1)
            }
            Self::Inner(run) => {
                let at = child_at(run, rank);
                let child = &mut run.get_mut(at)?.1;
                let place = child.remove(rank);
                if child.is_empty() {
                    run.remove(at);
                }
                place
            }
        }
    }

    pub(super) fn first(&self) -> Option<Entry> {
        match self {
            Self::Leaf(run) => run.first().copied(),
            Self::Inner(run) => run.first()?.1.first(),
        }
    }

    /// The first entry that is not below a bound.
    pub(super) fn at_least(&self, bound: Rank) -> Option<Entry> {
        match self {
            Self::Leaf(run) => run.get(at(run, bound)).copied(),
            Self::Inner(run) => run[child_at(run, bound)..].iter().find_map(|(_, child)| child.at_least(bound)),
        }
    }

    /// Makes an only child the node itself.
    pub(super) fn collapse(&mut self) {
        while let Self::Inner(run) = self
            && run.len() == 1
            && let Some((_, child)) = run.pop()
        {
            *self = *child;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Leaf(run) => run.is_empty(),
            Self::Inner(run) => run.is_empty(),
        }
    }
}

/// The place of a key in a run, or for it.
fn at<T>(run: &Run<T>, rank: Rank) -> usize {
    run.partition_point(|entry| entry.0 < rank)
}

/// The place of the child to which a key belongs: the first one, whatever its own key, for a key that is below all others.
fn child_at(run: &Run<Box<Node>>, rank: Rank) -> usize {
    run.get(1..).map_or(0, |others| others.partition_point(|entry| entry.0 <= rank))
}

/// Inserts into a run; gives its upper half, with the lowest key of that, if the run was full.
fn insert_at<T>(run: &mut Run<T>, at: usize, entry: (Rank, T)) -> Option<(Rank, Run<T>)> {
    if run.len() < RUN {
        run.insert(at, entry);
        return None;
    }
    // What only ever grows at its end leaves full runs behind.
    let middle = if at == RUN { RUN } else { RUN / 2 };
    let mut half = run.split_off(middle);
    match at.checked_sub(middle) {
        Some(at) => half.insert(at, entry),
        None => run.insert(at, entry),
    }
    Some((half.first()?.0, half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_that_became_the_first_one_takes_what_is_below_it() {
        let mut index = super::super::Index::default();
        let key = |number: usize| (0, number as u64);
        let kept = RUN..3 * RUN;
        for number in 0..3 * RUN {
            index.insert(key(number), number);
        }
        for number in 0..RUN {
            index.remove(key(number));
        }
        // Enough to halve that child, and its lower half.
        for number in (0..RUN).rev().chain(0..RUN) {
            index.insert(key(number), number);
        }
        for number in (0..RUN).chain(kept) {
            assert_eq!(index.get(key(number)), Some(number));
        }
    }

    #[test]
    fn what_grows_at_its_end_is_packed() {
        let mut run = Vec::new();
        let halves = (0..10 * RUN).filter_map(|rank| {
            let at = run.len();
            let (_, half) = insert_at(&mut run, at, ((0, rank as u64), rank))?;
            Some(std::mem::replace(&mut run, half).len())
        });
        assert_eq!(halves.collect::<Vec<_>>(), [RUN; 9]);
    }
}
