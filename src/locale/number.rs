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

/// How amounts that are shown together are written: all with pence, if one of them has pence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PoundsFormat {
    has_pence: bool,
}

impl PoundsFormat {
    /// The format for amounts in one chart or table.
    #[must_use]
    pub(crate) fn for_amounts(amounts: impl IntoIterator<Item = Money>) -> Self {
        Self { has_pence: amounts.into_iter().any(|amount| amount.pence % 100 != 0) }
    }

    /// An amount with a true minus sign: `£11,500.00` beside `£12,250.50`.
    #[must_use]
    pub(crate) fn text(self, money: Money) -> String {
        let text = pounds(money);
        if self.has_pence && money.pence % 100 == 0 { text + ".00" } else { text }
    }
}

/// A name at the start of a line: its first letter is a capital.
#[must_use]
pub(crate) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
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
        assert_eq!(["adults", "MASH", "émigrés", ""].map(capitalised), ["Adults", "MASH", "Émigrés", ""]);
    }

    #[test]
    fn amounts_together_have_the_same_decimals() {
        let together = |pence: &[i64]| {
            let amounts = pence.iter().map(|pence| Money { pence: *pence });
            let format = PoundsFormat::for_amounts(amounts.clone());
            amounts.map(|amount| format.text(amount)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(together(&[1_150_000, 1_225_050, -300]), "£11,500.00 £12,250.50 −£3.00");
        assert_eq!(together(&[1_150_000, -300]), "£11,500 −£3");
    }
}
