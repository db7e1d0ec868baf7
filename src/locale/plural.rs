//! Plural forms by the categories of CLDR, the Unicode Consortium's data about languages.

use std::collections::BTreeMap;

/// A plural category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PluralCategory {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl PluralCategory {
    /// All categories.
    pub(crate) const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// The category's name in locale files.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

/// How a language tells whole numbers apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum PluralRules {
    /// One, and all others: English and most languages of Europe.
    #[default]
    OneOther,
    Welsh,
    Irish,
    ScottishGaelic,
}

impl PluralRules {
    /// The rules of a language, by the primary part of its tag: `cy`.
    #[must_use]
    pub(crate) fn from_language(primary: &str) -> Self {
        match primary {
            "cy" => Self::Welsh,
            "ga" => Self::Irish,
            "gd" => Self::ScottishGaelic,
            _ => Self::OneOther,
        }
    }

    /// The category of a whole number.
    #[must_use]
    pub(crate) fn category(self, number: u128) -> PluralCategory {
        match (self, number) {
            (Self::Welsh, 0) => PluralCategory::Zero,
            (_, 1) | (Self::ScottishGaelic, 11) => PluralCategory::One,
            (Self::Welsh | Self::Irish, 2) | (Self::ScottishGaelic, 2 | 12) => PluralCategory::Two,
            (Self::Welsh, 3) | (Self::Irish, 3..=6) | (Self::ScottishGaelic, 3..=10 | 13..=19) => PluralCategory::Few,
            (Self::Welsh, 6) | (Self::Irish, 7..=10) => PluralCategory::Many,
            _ => PluralCategory::Other,
        }
    }
}

/// A text of a language. One that depends on a number has a form for each plural category.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LocaleText {
    /// The text, or its form for [`PluralCategory::Other`].
    pub other: String,
    /// The forms for the other categories. A missing one is the same as `other`.
    pub forms: BTreeMap<PluralCategory, String>,
    /// The rules of the language that the text is in.
    pub rules: PluralRules,
}

impl LocaleText {
    /// The form for a number.
    #[must_use]
    pub(crate) fn form(&self, number: u128) -> &str {
        self.forms.get(&self.rules.category(number)).unwrap_or(&self.other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_tell_numbers_apart_by_their_own_rules() {
        let of = |language: &str| {
            let rules = PluralRules::from_language(language);
            [0, 1, 2, 3, 4, 6, 11].map(|number| rules.category(number).name()).join(" ")
        };
        assert_eq!(of("cy"), "zero one two few other many other");
        assert_eq!(of("ga"), "other one two few few few other");
        assert_eq!(of("gd"), "other one two few few few one");
        assert_eq!(of("en"), "other one other other other other other");
    }
}
