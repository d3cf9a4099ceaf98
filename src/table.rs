//! The maps of the crate, made of one piece of machine code.

mod source_table;

use std::collections::BTreeMap;
use std::marker::PhantomData;

pub(crate) use source_table::SourceTable;

/// What a [`Table`] is keyed by: a number that says what it counts.
pub(crate) trait Key: Copy {
    fn number(self) -> u64;
    fn of(number: u64) -> Self;
}

impl Key for u64 {
    fn number(self) -> u64 {
        self
    }

    fn of(number: u64) -> Self {
        number
    }
}

/// Makes a type that wraps a number a key.
macro_rules! key {
    ($($id:ident),+) => { $(
        impl crate::table::Key for $id {
            fn number(self) -> u64 {
                self.0
            }

            fn of(number: u64) -> Self {
                Self(number)
            }
        }
    )+ };
}
pub(crate) use key;

/// A map in the order of its keys.
///
/// Its keys are numbers and its values boxed, so that a table of one kind of value is the same machine code as a table
/// of another: the dozen maps of a client would otherwise be a third of the WebAssembly module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Table<K, V> {
    values: BTreeMap<u64, Box<V>>,
    keys: PhantomData<K>,
}

/// Keys without values: an empty one takes no memory in its box.
pub(crate) type Set<K> = Table<K, ()>;

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { values: BTreeMap::new(), keys: PhantomData }
    }
}

impl<K: Key, V> Table<K, V> {
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn get(&self, key: K) -> Option<&V> {
        self.values.get(&key.number()).map(Box::as_ref)
    }

    pub(crate) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        self.values.get_mut(&key.number()).map(Box::as_mut)
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        self.values.insert(key.number(), Box::new(value));
    }

    pub(crate) fn remove(&mut self, key: K) -> Option<V> {
        self.values.remove(&key.number()).map(|value| *value)
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

    /// The lowest key.
    pub(crate) fn first(&self) -> Option<K> {
        self.values.first_key_value().map(|(&number, _)| K::of(number))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = K> {
        self.values.keys().copied().map(K::of)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        self.values.iter().map(|(&number, value)| (K::of(number), value.as_ref()))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (K, &mut V)> {
        self.values.iter_mut().map(|(&number, value)| (K::of(number), value.as_mut()))
    }
}

impl<K: Key> Set<K> {
    pub(crate) fn add(&mut self, key: K) {
        self.insert(key, ());
    }
}
