//! The one kind of map in the crate.

use std::collections::VecDeque;

/// A map in the order of its keys, in a sorted deque.
///
/// Ids count up, so new entries go to the end, and finished ones leave near the front. A deque moves few entries for
/// either, however many there are. The values are boxed, so that all maps with one type of key share their machine
/// code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SortedMap<K, V>(VecDeque<(K, Box<V>)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// Returns the position of a key, or the position at which to insert it.
    fn find(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(key))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.find(key).ok().map(|at| &*self.0[at].1)
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.find(key).ok().map(|at| &mut *self.0[at].1)
    }

    /// Returns the value of a key that has to exist.
    pub(crate) fn known(&self, key: &K) -> Option<&V> {
        let value = self.get(key);
        debug_assert!(value.is_some(), "a key was lost");
        value
    }

    pub(crate) fn known_mut(&mut self, key: &K) -> Option<&mut V> {
        let value = self.get_mut(key);
        debug_assert!(value.is_some(), "a key was lost");
        value
    }

    /// Returns the value of a key, and inserts one if there is none.
    pub(crate) fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let at = self.find(&key).unwrap_or_else(|at| {
            self.0.insert(at, (key, Box::new(make())));
            at
        });
        &mut self.0[at].1
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        match self.find(&key) {
            Ok(at) => *self.0[at].1 = value,
            Err(at) => self.0.insert(at, (key, Box::new(value))),
        }
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        self.take(key).map(|value| *value)
    }

    /// Removes a value without moving it out of its box, since large values are costly to move.
    pub(crate) fn take(&mut self, key: &K) -> Option<Box<V>> {
        self.0.remove(self.find(key).ok()?).map(|(_, value)| value)
    }

    pub(crate) fn first(&self) -> Option<&K> {
        self.0.front().map(|(key, _)| key)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, &**value))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Copy, Debug)]
    enum Change {
        Insert,
        Keep,
        Remove,
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_sorted_map_holds_what_a_tree_holds(
            changes in prop::collection::vec(
                (prop::sample::select(vec![Change::Insert, Change::Keep, Change::Remove]), 0_u8..40),
                0..200,
            )
        ) {
            let (mut map, mut tree) = (SortedMap::default(), BTreeMap::new());
            for (step, (change, key)) in changes.into_iter().enumerate() {
                match change {
                    Change::Insert => {
                        map.insert(key, step);
                        tree.insert(key, step);
                    }
                    Change::Keep => {
                        *map.get_or_insert_with(key, || step) += 1;
                        *tree.entry(key).or_insert(step) += 1;
                    }
                    Change::Remove => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                }
                prop_assert_eq!(map.get(&key), tree.get(&key));
                prop_assert_eq!(map.get_mut(&key), tree.get_mut(&key));
                prop_assert_eq!(map.first(), tree.keys().next());
                prop_assert_eq!((map.len(), map.is_empty()), (tree.len(), tree.is_empty()));
                prop_assert!(map.iter().eq(tree.iter()));
                prop_assert!(map.keys().eq(tree.keys()));
            }
        }
    }
}
