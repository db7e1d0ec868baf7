//! Reads a language's texts from the locale files of a chain of themes.

use std::collections::BTreeMap;

use super::embedded;
use super::files::{ThemeFiles, ThemeSource};
use crate::diagnostic::{RelPath, Span, WithDiagnostics};
use crate::locale::{Locale, LocaleText, PluralCategory, PluralRules};
use crate::record;
use crate::source::FileContent;
use crate::source::yaml::{FreeMap, ShortOr, Text, TextOr, read_document};

/// The language used for texts that another language lacks.
pub(super) const FALLBACK: &str = "en-GB";

record! {
    /// A text that depends on a number, by CLDR plural category.
    pub struct PluralEntry {
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

impl PluralEntry {
    /// The forms that are written, each with its category.
    pub(super) fn forms(&self) -> impl Iterator<Item = (PluralCategory, &Text)> {
        let forms = [&self.zero, &self.one, &self.two, &self.few, &self.many, &self.other];
        PluralCategory::ALL.into_iter().zip(forms).filter_map(|(category, form)| Some((category, form.as_ref()?)))
    }
}

/// A locale file: texts by key.
pub(super) type LocaleFile = FreeMap<TextOr<PluralEntry>>;

/// Reads a locale file.
pub(super) fn read(path: &RelPath, text: &str) -> WithDiagnostics<LocaleFile> {
    read_document(path, text, Span::new(0, text.len()))
}

/// The texts of a language from a chain of themes, the site's own first. The built-in texts of the language, and then
/// British English, replace texts that are missing. [`super::locale_check`] reports errors in locale files.
pub(super) fn locale(chain: &[ThemeFiles], language: &str) -> Locale {
    let primary = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
    let is_known = |name: &str| chain.iter().any(|files| files.contains_key(&format!("locales/{name}.yaml")));
    let tag = if is_known(language) || is_known(&primary) { language } else { FALLBACK };
    let mut words = Locale::new(tag);
    let mut names = vec![language];
    names.extend([primary.as_str(), FALLBACK].into_iter().filter(|name| *name != language));
    for name in names {
        let rules = PluralRules::from_language(if name == FALLBACK { "en" } else { &primary });
        let path = format!("locales/{name}.yaml");
        let of_chain: Vec<&ThemeSource> = chain.iter().filter_map(|files| files.get(&path)).collect();
        // The built-in texts come last, since a site's own file of civic replaces civic's.
        let carried = embedded::file(&path).filter(|_| !of_chain.iter().any(|file| !file.is_own));
        for file in of_chain.into_iter().chain(&carried) {
            if let FileContent::Text(text) = &file.content {
                words.add(texts(read(&file.path, text).value, rules));
            }
        }
    }
    words
}

/// The texts of a locale file. One that lacks its form for "other" is left out.
fn texts(file: LocaleFile, rules: PluralRules) -> impl Iterator<Item = (String, LocaleText)> {
    file.0.into_iter().filter_map(move |(key, text)| {
        let (other, forms) = match text {
            ShortOr::One(text) => (text.value, BTreeMap::new()),
            ShortOr::More(entry) => {
                let mut forms: BTreeMap<_, _> =
                    entry.forms().map(|(category, form)| (category, form.value.clone())).collect();
                (forms.remove(&PluralCategory::Other)?, forms)
            }
        };
        Some((key.value, LocaleText { other, forms, rules }))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::locale::placeholders;
    use crate::quantity::MonthOrDate;
    use crate::render::theme::carried_locale;

    /// The texts of a locale file of the built-in theme.
    fn carried(language: &str) -> BTreeMap<String, TextOr<PluralEntry>> {
        let name = format!("locales/{language}.yaml");
        let Some(ThemeSource { content: FileContent::Text(text), .. }) = &embedded::file(&name) else {
            panic!("{name} is not a text file")
        };
        let read = read(&RelPath::new(&name), text);
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        read.value.0.into_iter().map(|(key, text)| (key.value, text)).collect()
    }

    /// The forms of a text: every plural form, or the text alone.
    fn forms(text: &TextOr<PluralEntry>) -> Vec<(PluralCategory, &str)> {
        match text {
            ShortOr::One(text) => vec![(PluralCategory::Other, text.as_str())],
            ShortOr::More(entry) => entry.forms().map(|(category, form)| (category, form.as_str())).collect(),
        }
    }

    /// The placeholders of all forms of a text, except the number, which some forms say in words.
    fn names(text: &TextOr<PluralEntry>) -> BTreeSet<String> {
        let all = forms(text).into_iter().flat_map(|(_, form)| placeholders(form).map(|(name, _)| name.to_owned()));
        all.filter(|name| name != "n" || matches!(text, ShortOr::One(_))).collect()
    }

    #[test]
    fn every_language_has_every_text_in_every_plural_form() {
        let english = carried(FALLBACK);
        for language in [FALLBACK, "cy"] {
            let (texts, rules) = (carried(language), PluralRules::from_language(&language[..2]));
            let keys = |texts: &BTreeMap<String, _>| texts.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(&texts), keys(&english), "{language}");
            for (key, text) in &texts {
                let is_plural = matches!(english[key], ShortOr::More(_));
                let categories: BTreeSet<_> = forms(text).into_iter().map(|(category, _)| category).collect();
                let told_apart: BTreeSet<_> = (0..100).map(|number| rules.category(number)).collect();
                let expected = if is_plural { told_apart } else { [PluralCategory::Other].into() };
                assert_eq!(categories, expected, "the forms of `{key}` in {language}");
                assert_eq!(names(text), names(&english[key]), "the placeholders of `{key}` in {language}");
            }
        }
    }

    #[test]
    fn numbers_dates_and_lists_are_written_in_each_language() {
        let (english, welsh) = (carried_locale(FALLBACK), carried_locale("cy"));
        let date = jiff::civil::date(2020, 3, 31);
        assert_eq!((english.date(date), welsh.date(date)), ("31 March 2020".into(), "31 Mawrth 2020".into()));
        assert_eq!(english.short_date(MonthOrDate { year: 2019, month: 6, day: None }), "Jun 2019");
        assert_eq!(english.per_cent(863), "86.3%");
        assert_eq!(english.list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(english.count("boards_count", 1_200), "1,200 boards");
        let counted = [0, 1, 2, 3, 6, 7].map(|number| welsh.count("chart.attendance.meetings", number));
        assert_eq!(
            counted,
            ["dim cyfarfodydd", "un cyfarfod", "2 gyfarfod", "3 chyfarfod", "6 chyfarfod", "7 cyfarfod"]
        );
    }

    #[test]
    fn other_languages_fall_back() {
        let words = carried_locale("xx");
        assert_eq!(words.text("contents"), carried_locale(FALLBACK).text("contents"));
        assert_eq!(words.tag(), FALLBACK);
        assert_eq!(carried_locale("cy-GB").tag(), "cy-GB");
    }

    /// Every file of the rooms that use texts, and every template of the built-in theme, in one text.
    #[allow(clippy::disallowed_methods, reason = "the sources are read from disk")]
    fn sources() -> String {
        let rooms = ["chart", "cover", "intake", "locale", "model", "preview", "proof", "render"]
            .map(|room| format!("{}/src/{room}", env!("CARGO_MANIFEST_DIR")));
        let files = rooms.iter().flat_map(walkdir::WalkDir::new);
        let files = files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let rust: String = files.map(|entry| std::fs::read_to_string(entry.path()).unwrap_or_default()).collect();
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
        let (texts, source) = (carried(FALLBACK), sources());
        for key in texts.keys() {
            let whole =
                [format!("words.{key} "), format!("words.{key}/"), format!("words.{key}}}"), format!("\"{key}\"")];
            // Some keys are put together, of `chart.trend.` and the rest.
            let joints = key.match_indices(['.', '-']).map(|(joint, _)| &key[..=joint]);
            let stems = joints.flat_map(|stem| [format!("\"{stem}\""), format!("\"{stem}{{")]);
            let mut forms = whole.into_iter().chain(stems);
            let is_dynamic = |key: &str| key.starts_with("chart.trend.") || key.starts_with("chart.rate.");
            assert!(forms.any(|form| source.contains(&form)) || is_dynamic(key), "nothing uses `{key}`");
        }
        let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let named = |before: &str| -> Vec<String> {
            source.split(before).skip(1).map(|rest| rest.chars().take_while(|c| is_key(*c)).collect()).collect()
        };
        let asked =
            ["words.text(\"", "words.say(\"", "words.count(\"", "frame.say(\"", "frame.say_count(\"", "t(key=\""];
        for key in asked.into_iter().flat_map(named).filter(|key| !key.is_empty() && key != "nothing") {
            let is_stem = key.ends_with(['-', '_']) && texts.keys().any(|whole| whole.starts_with(&key));
            assert!(is_stem || texts.contains_key(&key), "no locale has `{key}`");
        }
    }
}
