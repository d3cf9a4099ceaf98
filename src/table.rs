//! The maps of the crate, made of one piece of machine code.

mod index;
mod key;
mod set;
mod source_table;
#[cfg(test)]
mod tests;

use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::mem;

use index::Index;
use key::{HIGHEST, LOWEST, Rank};
pub(crate) use key::{Key, Number, number};
pub(crate) use set::Set;
pub(crate) use source_table::{SourceTable, hash};

/// A map in the order of its keys.
#[derive(Clone, Debug)]
pub(crate) struct Table<K, V> {
    index: Index,
    slots: Vec<Slot<V>>,
    len: usize,
    /// The place for the next value: a free one, or that behind the last.
    free: usize,
    keys: PhantomData<K>,
}

#[derive(Clone, Debug)]
enum Slot<V> {
    Taken(V),
    /// With the place that is taken after this one.
    Free(usize),
}

/// The number of slots that an empty table keeps.
const KEPT: usize = 64;

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { index: Index::default(), slots: Vec::new(), len: 0, free: 0, keys: PhantomData }
    }
}

impl<V> Slot<V> {
    fn value(&self) -> Option<&V> {
        if let Self::Taken(value) = self { Some(value) } else { None }
    }
}

impl<K: Key, V> Table<K, V> {
    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn get(&self, key: K) -> Option<&V> {
        self.slots.get(self.index.get(key.rank())?)?.value()
    }

    pub(crate) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        match self.slots.get_mut(self.index.get(key.rank())?)? {
            Slot::Taken(value) => Some(value),
            Slot::Free(_) => None,
        }
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        let place = self.index.insert(key.rank(), self.free).unwrap_or(self.free);
        if let Some(slot) = self.slots.get_mut(place) {
            let Slot::Free(next) = mem::replace(slot, Slot::Taken(value)) else { return };
            self.free = next;
        } else {
            self.slots.push(Slot::Taken(value));
            self.free = self.slots.len();
        }
        self.len += 1;
    }

    pub(crate) fn remove(&mut self, key: K) -> Option<V> {
        let place = self.index.remove(key.rank())?;
        let slot = mem::replace(self.slots.get_mut(place)?, Slot::Free(self.free));
        self.free = place;
        self.len -= 1;
        if self.len == 0 && self.slots.len() > KEPT {
            // What a busy time took is given back.
            self.slots = Vec::new();
            self.free = 0;
        }
        if let Slot::Taken(value) = slot { Some(value) } else { None }
    }

    /// The keys at this time.
    pub(crate) fn keys(&self) -> Vec<K> {
        self.index.range(LOWEST, HIGHEST).into_iter().map(|(rank, _)| K::of(rank)).collect()
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.entries().map(|(_, value)| value)
    }

    fn entries(&self) -> impl Iterator<Item = (Rank, &V)> {
        let entries = self.index.range(LOWEST, HIGHEST).into_iter();
        entries.filter_map(|(rank, place)| Some((rank, self.slots.get(place)?.value()?)))
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
        self.len.hash(state);
        self.entries().for_each(|entry| entry.hash(state));
    }
}
