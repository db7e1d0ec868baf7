//! The texts of the interface in the site's language, with plurals, placeholders, dates and numbers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::files::ThemeFiles;
use crate::diagnostic::Span;
use crate::record;
use crate::source::FileContent;
use crate::source::yaml::{FreeMap, MonthOrDate, ShortOr, Text, TextOr, read_document};

/// The language used for texts that another language lacks.
const FALLBACK: &str = "en-GB";

record! {
    /// A text that depends on a number, by CLDR plural category.
    pub struct Plurals {
        /// For zero.
        "zero" optional zero: Text,
        /// For one.
        "one" optional one: Text,
        /// For two.
        "two" optional two: Text,
        /// For a few.
        "few" optional few: Text,
        /// For many.
        "many" optional many: Text,
        /// For every other number.
        "other" required other: Text,
    }
}

/// The texts of one language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Locale {
    /// The primary part of the language: `en` of `en-GB`.
    language: String,
    /// The language that the texts are in: British English if the theme has none in the language asked for.
    tag: String,
    /// Every text by key. For texts that depend on a number, the form for "other".
    pub plain: BTreeMap<String, String>,
    /// The texts that depend on a number, by key and category.
    plural: BTreeMap<String, BTreeMap<&'static str, String>>,
}

impl Locale {
    /// The texts of a language from a chain of themes, the site's own first. British English replaces texts that are
    /// missing. [`super::locale_check`] reports errors in locales.
    pub(super) fn from_files(chain: &[ThemeFiles], language: &str) -> Self {
        let primary = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
        let has = |name: &str| chain.iter().any(|files| files.contains_key(&format!("locales/{name}.yaml")));
        let tag = if has(language) || has(&primary) { language } else { FALLBACK };
        let mut words = Self { language: primary.clone(), tag: tag.to_owned(), ..Self::default() };
        for name in [language, &primary, FALLBACK] {
            for files in chain {
                let Some(file) = files.get(&format!("locales/{name}.yaml")) else { continue };
                let FileContent::Text(text) = &file.content else { continue };
                let read: FreeMap<TextOr<Plurals>> = read_document(&file.path, text, Span::new(0, text.len())).value;
                words.add(read);
            }
        }
        words
    }

    /// Adds the texts that are not there yet.
    fn add(&mut self, read: FreeMap<TextOr<Plurals>>) {
        for (key, text) in read.0 {
            if self.plain.contains_key(&key.value) {
                continue;
            }
            match text {
                ShortOr::One(text) => _ = self.plain.insert(key.value, text.value),
                ShortOr::More(forms) => {
                    let Some(other) = forms.other else { continue };
                    let named = [
                        ("zero", forms.zero),
                        ("one", forms.one),
                        ("two", forms.two),
                        ("few", forms.few),
                        ("many", forms.many),
                    ];
                    let known = named.into_iter().filter_map(|(name, form)| Some((name, form?.value)));
                    self.plural.insert(key.value.clone(), known.collect());
                    self.plain.insert(key.value, other.value);
                }
            }
        }
    }

    /// The language that the texts are in, as HTML names it.
    #[must_use]
    pub(crate) fn tag(&self) -> &str {
        &self.tag
    }

    /// The text for a key, if there is one; for a number, in the correct plural form.
    #[must_use]
    pub(crate) fn find(&self, key: &str, count: Option<i128>) -> Option<&str> {
        let form = count.and_then(|count| self.plural.get(key)?.get(category(&self.language, count)));
        form.or_else(|| self.plain.get(key)).map(String::as_str)
    }

    /// The text for a key, or the key itself if no locale has it.
    #[must_use]
    pub(crate) fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key, None).unwrap_or(key)
    }

    /// A text with its placeholders filled in.
    #[must_use]
    pub(crate) fn say(&self, key: &str, given: &[(&str, &str)]) -> String {
        interpolate(self.text(key), given.iter().copied())
    }

    /// A text for a number, which fills the placeholder `{n}`.
    #[must_use]
    pub(crate) fn count(&self, key: &str, count: usize) -> String {
        let text = self.find(key, i128::try_from(count).ok()).unwrap_or(key);
        interpolate(text, [("n", group_thousands(count).as_str())])
    }

    /// A day: `31 March 2020`.
    #[must_use]
    pub(crate) fn date(&self, date: Date) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.say("date_format", &[("day", &day), ("month", self.month(date.month())), ("year", &year)])
    }

    /// A month or a day: `June 2019`, `12 June 2019`.
    #[must_use]
    pub(crate) fn month_or_date(&self, when: MonthOrDate) -> String {
        let (month, year) = (self.month(when.month), when.year.to_string());
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

    /// A month's name.
    fn month(&self, month: i8) -> &str {
        nth(self.text("months"), month)
    }

    /// Tenths of a percent as a percentage with one decimal: 863 gives `86.3%`.
    #[must_use]
    pub(crate) fn per_cent(&self, per_mille: u32) -> String {
        let (whole, tenth) = ((per_mille / 10).to_string(), (per_mille % 10).to_string());
        self.say("per_cent_format", &[("whole", &whole), ("tenth", &tenth)])
    }

    /// `a, b and c`.
    #[must_use]
    pub(crate) fn list(&self, items: &[String]) -> String {
        match items.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                self.say("list_format", &[("rest", &rest.join(", ")), ("last", last)])
            }
            _ => items.concat(),
        }
    }
}

/// The name of a month, counted from 1, in a list of all months.
fn nth(months: &str, month: i8) -> &str {
    months.split(", ").nth(usize::try_from(month - 1).unwrap_or_default()).unwrap_or_default()
}

