//! The form of a property: written once, for the tests here and for the targets in `fuzz`.

#[cfg(test)]
use proptest::test_runner::{Config, TestRunner};

/// Declares properties as functions that take the source of their inputs, and a test for each, with `$times` the usual
/// number of cases.
macro_rules! properties {
    (times $times:literal; $(fn $name:ident($($value:pat in $values:expr),+ $(,)?) $body:block)+) => {
        /// The properties of this module.
        #[cfg(not(test))]
        pub const PROPERTIES: &[fn(&mut proptest::test_runner::TestRunner)] = &[$($name),+];

        $(pub fn $name(runner: &mut proptest::test_runner::TestRunner) {
            let held = runner.run(&($($values,)+), |($($value,)+)| {
                $body
                Ok(())
            });
            held.unwrap_or_else(|broken| panic!("{broken}"));
        })+

        #[cfg(test)]
        mod tests {
            $(#[test]
            fn $name() {
                super::$name(&mut crate::property::runner($times));
            })+
        }
    };
}
pub(crate) use properties;

/// Creates the source of a test's inputs. `PROPTEST_CASES` scales their number. An input that breaks a property is kept
/// as a test by hand, not in a file of seeds.
#[cfg(test)]
pub fn runner(times_default: u32) -> TestRunner {
    let config = Config::default();
    let cases = config.cases * times_default;
    TestRunner::new(Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..config })
}

/// One of several strategies, by weight.
#[cfg(test)]
macro_rules! one_of {
    ($($options:tt)+) => { proptest::prop_oneof![$($options)+] };
}

/// One of several strategies, by weight. Unlike proptest's own macro, it leaves all bytes to the strategy that is
/// drawn. It does not shrink towards the first one, which a fuzzer does not need.
#[cfg(not(test))]
macro_rules! one_of {
    ($($weight:literal => $option:expr),+ $(,)?) => {
        crate::one_of::OneOf::new(vec![$(($weight, proptest::strategy::Strategy::boxed($option))),+])
    };
    ($($option:expr),+ $(,)?) => { crate::property::one_of![$(1 => $option),+] };
}
pub(crate) use one_of;
