//! What is needed of each board and agency, in the words of the letters to them, for the proof edition.

use jiff::civil::Date;

use super::reminder::{LetterContext, letter};
use super::submissions::SubmissionsTable;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, DiagnosticList};
use crate::locale::Locale;
use crate::model::submission_status::SubmissionState;
use crate::model::{Archive, Report, SubmitterKind};
use crate::output::OutputTree;
use crate::preview::problems::from_list;
use crate::source::SourceTree;

/// What is needed of a board or agency.
pub(crate) struct Need<'a> {
    /// Whether it is a board or an agency.
    pub kind: SubmitterKind,
    pub id: &'a str,
    pub name: &'a str,
    pub state: SubmissionState,
    /// What it is asked for, without greeting and closing words. Empty if it is asked for nothing.
    pub paragraphs: Vec<String>,
}

/// What is needed of everybody who must submit to a report, in its order.
pub(crate) fn needs<'a>(
    archive: &'a Archive,
    report: &'a Report,
    listing: &DiagnosticList<'_>,
    tree: &SourceTree,
    today: Date,
    words: &Locale,
) -> Vec<Need<'a>> {
    let diagnostics: Vec<Diagnostic> = listing.found.iter().map(|found| found.diagnostic.clone()).collect();
    let flagged = Redactions::from_diagnostics(&diagnostics);
    let problems = from_list(listing, &OutputTree::default());
    let table = SubmissionsTable::new(archive, report, (&diagnostics, &problems), today);
    let context = LetterContext { report, table: &table, tree, today, words };
    let need = |row| {
        let paragraphs = letter(context, row, None).map(|letter| letter.paragraphs()).unwrap_or_default();
        let paragraphs = paragraphs.iter().map(|paragraph| flagged.hide(paragraph).into_owned()).collect();
        (row.progress.state, paragraphs)
    };
    let needs = report.submitters().zip(table.rows.iter().map(need));
    needs
        .map(|(one, (state, paragraphs))| Need { kind: one.kind, id: one.id, name: one.name, state, paragraphs })
        .collect()
}
