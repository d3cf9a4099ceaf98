//! The `Retry-After` header, in both of its forms.

mod http_date;

/// Parses how long an answer asks to wait, in milliseconds.
///
/// `retry_after` is a number of seconds or an HTTP-date (RFC 9110, section 10.2.3). A date is compared with the
/// answer's own `date` if that is valid, and with `epoch_ms` otherwise. Anything else returns `None`. A number that is
/// too large becomes `u64::MAX`.
#[must_use]
pub fn parse(retry_after: &str, date: Option<&str>, epoch_ms: u64) -> Option<u64> {
    let value = retry_after.trim_matches([' ', '\t']);
    if value.is_empty() {
        return None;
    }
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.parse::<u64>().map_or(u64::MAX, |seconds| seconds.saturating_mul(1000)));
    }
    let until = http_date::milliseconds(value)?;
    let now = date.and_then(http_date::milliseconds).unwrap_or(epoch_ms);
    Some(until.saturating_sub(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_anything_else_is_ignored() {
        assert_eq!(parse("120", None, 0), Some(120_000));
        assert_eq!(parse(" 0\t", None, 0), Some(0));
        assert_eq!(parse(&"9".repeat(40), None, 0), Some(u64::MAX));
        for text in ["", " ", "-5", "1.5", "0x10", "1e3", "1, 1", "soon", "+1", "٣"] {
            assert_eq!(parse(text, None, 0), None, "{text:?}");
        }
    }

    #[test]
    fn a_date_counts_from_the_answers_own_date() {
        let until = "Sun, 06 Nov 1994 08:49:37 GMT";
        let epoch_ms = 784_111_777_000;
        assert_eq!(parse(until, None, epoch_ms - 1500), Some(1500));
        assert_eq!(parse(until, Some("Sun, 06 Nov 1994 08:49:35 GMT"), 0), Some(2000));
        assert_eq!(parse(until, Some("not a date"), epoch_ms), Some(0));
        assert_eq!(parse(until, None, epoch_ms + 5000), Some(0));
    }
}
