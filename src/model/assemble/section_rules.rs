//! The section rules in `report.yaml`, each with an id and headings of its own.

use std::collections::{BTreeMap, HashMap};

use super::report_if_duplicate;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, SubjectKind, WithDiagnostics, excerpt};
use crate::model::ids::SubmitterKind;
use crate::model::normalize::fold_heading;
use crate::model::sections::SectionRules;
use crate::source::files::SectionsEntry;

/// The section rules for one kind of submission. A repeated id, and a heading that already opens another section, are
/// reported at their second place.
pub(crate) fn section_rules(
    file: &RelPath,
    kind: SubmitterKind,
    written: Option<&SectionsEntry>,
    language: &str,
) -> WithDiagnostics<SectionRules> {
    let mut diagnostics = Vec::new();
    let built_in = SectionRules::new(kind, None, language);
    let entries = written.and_then(|written| match kind {
        SubmitterKind::Board => written.board.as_ref(),
        SubmitterKind::Agency => written.agency.as_ref(),
    });
    let mut ids = BTreeMap::new();
    let mut opens: HashMap<String, (&str, Span)> = HashMap::new();
    for entry in entries.into_iter().flatten() {
        let Some(id) = &entry.id else { continue };
        if report_if_duplicate(&mut ids, file, id, "section", &mut diagnostics) {
            continue;
        }
        for heading in entry.title.iter().chain(entry.headings.iter().flatten()) {
            let (owner, first) = if let Some(owner) = built_in.opened_by(heading) {
                (owner, None)
            } else {
                let (owner, first) = *opens.entry(fold_heading(heading)).or_insert((id.as_str(), heading.span));
                (owner, Some(first))
            };
            if owner == id.as_str() {
                continue;
            }
            let message = format!(
                "the heading `{}` opens the section `{owner}`, so it cannot open `{}`",
                excerpt(heading),
                id.value
            );
            let mut twice = Diagnostic::new(Code::DuplicateId, Location::new(file, heading.span), message);
            if let Some(first) = first {
                twice = twice.related(Location::new(file, first), "first used here");
            }
            diagnostics.push(
                twice
                    .help("use each heading for one section only")
                    .about(SubjectKind::Section, owner)
                    .about(SubjectKind::Section, &id.value),
            );
        }
    }
    let rules = SectionRules::new(kind, written, language);
    WithDiagnostics::new(
        if written.is_some_and(|written| written.has_errors) { rules.in_doubt() } else { rules },
        diagnostics,
    )
}
