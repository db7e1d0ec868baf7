//! Numbers as a site shows them, exactly.

use serde_json::Value;

/// A decimal number as it is written, with as many decimals as it has: 12.50 is 1250 hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ShownNumber {
    /// The digits as a whole number.
    pub digits: i64,
    /// How many of them are decimals; at most [`MOST_DECIMALS`].
    pub decimals: u32,
}

/// More decimals than anything about people has.
const MOST_DECIMALS: u32 = 6;

impl ShownNumber {
    /// A number with thousands separated by commas or not: `1,985`, `-12.5`, `+3`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, text) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let whole = whole.replace(',', "");
        let digits = format!("{whole}{decimals}");
        let count = u32::try_from(decimals.len()).ok().filter(|count| *count <= MOST_DECIMALS)?;
        if whole.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some(Self { digits: sign * digits.parse::<i64>().ok()?, decimals: count })
    }

    /// A number or a text of JSON.
    pub(super) fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Self::parse(&number.to_string()),
            Value::String(text) => Self::parse(text),
            _ => None,
        }
    }

    /// The number with so many decimals as a whole number, if no digit is lost.
    pub(super) fn scaled(self, decimals: u32) -> Option<i64> {
        self.digits.checked_mul(10_i64.checked_pow(decimals.checked_sub(self.decimals)?)?)
    }

    /// The same number without zeros at its end.
    pub(super) fn trimmed(self) -> Self {
        let mut number = self;
        while number.decimals > 0 && number.digits % 10 == 0 {
            number = Self { digits: number.digits / 10, decimals: number.decimals - 1 };
        }
        number
    }
}

impl std::fmt::Display for ShownNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let divisor = 10_u64.pow(self.decimals);
        let digits = self.digits.unsigned_abs();
        let sign = if self.digits < 0 { "-" } else { "" };
        write!(f, "{sign}{}", digits / divisor)?;
        if self.decimals == 0 {
            return Ok(());
        }
        write!(f, ".{:0width$}", digits % divisor, width = self.decimals as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written_exactly() {
        for text in ["0", "1985", "12.50", "-3.5", "0.05"] {
            assert_eq!(ShownNumber::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(ShownNumber::parse("1,985"), Some(ShownNumber { digits: 1985, decimals: 0 }));
        assert_eq!(ShownNumber::parse("12.5").unwrap().scaled(2), Some(1250));
        assert_eq!(ShownNumber::parse("12.50").unwrap().trimmed().to_string(), "12.5");
        for text in ["", "c", "-", "1.2.3", "12 %", "99999999999999999999", "0.1234567"] {
            assert_eq!(ShownNumber::parse(text), None, "{text}");
        }
    }
}
