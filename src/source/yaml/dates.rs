//! Reads dates in the many forms that people write, so that help can show the date in the correct form.

use jiff::civil::Date;

use crate::quantity::MonthOrDate;

/// English month names in lower case.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number of a month, from its lower-case name or the first three or more letters of it (`sept`).
#[must_use]
pub(crate) fn month_called(text: &str) -> Option<i8> {
    let index = MONTHS.iter().position(|month| text.len() >= 3 && month.starts_with(text))?;
    i8::try_from(index + 1).ok()
}

/// The date that a text most likely means in Britain, such as `01/04/2025`, `1.4.25`, `30 June 2026`, `June 30th,
/// 2026`, `2025/4/1`, `20250401` or `June 2026`. `None` if it is ambiguous or does not exist.
#[must_use]
pub(crate) fn meant(text: &str) -> Option<MonthOrDate> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if parts.len() > 5 || text.len() > 40 {
        return None;
    }
    parts.retain(|part| !is_weekday(part) && *part != "of" && *part != "the");
    if let [digits] = parts[..]
        && digits.len() == 8
        && digits.is_ascii()
    {
        parts = vec![&digits[..4], &digits[4..6], &digits[6..]];
    }
    let (year, month, day) = match parts[..] {
        [month, year] if month_called(month).is_some() || year.len() == 4 => {
            (self::year(year)?, self::month(month)?, None)
        }
        [year, month] => (self::year(year).filter(|_| year.len() == 4)?, self::month(month)?, None),
        [first, second, third] if first.len() == 4 && self::year(first).is_some() => {
            (self::year(first)?, self::month(second)?, Some(day(third)?))
        }
        [first, second, third] => {
            let (day, month) = match (month_called(first), day(second)) {
                (Some(month), Some(day)) => (day, month),
                _ => (day(first)?, month(second).or_else(|| month_called(first))?),
            };
            (self::year(third)?, month, Some(day))
        }
        _ => return None,
    };
    Date::new(year, month, day.unwrap_or(1)).ok().map(|_| MonthOrDate { year, month, day })
}

/// Whether a word is a day of the week, in full or the first three or more letters of it.
fn is_weekday(text: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().any(|day| text.len() >= 3 && day.starts_with(text))
}

/// Parses a year: four digits, or the last two digits of a year in this century.
fn year(text: &str) -> Option<i16> {
    let number: i16 = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()?;
    match text.len() {
        4 => Some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

/// Parses a month: a number or a name.
fn month(text: &str) -> Option<i8> {
    month_called(text).or_else(|| text.parse().ok().filter(|month| (1..=12).contains(month)))
}

/// Parses a day of the month, with or without its ending (`1st`).
fn day(text: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    digits.parse().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn dates_are_read_as_they_are_written_in_britain() {
        for (text, expected) in [
            ("01/04/2025", "2025-04-01"),
            ("1.4.25", "2025-04-01"),
            ("2025‑04‑01", "2025-04-01"),
            ("2025–4–1", "2025-04-01"),
            ("“2025-04-01”", "2025-04-01"),
            ("30 June 2026", "2026-06-30"),
            ("Tuesday, 30th of June 2026", "2026-06-30"),
            ("June 30th, 2026", "2026-06-30"),
            ("1st Sept 2025", "2025-09-01"),
            ("20250401", "2025-04-01"),
            ("June 2026", "2026-06"),
            ("06/2026", "2026-06"),
            ("2026/6", "2026-06"),
        ] {
            assert_eq!(meant(text).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
        }
        for none in ["", "TBC", "2025-02-30", "31/06/2025", "06/30/2025", "June", "2025", "1-2", "3 4 5 6", "éé/é/2025"]
        {
            assert_eq!(meant(none), None, "{none}");
        }
    }
}
