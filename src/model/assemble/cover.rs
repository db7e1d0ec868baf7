//! Assembles the headings of committees' reports, and what entries of `distribution` say of these reports.

use std::collections::BTreeMap;

use super::report_if_duplicate;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SourceTexts, Span, WithDiagnostics};
use crate::model::cover::{CoverHeading, CoverRequest, CoverTemplate, says_anything};
use crate::source::SourceTree;
use crate::source::files::{CoverFile, CoverHeadingEntry};
use crate::source::markdown::Markdown;
use crate::source::yaml::{FreeMap, Prose, Text, read_document};

/// Assembles the files `content/covers/TEMPLATE.yaml`.
#[must_use]
pub(super) fn assemble_templates(tree: &SourceTree, files: &[RelPath]) -> WithDiagnostics<Vec<CoverTemplate>> {
    let mut diagnostics = Vec::new();
    let templates = files.iter().map(|file| template(tree, file).emit_into(&mut diagnostics)).collect();
    WithDiagnostics::new(templates, diagnostics)
}

/// Assembles a file. One that cannot be read gives a template of unknown headings.
fn template(tree: &SourceTree, file: &RelPath) -> WithDiagnostics<CoverTemplate> {
    let mut template =
        CoverTemplate { id: file.stem().to_owned(), file: file.clone(), headings: Vec::new(), is_complete: false };
    let Some(text) = &tree.text(file) else { return WithDiagnostics::new(template, Vec::new()) };
    let mut diagnostics = Vec::new();
    let written = read_document::<CoverFile>(file, text, Span::new(0, text.len())).emit_into(&mut diagnostics);
    template.is_complete = diagnostics.is_empty();
    let mut taken = BTreeMap::new();
    for entry in written.sections.into_iter().flatten() {
        template.headings.extend(heading(file, entry, &mut taken, &mut diagnostics));
    }
    WithDiagnostics::new(template, diagnostics)
}

fn heading(
    file: &RelPath,
    entry: CoverHeadingEntry,
    taken: &mut BTreeMap<String, Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<CoverHeading> {
    if let (Some(from), Some(text)) = (&entry.from, &entry.text) {
        let message = "this heading has both `from` and `text`";
        let twice = Diagnostic::new(Code::BadValue, Location::new(file, text.span), message);
        let first = Location::new(file, from.span);
        diagnostics.push(twice.related(first, "`from` is here").help("keep one of the two"));
    }
    let (id, title) = (entry.id?, entry.title?);
    if report_if_duplicate(taken, file, &id, "heading", diagnostics) {
        return None;
    }
    Some(CoverHeading {
        id: id.as_str().to_owned(),
        location: Location::new(file, title.span),
        title: title.value,
        source: entry.from.map(|from| from.value),
        text: entry.text.map(|text| Markdown::of_prose(file, &text).emit_into(diagnostics)),
        is_required: !entry.has_errors && entry.required.is_some_and(|required| required.value),
    })
}

/// The keys of an entry of `distribution` that are about the report to a committee.
pub(super) struct WrittenCover {
    pub template: Option<Text>,
    pub lead_officer: Option<Text>,
    pub recommendations: Option<Vec<Prose>>,
    pub implications: Option<FreeMap<Prose>>,
}

/// Assembles these keys. Missing recommendations are reported.
#[must_use]
pub(super) fn request(file: &RelPath, written: WrittenCover) -> WithDiagnostics<Option<CoverRequest>> {
    let mut diagnostics = Vec::new();
    let Some(template) = written.template else { return WithDiagnostics::default() };
    let mut prose = |prose: &Prose| Markdown::of_prose(file, prose).emit_into(&mut diagnostics);
    let mut recommendations: Vec<_> = written.recommendations.iter().flatten().map(&mut prose).collect();
    recommendations.retain(says_anything);
    let implications = written.implications.into_iter().flat_map(|all| all.0);
    let implications = implications.map(|(id, text)| (id, prose(&text))).collect();
    if recommendations.is_empty() {
        let message = "the report to this committee has no `recommendations`";
        let missing = Diagnostic::new(Code::MissingKey, Location::new(file, template.span), message);
        diagnostics.push(
            missing.help("add what the committee is asked to decide: `recommendations: [To note the annual report.]`"),
        );
    }
    let lead_officer = written.lead_officer.map(|officer| officer.value);
    let request = CoverRequest { template, file: file.clone(), lead_officer, recommendations, implications };
    WithDiagnostics::new(Some(request), diagnostics)
}
