//! Links follow-ups to the commitments of the previous year.

use std::collections::BTreeSet;

use super::super::{CommitmentId, Report, Submission, SubmitterKind};

/// Resolves a year's follow-ups against the previous year; in a translation, only those that were not adopted from the
/// original. Follow-ups that match no commitment are reported by the rules.
pub(crate) fn resolve(report: &mut Report, before: &Report, original: Option<&Report>) {
    let is_own = |sent: &Submission| original.is_none_or(|original| original.submission(sent.kind, &sent.id).is_none());
    for submission in report.submissions_mut().filter(|sent| is_own(sent)) {
        let known = commitment_ids(before, submission.kind, &submission.earlier_id);
        let named: Vec<CommitmentId> = submission.follow_ups.iter().map(|answer| answer.named(submission)).collect();
        for (answer, id) in submission.follow_ups.iter_mut().zip(named) {
            answer.commitment = known.contains(&id).then_some(id);
        }
    }
}

/// The ids of the commitments that the same board or agency made in `report`.
fn commitment_ids(report: &Report, kind: SubmitterKind, id: &str) -> BTreeSet<CommitmentId> {
    let submission = report.submission(kind, id);
    submission.into_iter().flat_map(|submission: &Submission| &submission.commitments).map(|c| c.id.clone()).collect()
}
