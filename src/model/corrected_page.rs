//! The pages of a report that a correction can be about.

use super::ids::{PriorityId, SubmitterKind};
use super::part::Part;
use super::report::Report;

/// A page of a report, as `where` of a correction names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CorrectedPage {
    /// A page of text, by its id.
    Page(String),
    /// A part of the report.
    Part(Part),
    /// A board's or an agency's page.
    Submission(SubmitterKind, String),
    /// The page of a priority.
    Priority(PriorityId),
}

impl CorrectedPage {
    /// All pages of a report that can be named. `page_ids` are its pages of text.
    pub(crate) fn all<'a>(report: &Report, page_ids: impl Iterator<Item = &'a str>) -> Vec<Self> {
        let own = page_ids.map(|id| Self::Page(id.to_owned()));
        let submitters = report.submitters().map(|one| Self::Submission(one.kind, one.id.to_owned()));
        let priorities = report.priorities.iter().map(|priority| Self::Priority(priority.id.clone()));
        let parts = Part::ALL.iter().map(|part| Self::Part(*part));
        own.chain(parts).chain(submitters).chain(priorities).collect()
    }

    /// The page of a report with this name.
    pub(crate) fn find(report: &Report, name: &str) -> Option<Self> {
        let ids = report.pages.iter().map(|page| page.id.as_str());
        Self::all(report, ids).into_iter().find(|page| page.name() == name)
    }

    /// Its name as `report.yaml` has it: `foreword`, `budget`, `agencies/police`.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Page(id) => id.clone(),
            Self::Part(part) => part.name().to_owned(),
            Self::Submission(kind, id) => format!("{}/{id}", kind.folder()),
            Self::Priority(id) => format!("{}/{}", Part::Priorities.name(), id.as_str()),
        }
    }
}
