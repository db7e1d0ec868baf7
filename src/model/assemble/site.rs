//! `content/site.yaml` and `content/glossary.yaml`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Severity, SourceTexts, Span, WithDiagnostics};
use crate::model::glossary::{self, Glossary};
use crate::model::indicators;
use crate::model::indicators::definition::{self, IndicatorSet};
use crate::model::site::{Contact, NamedAddress, Phone, SiteInfo};
use crate::model::year_data::read_yaml;
use crate::source::SourceTree;
use crate::source::files::{ContactEntry, GlossaryFile, IndicatorsFile, NamedLink, SeverityWord, SiteFile};
use crate::source::yaml::{ShortOr, Spanned, Text, Url, read_document};

/// Reads `content/site.yaml`, the settings that all pages share.
pub(crate) fn assemble(tree: &SourceTree) -> WithDiagnostics<SiteInfo> {
    let file = RelPath::new("content/site.yaml");
    let mut diagnostics = Vec::new();
    let written = match tree.text(&file) {
        Some(text) => read_document::<SiteFile>(&file, &text, Span::new(0, text.len())).emit_into(&mut diagnostics),
        None if tree.unreadable.contains(&file) => SiteFile::default(),
        None => {
            let missing = Diagnostic::new(Code::MissingFile, Location::whole(&file), "there is no `content/site.yaml`");
            diagnostics.push(missing.help("create it with at least `title:` and `base_url:`"));
            SiteFile::default()
        }
    };
    let mut report = |code, span, message: String, help: String| {
        diagnostics.push(Diagnostic::new(code, Location::new(&file, span), message).help(help));
    };
    let language = written.language.map_or_else(
        || "en-GB".to_owned(),
        |language| {
            if is_language_tag(&language) {
                return language.value;
            }
            let message = format!("`language` must be a language tag, but is `{}`", language.value);
            report(
                Code::BadValue,
                language.span,
                message,
                "write a tag such as `en-GB` (English) or `cy` (Welsh)".to_owned(),
            );
            "en-GB".to_owned()
        },
    );
    if let Some(theme) = written.theme.as_ref().filter(|theme| !is_folder_name(theme)) {
        let message = format!("`theme` must be the name of a folder, but is `{}`", theme.value);
        report(Code::BadValue, theme.span, message, "write the name of a folder in `themes/`".to_owned());
    }
    let theme = written.theme.filter(|theme| is_folder_name(theme));
    let base_url = base_url(written.base_url, &mut report);
    let severities = severities(&file, written.diagnostics.map(|free| free.0).unwrap_or_default(), &mut diagnostics);
    let mut contacts: Vec<Contact> = written.contacts.into_iter().flatten().filter_map(contact).collect();
    contacts.sort_by_key(|contact| !contact.urgent);
    let ignored = written.acronyms.and_then(|acronyms| acronyms.ignore).unwrap_or_default();
    let site = SiteInfo {
        title: written.title.map(|title| title.value).unwrap_or_default(),
        base_url,
        language,
        theme: theme.unwrap_or_else(|| Spanned::new("civic".to_owned(), Span::default())),
        theme_settings: written.theme_settings.map(|settings| settings.0).unwrap_or_default(),
        description: text(written.description),
        publisher: written.publisher.and_then(named),
        licence: written.licence.and_then(named),
        brand: super::brand::assemble(tree, &file, written.brand).emit_into(&mut diagnostics),
        documents: written.documents.unwrap_or_default(),
        contacts,
        return_to: text(written.return_to),
        ignored_acronyms: ignored.iter().map(|capitals| glossary::key(capitals)).collect(),
        severities,
        extra: written.extra,
        file,
    };
    WithDiagnostics::new(site, diagnostics)
}

/// The terms of `content/glossary.yaml`, if the file exists.
pub(crate) fn assemble_glossary(tree: &SourceTree) -> WithDiagnostics<Glossary> {
    let file = RelPath::new(glossary::FILE);
    let Some(written) = tree.text(&file) else { return WithDiagnostics::default() };
    let mut diagnostics = Vec::new();
    let read = read_document::<GlossaryFile>(&file, &written, Span::new(0, written.len()));
    let written = read.emit_into(&mut diagnostics);
    let glossary = glossary::assemble(&file, &written).emit_into(&mut diagnostics);
    WithDiagnostics::new(glossary, diagnostics)
}

