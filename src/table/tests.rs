//! A table against a tree of the standard library.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use proptest::prelude::*;

use super::*;

/// Adds or removes the key, or all keys from it on up to another one, in this order or the other.
#[derive(Clone, Debug)]
struct Change {
    is_removal: bool,
    from: u64,
    count: u64,
    is_upwards: bool,
}

impl Change {
    fn keys(&self) -> Vec<(u64, u64)> {
        // Keys of both parts, so that both count.
        let keys = (self.from..self.from + self.count).map(|number| (number / 100, number % 100));
        if self.is_upwards { keys.collect() } else { keys.rev().collect() }
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let counts = prop_oneof![Just(1_u64), 1_u64..300];
    let change = (any::<bool>(), 0_u64..500, counts, any::<bool>())
        .prop_map(|(is_removal, from, count, is_upwards)| Change { is_removal, from, count, is_upwards });
    prop::collection::vec(change, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_holds_what_a_tree_holds(changes in changes()) {
        let (mut table, mut tree, mut set) = (Table::default(), BTreeMap::new(), Set::default());
        for (step, change) in changes.iter().enumerate() {
            for key in change.keys() {
                if change.is_removal {
                    prop_assert_eq!(table.remove(key), tree.remove(&key));
                    set.remove(key);
                } else {
                    table.insert(key, step);
                    tree.insert(key, step);
                    set.add(key);
                }
                prop_assert_eq!(table.get(key), tree.get(&key));
                prop_assert_eq!(set.first(), tree.first_key_value().map(|(&key, _)| key));
                prop_assert_eq!(set.first_from(key), tree.range(key..).next().map(|(&key, _)| key));
                prop_assert_eq!(table.len(), tree.len());
                prop_assert_eq!((table.is_empty(), set.is_empty()), (tree.is_empty(), tree.is_empty()));
            }
        }
        let keys: Vec<_> = tree.keys().copied().collect();
        prop_assert_eq!((&table.keys(), &set.keys()), (&keys, &keys));
        prop_assert!(table.values().eq(tree.values()));
        for bound in (0..820).map(|number| (number / 100, number % 100)) {
            prop_assert_eq!(set.first_from(bound), tree.range(bound..).next().map(|(&key, _)| key));
        }
        let (from, to) = ((2, 50), (4, 20));
        prop_assert_eq!(set.range(from, to), tree.range(from..to).map(|(&key, _)| key).collect::<Vec<_>>());

        // However it came about.
        let (mut other_table, mut other_set) = (Table::default(), Set::default());
        for (&key, &value) in tree.iter().rev() {
            other_table.insert(key, value);
            other_set.add(key);
        }
        prop_assert_eq!((&table, &set), (&other_table, &other_set));
        let hasher = RandomState::new();
        let hashes = [hasher.hash_one(&table), hasher.hash_one(&set)];
        prop_assert_eq!(hashes, [hasher.hash_one(&other_table), hasher.hash_one(&other_set)]);
        if let Some((&key, _)) = tree.first_key_value() {
            other_table.remove(key);
            other_set.remove(key);
            prop_assert!(table != other_table && set != other_set);
            prop_assert_ne!(hashes[0], hasher.hash_one(&other_table));
            prop_assert_ne!(hashes[1], hasher.hash_one(&other_set));
            other_table.insert(key, usize::MAX);
            prop_assert!(table != other_table);
        }
    }
}

#[test]
fn what_a_busy_time_took_is_given_back_and_what_a_quiet_one_took_is_kept() {
    for (count, capacity) in [(KEPT, KEPT), (KEPT + 1, 0), (10_000, 0)] {
        let mut table = Table::default();
        (0..count as u64).for_each(|key| table.insert(key, key));
        for key in 0..count as u64 {
            assert_eq!(table.remove(key), Some(key));
        }
        assert_eq!(table.slots.capacity(), capacity);
        table.insert(0, 1);
        assert_eq!((table.get(0), table.len()), (Some(&1), 1));
    }
}

#[test]
fn places_are_used_again() {
    let mut table = Table::default();
    table.insert(0_u64, 0);
    for key in 1..1000 {
        table.insert(key, key);
        table.remove(key - 1);
    }
    assert_eq!(table.slots.len(), 2);
}

#[test]
fn the_last_key_of_a_part_is_followed_by_the_first_of_the_next() {
    let mut set = Set::default();
    let keys = [(2_u64, u64::MAX), (3, 0)];
    for key in keys {
        set.add(key);
    }
    assert_eq!(set.keys(), keys);
}
