//! Where the values of a table are, in the order of their keys.

mod node;

use std::mem;

use super::key::{LOWEST, Rank};
use node::{Entry, Inserted, Node};

/// Keys as plain numbers, each with the place of its value: a tree, and most often one node.
///
/// It is the same machine code for every table: maps made of several would be a large part of the WebAssembly module.
/// Most tables of a client hold an entry or two, and get and lose them with every call: so a node that is left alone
/// keeps its memory, and nodes are not merged as long as they hold anything.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    root: Node,
}

impl Index {
    pub(super) fn is_empty(&self) -> bool {
        self.root.is_empty()
    }

    pub(super) fn get(&self, rank: Rank) -> Option<usize> {
        self.root.get(rank)
    }

    /// Takes in a key and the place of its value; if the key is there already, its place stays, and is told.
    pub(super) fn insert(&mut self, rank: Rank, place: usize) -> Option<usize> {
        let Inserted { place, half } = self.root.insert(rank, place);
        if let Some(half) = half {
            let lower = mem::take(&mut self.root);
            self.root = Node::Inner(vec![(LOWEST, Box::new(lower)), half]);
        }
        place
    }

    /// Gives the place that the key had.
    pub(super) fn remove(&mut self, rank: Rank) -> Option<usize> {
        let place = self.root.remove(rank)?;
        self.root.collapse();
        Some(place)
    }

    pub(super) fn first(&self) -> Option<Entry> {
        self.root.first()
    }

    /// The first entry that is not below a bound.
    pub(super) fn at_least(&self, bound: Rank) -> Option<Entry> {
        self.root.at_least(bound)
    }

    /// The entries from one key on, up to another one and without that.
    pub(super) fn range(&self, mut from: Rank, to: Rank) -> Vec<Entry> {
        let mut entries = Vec::new();
        while let Some(entry) = self.at_least(from).filter(|&(rank, _)| rank < to) {
            entries.push(entry);
            from = after(entry.0);
        }
        entries
    }
}

const fn after((first, second): Rank) -> Rank {
    if second == u64::MAX { (first + 1, 0) } else { (first, second + 1) }
}
