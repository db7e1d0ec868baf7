//! The words, plurals, lists, numbers and dates of a language.
//!
//! A [`Locale`] has the texts of everything that readers see: pages, charts, the editor's desk and letters. The theme has
//! them in one file for each language, which [`crate::render`] reads.

mod format;
mod number;
mod plural;

use std::collections::BTreeMap;

pub(crate) use self::number::{PoundsFormat, capitalised, decimal, group_thousands, pounds};
pub(crate) use self::plural::{LocaleText, PluralCategory, PluralRules};

/// The texts of one language.
#[derive(Clone, Debug, Default, Hash)]
pub struct Locale {
    tag: String,
    texts: BTreeMap<String, LocaleText>,
}

impl Locale {
    /// A locale without texts. `tag` is the language as HTML names it, such as `en-GB`.
    #[must_use]
    pub(crate) fn new(tag: &str) -> Self {
        Self { tag: tag.to_owned(), texts: BTreeMap::new() }
    }

    /// The language that the texts are in, as HTML names it.
    #[must_use]
    pub(crate) fn tag(&self) -> &str {
        &self.tag
    }

    /// Adds texts, except those that are there already.
    pub(crate) fn add(&mut self, texts: impl IntoIterator<Item = (String, LocaleText)>) {
        for (key, text) in texts {
            self.texts.entry(key).or_insert(text);
        }
    }

    /// Every text by key. Of texts that depend on a number, the form for "other".
    pub(crate) fn plain(&self) -> BTreeMap<&str, &str> {
        self.texts.iter().map(|(key, text)| (key.as_str(), text.other.as_str())).collect()
    }

    /// The text for a key, if there is one; for a number, in the correct plural form.
    #[must_use]
    pub(crate) fn find(&self, key: &str, count: Option<u128>) -> Option<&str> {
        let text = self.texts.get(key)?;
        Some(count.map_or(text.other.as_str(), |count| text.form(count)))
    }

    /// The text for a key, or the key itself if no locale has it.
    #[must_use]
    pub(crate) fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key, None).unwrap_or(key)
    }

    /// A text with its placeholders filled in.
    #[must_use]
    pub(crate) fn say(&self, key: &str, given: &[(&str, &str)]) -> String {
        interpolate(self.text(key), given)
    }

    /// A text for a number, which fills the placeholder `{n}`.
    #[must_use]
    pub(crate) fn count(&self, key: &str, count: usize) -> String {
        self.count_with(key, count, &[])
    }

    /// A text for a number, which fills the placeholder `{n}`, with its other placeholders filled in.
    #[must_use]
    pub(crate) fn count_with(&self, key: &str, count: usize, given: &[(&str, &str)]) -> String {
        let number = group_thousands(count);
        interpolate(self.find(key, Some(count as u128)).unwrap_or(key), &[&[("n", number.as_str())], given].concat())
    }
}

/// A text with its placeholders `{name}` filled in. Unknown placeholders stay.
#[must_use]
pub(crate) fn interpolate(text: &str, given: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = given.iter().find(|(known, _)| *known == name)?;
            Some((*value, tail))
        });
        let (value, tail) = value.unwrap_or(("{", after));
        filled.push_str(value);
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

/// The placeholders of a text, each with its position in bytes. One that is never closed extends to the end.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.match_indices('{').map(|(at, _)| {
        let rest = &text[at + 1..];
        (rest.split_once('}').map_or(rest, |(name, _)| name), at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with forms, each written as a category and a text.
    fn text(language: &str, other: &str, forms: &[(PluralCategory, &str)]) -> LocaleText {
        let forms = forms.iter().map(|(category, form)| (*category, (*form).to_owned()));
        LocaleText { other: other.to_owned(), forms: forms.collect(), rules: PluralRules::from_language(language) }
    }

    #[test]
    fn placeholders_are_filled_in_once() {
        let given = [("a", "{b}"), ("b", "£5")];
        assert_eq!(interpolate("{a} paid {b} of {a}", &given), "{b} paid £5 of {b}");
        assert_eq!(interpolate("{unknown} {a", &given), "{unknown} {a");
    }

    #[test]
    fn counts_take_the_form_of_the_language_they_are_in() {
        let mut words = Locale::new("gd");
        words.add([("bodies".to_owned(), text("gd", "{n} buidhnean", &[(PluralCategory::One, "{n} bhuidheann")]))]);
        let english = text("en", "{n} {what}", &[(PluralCategory::One, "one {what}")]);
        words.add([("bodies".to_owned(), english.clone()), ("things".to_owned(), english)]);
        assert_eq!(
            (words.count("bodies", 11), words.count("bodies", 5)),
            ("11 bhuidheann".into(), "5 buidhnean".into())
        );
        // An English text has no form for the Gaelic eleven.
        assert_eq!(words.count_with("things", 11, &[("what", "plans")]), "11 plans");
        assert_eq!(words.count_with("things", 1_200, &[("what", "plans")]), "1,200 plans");
        assert_eq!(words.text("nothing"), "nothing");
    }
}
