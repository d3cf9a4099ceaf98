//! Explores every order of events in a small world: two sources, three calls, and a service that does its worst.
//!
//! The state of the model is the dispatcher itself with its ledger. Time only moves to the next wake-up, and every
//! random number is the lowest or the highest, so the world is finite.

#[path = "../driver/mod.rs"]
mod driver;

mod activities;
mod step;
mod world;

use std::fmt::Debug;
use std::hash::Hash;

use push_source_status::StatusType;
use stateright::{Checker, CheckerBuilder, HasDiscoveries, Model};

use activities::ActivityWorld;
use driver::Rule;
use step::Step;
use world::World;

/// A state that is checked against rules.
trait Bounded {
    /// Returns the rule that was broken on the way to this state.
    fn broken(&self) -> Option<Rule>;
}

/// A world whose states can be explored.
trait Explorable:
    Model<Action = Step, State: Bounded + Clone + Debug + Hash + PartialEq + Send + Sync>
    + Clone
    + Debug
    + Send
    + Sync
    + 'static
{
    /// Explores the world to its end, depth first, which needs the least memory.
    fn explore(&self) {
        let checker = self.explorer().spawn_dfs().join();
        if !checker.discoveries().is_empty() {
            self.explain();
        }
        assert!(checker.is_done(), "{self:?} was not explored to its end");
        println!("{} states: {self:?}", checker.unique_state_count());
    }

    /// Reports the shortest way to break a rule.
    fn explain(&self) {
        let discoveries = self.explorer().spawn_bfs().join().discoveries();
        let (property, path) = discoveries.into_iter().next().unwrap();
        let rule = path.last_state().broken();
        let steps: Vec<String> = path.into_actions().iter().map(|step| format!("  {step:?}")).collect();
        panic!("{self:?}\nnot so: {property}\nbroken: {rule:?}\nafter:\n{}", steps.join("\n"));
    }

    fn explorer(&self) -> CheckerBuilder<Self> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        self.clone().checker().threads(threads).finish_when(HasDiscoveries::Any)
    }
}

impl Explorable for World {}
impl Explorable for ActivityWorld {}

#[test]
fn one_slot() {
    World::small(1).explore();
}

#[test]
fn two_slots() {
    World::small(2).explore();
}

#[test]
fn tokens_from_a_function() {
    World::with_token_function().explore();
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_one_slot() {
    World::wide(1).explore();
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_two_slots() {
    World::wide(2).explore();
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_tokens_from_a_function() {
    World::wide_with_token_function().explore();
}

#[test]
fn activities_that_share_a_status() {
    ActivityWorld::shared().explore();
}

#[test]
fn activities_that_keep_each_other_out() {
    ActivityWorld::rivals().explore();
}

#[test]
fn activities_and_a_call() {
    ActivityWorld::shared().and_call().explore();
}

#[test]
fn activities_that_share_two_sources_in_opposite_orders() {
    ActivityWorld::crossed(StatusType::Rebuild).explore();
    ActivityWorld::crossed(StatusType::Rebuild).with_journal().explore();
}

#[test]
fn activities_that_keep_each_other_out_on_two_sources_in_opposite_orders() {
    ActivityWorld::crossed(StatusType::Refresh).explore();
    ActivityWorld::crossed(StatusType::Refresh).with_journal().explore();
}

#[test]
fn an_activity_and_a_call_with_a_journal() {
    ActivityWorld::journaled().explore();
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_activities_that_share_two_sources() {
    ActivityWorld::crossed(StatusType::Rebuild).lingering().explore();
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_activities_that_keep_each_other_out_on_two_sources() {
    ActivityWorld::crossed(StatusType::Refresh).lingering().explore();
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_a_journal() {
    ActivityWorld::shared().and_call().with_journal().explore();
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_activities_that_share_a_status() {
    ActivityWorld::shared().wide().explore();
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_activities_that_keep_each_other_out() {
    ActivityWorld::rivals().wide().explore();
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_activities_that_are_tried_again() {
    ActivityWorld::shared().patient().explore();
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_activities_and_tokens_from_a_function() {
    ActivityWorld::shared().with_token_function().explore();
}
