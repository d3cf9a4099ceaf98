//! Turns the bytes of a fuzzer into the inputs of a property.

use std::sync::LazyLock;

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How many bytes follow those of the fuzzer. That is more than any input takes.
const BEYOND: usize = 256 * 1024;

/// Tries one of the properties. The first byte chooses it, and the others draw its inputs.
pub fn run(properties: &[fn(&mut TestRunner)], bytes: &[u8]) {
    let Some((&first, drawn)) = bytes.split_first() else { return };
    let config = Config { cases: 1, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::PassThrough, &endless(drawn));
    properties[usize::from(first) % properties.len()](&mut TestRunner::new_with_rng(config, rng));
}

/// Returns the bytes in the place where the runner reads them, the second half of its seed. Pseudo-random bytes follow.
/// The runner would read zeros there, and a draw from a range may reject zeros for ever.
fn endless(drawn: &[u8]) -> Vec<u8> {
    static OTHERS: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut state = 1_u32;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        (0..BEYOND).map(next).collect()
    });
    let mut bytes = vec![0; drawn.len() + BEYOND];
    bytes.extend(drawn);
    bytes.extend(OTHERS.iter());
    bytes
}
