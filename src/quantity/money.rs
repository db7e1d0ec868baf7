//! Money in whole pence.

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

/// An amount of money in whole pence; never rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// Pence; negative for amounts owed.
    pub pence: i64,
}

impl Money {
    /// The largest amount that a table may contain: £999,999,999,999.99.
    pub const MAX: Self = Self { pence: 99_999_999_999_999 };

    /// The amount without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { pence: self.pence.saturating_abs() }
    }

    /// The sum of two amounts, clamped to the range of `i64` pence.
    #[must_use]
    pub fn saturating_add(self, other: Self) -> Self {
        Self { pence: self.pence.saturating_add(other.pence) }
    }

    /// The difference of two amounts, clamped to the range of `i64` pence.
    #[must_use]
    pub fn saturating_sub(self, other: Self) -> Self {
        Self { pence: self.pence.saturating_sub(other.pence) }
    }
}

impl<'a> Sum<&'a Self> for Money {
    /// Saturates, like all arithmetic here. A sum that large is wrong anyway, and must not panic.
    fn sum<I: Iterator<Item = &'a Self>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Self::saturating_add)
    }
}

impl fmt::Display for Money {
    /// `£187,617`, or `£1,234.50` if there are pence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.pence < 0 { "-" } else { "" };
        let (pounds, pence) = (self.pence.unsigned_abs() / 100, self.pence.unsigned_abs() % 100);
        write!(f, "{sign}£{}", group_digits(&pounds.to_string()))?;
        if pence > 0 { write!(f, ".{pence:02}") } else { Ok(()) }
    }
}

/// Digits with a comma at every third from the right: `1,234`.
#[must_use]
pub(crate) fn group_digits(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Why a text is not an amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseMoneyError {
    /// It is not one number.
    NoNumber,
    /// Its separators are not at every third digit.
    Separators,
    /// It has fractions of a penny.
    TooFine,
    /// It is greater than [`Money::MAX`], with or without its sign.
    TooLarge,
}

impl ParseMoneyError {
    /// The problem, as words that follow the text in a message: `` `ten` is not an amount of money ``.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::NoNumber => "is not an amount of money",
            Self::Separators => "has commas or spaces in the wrong places",
            Self::TooFine => "has more than two decimal places",
            Self::TooLarge => "is more than £999,999,999,999.99",
        }
    }

    /// The next step for the person who wrote it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::NoNumber => "write a number such as `1234`, `£1,234.50` or `-1,234`, and put any words under `note`",
            Self::Separators => {
                "write the amount without commas or spaces, or with a comma between thousands: `1,234,567`"
            }
            Self::TooFine => "write two digits after the point, or none; annal does not round amounts",
            Self::TooLarge => "check for extra digits",
        }
    }
}

impl FromStr for Money {
    type Err = ParseMoneyError;

    /// Reads an amount as tables write it: with or without `£`, thousands separators and two decimals. Negative amounts
    /// are `-1,234` or `(1,234)`.
    fn from_str(text: &str) -> Result<Self, ParseMoneyError> {
        let text = text.trim();
        let (text, is_bracketed) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inside) => (inside.trim(), true),
            None => (text, false),
        };
        // The sign and the `£` may be in either order, and a bracket may follow the `£`.
        let (text, sign) = take_sign(text);
        let text = text.strip_prefix('£').map_or(text, str::trim_start);
        let (text, second_sign) = take_sign(text);
        let (text, is_inner_bracketed) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inside) => (inside.trim(), true),
            None => (text, false),
        };
        let signs = [sign, second_sign, is_bracketed.then_some(true), is_inner_bracketed.then_some(true)];
        let mut signs = signs.into_iter().flatten();
        let is_negative = signs.next().unwrap_or(false);
        if signs.next().is_some() {
            return Err(ParseMoneyError::NoNumber);
        }
        let (pounds, pence) = match text.split_once('.') {
            Some((pounds, pence)) => (pounds, Some(pence)),
            None => (text, None),
        };
        let pence = pence.map_or(Ok(0), parse_pence)?;
        let pounds = parse_pounds(pounds, text.starts_with('.'))?;
        let pence = pounds * 100 + pence;
        Ok(Self { pence: if is_negative { -pence } else { pence } })
    }
}

/// Splits a sign from the start of a text: `true` for a minus.
fn take_sign(text: &str) -> (&str, Option<bool>) {
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        (rest.trim_start(), Some(true))
    } else if let Some(rest) = text.strip_prefix('+') {
        (rest.trim_start(), Some(false))
    } else {
        (text, None)
    }
}

/// Parses the one or two digits after the point, as pence.
fn parse_pence(digits: &str) -> Result<i64, ParseMoneyError> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ParseMoneyError::NoNumber);
    }
    match *digits.as_bytes() {
        [tens] => Ok(i64::from(tens - b'0') * 10),
        [tens, ones] => Ok(i64::from(tens - b'0') * 10 + i64::from(ones - b'0')),
        _ => Err(ParseMoneyError::TooFine),
    }
}