/// A whole number with grouped thousands: `1,234`.
#[must_use]
pub(crate) fn group_thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A text with its placeholders `{name}` filled in. Unknown placeholders stay.
#[must_use]
pub(crate) fn interpolate<'a>(text: &str, given: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut filled = Cow::Borrowed(text);
    for (name, value) in given {
        let gap = format!("{{{name}}}");
        if filled.contains(&gap) {
            filled = Cow::Owned(filled.replace(&gap, value));
        }
    }
    filled.into_owned()
}

/// The plural category of a whole number according to CLDR, for the languages of Britain and Ireland.
fn category(language: &str, count: i128) -> &'static str {
    match (language, count) {
        ("cy", 0) => "zero",
        ("cy" | "ga" | "gd", 2) | ("gd", 12) => "two",
        ("cy", 3) | ("ga", 3..=6) | ("gd", 3..=10 | 13..=19) => "few",
        ("cy", 6) | ("ga", 7..=10) => "many",
        (_, 1) | ("gd", 11) => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::theme::embedded;

    impl Locale {
        /// The British English texts of the built-in theme.
        pub(crate) fn english() -> Self {
            Self::from_files(&[embedded::files()], FALLBACK)
        }
    }

    fn english() -> Locale {
        Locale::english()
    }

    #[test]
    fn english_is_complete() {
        let words = english();
        assert_eq!(words.date(Date::constant(2020, 3, 31)), "31 March 2020");
        assert_eq!(words.short_date(MonthOrDate { year: 2019, month: 6, day: None }), "Jun 2019");
        assert_eq!(words.per_cent(863), "86.3%");
        assert_eq!(words.list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(
            (words.count("boards_count", 1), words.count("boards_count", 1200)),
            ("1 board".into(), "1,200 boards".into())
        );
    }

    /// Every file of the rooms `render` and `preview` and every template of the built-in theme, in one text.
    #[allow(clippy::disallowed_methods, reason = "the sources are read from disk")]
    fn sources() -> String {
        let rooms = ["render", "preview"].map(|room| format!("{}/src/{room}", env!("CARGO_MANIFEST_DIR")));
        let rust = rooms.iter().flat_map(walkdir::WalkDir::new);
        let rust = rust.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let rust: String = rust.map(|entry| std::fs::read_to_string(entry.path()).unwrap_or_default()).collect();
        let templates = embedded::files().into_iter().filter(|(path, _)| path.starts_with("templates/"));
        templates.fold(rust, |mut all, (_, file)| {
            if let FileContent::Text(text) = &file.content {
                all.push_str(text);
            }
            all
        })
    }

    #[test]
    fn no_text_is_missing_and_none_is_unused() {
        let (words, text) = (english(), sources());
        for key in words.plain.keys() {
            let is_used =
                [format!("words.{key} "), format!("words.{key}/"), format!("words.{key}}}"), format!("\"{key}\"")];
            // Some keys are put together: `desk.status-` and the status.
            let stems = key.match_indices('-').map(|(dash, _)| format!("\"{}-\"", &key[..dash]));
            assert!(is_used.into_iter().chain(stems).any(|form| text.contains(&form)), "nothing uses `{key}`");
        }
        let named = |before: &str| -> Vec<String> {
            let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
            text.split(before).skip(1).map(|rest| rest.chars().take_while(|c| is_key(*c)).collect()).collect()
        };
        let of_rust = ["words.text(\"", "words.say(\"", "words.count(\""].into_iter().flat_map(named);
        for key in of_rust.chain(named("t(key=\"")).filter(|key| !key.is_empty() && key != "nothing") {
            let is_stem = key.ends_with('-') && words.plain.keys().any(|whole| whole.starts_with(&key));
            assert!(is_stem || words.plain.contains_key(&key), "no locale has `{key}`");
        }
    }

    #[test]
    fn other_languages_fall_back() {
        let words = Locale::from_files(&[embedded::files()], "xx");
        assert_eq!(words.text("contents"), english().text("contents"));
    }

    /// The placeholders of a text, sorted by name.
    fn gaps(text: &str) -> Vec<&str> {
        let mut gaps: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        gaps.sort_unstable();
        gaps.dedup();
        gaps
    }

    #[test]
    fn welsh_is_complete() {
        let (english, files) = (english(), embedded::files());
        let FileContent::Text(text) = &files["locales/cy.yaml"].content else {
            panic!("the locale is not a text file")
        };
        let read: crate::diagnostic::WithDiagnostics<FreeMap<TextOr<Plurals>>> =
            read_document(&files["locales/cy.yaml"].path, text, Span::new(0, text.len()));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let mut welsh = Locale { language: "cy".into(), ..Locale::default() };
        welsh.add(read.value);
        let charts = crate::chart::ENGLISH.iter().map(|(key, text)| (*key, *text));
        let all: BTreeMap<&str, &str> =
            english.plain.iter().map(|(key, text)| (key.as_str(), text.as_str())).chain(charts).collect();
        for (key, text) in &all {
            let translated = welsh.plain.get(*key).unwrap_or_else(|| panic!("Welsh lacks `{key}`"));
            assert_eq!(gaps(translated), gaps(text), "the placeholders of `{key}`");
        }
        for key in welsh.plain.keys() {
            assert!(all.contains_key(key.as_str()), "Welsh has `{key}`, which nothing uses");
        }
        assert_eq!(welsh.date(Date::constant(2020, 3, 31)), "31 Mawrth 2020");
        assert_eq!(
            (welsh.count("boards_count", 2), welsh.count("boards_count", 7)),
            ("2 fwrdd".into(), "7 bwrdd".into())
        );
    }

    #[test]
    fn welsh_has_its_own_plurals() {
        let output: Vec<_> = [0, 1, 2, 3, 4, 6].iter().map(|n| category("cy", *n)).collect();
        assert_eq!(output, ["zero", "one", "two", "few", "other", "many"]);
    }
}
