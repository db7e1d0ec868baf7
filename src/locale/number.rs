//! Numbers and amounts as people write them. English and Welsh write them alike.

use crate::quantity::{Money, group_digits};

/// A whole number with grouped thousands: `1,234`.
#[must_use]
pub(crate) fn group_thousands(number: usize) -> String {
    group_digits(&number.to_string())
}

/// A number with grouped thousands, up to two decimals and a true minus sign: `1,561`, `−0.25`.
#[must_use]
pub(crate) fn decimal(number: f64) -> String {
    let text = format!("{:.2}", number.abs());
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let sign = if number < 0.0 && text != "0" { "−" } else { "" };
    match text.split_once('.') {
        Some((whole, decimals)) => format!("{sign}{}.{decimals}", group_digits(whole)),
        None => format!("{sign}{}", group_digits(text)),
    }
}

/// An amount with a true minus sign: `£269,342`, `−£5.50`.
#[must_use]
pub(crate) fn pounds(money: Money) -> String {
    money.to_string().replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_do() {
        let shown: Vec<_> = [0.0, -0.001, 1561.0, 1_234_567.5, -0.25, 999.999].map(decimal).into();
        assert_eq!(shown, ["0", "0", "1,561", "1,234,567.5", "−0.25", "1,000"]);
        assert_eq!([0, 999, 1_000, 1_234_567].map(group_thousands), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(pounds(Money { pence: -123_450 }), "−£1,234.50");
    }
}
