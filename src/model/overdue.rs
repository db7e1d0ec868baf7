//! What the checks say is past its date in a year. Submissions that were sent late are not counted.

use super::{Archive, Report};
use crate::diagnostic::{Code, RelPath};

/// The codes for commitments, decisions and reviews of agreements whose day has passed.
const OVERDUE: [Code; 3] = [Code::OverdueDecision, Code::OverdueCommitment, Code::OverdueReview];

/// Whether a diagnostic with this code and file says that something of a year is overdue. What was promised the year before
/// is delivered in this one, so it counts here as well.
#[must_use]
pub(crate) fn is_overdue(archive: &Archive, report: &Report, code: Code, file: &RelPath) -> bool {
    let is_of = |report: &Report| file.below(report.folder.as_str()).is_some();
    let was_promised = || code == Code::OverdueCommitment && archive.before(report).is_some_and(is_of);
    OVERDUE.contains(&code) && (is_of(report) || was_promised())
}
