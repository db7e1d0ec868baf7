//! Checks a theme's locales in every language: unreadable texts, unknown placeholders, lists without twelve months.
//!
//! All locales of the theme are checked, not only the site's language: a lost text would appear in English in the
//! middle of another language, and an incomplete date format would print wrong dates in every report.

use std::collections::{BTreeMap, BTreeSet};

use super::embedded;
use super::files::{ThemeFiles, ThemeSource};
use super::locale_file::{self, FALLBACK, PluralEntry};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, excerpt, quoted_list};
use crate::locale::{PluralCategory, placeholders};
use crate::source::FileContent;
use crate::source::yaml::{ShortOr, Text, TextOr};

/// The texts that are lists of the months.
const MONTHS: &[&str] = &["months", "short_months"];
const YEAR: usize = 12;
/// The placeholder that every text depending on a number may have.
const NUMBER: &str = "n";

/// How the keys of texts begin that only editors see.
const FOR_EDITORS: &[&str] = &["cover.", "desk.", "form.", "letter.", "live.", "proof."];

/// Texts that earlier versions of annal had, each with what to do now.
const RENAMED: &[(&str, &str)] = &[
    ("chart.list.comma", "remove it: lists are separated by commas in every language"),
    ("chart.list.semicolon", "remove it: lists are separated by semicolons in every language"),
    ("chart.list.and", "remove it, and write how a list ends in `list_format: \"{rest} and {last}\"`"),
];

/// The placeholders of each text, keyed by the text's key.
type PlaceholderMap = BTreeMap<String, BTreeSet<String>>;

/// Checks the locales that belong to the site's own files in a chain of themes.
pub(super) fn check(chain: &[ThemeFiles]) -> Vec<Diagnostic> {
    let locales = chain.iter().flatten().filter_map(|(path, file)| {
        let is_locale = file.is_own && path.starts_with("locales/") && file.path.extension() == "yaml";
        let FileContent::Text(text) = &file.content else { return None };
        is_locale.then_some((&file.path, &**text))
    });
    let locales: Vec<(&RelPath, &str)> = locales.collect();
    if locales.is_empty() {
        return Vec::new();
    }
    let known = gaps_of_english();
    let mut found: Vec<Diagnostic> = locales.iter().flat_map(|(path, text)| check_one(path, text, &known)).collect();
    let templates: Vec<&str> = chain.iter().flatten().filter_map(|(path, file)| template_text(path, file)).collect();
    for (path, text) in locales {
        let read = locale_file::read(path, text).value.0;
        let unknown = read.iter().filter(|(key, _)| !known.contains_key(&key.value) && renamed(key, &known).is_none());
        found.extend(unknown.filter_map(|(key, _)| unused(path, key, &known, &templates)));
    }
    let files = chain.iter().flatten();
    // What a locale with errors says is not known.
    let sound = files.filter(|(_, file)| !found.iter().any(|fault| fault.location.file == file.path));
    let missing: Vec<Diagnostic> = sound.filter_map(|(path, file)| missing(path, file, chain, &known)).collect();
    found.extend(missing);
    found
}

fn template_text<'t>(path: &str, file: &'t ThemeSource) -> Option<&'t str> {
    match &file.content {
        FileContent::Text(text) if path.starts_with("templates/") => Some(text),
        _ => None,
    }
}

/// Reports a text that the built-in theme does not have either, and that no template names.
fn unused(file: &RelPath, key: &Text, known: &PlaceholderMap, templates: &[&str]) -> Option<Diagnostic> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_used = templates.iter().any(|text| {
        text.match_indices(&key.value)
            .any(|(at, _)| !text[..at].ends_with(is_word) && !text[at + key.value.len()..].starts_with(is_word))
    });
    // Part of a key may come from a variable: `t(key="kind_" ~ kind)`.
    let is_made = || {
        let parts = templates.iter().flat_map(|text| text.split('"').skip(1).step_by(2));
        parts.filter(|part| part.ends_with(['_', '.'])).any(|part| key.value.starts_with(part))
    };
    (!is_used && !is_made()).then(|| {
        let message = format!("no template uses the text `{}`", excerpt(&key.value));
        let help = did_you_mean(&key.value, known.keys().map(String::as_str)).unwrap_or_else(|| {
            format!("remove it, or write it in a template: `{{{{ words.{} }}}}`", excerpt(&key.value))
        });
        Diagnostic::new(Code::UnusedOverride, Location::new(file, key.span), message).help(help)
    })
}

