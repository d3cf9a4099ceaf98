//! Where the values of a table are, in the order of their keys.

use std::iter;

/// Keys as plain numbers, each with the place of its value: short runs, each in order, one after the other.
///
/// It is the same machine code for every table: maps made of several would be a large part of the WebAssembly module.
/// Most tables of a client hold an entry or two, and get and lose them with every call: a run keeps its memory then,
/// where a tree gives its only node back and takes it again. Among many entries, one that comes or goes moves no more
/// than its run.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// None of them is empty, but for an only one.
    runs: Vec<Vec<Entry>>,
    len: usize,
}

type Entry = (u128, usize);

/// The longest run.
const RUN: usize = 64;

impl Index {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn get(&self, rank: u128) -> Option<usize> {
        let (run, at) = self.find(rank);
        let &(found, place) = self.runs.get(run)?.get(at)?;
        (found == rank).then_some(place)
    }

    /// Takes in a key and the place of its value; if the key is there already, its place stays, and is told.
    pub(super) fn insert(&mut self, rank: u128, place: usize) -> Option<usize> {
        let (run, at) = self.find(rank);
        if self.runs.is_empty() {
            self.runs.push(Vec::new());
        }
        let entries = self.runs.get_mut(run)?;
        if let Some(&(found, place)) = entries.get(at)
            && found == rank
        {
            return Some(place);
        }
        entries.insert(at, (rank, place));
        self.len += 1;
        if entries.len() > RUN {
            // What only ever grows at its end leaves full runs behind.
            let tail = entries.split_off(if at == RUN { RUN } else { RUN / 2 });
            self.runs.insert(run + 1, tail);
        }
        None
    }

    /// Gives the place that the key had.
    pub(super) fn remove(&mut self, rank: u128) -> Option<usize> {
        let (run, at) = self.find(rank);
        let entries = self.runs.get_mut(run)?;
        let &(_, place) = entries.get(at).filter(|(found, _)| *found == rank)?;
        entries.remove(at);
        self.len -= 1;
        if entries.is_empty() && self.runs.len() > 1 {
            self.runs.remove(run);
        }
        Some(place)
    }

    pub(super) fn first(&self) -> Option<Entry> {
        self.runs.first()?.first().copied()
    }

    /// The first entry that is not below a bound.
    pub(super) fn at_least(&self, bound: u128) -> Option<Entry> {
        let (run, at) = self.find(bound);
        let entry = self.runs.get(run)?.get(at);
        entry.or_else(|| self.runs.get(run + 1)?.first()).copied()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Entry> {
        self.iter_from(0)
    }

    pub(super) fn iter_from(&self, bound: u128) -> impl Iterator<Item = Entry> {
        iter::successors(self.at_least(bound), |&(rank, _)| self.at_least(rank + 1))
    }

    /// The run in which a key is or belongs, and its place there.
    fn find(&self, rank: u128) -> (usize, usize) {
        let run = self.runs.partition_point(|run| run.first().is_some_and(|&(first, _)| first <= rank));
        let run = run.saturating_sub(1);
        (run, self.runs.get(run).map_or(0, |entries| entries.partition_point(|&(other, _)| other < rank)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_at_its_end_is_packed() {
        let mut index = Index::default();
        for rank in 0..1000 {
            index.insert(rank, 0);
        }
        assert_eq!(index.runs.len(), 1000_usize.div_ceil(RUN));
    }
}
