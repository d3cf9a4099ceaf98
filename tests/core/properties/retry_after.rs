//! `Retry-After`, compared with a date parser that shares no code with the one in use.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike};
use proptest::prelude::*;
use push_source_status::parse_retry_after;

use crate::property::properties;

const IMF_FIXDATE: &str = "%a, %d %b %Y %H:%M:%S GMT";
const RFC_850: &str = "%A, %d-%b-%y %H:%M:%S GMT";
const ASCTIME: &str = "%a %b %e %H:%M:%S %Y";
/// Not in the grammar, which requires a space before a day of one digit. It is unambiguous, so the parser accepts it.
const ASCTIME_WITH_A_ZERO: &str = "%a %b %d %H:%M:%S %Y";

/// A moment that every form can express. The two digits of RFC 850 reach from 1970 to 2069.
fn moments() -> impl Strategy<Value = NaiveDateTime> {
    (0_i64..3_155_760_000).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap().naive_utc())
}

fn forms() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![IMF_FIXDATE, RFC_850, ASCTIME])
}

fn milliseconds(moment: NaiveDateTime) -> u64 {
    moment.and_utc().timestamp_millis().try_into().unwrap()
}

/// Parses a date with the reference. Only text that it would write in the same way counts, and no leap seconds, which
/// the parser in use does not accept.
fn reference(text: &str) -> Option<u64> {
    [IMF_FIXDATE, RFC_850, ASCTIME, ASCTIME_WITH_A_ZERO].into_iter().find_map(|form| {
        let moment = NaiveDateTime::parse_from_str(text, form).ok()?;
        let is_leap_second = moment.nanosecond() >= 1_000_000_000;
        (moment.format(form).to_string() == text && moment.and_utc().timestamp() >= 0 && !is_leap_second)
            .then(|| milliseconds(moment))
    })
}

/// A date with one character changed, removed or inserted, or cut short.
fn spoilt_dates() -> impl Strategy<Value = String> {
    let character = prop::sample::select("0123456789 :,-+.GMTUCabceJFSun\t\0é".chars().collect::<Vec<_>>());
    (moments(), forms(), any::<prop::sample::Index>(), character, 0..4_u8).prop_map(
        |(moment, form, place, character, how)| {
            let mut text: Vec<char> = moment.format(form).to_string().chars().collect();
            let place = place.index(text.len());
            match how {
                0 => text[place] = character,
                1 => drop(text.remove(place)),
                2 => text.insert(place, character),
                _ => text.truncate(place),
            }
            text.into_iter().collect()
        },
    )
}

fn nearly_numbers() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "0",
        "1",
        "60",
        "3600",
        "99999999999999999999",
        "-",
        "+",
        ".",
        "e",
        "0x",
        ",",
        " ",
        "\t",
        "_",
        "٣",
        "a",
        "\n",
    ]);
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

properties! {
    times 4;

    fn only_a_number_of_seconds_is_parsed_as_one(text in nearly_numbers()) {
        let digits = text.trim_matches([' ', '\t']);
        let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit());
        let expected = is_number.then(|| digits.parse::<u128>().map_or(u64::MAX, |seconds| {
            u64::try_from(seconds.saturating_mul(1000)).unwrap_or(u64::MAX)
        }));
        prop_assert_eq!(parse_retry_after(&text, None, 0), expected);
    }

    fn a_date_in_any_form_counts_from_the_answers_date_or_the_clock(
        (until, form) in (moments(), forms()),
        (sent, date_form) in (moments(), forms()),
        near in -100_000_i64..100_000,
        is_near in any::<bool>(),
        has_date in any::<bool>(),
    ) {
        let sent = if is_near { until.checked_add_signed(TimeDelta::seconds(near)).unwrap() } else { sent };
        prop_assume!(sent.and_utc().timestamp() >= 0 && (date_form != RFC_850 || sent.and_utc().timestamp() < 3_155_760_000));
        let date = sent.format(date_form).to_string();
        let (date, clock) = if has_date { (Some(date.as_str()), 0) } else { (None, milliseconds(sent)) };
        let expected = milliseconds(until).saturating_sub(milliseconds(sent));
        prop_assert_eq!(parse_retry_after(&until.format(form).to_string(), date, clock), Some(expected));
    }

    fn a_corrupted_date_is_ignored_unless_it_is_another_date(text in spoilt_dates()) {
        prop_assert_eq!(parse_retry_after(&text, None, 0), reference(text.trim_matches([' ', '\t'])));
    }

    fn a_day_of_one_digit_may_have_a_zero_before_it(moment in moments()) {
        let text = moment.format(ASCTIME_WITH_A_ZERO).to_string();
        prop_assert_eq!(parse_retry_after(&text, None, 0), Some(milliseconds(moment)));
    }

    fn any_text_is_survived(text in any::<String>(), date in any::<Option<String>>(), clock in any::<u64>()) {
        let _ = parse_retry_after(&text, date.as_deref(), clock);
    }
}
