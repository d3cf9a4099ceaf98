//! Properties of the core: what holds for every input, not for chosen ones.

#[path = "../driver/mod.rs"]
mod driver;

mod backoff;
mod dispatcher;
mod endpoint;
mod error_body;
mod identifier;
mod retry_after;
mod status;
mod token;
mod verdict;

use proptest::test_runner::Config;

/// A number of cases for properties that need many: `PROPTEST_CASES` scales them all. What fails is kept as a test by
/// hand, not in a file of seeds.
fn cases(times_default: u32) -> Config {
    let config = Config::default();
    Config { cases: config.cases * times_default, failure_persistence: None, max_shrink_iters: 20_000, ..config }
}
