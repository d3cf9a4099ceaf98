//! A parser of HTTP-dates in all three forms (RFC 9110, section 5.6.7).

/// Each day of the week: its short name, and the letters that the long name adds.
const DAYS: [(&str, &str); 7] = [
    ("Sun", "day"),
    ("Mon", "day"),
    ("Tue", "sday"),
    ("Wed", "nesday"),
    ("Thu", "rsday"),
    ("Fri", "day"),
    ("Sat", "urday"),
];

/// Each month: its name, and the number of days before it in a year that is not a leap year.
const MONTHS: [(&str, u32); 12] = [
    ("Jan", 0),
    ("Feb", 31),
    ("Mar", 59),
    ("Apr", 90),
    ("May", 120),
    ("Jun", 151),
    ("Jul", 181),
    ("Aug", 212),
    ("Sep", 243),
    ("Oct", 273),
    ("Nov", 304),
    ("Dec", 334),
];

/// Parses a date into milliseconds since 1970. Returns `None` for any other text, and for earlier dates.
pub(super) fn milliseconds(text: &str) -> Option<u64> {
    let mut reader = Reader(text);
    let weekday = (0..).zip(DAYS).find(|(_, (short, _))| reader.literal(short).is_some());
    let (weekday, (_, long_end)) = weekday?;
    let (date, time);
    if reader.literal(", ").is_some() {
        // Sun, 06 Nov 1994 08:49:37 GMT
        date = reader.date(" ", 4)?;
        reader.literal(" ")?;
        time = reader.time()?;
        reader.literal(" GMT")?;
    } else if reader.literal(" ").is_some() {
        // Sun Nov  6 08:49:37 1994
        let month = reader.month()?;
        reader.literal(" ")?;
        let day = if reader.literal(" ").is_some() { reader.number(1)? } else { reader.number(2)? };
        reader.literal(" ")?;
        time = reader.time()?;
        reader.literal(" ")?;
        date = (day, month, reader.number(4)?);
    } else {
        // Sunday, 06-Nov-94 08:49:37 GMT
        reader.literal(long_end)?;
        reader.literal(", ")?;
        let (day, month, year) = reader.date("-", 2)?;
        date = (day, month, year + if year < 70 { 2000 } else { 1900 });
        reader.literal(" ")?;
        time = reader.time()?;
        reader.literal(" GMT")?;
    }
    let days = days_since_1970(date)?;
    // 1 January 1970 was a Thursday.
    let is_that_day = (days + 4) % 7 == weekday;
    (reader.0.is_empty() && is_that_day).then(|| u64::from(days) * 86_400_000 + u64::from(time) * 1000)
}

fn days_since_1970((day, month, year): (u32, usize, u32)) -> Option<u32> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let leap_day = u32::from(is_leap);
    let before = |month: usize| MONTHS.get(month).map_or(365, |(_, days)| *days) + if month > 1 { leap_day } else { 0 };
    let length = before(month + 1) - before(month);
    if year < 1970 || !(1..=length).contains(&day) {
        return None;
    }
    let past = year - 1;
    let leap_days = past / 4 - past / 100 + past / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400);
    Some((year - 1970) * 365 + leap_days + before(month) + day - 1)
}

/// The text that has not been read yet.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn literal(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    /// Reads a number with exactly this many digits.
    fn number(&mut self, digits: usize) -> Option<u32> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.bytes().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
    }

    fn month(&mut self) -> Option<usize> {
        MONTHS.iter().position(|(name, _)| self.literal(name).is_some())
    }

    /// Reads a day, a month and a year.
    fn date(&mut self, separator: &str, year_digits: usize) -> Option<(u32, usize, u32)> {
        let day = self.number(2)?;
        self.literal(separator)?;
        let month = self.month()?;
        self.literal(separator)?;
        Some((day, month, self.number(year_digits)?))
    }

    /// Reads a time of day, and returns it in seconds.
    fn time(&mut self) -> Option<u32> {
        let hours = self.number(2)?;
        self.literal(":")?;
        let minutes = self.number(2)?;
        self.literal(":")?;
        let seconds = self.number(2)?;
        (hours < 24 && minutes < 60 && seconds < 60).then_some((hours * 60 + minutes) * 60 + seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_two_digits_lies_between_1970_and_2069() {
        assert_eq!(milliseconds("Thursday, 01-Jan-70 00:00:00 GMT"), Some(0));
        assert_eq!(milliseconds("Tuesday, 01-Jan-69 00:00:00 GMT"), Some(3_124_224_000_000));
    }

    #[test]
    fn a_day_or_a_time_that_does_not_exist_is_not_a_date() {
        for text in [
            "Fri, 31 Nov 2023 00:00:00 GMT",
            "Thu, 00 Jan 1970 00:00:00 GMT",
            "Thu, 01 Jan 1970 24:00:00 GMT",
            "Thu, 01 Jan 1970 00:60:00 GMT",
            "Thu, 01 Jan 1970 00:00:60 GMT",
            "Fri, 01 Jan 1970 00:00:00 GMT",
            "Thu, 01 Jan 1970 00:00:00 GMT+1",
        ] {
            assert_eq!(milliseconds(text), None, "{text}");
        }
    }
}
