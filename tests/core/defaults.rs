//! Compares the defaults and ranges of the core with those in the types and in the README.

use push_source_status::policy::{self, Limit, UnknownOutcome};
use push_source_status::{Environment, OnActivationFailure};

const OPTIONS: &str = include_str!("../../src/web/options.d.ts");
const ACTIVITY: &str = include_str!("../../src/web/activity.d.ts");
const README: &str = include_str!("../../README.md");

const LIMITS: [Limit; 8] = [
    policy::ATTEMPTS,
    policy::BASE_DELAY_MS,
    policy::MAX_DELAY_MS,
    policy::ATTEMPT_TIMEOUT_MS,
    policy::TOTAL_TIMEOUT_MS,
    policy::CLOSE_TIMEOUT_MS,
    policy::GRACE_PERIOD_MS,
    policy::CONCURRENCY,
];

/// Returns the comment above a member of an interface.
fn about(types: &'static str, member: &str) -> &'static str {
    let (before, _) = types.split_once(&format!("  {member}?: ")).expect(member);
    before.rsplit_once("/**").expect(member).1
}

/// Returns the default of an option in the README's table.
fn documented_default(option: &str) -> &'static str {
    let (_, after) = README.split_once(&format!("| `{option}` | ")).expect(option);
    after.split(" |").next().expect(option)
}

#[test]
fn the_types_give_the_range_and_the_default_of_each_number() {
    for limit in LIMITS {
        let member = limit.argument.rsplit('.').next().unwrap();
        let types = if limit.argument == "gracePeriodMs" { ACTIVITY } else { OPTIONS };
        let told = about(types, member);
        let error = limit.error("nothing").to_string();
        let (_, range) = error.split_once("a whole number from ").unwrap();
        let (range, _) = range.split_once(',').unwrap();
        let (_, after) = told.split_once(&format!(": {range}")).expect(told);
        // The range must not be the beginning of a larger number.
        assert!(after.starts_with('.') || after.starts_with(" ms."), "{member}: {range}: {told}");
        assert!(told.contains(&format!("@default {}\n", limit.default)), "{member}: {}: {told}", limit.default);
    }
}

#[test]
fn the_types_give_the_default_of_each_word() {
    let environment = Environment::default().as_str();
    assert!(about(OPTIONS, "environment").contains(&format!("@default \"{environment}\"\n")));
    let unknown_outcome = UnknownOutcome::default().as_str();
    assert!(about(OPTIONS, "unknownOutcome").contains(&format!("@default \"{unknown_outcome}\"\n")));
    let on_activation_failure = OnActivationFailure::default().as_str();
    assert!(about(ACTIVITY, "onActivationFailure").contains(&format!("@default \"{on_activation_failure}\"\n")));
}

#[test]
fn the_readme_gives_the_default_of_each_option() {
    for limit in LIMITS.iter().filter(|limit| limit.argument != "gracePeriodMs") {
        assert_eq!(documented_default(limit.argument), limit.default.to_string(), "{}", limit.argument);
    }
    assert_eq!(documented_default("environment"), format!("`\"{}\"`", Environment::default().as_str()));
    assert_eq!(documented_default("retry.unknownOutcome"), format!("`\"{}\"`", UnknownOutcome::default().as_str()));
    let grace_period = format!("`gracePeriodMs` ({})", policy::GRACE_PERIOD_MS.default);
    assert!(README.contains(&grace_period), "{grace_period}");
}
