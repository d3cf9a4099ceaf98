//! A property: what holds for every input, told once, for tests here and for the targets in `fuzz`.

#[cfg(test)]
use proptest::test_runner::{Config, TestRunner};

/// Makes functions of properties, each to be run by what draws its inputs; and a test of each, with so many times the
/// usual number of cases.
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

/// Draws the inputs of a test: `PROPTEST_CASES` scales their number. What fails is kept as a test by hand, not in a
/// file of seeds.
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

/// One of several strategies, by weight: unlike proptest's own, it leaves all of the bytes to the one that is drawn.
/// What it is simplified to is of no interest to a fuzzer.
#[cfg(not(test))]
macro_rules! one_of {
    ($($weight:literal => $option:expr),+ $(,)?) => {
        crate::one_of::OneOf::new(vec![$(($weight, proptest::strategy::Strategy::boxed($option))),+])
    };
    ($($option:expr),+ $(,)?) => { crate::property::one_of![$(1 => $option),+] };
}
pub(crate) use one_of;
