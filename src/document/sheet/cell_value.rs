//! What stands for a cell's value in a CSV file.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// How a number is shown, as far as it changes what the number means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberLook {
    #[default]
    Number,
    Percent,
    /// A day.
    Day,
    /// A month without a day.
    Month,
}

impl NumberLook {
    /// What one of Excel's formats shows. Built-in formats have no code.
    pub(super) fn of_format(id: u32, code: Option<&str>) -> Self {
        let Some(code) = code else {
            return match id {
                9 | 10 => Self::Percent,
                14..=16 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Day,
                17 => Self::Month,
                _ => Self::Number,
            };
        };
        // Text in quotation marks and brackets, and escaped characters, are not part of the format.
        let (mut letters, mut quote, mut is_escaped) = (String::new(), None, false);
        for c in code.split(';').next().unwrap_or_default().chars() {
            match (quote, c) {
                _ if is_escaped => is_escaped = false,
                (None, '\\' | '_' | '*') => is_escaped = true,
                (None, '"') => quote = Some('"'),
                (None, '[') => quote = Some(']'),
                (Some(end), c) if c == end => quote = None,
                (Some(_), _) => {}
                (None, c) => letters.push(c.to_ascii_lowercase()),
            }
        }
        if letters.contains('y') || letters.contains('d') {
            if letters.contains('d') { Self::Day } else { Self::Month }
        } else if letters.contains('%') {
            Self::Percent
        } else {
            Self::Number
        }
    }

    /// A number as this look shows it.
    pub(super) fn show(self, number: f64, counts_from_1904: bool) -> String {
        match self {
            Self::Number => plain(number),
            Self::Percent => format!("{}%", plain(number * 100.0)),
            Self::Day | Self::Month => match day(number, counts_from_1904) {
                Some(day) if self == Self::Month => format!("{:04}-{:02}", day.year(), day.month()),
                Some(day) => day.to_string(),
                None => plain(number),
            },
        }
    }
}

/// A number without an exponent, with the 15 digits that spreadsheets show: `0.3` for `0.30000000000000004`.
fn plain(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

/// The day of a number of days since the end of 1899, or since the beginning of 1904.
fn day(number: f64, counts_from_1904: bool) -> Option<Date> {
    let days = number.floor();
    if !(0.0..2_958_466.0).contains(&days) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "it has been compared above")]
    let days = days as i64;
    // Excel counts a 29 February 1900 that never was.
    let start = match (counts_from_1904, days) {
        (true, _) => date(1904, 1, 1),
        (false, ..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    start.checked_add(days.days()).ok()
}

/// Ticks and crosses that are letters in a font of symbols.
pub(super) fn symbol(font: &str, text: &str) -> Option<&'static str> {
    match (font.to_ascii_lowercase().as_str(), text.trim()) {
        ("wingdings", "ü" | "\u{f0fc}") | ("wingdings 2", "P" | "R") | ("marlett" | "webdings", "a") => Some("✓"),
        ("wingdings", "û" | "\u{f0fb}") | ("wingdings 2", "O" | "Q") | ("marlett" | "webdings", "r") => Some("x"),
        _ => None,
    }
}

/// Yes or no, as attendance has it.
pub(super) fn truth(is_true: bool) -> &'static str {
    if is_true { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_is_shown() {
        let check = |number, code| NumberLook::of_format(0, Some(code)).show(number, false);
        assert_eq!(check(0.1 + 0.2, "General"), "0.3");
        assert_eq!(check(10000.0, "\"£\"#,##0.00;[Red]-\"£\"#,##0.00"), "10000");
        assert_eq!(check(-1234.5, "[$£-809]#,##0"), "-1234.5");
        assert_eq!(check(1e15, "0"), "1000000000000000");
        assert_eq!(check(0.855, "0.0%"), "85.5%");
        assert_eq!(check(45_820.0, "dd/mm/yyyy"), "2025-06-12");
        assert_eq!(check(45_820.75, "[$-809]d mmmm yyyy;@"), "2025-06-12");
        assert_eq!(check(45_820.0, "mmm-yy"), "2025-06");
        assert_eq!(check(-5.0, "dd/mm/yyyy"), "-5");
        assert_eq!(NumberLook::of_format(14, None).show(61.0, false), "1900-03-01");
        assert_eq!(NumberLook::of_format(14, None).show(1.0, true), "1904-01-02");
        assert_eq!(NumberLook::of_format(2, None), NumberLook::Number);
    }
}
