//! Keys without values.

use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use super::index::Index;
use super::key::{HIGHEST, Key, LOWEST, Rank};

/// A set in the order of its keys.
#[derive(Clone, Debug)]
pub(crate) struct Set<K> {
    index: Index,
    keys: PhantomData<K>,
}

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self { index: Index::default(), keys: PhantomData }
    }
}

impl<K: Key> Set<K> {
    pub(crate) fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    pub(crate) fn add(&mut self, key: K) {
        self.index.insert(key.rank(), 0);
    }

    pub(crate) fn remove(&mut self, key: K) {
        self.index.remove(key.rank());
    }

    /// The lowest key.
    pub(crate) fn first(&self) -> Option<K> {
        self.index.first().map(|(rank, _)| K::of(rank))
    }

    /// The lowest key that is not below a bound.
    pub(crate) fn first_from(&self, bound: K) -> Option<K> {
        self.index.at_least(bound.rank()).map(|(rank, _)| K::of(rank))
    }

    /// The keys at this time.
    pub(crate) fn keys(&self) -> Vec<K> {
        self.between(LOWEST, HIGHEST)
    }

    /// The keys from one on, up to another one and without that, at this time.
    pub(crate) fn range(&self, from: K, to: K) -> Vec<K> {
        self.between(from.rank(), to.rank())
    }

    fn between(&self, from: Rank, to: Rank) -> Vec<K> {
        self.index.range(from, to).into_iter().map(|(rank, _)| K::of(rank)).collect()
    }
}

// Equal sets have equal keys, however they came together.
impl<K> PartialEq for Set<K> {
    fn eq(&self, other: &Self) -> bool {
        self.index.range(LOWEST, HIGHEST) == other.index.range(LOWEST, HIGHEST)
    }
}

impl<K> Eq for Set<K> {}

impl<K> Hash for Set<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.range(LOWEST, HIGHEST).hash(state);
    }
}
