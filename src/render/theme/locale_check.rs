//! Checks a theme's locales in every language: unreadable texts, unknown placeholders, lists without twelve months.
//!
//! All locales of the theme are checked, not only the site's language: a lost text would appear in English in the
//! middle of another language, and an incomplete date format would print wrong dates in every report.

use std::collections::{BTreeMap, BTreeSet};

use super::embedded;
use super::files::{ThemeFiles, ThemeSource};
use super::locale::Plurals;
use crate::chart;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, Span, quoted_list};
use crate::source::FileContent;
use crate::source::yaml::{FreeMap, ShortOr, Text, TextOr, read_document};

/// The texts that are lists of the months.
const MONTHS: &[&str] = &["months", "short_months"];
const YEAR: usize = 12;
/// The placeholder that every text depending on a number may have.
const NUMBER: &str = "n";

/// The placeholders of each text, keyed by the text's key.
type PlaceholderMap = BTreeMap<String, BTreeSet<String>>;

/// Checks the locales that belong to the site's own files in a chain of themes.
pub(super) fn check(chain: &[ThemeFiles]) -> Vec<Diagnostic> {
    let own = |(path, file): &(&String, &ThemeSource)| {
        file.is_own && path.starts_with("locales/") && file.path.extension() == "yaml"
    };
    let mut locales = chain.iter().flat_map(|files| files.iter().filter(own)).peekable();
    if locales.peek().is_none() {
        return Vec::new();
    }
    let known = gaps_of_english();
    locales.flat_map(|(_, file)| check_one(file, &known)).collect()
}

/// The placeholders of the built-in British English texts, including the charts' phrases.
fn gaps_of_english() -> PlaceholderMap {
    let mut known = PlaceholderMap::new();
    let files = embedded::files();
    if let Some(ThemeSource { path, content: FileContent::Text(text), .. }) = files.get("locales/en-GB.yaml") {
        let read: FreeMap<TextOr<Plurals>> = read_document(path, text, Span::new(0, text.len())).value;
        for (key, text) in &read.0 {
            let own = known.entry(key.value.clone()).or_default();
            forms(text).flat_map(|form| gaps(&form.value)).for_each(|(gap, _)| _ = own.insert(gap.to_owned()));
        }
    }
    for (key, text) in chart::ENGLISH {
        // Both forms of a phrase receive the same arguments.
        let stem = key.strip_suffix(".one").or_else(|| key.strip_suffix(".other")).unwrap_or(key);
        for form in [*key, &format!("{stem}.one"), &format!("{stem}.other")] {
            if form == *key || chart::ENGLISH.iter().any(|(other, _)| *other == form) {
                known.entry(form.to_owned()).or_default().extend(gaps(text).map(|(gap, _)| gap.to_owned()));
            }
        }
    }
    known
}

/// Checks one locale.
fn check_one(file: &ThemeSource, known: &PlaceholderMap) -> Vec<Diagnostic> {
    let FileContent::Text(written) = &file.content else { return Vec::new() };
    let mut found = Vec::new();
    let read: FreeMap<TextOr<Plurals>> =
        read_document(&file.path, written, Span::new(0, written.len())).emit_into(&mut found);
    for (key, text) in &read.0 {
        let mut report = |span: Span, message: String, help: String| {
            found.push(Diagnostic::new(Code::BadValue, Location::new(&file.path, span), message).help(help));
        };
        let Some(expected) = known.get(&key.value) else { continue };
        let depends_on_number = matches!(text, ShortOr::More(_));
        for form in forms(text) {
            check_gaps(key, form, written, expected, depends_on_number, &mut report);
        }
        if MONTHS.contains(&key.as_str()) {
            check_months(key, text, &mut report);
        }
    }
    found
}

/// The plural forms of a text.
fn forms(text: &TextOr<Plurals>) -> impl Iterator<Item = &Text> {
    let (one, more) = match text {
        ShortOr::One(text) => (Some(text), None),
        ShortOr::More(forms) => (None, Some(forms)),
    };
    let more = more.into_iter().flat_map(|forms| {
        [&forms.zero, &forms.one, &forms.two, &forms.few, &forms.many, &forms.other].into_iter().flatten()
    });
    one.into_iter().chain(more)
}

/// The placeholders of a text, each with its position. One that is never closed extends to the end.
fn gaps(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.match_indices('{').map(|(at, _)| {
        let rest = &text[at + 1..];
        (rest.split_once('}').map_or(rest, |(name, _)| name), at)
    })
}

/// Reports placeholders that are unknown, and required ones that are missing.
fn check_gaps(
    key: &Text,
    text: &Text,
    written: &str,
    expected: &BTreeSet<String>,
    depends_on_number: bool,
    report: &mut impl FnMut(Span, String, String),
) {
    let may_have = || expected.iter().map(String::as_str).chain(depends_on_number.then_some(NUMBER));
    let has = |name: &str| gaps(&text.value).any(|(gap, _)| gap == name);
    let mut is_reported = false;
    for (gap, _) in gaps(&text.value).filter(|(gap, _)| !may_have().any(|name| name == *gap)) {
        is_reported = true;
        let named: Vec<String> = may_have().map(|name| format!("{{{name}}}")).collect();
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let help = did_you_mean(&format!("{{{gap}}}"), named.iter().copied()).unwrap_or_else(|| match named[..] {
            [] => "remove the curly brackets from this text".to_owned(),
            _ => format!("use only {}", quoted_list(&named)),
        });
        let excerpt: String = gap.chars().take(40).collect();
        let message = format!("`{{{excerpt}}}` is not available in `{}`", key.value);
        report(place_in(text, &format!("{{{gap}"), written), message, help);
    }
    // A date without its month, or a number without its tenths, would be printed wrong.
    let is_format = key.ends_with("_format") || key.value == "period";
    let missing: Vec<String> =
        expected.iter().filter(|name| is_format && !has(name)).map(|name| format!("{{{name}}}")).collect();
    if !is_reported && !missing.is_empty() {
        let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
        let message = format!("`{}` must contain {}", key.value, quoted_list(&missing));
        let help = "write it where it belongs in the text, curly brackets included";
        report(text.span, message, help.to_owned());
    }
}

/// Reports a list of months that does not have twelve names.
fn check_months(key: &Text, text: &TextOr<Plurals>, report: &mut impl FnMut(Span, String, String)) {
    let help = "list all twelve, separated by a comma and a space: `January, February, …`";
    for form in forms(text) {
        let names = form.split(", ").filter(|name| !name.trim().is_empty());
        let (count, is_list) = (names.count(), matches!(text, ShortOr::One(_)));
        if count != YEAR || !is_list || form.split(", ").count() != YEAR {
            let message = format!("`{}` must list twelve months, but lists {count}", key.value);
            report(form.span, message, help.to_owned());
        }
    }
}

/// The place of some words of a text in its file, or the whole text if they are encoded differently there.
fn place_in(text: &Text, words: &str, written: &str) -> Span {
    let at = text.span.slice(written).find(words).map(|at| text.span.start as usize + at);
    at.map_or(text.span, |at| Span::new(at, at + words.len()))
}
