//! Every order of events in a small world: two sources, three calls, and a service that does its worst.
//!
//! The state of the model is the dispatcher itself with its ledger. Time moves to the next wake-up alone, and each
//! draw is the lowest or the highest, so that the world is finite.

#[path = "../driver/mod.rs"]
mod driver;

mod step;
mod world;

use stateright::{Checker, CheckerBuilder, HasDiscoveries, Model};

use world::World;

/// Explores a world to its end, depth first: that needs the least memory.
fn explore(world: &World) {
    let checker = explorer(world).spawn_dfs().join();
    if !checker.discoveries().is_empty() {
        explain(world);
    }
    assert!(checker.is_done(), "{world:?} was not explored to its end");
    println!("{} states: {world:?}", checker.unique_state_count());
}

/// Says how a rule is broken, in as few steps as it takes.
fn explain(world: &World) {
    let discoveries = explorer(world).spawn_bfs().join().discoveries();
    let (property, path) = discoveries.into_iter().next().unwrap();
    let rule = path.last_state().broken();
    let steps: Vec<String> = path.into_actions().iter().map(|step| format!("  {step:?}")).collect();
    panic!("{world:?}\nnot so: {property}\nbroken: {rule:?}\nafter:\n{}", steps.join("\n"));
}

fn explorer(world: &World) -> CheckerBuilder<World> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    world.clone().checker().threads(threads).finish_when(HasDiscoveries::Any)
}

#[test]
fn one_slot() {
    explore(&World::small(1));
}

#[test]
fn two_slots() {
    explore(&World::small(2));
}

#[test]
fn tokens_from_a_function() {
    explore(&World::with_token_function());
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_one_slot() {
    explore(&World::wide(1));
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_two_slots() {
    explore(&World::wide(2));
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_tokens_from_a_function() {
    explore(&World::wide_with_token_function());
}
