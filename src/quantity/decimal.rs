//! Exact numbers with decimals, and exact fractions to calculate with.

use std::fmt;
use std::str::FromStr;

use super::group_digits;

/// A number with at most four decimals, exactly as it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Decimal {
    /// The number in ten-thousandths.
    units: i64,
}

/// How many units are one.
const ONE: i64 = 10_000;
/// How many decimals a number may have.
const PLACES: usize = 4;
/// How many digits a number may have before the point.
const DIGITS: usize = 12;

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParseDecimalError {
    /// It is not one number.
    NoNumber,
    /// It has more than four decimals.
    TooFine,
    /// It has more than twelve digits before the point.
    TooLarge,
}

impl Decimal {
    /// A whole number.
    #[must_use]
    pub(crate) fn whole(number: u32) -> Self {
        Self { units: i64::from(number) * ONE }
    }

    /// The number, if it is whole and not negative.
    #[must_use]
    pub(crate) fn as_count(self) -> Option<u64> {
        (self.units % ONE == 0).then_some(self.units / ONE).and_then(|whole| u64::try_from(whole).ok())
    }

    /// The number in ten-thousandths.
    #[must_use]
    pub(crate) fn ten_thousandths(self) -> i64 {
        self.units
    }

    /// Whether it is less than zero.
    #[must_use]
    pub(crate) fn is_negative(self) -> bool {
        self.units < 0
    }

    /// The number without its sign.
    #[must_use]
    pub(crate) fn abs(self) -> Self {
        Self { units: self.units.saturating_abs() }
    }

    /// This number minus another.
    #[must_use]
    pub(crate) fn minus(self, other: Self) -> Self {
        Self { units: self.units.saturating_sub(other.units) }
    }

    /// As a measure for drawing.
    #[allow(clippy::cast_precision_loss, reason = "a drawing is less exact than that")]
    #[must_use]
    pub(crate) fn measure(self) -> f64 {
        self.units as f64 / ONE as f64
    }

    /// Without commas, and with at least so many decimals: `39.0`.
    #[must_use]
    pub(crate) fn plain_with(self, least: usize) -> String {
        let (whole, rest) =
            (self.units.unsigned_abs() / ONE.unsigned_abs(), self.units.unsigned_abs() % ONE.unsigned_abs());
        let sign = if self.units < 0 { "-" } else { "" };
        let decimals = format!("{rest:0PLACES$}");
        let length = decimals.trim_end_matches('0').len().max(least.min(PLACES));
        let point = if length > 0 { "." } else { "" };
        format!("{sign}{whole}{point}{}", &decimals[..length])
    }

    /// With commas between thousands, for readers: `1,905.5`.
    #[must_use]
    pub(crate) fn grouped(self) -> String {
        self.grouped_with(0)
    }

    /// The same with at least so many decimals: `39.0`.
    #[must_use]
    pub(crate) fn grouped_with(self, least: usize) -> String {
        let plain = self.abs().plain_with(least);
        let (whole, decimals) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
        format!("{}{}{decimals}", if self.is_negative() { "-" } else { "" }, group_digits(whole))
    }
}

impl fmt::Display for Decimal {
    /// `1905`, or `40.5` if there are decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain_with(0))
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    /// Reads a number as tables have it: `1905`, `1,905`, `40.5`, `-3`.
    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        let text = text.trim();
        let (text, sign) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (rest, -1),
            None => (text, 1),
        };
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = whole.replace(',', "");
        let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_grouped = digits == whole || group_digits(&digits) == whole;
        if !are_digits(&digits) || !are_digits(decimals) || !is_grouped {
            return Err(ParseDecimalError::NoNumber);
        }
        let (digits, decimals) = (digits.trim_start_matches('0'), decimals.trim_end_matches('0'));
        if digits.len() > DIGITS {
            return Err(ParseDecimalError::TooLarge);
        }
        if decimals.len() > PLACES {
            return Err(ParseDecimalError::TooFine);
        }
        let units = format!("0{digits}{decimals:0<PLACES$}").parse::<i64>().map_err(|_| ParseDecimalError::TooLarge)?;
        Ok(Self { units: sign * units })
    }
}

/// An exact fraction, for calculations. Each operation gives nothing where the result is too large to be held, and
/// division gives nothing for a divisor of zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    above: i128,
    /// Greater than zero, and without a factor in common with `above`.
    below: i128,
}

impl From<Decimal> for Fraction {
    fn from(number: Decimal) -> Self {
        Self { above: number.units.into(), below: ONE.into() }.reduced()
    }
}