/// Parses the digits before the point, as pounds. Thousands may be separated by commas or by one kind of space.
fn parse_pounds(text: &str, may_be_empty: bool) -> Result<i64, ParseMoneyError> {
    let is_separator = |c: char| matches!(c, ',' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    if text.is_empty() && may_be_empty {
        return Ok(0);
    }
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit() || is_separator(c)) {
        return Err(ParseMoneyError::NoNumber);
    }
    if let Some(separator) = text.chars().find(|c| is_separator(*c)) {
        let mut groups = text.split(separator);
        let is_first_good = groups.next().is_some_and(|group| matches!(group.len(), 1..=3));
        if !is_first_good
            || !groups.all(|group| group.len() == 3)
            || text.contains(|c| is_separator(c) && c != separator)
        {
            return Err(ParseMoneyError::Separators);
        }
    }
    let mut pounds: i64 = 0;
    for digit in text.bytes().filter(u8::is_ascii_digit) {
        pounds = pounds * 10 + i64::from(digit - b'0');
        if pounds > Money::MAX.pence / 100 {
            return Err(ParseMoneyError::TooLarge);
        }
    }
    Ok(pounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match text.parse::<Money>() {
            Ok(money) => money.pence.to_string(),
            Err(mistake) => format!("{mistake:?}"),
        }
    }

    #[test]
    fn amounts_are_read_as_tables_write_them() {
        for (text, pence) in [
            ("0", 0),
            ("12", 1200),
            ("1234", 123_400),
            ("1,234", 123_400),
            ("£1,234.50", 123_450),
            ("£ 1 234", 123_400),
            ("1\u{a0}234\u{a0}567", 123_456_700),
            ("1234.5", 123_450),
            (".07", 7),
            ("(1,234)", -123_400),
            ("(£1,234)", -123_400),
            ("£(1,234)", -123_400),
            ("-1,234", -123_400),
            ("-£1,234", -123_400),
            ("£-1,234", -123_400),
            ("\u{2212}5", -500),
            ("+5", 500),
            ("-0", 0),
            ("007", 700),
            (" 5 ", 500),
            ("999,999,999,999.99", Money::MAX.pence),
            ("-£999999999999.99", -Money::MAX.pence),
        ] {
            assert_eq!(check(text), pence.to_string(), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_an_amount() {
        for (text, mistake) in [
            ("", "NoNumber"),
            ("abc", "NoNumber"),
            ("-", "NoNumber"),
            ("£", "NoNumber"),
            (".", "NoNumber"),
            ("5.", "NoNumber"),
            ("1.2.3", "NoNumber"),
            ("--5", "NoNumber"),
            ("-(5)", "NoNumber"),
            ("(-5)", "NoNumber"),
            ("(5", "NoNumber"),
            ("5)", "NoNumber"),
            ("1E+05", "NoNumber"),
            ("5k", "NoNumber"),
            ("$5", "NoNumber"),
            ("££5", "NoNumber"),
            ("NaN", "NoNumber"),
            ("١٢", "NoNumber"),
            ("1,23", "Separators"),
            ("12,34,567", "Separators"),
            ("1234,567", "Separators"),
            (",123", "Separators"),
            ("1,,234", "Separators"),
            ("1,234 567", "Separators"),
            ("1,234,", "Separators"),
            ("1.234", "TooFine"),
            ("0.001", "TooFine"),
            ("1.000", "TooFine"),
            ("1,000,000,000,000", "TooLarge"),
            ("99999999999999999999999999", "TooLarge"),
        ] {
            assert_eq!(check(text), mistake, "{text}");
        }
    }

    #[test]
    fn displayed_amounts_parse_back_to_the_penny() {
        let steps = (0..15).flat_map(|power| {
            let unit = 10_i64.pow(power);
            [unit - 1, unit, unit + 1, unit * 7 + 3]
        });
        for pence in steps.filter(|pence| *pence <= Money::MAX.pence).flat_map(|pence| [pence, -pence]) {
            let money = Money { pence };
            assert_eq!(money.to_string().parse(), Ok(money), "{money}");
            let plain = format!("{}{}.{:02}", if pence < 0 { "-" } else { "" }, pence.abs() / 100, pence.abs() % 100);
            assert_eq!(plain.parse(), Ok(money), "{plain}");
            let bracketed = format!("({})", money.abs());
            assert_eq!(bracketed.parse(), Ok(Money { pence: -pence.abs() }), "{bracketed}");
        }
        assert_eq!(Money { pence: 18_761_700 }.to_string(), "£187,617");
        assert_eq!(Money { pence: -123_450 }.to_string(), "-£1,234.50");
        assert_eq!(Money { pence: 5 }.to_string(), "£0.05");
        assert_eq!(Money { pence: i64::MIN }.to_string(), "-£92,233,720,368,547,758.08");
    }
}
