//! Builds the model from the content files: decides what each file is and resolves every id.

mod brand;
mod corrections;
mod cover;
mod distribution;
mod documents;
mod follow_ups;
mod front_page;
mod held;
mod layout;
mod pages;
mod report;
mod section_rules;
mod site;
mod stray;
mod submissions;
mod years;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use self::layout::ContentLayout;
pub(crate) use self::stray::{as_jpeg, is_other_picture, year_meant};
pub(crate) use self::years::AssembledYear;
use super::heading_rule::UNKNOWN_LANGUAGE;
use super::translation::adopt_pages;
use super::{Archive, SiteIndicators};
use crate::cache::Cache;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics, quoted_list};
use crate::source::SourceTree;
use crate::source::translation::{self, Translation};
use crate::source::yaml::{Slug, Spanned, Text};

/// Builds the model of a site in the site's own language.
#[must_use]
pub(crate) fn assemble(tree: &SourceTree) -> WithDiagnostics<Archive> {
    assemble_with(tree, None, &Cache::default())
}

/// A site in another language, with its model.
pub(crate) struct TranslatedSite {
    pub translation: Translation,
    pub archive: Archive,
}

/// The models of a site in its other languages, drafts of translations included. `tree` has the files of all languages, and
/// `archive` is the model in the site's own.
#[must_use]
pub(crate) fn assemble_translations(tree: &SourceTree, archive: &Archive) -> Vec<TranslatedSite> {
    let translations = translation::split(tree, true).map(|(_, others)| others).unwrap_or_default();
    let assembled = translations.into_iter().map(|translation| {
        let original = Some((translation.language.as_str(), archive));
        let archive = assemble_with(&translation.tree, original, &Cache::none()).value;
        TranslatedSite { translation, archive }
    });
    assembled.collect()
}

/// Builds the model of a site, or of its translation if `other` gives a language and the original's model. Years whose
/// inputs have not changed come from `memo`.
#[must_use]
pub(crate) fn assemble_with(
    tree: &SourceTree,
    other: Option<(&str, &Archive)>,
    memo: &Cache<AssembledYear>,
) -> WithDiagnostics<Archive> {
    let mut diagnostics = Vec::new();
    let layout = ContentLayout::new(tree).emit_into(&mut diagnostics);
    let mut site = site::assemble(tree).emit_into(&mut diagnostics);
    let is_lost =
        |lost: &Diagnostic| lost.location.file == site.file && matches!(lost.code, Code::BadYaml | Code::MissingFile);
    let is_site_known = !tree.unreadable.contains(&site.file) && !diagnostics.iter().any(is_lost);
    if let Some((language, _)) = other {
        language.clone_into(&mut site.language);
    }
    let glossary = site::assemble_glossary(tree).emit_into(&mut diagnostics);
    let written = std::mem::take(&mut site.documents);
    let documents = documents::assemble(tree, &site.file, &layout.documents, Some(written)).emit_into(&mut diagnostics);
    let covers = cover::assemble_templates(tree, &layout.covers).emit_into(&mut diagnostics);
    let mut pages = pages::assemble(tree, &layout.pages).emit_into(&mut diagnostics);
    if let Some((_, original)) = other {
        adopt_pages(&mut pages, &original.pages);
    }
    let original = other.map(|(_, original)| original);
    let language = if is_site_known || other.is_some() { site.language.as_str() } else { UNKNOWN_LANGUAGE };
    let mut definitions = site::assemble_indicators(tree).emit_into(&mut diagnostics);
    if let Some(original) = original {
        definitions.adopt(&original.indicators.definitions);
    }
    let indicators = SiteIndicators::assemble(tree, definitions, &layout.years).emit_into(&mut diagnostics);
    let years = years::assemble(tree, &layout.years, language, &indicators, original, memo);
    diagnostics.extend(years.iter().flat_map(|year| &*year.found).cloned());
    let reports: Vec<_> = years.into_iter().map(|year| year.report).collect();
    let media = layout.media;
    WithDiagnostics::new(
        Archive {
            site,
            glossary,
            indicators,
            covers,
            pages,
            media,
            documents,
            held_files: BTreeSet::new(),
            draft_translations: Vec::new(),
            reports,
        },
        diagnostics,
    )
}

/// Runs `work` on each item in parallel and gathers values and diagnostics in the items' order.
fn par_collect<T: Sync, V: Send>(
    items: &[T],
    diagnostics: &mut Vec<Diagnostic>,
    work: impl Fn(&T) -> WithDiagnostics<V> + Send + Sync,
) -> Vec<V> {
    let results: Vec<_> = items.par_iter().map(work).collect();
    results.into_iter().map(|checked| checked.emit_into(diagnostics)).collect()
}

/// The most ids that are named to choose from.
const MOST_NAMED: usize = 20;

/// The diagnostic for an id that does not exist, with the closest one that does.
fn unknown<'a>(file: &RelPath, id: &Text, what: &str, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let message = format!("there is no {what} `{}`", id.value);
    let help = did_you_mean(id, known.clone()).unwrap_or_else(|| {
        let all: Vec<&str> = known.collect();
        match all.split_at_checked(MOST_NAMED) {
            _ if all.is_empty() => format!("this report has no {what}: remove the id, or add it to report.yaml"),
            Some((named, more)) if !more.is_empty() => {
                format!("choose from {} (and {} more)", quoted_list(named), more.len())
            }
            _ => format!("choose from {}", quoted_list(&all)),
        }
    });
    Diagnostic::new(Code::UnknownId, Location::new(file, id.span), message).help(help)
}

/// The diagnostic for a word that is not a diagnostic code, with the closest code.
fn no_such_code(code: Code, file: &RelPath, name: &Text) -> Diagnostic {
    let help = did_you_mean(name, Code::ALL.iter().map(|code| code.name()));
    let message = format!("there is no diagnostic code `{}`", name.value);
    let diagnostic = Diagnostic::new(code, Location::new(file, name.span), message);
    diagnostic.help(help.unwrap_or_else(|| "run `annal explain` to list the codes".to_owned()))
}

/// Reports an id that is already taken, with both places. Returns whether it was taken.
fn report_if_duplicate(
    taken: &mut BTreeMap<String, Span>,
    file: &RelPath,
    id: &Spanned<Slug>,
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    if let Some(first) = taken.get(id.as_str()) {
        let (location, first) = (Location::new(file, id.span), Location::new(file, *first));
        diagnostics.push(Diagnostic::duplicate_id(location, first, id.as_str(), what));
        return true;
    }
    taken.insert(id.as_str().to_owned(), id.span);
    false
}
