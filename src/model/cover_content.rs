//! Whether a report to a committee says anything under a heading.

use super::cover::{CoverHeading, CoverRequest, says_anything};
use super::report::Report;
use crate::source::files::CoverSource;

/// Whether anything is written under a heading of the report that an entry asks for.
#[must_use]
pub(crate) fn fills(request: &CoverRequest, heading: &CoverHeading, report: &Report) -> bool {
    request.implication(&heading.id).is_some()
        || heading.text.as_ref().is_some_and(says_anything)
        || heading.source.is_some_and(|source| has(request, source, report))
}

/// Whether the report has what a heading takes from it.
fn has(request: &CoverRequest, source: CoverSource, report: &Report) -> bool {
    match source {
        CoverSource::Summary => {
            let front = &report.front;
            let mut summaries = report.priorities.iter().filter_map(|priority| priority.summary.as_deref());
            front.headline.is_some() || !front.key_messages.is_empty() || summaries.any(says_anything)
        }
        CoverSource::Highlights => {
            report.priorities.iter().any(|priority| priority.progress.is_some()) || report.highlights().next().is_some()
        }
        CoverSource::Budget => report.data.budget.is_some(),
        CoverSource::Duties => !report.duties.is_empty(),
        CoverSource::Recommendations => !request.recommendations.is_empty(),
        CoverSource::Appendices => true,
    }
}
