//! What was wrong in a report as it was first published.

use jiff::civil::Date;

use super::ids::{PriorityId, SubmitterKind};
use super::part::Part;
use crate::source::markdown::Markdown;

/// A correction of a published report.
#[derive(Clone, Debug)]
pub(crate) struct Correction {
    /// When it was made.
    pub on: Date,
    /// What was wrong, and what is right.
    pub what: Markdown,
    /// The page that it is about; none if it is the report as a whole.
    pub place: Option<CorrectedPage>,
}

/// A page that was corrected.
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
    /// Its name as `report.yaml` has it: `foreword`, `budget`, `agencies/police`.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Page(id) => id.clone(),
            Self::Part(part) => part.name().to_owned(),
            Self::Submission(kind, id) => format!("{}/{id}", kind.folder()),
            Self::Priority(id) => format!("{}/{}", Part::Priorities.name(), id.as_str()),
        }
    }
}
