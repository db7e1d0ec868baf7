//! Dates, months, and dates with a time, in the forms that files must use.

use jiff::Span;
use jiff::civil::DateTime;

use super::dates;
use super::scalar::{Scalar, ScalarError};
use super::value_type::ValueType;
use crate::diagnostic::excerpt;
use crate::quantity::MonthOrDate;
pub(crate) use jiff::civil::Date;

impl Scalar for Date {
    fn shape() -> ValueType {
        ValueType::matching("a date such as 2020-09-14", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        if let Some(day) = text.get(..10).filter(|day| text.len() > 10 && parse_date(day).is_some()) {
            let message = format!("must be a date without a time, but is `{}`", excerpt(text));
            return Err(ScalarError::value(message, format!("write `{day}`")));
        }
        let meant = dates::meant(text).filter(|date| date.day.is_some());
        parse_date(text).ok_or_else(|| bad_date(text, meant, "year, month and day, as in `2020-09-14`"))
    }
}

/// Parses a date in the form `YYYY-MM-DD`.
fn parse_date(text: &str) -> Option<Date> {
    let written = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    written.then(|| text.parse().ok()).flatten()
}

/// The error for a text that is not a date in the `expected` form. `meant` is the date that it probably means.
fn bad_date(text: &str, meant: Option<MonthOrDate>, expected: &str) -> ScalarError {
    let is_in_form = text.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte }).eq(*b"0000-00-00");
    let help = match meant {
        Some(date) => format!("write it as `{date}`"),
        None if is_in_form => "write a day that exists: check the month and the day".to_owned(),
        None => format!("write {expected}"),
    };
    ScalarError::value(format!("must be a date like 2020-09-14, but is `{}`", excerpt(text)), help)
}

impl Scalar for MonthOrDate {
    fn shape() -> ValueType {
        ValueType::matching("a month or date such as 2019-06 or 2019-06-12", "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$")
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let whole = if text.len() == 7 { format!("{text}-01") } else { text.to_owned() };
        let expected = "year and month, or the day, as in `2019-06` or `2019-06-12`";
        let date = parse_date(&whole).ok_or_else(|| bad_date(text, dates::meant(text), expected))?;
        Ok(Self { year: date.year(), month: date.month(), day: (text.len() == 10).then(|| date.day()) })
    }
}

/// The end of an embargo: a date, or a date and time, optionally with an offset from UTC. A date alone is the start of
/// that day.
///
/// A build knows today's date but not its time zone. So the value of a time with an offset is the later of the local
/// time and UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DateOrTime(pub DateTime);

impl Scalar for DateOrTime {
    fn shape() -> ValueType {
        ValueType::matching(
            "a date, or a date and time such as 2020-09-14 09:30 or 2020-09-14T09:30+01:00",
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ Tt]+[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?( *([Zz]|[+-][0-9]{2}(:?[0-9]{2})?))?)?$",
        )
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let meant = dates::meant(text).filter(|date| date.day.is_some());
        moment(text)
            .map(Self)
            .ok_or_else(|| bad_date(text, meant, "year, month and day, as in `2020-09-14` or `2020-09-14 09:30`"))
    }
}

/// Parses a date, or a date and time, optionally with an offset.
fn moment(text: &str) -> Option<DateTime> {
    let date = parse_date(text.get(..10)?)?;
    let rest = &text[10..];
    if rest.is_empty() {
        return Some(date.at(0, 0, 0, 0));
    }
    let clock = rest.strip_prefix(['T', 't']).or_else(|| rest.strip_prefix(' '))?.trim_start();
    let end = clock.find(|c: char| !matches!(c, '0'..='9' | ':' | '.')).unwrap_or(clock.len());
    let (clock, offset) = (&clock[..end], clock[end..].trim_start());
    let has_colons = clock.len() >= 5 && clock[2..].starts_with(':');
    let written = date.to_datetime(clock.parse().ok().filter(|_| has_colons)?);
    let offset = match offset {
        "" | "Z" | "z" => 0,
        _ => minutes(offset)?,
    };
    written.checked_sub(Span::new().minutes(offset)).ok().map(|in_utc| in_utc.max(written))
}

/// Parses an offset from UTC (`+01:00`, `+0100` or `+01`) into minutes.
fn minutes(offset: &str) -> Option<i64> {
    let sign = match offset.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = &offset[1..];
    let (hours, minutes) = match digits.len() {
        2 => (digits, "00"),
        4 => digits.split_at(2),
        _ => digits.split_once(':').filter(|(hours, minutes)| (hours.len(), minutes.len()) == (2, 2))?,
    };
    let number = |text: &str, limit: i64| {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number: &i64| is_number && *number <= limit)
    };
    Some(sign * (number(hours, 14)? * 60 + number(minutes, 59)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_dates_with_or_without_a_time_and_an_offset() {
        let check = |text: &str| moment(text).map_or("none".to_owned(), |moment| moment.to_string());
        for (text, read) in [
            ("2027-01-15", "2027-01-15T00:00:00"),
            ("2027-01-15T09:00", "2027-01-15T09:00:00"),
            ("2027-01-15 09:00:30", "2027-01-15T09:00:30"),
            ("2027-01-15 09:00+00:00", "2027-01-15T09:00:00"),
            ("2027-01-15T09:00Z", "2027-01-15T09:00:00"),
            ("2027-06-15T00:00:00.5 +01:00", "2027-06-15T00:00:00.5"),
            ("2027-01-15T22:00-0500", "2027-01-16T03:00:00"),
            ("2027-01-15 22:00-05", "2027-01-16T03:00:00"),
        ] {
            assert_eq!(check(text), read, "{text}");
        }
        for bad in [
            "2027-02-30",
            "2027-01-15T",
            "2027-01-15 25:00",
            "2027-01-15 9am",
            "2027-01-15T0900",
            "2027-01-15 09:00 GMT+1",
            "2027-01-15 09:00+1",
            "2027-01-15 09:00+99:00",
            "2027-01-15é",
            "15/01/2027",
        ] {
            assert_eq!(check(bad), "none", "{bad}");
        }
    }
}
