//! The maps of the crate, made of one piece of machine code.

mod index;
mod key;
mod set;
mod source_table;
#[cfg(test)]
mod tests;

use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use index::Index;
pub(crate) use key::{Key, Number, number};
pub(crate) use set::Set;
pub(crate) use source_table::{SourceTable, hash};

/// A map in the order of its keys.
#[derive(Clone, Debug)]
pub(crate) struct Table<K, V> {
    index: Index,
    values: Vec<Option<V>>,
    /// The places of values that were removed.
    free: Vec<usize>,
    keys: PhantomData<K>,
}

/// The number of values for which an empty table keeps memory.
const KEPT: usize = 64;

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { index: Index::default(), values: Vec::new(), free: Vec::new(), keys: PhantomData }
    }
}

impl<K: Key, V> Table<K, V> {
    pub(crate) fn is_empty(&self) -> bool {
        self.index.len() == 0
    }

    pub(crate) fn len(&self) -> usize {
        self.index.len()
    }

    pub(crate) fn get(&self, key: K) -> Option<&V> {
        self.values.get(self.index.get(key.rank())?)?.as_ref()
    }

    pub(crate) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        self.values.get_mut(self.index.get(key.rank())?)?.as_mut()
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        let free = self.free.last().copied().unwrap_or(self.values.len());
        let place = self.index.insert(key.rank(), free).unwrap_or_else(|| {
            self.free.pop();
            free
        });
        if let Some(old) = self.values.get_mut(place) {
            *old = Some(value);
        } else {
            self.values.push(Some(value));
        }
    }

    pub(crate) fn remove(&mut self, key: K) -> Option<V> {
        let place = self.index.remove(key.rank())?;
        let value = self.values.get_mut(place)?.take();
        self.free.push(place);
        if self.is_empty() {
            // What a busy time took is given back.
            self.values.clear();
            self.values.shrink_to(KEPT);
            self.free.clear();
            self.free.shrink_to(KEPT);
        }
        value
    }

    /// Changes the value of a key, made first if there is none yet.
    pub(crate) fn update(&mut self, key: K, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        if let Some(value) = self.get_mut(key) {
            change(value);
        } else {
            let mut value = V::default();
            change(&mut value);
            self.insert(key, value);
        }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = K> {
        self.index.iter().map(|(rank, _)| K::of(rank))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        self.entries().map(|(rank, value)| (K::of(rank), value))
    }

    fn entries(&self) -> impl Iterator<Item = (u128, &V)> {
        self.index.iter().filter_map(|(rank, place)| Some((rank, self.values.get(place)?.as_ref()?)))
    }
}

// Equal tables have equal entries, wherever those are.
impl<K: Key, V: PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.entries().eq(other.entries())
    }
}

impl<K: Key, V: Eq> Eq for Table<K, V> {}

impl<K: Key, V: Hash> Hash for Table<K, V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        self.entries().for_each(|entry| entry.hash(state));
    }
}
