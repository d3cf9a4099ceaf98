//! What is known of each source.

use super::Table;
use crate::identifier::SourceId;

/// A map from sources. It is a [`Table`] too, keyed by a hash of the source's id: so a client has maps of one kind
/// alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SourceTable<V>(Table<u64, Vec<(SourceId, V)>>);

impl<V> Default for SourceTable<V> {
    fn default() -> Self {
        Self(Table::default())
    }
}

impl<V> SourceTable<V> {
    pub(crate) fn get(&self, source: &SourceId) -> Option<&V> {
        let same = self.0.get(hash(source))?;
        same.iter().find(|(other, _)| other == source).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, source: &SourceId) -> Option<&mut V> {
        let same = self.0.get_mut(hash(source))?;
        same.iter_mut().find(|(other, _)| other == source).map(|(_, value)| value)
    }

    pub(crate) fn insert(&mut self, source: SourceId, value: V) {
        self.remove(&source);
        let hash = hash(&source);
        if let Some(same) = self.0.get_mut(hash) {
            same.push((source, value));
        } else {
            self.0.insert(hash, vec![(source, value)]);
        }
    }

    pub(crate) fn remove(&mut self, source: &SourceId) -> Option<V> {
        let hash = hash(source);
        let same = self.0.get_mut(hash)?;
        let index = same.iter().position(|(other, _)| other == source)?;
        let (_, value) = same.swap_remove(index);
        if same.is_empty() {
            self.0.remove(hash);
        }
        Some(value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&SourceId, &V)> {
        self.0.values().flatten().map(|(source, value)| (source, value))
    }
}

/// The same on every machine: so a client's order of doing things is.
pub(crate) fn hash(source: &SourceId) -> u64 {
    let (words, rest) = source.as_str().as_bytes().as_chunks();
    let rest = rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
    // The factor is odd, so that no step loses a difference.
    let fold = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    words.iter().fold(fold(0, rest), |hash, &word| fold(hash, u64::from_le_bytes(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_whose_ids_have_the_same_hash_are_told_apart() {
        let [one, other] = ["source-aqw7b3pdk", "g0fy999vP4Tl1QeS"].map(|id| SourceId::parse(id).unwrap());
        assert_eq!(hash(&one), hash(&other));
        let mut table = SourceTable::default();
        table.insert(one.clone(), 1);
        assert_eq!((table.get(&one), table.get(&other)), (Some(&1), None));
        table.insert(other.clone(), 2);
        table.insert(one.clone(), 3);
        *table.get_mut(&other).unwrap() += 2;
        assert_eq!((table.get(&one), table.get(&other), table.iter().count()), (Some(&3), Some(&4), 2));
        assert_eq!((table.remove(&one), table.remove(&one)), (Some(3), None));
        assert_eq!((table.get(&one), table.get(&other)), (None, Some(&4)));
    }

    #[test]
    fn each_character_of_an_id_counts() {
        let ids = ["ab", "cb", "ac", "abcdefgh", "abcdefghab", "abcdefghcb", "cbcdefghab"];
        let hashes: std::collections::BTreeSet<u64> = ids.map(|id| hash(&SourceId::parse(id).unwrap())).into();
        assert_eq!(hashes.len(), ids.len());
    }
}
