//! Reads the corrections in `report.yaml`.

use super::unknown;
use crate::diagnostic::{Diagnostic, RelPath, WithDiagnostics};
use crate::model::corrections::{CorrectedPage, Correction};
use crate::model::part::Part;
use crate::model::report::Report;
use crate::source::files::CorrectionEntry;
use crate::source::markdown::Markdown;
use crate::source::yaml::Text;

/// The corrections of a report whose pages and submitters are known, the latest first. `page_ids` has all pages, also those
/// that could not be read. A place that the report does not have is reported.
pub(super) fn assemble(
    report: &Report,
    page_ids: &[&str],
    knows_priorities: bool,
    written: Option<Vec<CorrectionEntry>>,
) -> WithDiagnostics<Vec<Correction>> {
    let mut diagnostics = Vec::new();
    let mut corrections = Vec::new();
    for entry in written.into_iter().flatten() {
        let what = entry.what.map(|what| Markdown::of_prose(&report.file, &what).emit_into(&mut diagnostics));
        let place = entry.place.and_then(|place| {
            let found = page(report, page_ids, &place);
            if found.is_none() && !may_exist(report, knows_priorities, &place) {
                diagnostics.push(no_such_page(&report.file, &place, &pages(report, page_ids)));
            }
            found
        });
        let (Some(on), Some(what)) = (entry.on, what) else { continue };
        corrections.push(Correction { on: on.value, what, place });
    }
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.on));
    WithDiagnostics::new(corrections, diagnostics)
}

fn no_such_page(file: &RelPath, place: &Text, known: &[CorrectedPage]) -> Diagnostic {
    let names: Vec<String> = known.iter().map(CorrectedPage::written).collect();
    unknown(file, place, "page or part", names.iter().map(String::as_str))
}

/// The page that a correction names.
fn page(report: &Report, page_ids: &[&str], place: &str) -> Option<CorrectedPage> {
    pages(report, page_ids).into_iter().find(|page| page.written() == place)
}

/// All that a correction may name.
fn pages(report: &Report, page_ids: &[&str]) -> Vec<CorrectedPage> {
    let own = page_ids.iter().map(|id| CorrectedPage::Page((*id).to_owned()));
    let submitters = report.submitters().map(|one| CorrectedPage::Submission(one.kind, one.id.to_owned()));
    let priorities = report.priorities.iter().map(|priority| CorrectedPage::Priority(priority.id.clone()));
    let parts = Part::ALL.iter().map(|part| CorrectedPage::Part(*part));
    own.chain(parts).chain(submitters).chain(priorities).collect()
}

/// Whether the page may be one of a list that could not be read completely, which is reported.
fn may_exist(report: &Report, knows_priorities: bool, place: &str) -> bool {
    let folder = place.split('/').next().unwrap_or_default();
    let is_of = |name: &str| folder == name && place.contains('/');
    report.unreadable_lists.iter().any(|kind| is_of(kind.folder()))
        || (!knows_priorities && is_of(Part::Priorities.name()))
}
