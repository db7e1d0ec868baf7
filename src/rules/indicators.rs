//! Checks what indicators name in the reports.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SubjectKind, excerpt};
use crate::model::indicators::definition::Indicator;
use crate::model::normalize::normalize_name;
use crate::model::{Archive, indicators};
use crate::source::yaml::Text;

/// What is wrong with indicators.
#[must_use]
pub(crate) fn check(archive: &Archive) -> Vec<Diagnostic> {
    let mut found = unknown_priorities(archive);
    found.extend(same_names(archive));
    found
}

/// `duplicate-id`: two indicators that a report has under one name. Those of two groups are below different headings, and
/// one may take the place of another from one year to the next.
fn same_names(archive: &Archive) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut reported: HashSet<&str> = HashSet::new();
    for year in archive.reports().filter_map(|report| report.indicators.as_ref()) {
        let mut named: HashMap<(String, String), &Indicator> = HashMap::new();
        let counted = year.series.iter().filter(|series| series.cells.iter().any(|cell| cell.period == year.year));
        for indicator in counted.map(|series| &*series.indicator) {
            let group = indicator.group.as_deref().map(normalize_name).unwrap_or_default();
            let first = *named.entry((group, normalize_name(&indicator.name))).or_insert(indicator);
            if first.id == indicator.id || !reported.insert(indicator.id.as_str()) {
                continue;
            }
            let message = format!(
                "`{}` is the name of two indicators of {}: `{}` and `{}`",
                excerpt(&indicator.name),
                year.year,
                first.id.as_str(),
                indicator.id.as_str()
            );
            let twice = Diagnostic::new(Code::DuplicateId, indicator.name_location.clone(), message);
            let twice = twice.related(first.name_location.clone(), "first used here");
            found.push(twice.help("change one of the two: readers must be able to see which is meant"));
        }
    }
    found
}

/// `unknown-id`: priorities of indicators that no report has. Nothing is said if no report has a priority that could be
/// read.
fn unknown_priorities(archive: &Archive) -> Vec<Diagnostic> {
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
