//! Every order of events in a small world: two sources, three calls, and a service that does its worst.
//!
//! The state of the model is the dispatcher itself with its ledger. Time moves to the next wake-up alone, and each
//! draw is the lowest or the highest, so that the world is finite.

#[path = "../driver/mod.rs"]
mod driver;

mod step;
mod world;

use stateright::{Checker, HasDiscoveries, Model};

use world::World;

/// Explores a world to its end.
fn explore(world: World) {
    let name = format!("{world:?}");
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let checker = world.checker().threads(threads).finish_when(HasDiscoveries::Any).spawn_bfs().join();
    if let Some((property, path)) = checker.discoveries().into_iter().next() {
        let rule = path.last_state().broken();
        let steps: Vec<String> = path.into_actions().iter().map(|step| format!("  {step:?}")).collect();
        panic!("{name}\nnot so: {property}\nbroken: {rule:?}\nafter:\n{}", steps.join("\n"));
    }
    assert!(checker.is_done(), "{name} was not explored to its end");
    println!("{} states: {name}", checker.unique_state_count());
}

#[test]
fn one_slot() {
    explore(World::small(1));
}

#[test]
fn two_slots() {
    explore(World::small(2));
}

#[test]
fn tokens_from_a_function() {
    explore(World::with_token_function());
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_one_slot() {
    explore(World::wide(1));
}

#[test]
#[ignore = "takes minutes"]
fn wide_with_two_slots() {
    explore(World::wide(2));
}
