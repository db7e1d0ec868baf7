//! Which commitments of the year before the answers of a year are for.

use std::collections::BTreeSet;

use super::super::{CommitmentId, Report, Submission, SubmitterKind};

/// Resolves the answers of a year against the year before it; of a translation only those that it has not adopted from
/// the original. What an answer that finds no commitment means is said by the rules.
pub(crate) fn resolve(report: &mut Report, before: &Report, original: Option<&Report>) {
    let is_own = |sent: &Submission| original.is_none_or(|original| original.submission(sent.kind, &sent.id).is_none());
    for submission in report.submissions_mut().filter(|sent| is_own(sent)) {
        let promised = promised(before, submission.kind, &submission.id);
        for answer in &mut submission.follow_ups {
            let id = answer.named(&submission.id);
            answer.commitment = promised.contains(&id).then_some(id);
        }
    }
}

/// What the same board or agency promised in a year.
fn promised(report: &Report, kind: SubmitterKind, id: &str) -> BTreeSet<CommitmentId> {
    let submission = report.submission(kind, id);
    submission.into_iter().flat_map(|submission: &Submission| &submission.commitments).map(|c| c.id.clone()).collect()
}
