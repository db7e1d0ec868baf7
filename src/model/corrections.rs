//! What was wrong in a report as it was first published.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::source::markdown::Markdown;

/// A correction of a published report.
#[derive(Clone, Debug)]
pub(crate) struct Correction {
    /// When it was made.
    pub on: Date,
    /// The place of that day in the report's file.
    pub span: Span,
    /// What was wrong, and what is right.
    pub what: Markdown,
    /// The page that it is about as `report.yaml` names it, which the report has (`crate::model::corrected_page` finds it);
    /// none if it is the report as a whole.
    pub place: Option<String>,
}
