//! Keys without values.

use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use super::index::Index;
use super::key::Key;

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
        self.index.len() == 0
    }

    pub(crate) fn len(&self) -> usize {
        self.index.len()
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

    pub(crate) fn keys(&self) -> impl Iterator<Item = K> {
        self.index.iter().map(|(rank, _)| K::of(rank))
    }

    /// The keys that are not below a bound.
    pub(crate) fn keys_from(&self, bound: K) -> impl Iterator<Item = K> {
        self.index.iter_from(bound.rank()).map(|(rank, _)| K::of(rank))
    }
}

// Equal sets have equal keys, however they came together.
impl<K> PartialEq for Set<K> {
    fn eq(&self, other: &Self) -> bool {
        self.index.iter().eq(other.index.iter())
    }
}

impl<K> Eq for Set<K> {}

impl<K> Hash for Set<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.len().hash(state);
        self.index.iter().for_each(|entry| entry.hash(state));
    }
}
