//! Reads the corrections in `report.yaml`.

use super::unknown;
use crate::diagnostic::{Diagnostic, RelPath, WithDiagnostics};
use crate::model::corrected_page::CorrectedPage;
use crate::model::corrections::Correction;
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
            let pages = CorrectedPage::all(report, page_ids.iter().copied());
            let is_known = pages.iter().any(|page| page.name() == place.value);
            if !is_known && !may_exist(report, knows_priorities, &place) {
                diagnostics.push(no_such_page(&report.file, &place, &pages));
            }
            is_known.then_some(place.value)
        });
        let (Some(on), Some(what)) = (entry.on, what) else { continue };
        corrections.push(Correction { on: on.value, span: on.span, what, place });
    }
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.on));
    WithDiagnostics::new(corrections, diagnostics)
}

fn no_such_page(file: &RelPath, place: &Text, known: &[CorrectedPage]) -> Diagnostic {
    let names: Vec<String> = known.iter().map(CorrectedPage::name).collect();
    unknown(file, place, "page or part", names.iter().map(String::as_str))
}

/// Whether the page may be one of a list that could not be read completely, which is reported.
fn may_exist(report: &Report, knows_priorities: bool, place: &str) -> bool {
    let folder = place.split('/').next().unwrap_or_default();
    let is_of = |name: &str| folder == name && place.contains('/');
    report.unreadable_lists.iter().any(|kind| is_of(kind.folder()))
        || (!knows_priorities && is_of(Part::Priorities.name()))
}
