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
        self.0.update(hash(&source), |same| same.push((source, value)));
    }

    /// Changes the value of a source, made first if there is none yet.
    pub(crate) fn update(&mut self, source: &SourceId, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        if let Some(value) = self.get_mut(source) {
            change(value);
        } else {
            let mut value = V::default();
            change(&mut value);
            self.insert(source.clone(), value);
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
        self.0.iter().flat_map(|(_, same)| same.iter().map(|(source, value)| (source, value)))
    }
}

/// FNV-1a, the same on every machine: so a client's order of doing things is.
fn hash(source: &SourceId) -> u64 {
    let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    source.as_str().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, fold)
}
