//! Reports to committees in the preview: as pages, and as Word documents once the year has no errors.

use serde::Serialize;

use super::Desk;
use crate::cover::{CoverEntry, CoverWriter, html, word};
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, Severity};
use crate::locale::Locale;
use crate::model::{Archive, Report, Year};
use crate::preview::page_urls::COVER;

/// A report to a committee, as the desk lists it.
#[derive(Serialize)]
pub(super) struct ShownCover {
    committee: String,
    /// The address of its page.
    page: String,
    /// The address of the Word document, if it may be made.
    word: Option<String>,
}

/// The reports that go with a year's.
pub(super) fn covers(desk: &Desk<'_>, report: &Report, words: &Locale) -> Vec<ShownCover> {
    let writer = CoverWriter { archive: desk.archive, report, words };
    let is_ready = is_ready(report, desk.diagnostics);
    let shown = |entry: CoverEntry<'_>| {
        let word = is_ready.then(|| address(report, &entry, "docx"));
        ShownCover { committee: writer.committee(entry.sent), page: address(report, &entry, "html"), word }
    };
    CoverEntry::all(desk.archive, report).into_iter().map(shown).collect()
}

fn address(report: &Report, entry: &CoverEntry<'_>, ending: &str) -> String {
    format!("{COVER}{}/{}.{ending}", report.year, entry.name)
}

/// A report to a committee, as a file.
pub(crate) enum CoverOutput {
    Page(String),
    Word(Vec<u8>),
}

/// The file at a path such as `2024-25/hwb.docx`. On pages, words that must not be published are masked. `None` if there is no
/// such report, or its year has errors, with which no Word document is made.
#[must_use]
pub(crate) fn cover_file(
    archive: &Archive,
    diagnostics: &[Diagnostic],
    words: &Locale,
    path: &str,
) -> Option<CoverOutput> {
    let (year, file) = path.split_once('/')?;
    let (name, ending) = file.rsplit_once('.')?;
    let report = archive.reports().find(|report| report.year.as_str() == year)?;
    let entry = CoverEntry::all(archive, report).into_iter().find(|entry| entry.name == name)?;
    let cover = CoverWriter { archive, report, words }.report(&entry);
    match ending {
        "html" => {
            Some(CoverOutput::Page(Redactions::from_diagnostics(diagnostics).hide(&html::page(&cover)).into_owned()))
        }
        "docx" if is_ready(report, diagnostics) => {
            Some(CoverOutput::Word(word::document(&cover, format!("{year}/{name}")).to_bytes().ok()?))
        }
        _ => None,
    }
}

/// Whether neither the year nor what all years share has errors.
fn is_ready(report: &Report, diagnostics: &[Diagnostic]) -> bool {
    let is_about = |one: &Diagnostic| Year::of_file(&one.location.file).is_none_or(|year| year == report.year);
    !diagnostics.iter().any(|one| one.severity == Severity::Error && is_about(one))
}
