//! Dates, rates and lists as a language writes them.

use jiff::civil::Date;

use super::Locale;
use crate::quantity::MonthOrDate;

impl Locale {
    /// A day: `31 March 2020`.
    #[must_use]
    pub(crate) fn date(&self, date: Date) -> String {
        self.month_or_date(date.into())
    }

    /// A month or a day: `June 2019`, `12 June 2019`.
    #[must_use]
    pub(crate) fn month_or_date(&self, when: MonthOrDate) -> String {
        let (month, year) = (nth(self.text("months"), when.month), when.year.to_string());
        match when.day {
            Some(day) => self.say("date_format", &[("day", &day.to_string()), ("month", month), ("year", &year)]),
            None => self.say("month_format", &[("month", month), ("year", &year)]),
        }
    }

    /// A month or a day, short, for a narrow column: `Jun 2019`.
    #[must_use]
    pub(crate) fn short_date(&self, when: MonthOrDate) -> String {
        let month = nth(self.text("short_months"), when.month);
        match when.day {
            Some(day) => format!("{day} {month} {}", when.year),
            None => format!("{month} {}", when.year),
        }
    }

    /// Tenths of a percent as a percentage with one decimal: 863 gives `86.3%`.
    #[must_use]
    pub(crate) fn per_cent(&self, per_mille: u32) -> String {
        let (whole, tenth) = ((per_mille / 10).to_string(), (per_mille % 10).to_string());
        if matches!(per_mille, 0 | 1000) {
            return self.say("chart.percent", &[("number", &whole)]);
        }
        self.say("per_cent_format", &[("whole", &whole), ("tenth", &tenth)])
    }

    /// `a, b and c`. If an item contains a comma, semicolons separate them: `a, b; c and d`.
    #[must_use]
    pub(crate) fn list(&self, items: &[impl AsRef<str>]) -> String {
        let Some((last, rest)) = items.split_last() else { return String::new() };
        if rest.is_empty() {
            return last.as_ref().to_owned();
        }
        let separator = if items.iter().any(|item| item.as_ref().contains(',')) { "; " } else { ", " };
        let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
        self.say("list_format", &[("rest", &rest.join(separator)), ("last", last.as_ref())])
    }
}

/// The name of a month, counted from 1, in a list of all months.
fn nth(months: &str, month: i8) -> &str {
    months.split(", ").nth(usize::try_from(month - 1).unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{LocaleText, PluralRules};

    #[test]
    fn lists_end_as_the_language_ends_them() {
        let text = "{rest} and {last}".to_owned();
        let text = LocaleText { other: text, forms: std::collections::BTreeMap::new(), rules: PluralRules::OneOther };
        let mut words = Locale::new("en-GB");
        words.add([("list_format".to_owned(), text)]);
        assert_eq!(words.list(&[] as &[&str]), "");
        assert_eq!(words.list(&["A"]), "A");
        assert_eq!(words.list(&["A", "B"]), "A and B");
        assert_eq!(words.list(&["A", "B", "C"]), "A, B and C");
        assert_eq!(words.list(&["A, B", "C", "D"]), "A, B; C and D");
    }
}