/// What is counted, according to `content/indicators.yaml`, if the file exists.
pub(crate) fn assemble_indicators(tree: &SourceTree) -> WithDiagnostics<IndicatorSet> {
    let file = RelPath::new(indicators::FILE);
    let mut diagnostics = Vec::new();
    let (written, is_yaml) = read_yaml::<IndicatorsFile>(tree, &file, &mut diagnostics);
    let was_read = if tree.text(&file).is_some() { is_yaml } else { !tree.unreadable.contains(&file) };
    let is_clean = was_read && diagnostics.is_empty();
    let set = definition::assemble(&file, written, is_clean).emit_into(&mut diagnostics);
    WithDiagnostics::new(set, diagnostics)
}

fn text(written: Option<Text>) -> Option<String> {
    written.map(|text| text.value)
}

fn named(written: NamedLink) -> Option<NamedAddress> {
    Some(NamedAddress { name: written.name?.value, url: written.url.map(|url| url.value.0) })
}

fn contact(written: ContactEntry) -> Option<Contact> {
    let phones = match written.phone {
        None => Vec::new(),
        Some(ShortOr::One(number)) => vec![Phone { number: number.value, hours: None }],
        Some(ShortOr::More(phones)) => {
            let phone = |phone: crate::source::files::PhoneEntry| {
                Some(Phone { number: phone.number?.value, hours: text(phone.hours) })
            };
            phones.into_iter().filter_map(phone).collect()
        }
    };
    Some(Contact {
        name: written.name?.value,
        purpose: text(written.purpose),
        phones,
        email: text(written.email),
        address: text(written.address),
        hours: text(written.hours),
        url: written.url.map(|url| url.value.0),
        urgent: written.urgent.is_some_and(|urgent| urgent.value),
    })
}

/// The address without a `/` at its end. A query or fragment is reported and removed.
fn base_url(written: Option<Spanned<Url>>, report: &mut impl FnMut(Code, Span, String, String)) -> String {
    let Some(url) = written else { return "https://example.invalid".to_owned() };
    let whole = url.value.0;
    let end = whole.find(['?', '#']).unwrap_or(whole.len());
    if end < whole.len() {
        let message = format!("`base_url` must not end in `{}`", &whole[end..]);
        report(Code::BadValue, url.span, message, format!("write `{}`", &whole[..end]));
    }
    whole[..end].trim_end_matches('/').to_owned()
}

/// The severities that the site sets. Personal data always stays an error.
fn severities(
    file: &RelPath,
    written: Vec<(Text, Spanned<SeverityWord>)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<Code, Option<Severity>> {
    let mut severities = BTreeMap::new();
    for (name, word) in written {
        let Ok(code) = name.parse::<Code>() else {
            diagnostics.push(super::no_such_code(Code::UnknownKey, file, &name));
            continue;
        };
        let severity = match word.value {
            SeverityWord::Error => Some(Severity::Error),
            SeverityWord::Warning => Some(Severity::Warning),
            SeverityWord::Note => Some(Severity::Note),
            SeverityWord::Off => None,
        };
        if code == Code::PersonalData && severity != Some(Severity::Error) {
            let message = "`personal-data` is always an error";
            let always = Diagnostic::new(Code::BadValue, Location::new(file, word.span), message);
            diagnostics.push(always.help("waive one finding at a time in report.yaml, with `text` and a reason"));
            continue;
        }
        severities.insert(code, severity);
    }
    severities
}

/// Whether a text is a well-formed BCP 47 tag: a language of 2 to 8 letters, then parts of 1 to 8 letters or digits.
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=8).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic()) && parts.all(is_part)
}

/// Whether a text can be the name of a folder in `themes/`.
fn is_folder_name(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('.') && !text.contains(['/', '\\', '\0'])
}
