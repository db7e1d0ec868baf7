//! Checks what indicators name in the reports.

use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SubjectKind, excerpt};
use crate::model::{Archive, indicators};
use crate::source::yaml::Text;

/// `unknown-id`: priorities of indicators that no report has. Nothing is said if no report has a priority that could be
/// read.
#[must_use]
pub(crate) fn check(archive: &Archive) -> Vec<Diagnostic> {
    let known: Vec<&str> =
        archive.reports().flat_map(|report| &report.priorities).map(|priority| priority.id.as_str()).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let named = archive.indicators.definitions.indicators.iter().filter_map(|indicator| indicator.priority.as_ref());
    let unknown = named.filter(|priority| !known.contains(&priority.value.as_str()));
    let report = |priority: &Text| {
        let id = &priority.value;
        let message = format!("no report has the priority `{}`", excerpt(id));
        let help = did_you_mean(id, known.iter().copied())
            .unwrap_or_else(|| "write the id of a priority in a year's report.yaml, or remove this line".to_owned());
        let location = Location::new(&RelPath::new(indicators::FILE), priority.span);
        Diagnostic::new(Code::UnknownId, location, message).help(help).about(SubjectKind::Priority, id)
    };
    unknown.map(report).collect()
}