/// Reports a locale that does not have every text that readers see, together with those of the same language in the themes
/// that are extended.
fn missing(path: &str, file: &ThemeSource, chain: &[ThemeFiles], known: &PlaceholderMap) -> Option<Diagnostic> {
    let language = path.strip_prefix("locales/")?.strip_suffix(".yaml").filter(|_| file.is_own)?;
    let of_language = || chain.iter().filter_map(|files| files.get(path));
    let is_first = of_language().next().is_some_and(|first| first.path == file.path);
    if language.split('-').next() == FALLBACK.split('-').next() || !is_first {
        return None;
    }
    let mut had = BTreeSet::new();
    for file in of_language() {
        if let FileContent::Text(text) = &file.content {
            had.extend(locale_file::read(&file.path, text).value.0.iter().map(|(key, _)| key.value.clone()));
        }
    }
    let is_for_readers = |key: &&String| !FOR_EDITORS.iter().any(|start| key.starts_with(start));
    let missing: Vec<&str> =
        known.keys().filter(is_for_readers).filter(|key| !had.contains(*key)).map(String::as_str).collect();
    let message = match missing[..] {
        [] => return None,
        [_] | [_, _] | [_, _, _] => format!("this language does not have {}", quoted_list(&missing)),
        [first, ..] => {
            let has = known.keys().filter(is_for_readers).filter(|key| had.contains(*key)).count();
            format!("this language has only {has} of the texts that readers see, and not `{first}` and others")
        }
    };
    let help = "translate them, as `annal theme eject locales/en-GB.yaml --print` has them in English";
    Some(Diagnostic::new(Code::MissingText, Location::whole(&file.path), message).help(help))
}

/// The placeholders of the built-in British English texts.
fn gaps_of_english() -> PlaceholderMap {
    let mut known = PlaceholderMap::new();
    if let Some(ThemeSource { path, content: FileContent::Text(text), .. }) =
        &embedded::file(&format!("locales/{FALLBACK}.yaml"))
    {
        for (key, text) in &locale_file::read(path, text).value.0 {
            let own = known.entry(key.value.clone()).or_default();
            forms(text).flat_map(|form| placeholders(form)).for_each(|(gap, _)| _ = own.insert(gap.to_owned()));
        }
    }
    known
}

/// Checks one locale.
fn check_one(file: &RelPath, written: &str, known: &PlaceholderMap) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let read = locale_file::read(file, written).emit_into(&mut found);
    for (key, text) in &read.0 {
        let Some(expected) = known.get(&key.value) else {
            found.extend(renamed(key, known).map(|(message, help)| {
                Diagnostic::new(Code::UnknownKey, Location::new(file, key.span), message).help(help)
            }));
            continue;
        };
        let mut report = |span: Span, message: String, help: String| {
            found.push(Diagnostic::new(Code::BadValue, Location::new(file, span), message).help(help));
        };
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

/// What to change about a key that earlier versions of annal had: the message and the help. A theme's own texts may have
/// any other key.
fn renamed(key: &str, known: &PlaceholderMap) -> Option<(String, String)> {
    if let Some((_, instead)) = RENAMED.iter().find(|(earlier, _)| *earlier == key) {
        return Some((format!("annal no longer uses the text `{key}`"), (*instead).to_owned()));
    }
    // The plural forms of charts' texts were keys of their own.
    let (stem, form) = key.rsplit_once('.').filter(|(stem, _)| known.contains_key(*stem))?;
    PluralCategory::ALL.iter().find(|category| category.name() == form)?;
    let help = format!("write the forms below one key, and the number as `{{n}}`:\n{stem}:\n  one: …\n  other: …");
    Some((format!("`{key}` is now the form `{form}` of the text `{stem}`"), help))
}

/// The plural forms of a text.
fn forms(text: &TextOr<PluralEntry>) -> impl Iterator<Item = &Text> {
    let (one, more) = match text {
        ShortOr::One(text) => (Some(text), None),
        ShortOr::More(entry) => (None, Some(entry)),
    };
    one.into_iter().chain(more.into_iter().flat_map(PluralEntry::forms).map(|(_, form)| form))
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
    let has = |name: &str| placeholders(&text.value).any(|(gap, _)| gap == name);
    let mut is_reported = false;
    for (gap, _) in placeholders(&text.value).filter(|(gap, _)| !may_have().any(|name| name == *gap)) {
        is_reported = true;
        let named: Vec<String> = may_have().map(|name| format!("{{{name}}}")).collect();
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let meant = did_you_mean(&format!("{{{gap}}}"), named.iter().copied());
        // Charts had a name of their own for the number.
        let meant = if gap == "count" && may_have().any(|name| name == NUMBER) {
            Some(format!("write the number as `{{{NUMBER}}}`"))
        } else {
            meant
        };
        let help = meant.unwrap_or_else(|| match named[..] {
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
fn check_months(key: &Text, text: &TextOr<PluralEntry>, report: &mut impl FnMut(Span, String, String)) {
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