impl Fraction {
    fn new(above: Option<i128>, below: Option<i128>) -> Option<Self> {
        let (above, below) = (above?, below?);
        let is_negative = below < 0;
        let (above, below) = if is_negative { (above.checked_neg()?, below.checked_neg()?) } else { (above, below) };
        (below > 0).then(|| Self { above, below }.reduced())
    }

    fn reduced(self) -> Self {
        let (mut divisor, mut rest) = (self.below.unsigned_abs(), self.above.unsigned_abs());
        while rest > 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        match i128::try_from(divisor) {
            Ok(divisor) if divisor > 1 => Self { above: self.above / divisor, below: self.below / divisor },
            _ => self,
        }
    }

    /// The sum; nothing if it is too large to be held.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        let (left, right) = (self.above.checked_mul(other.below), other.above.checked_mul(self.below));
        Self::new(left?.checked_add(right?), self.below.checked_mul(other.below))
    }

    /// The difference; nothing if it is too large to be held.
    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { above: other.above.checked_neg()?, ..other })
    }

    /// The product; nothing if it is too large to be held.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        Self::new(self.above.checked_mul(other.above), self.below.checked_mul(other.below))
    }

    /// The quotient; nothing if it is too large to be held, or `other` is zero.
    pub(crate) fn divided_by(self, other: Self) -> Option<Self> {
        Self::new(self.above.checked_mul(other.below), self.below.checked_mul(other.above))
    }

    /// Whether it is less than zero.
    #[must_use]
    pub(crate) fn is_negative(self) -> bool {
        self.above < 0
    }

    /// Whether it is zero.
    #[must_use]
    pub(crate) fn is_zero(self) -> bool {
        self.above == 0
    }

    /// The same as a number with at most four decimals, if it is one.
    #[must_use]
    pub(crate) fn to_decimal(self) -> Option<Decimal> {
        let units = self.above.checked_mul(ONE.into()).filter(|units| units % self.below == 0)? / self.below;
        i64::try_from(units).ok().map(|units| Decimal { units })
    }

    /// Rounded to one decimal, halves up.
    #[must_use]
    pub(crate) fn to_tenths(self) -> Option<Decimal> {
        let tenths = self.above.checked_mul(20)?.checked_add(self.below)?.div_euclid(self.below.checked_mul(2)?);
        let units = tenths.checked_mul(i128::from(ONE) / 10)?;
        let units = i64::try_from(units).ok().filter(|units| units.unsigned_abs() < 10_u64.pow(16))?;
        Some(Decimal { units })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written_exactly() {
        let read = |text: &str| text.parse::<Decimal>().map(|number| format!("{number} {}", number.grouped()));
        assert_eq!(read("1905"), Ok("1905 1,905".to_owned()));
        assert_eq!(read("1,905.50"), Ok("1905.5 1,905.5".to_owned()));
        assert_eq!(read("-0.0001"), Ok("-0.0001 -0.0001".to_owned()));
        assert_eq!("1039".parse::<Decimal>().unwrap().grouped_with(1), "1,039.0");
        assert_eq!(read("0"), Ok("0 0".to_owned()));
        for bad in ["", "c", "1.", ".5", "1,9", "12,34", "5%", "1e5", "--1", "1 905"] {
            assert_eq!(read(bad), Err(ParseDecimalError::NoNumber), "{bad}");
        }
        assert_eq!(read("0.12345"), Err(ParseDecimalError::TooFine));
        assert_eq!(read("1234567890123"), Err(ParseDecimalError::TooLarge));
        assert_eq!("12.0".parse::<Decimal>().unwrap().as_count(), Some(12));
        assert_eq!("12.1".parse::<Decimal>().unwrap().as_count(), None);
        assert_eq!("-1".parse::<Decimal>().unwrap().as_count(), None);
    }

    #[test]
    fn halves_are_rounded_up() {
        let tenths = |above: &str, below: &str| {
            let number = |text: &str| Fraction::from(text.parse::<Decimal>().unwrap());
            number(above).divided_by(number(below)).and_then(Fraction::to_tenths).map(|number| number.to_string())
        };
        assert_eq!(tenths("1", "4"), Some("0.3".to_owned()));
        assert_eq!(tenths("-1", "4"), Some("-0.2".to_owned()), "up is towards the larger number");
        assert_eq!(tenths("1", "3"), Some("0.3".to_owned()));
        assert_eq!(tenths("200", "-3"), Some("-66.7".to_owned()));
        assert_eq!(tenths("1", "0"), None);
    }

    #[test]
    fn what_is_too_large_is_nothing() {
        let large = Fraction::from("999999999999".parse::<Decimal>().unwrap());
        let squared = large.times(large).unwrap();
        assert_eq!(squared.to_tenths(), None);
        assert_eq!(squared.times(squared).and_then(|huge| huge.times(huge)), None);
    }
}
