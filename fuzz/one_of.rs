//! A choice between strategies that wastes no bytes of the fuzzer's input.

use std::fmt::Debug;

use proptest::prelude::Rng as _;
use proptest::strategy::{BoxedStrategy, NewTree, Strategy};
use proptest::test_runner::TestRunner;

#[derive(Clone, Debug)]
pub struct OneOf<T>(Vec<(u32, BoxedStrategy<T>)>);

impl<T> OneOf<T> {
    pub fn new(options: Vec<(u32, BoxedStrategy<T>)>) -> Self {
        Self(options)
    }
}

impl<T: Debug> Strategy for OneOf<T> {
    type Tree = <BoxedStrategy<T> as Strategy>::Tree;
    type Value = T;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let total: u32 = self.0.iter().map(|(weight, _)| weight).sum();
        let mut drawn = runner.rng().next_u32() % total;
        for (weight, option) in &self.0 {
            if drawn < *weight {
                return option.new_tree(runner);
            }
            drawn -= weight;
        }
        unreachable!("the draw is below the sum of the weights")
    }
}
