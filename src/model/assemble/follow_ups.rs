//! Links follow-ups to the commitments of the previous year.

use std::collections::BTreeSet;

use super::super::{CommitmentId, Report, Submission, SubmitterKind};
use crate::source::files::Outcome;

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
        mark_carried_over(submission, &known);
    }
}

/// Marks the commitments that were made in the same words in the year before, unless those were delivered or dropped.
fn mark_carried_over(submission: &mut Submission, known: &BTreeSet<CommitmentId>) {
    let closed = submission.follow_ups.iter().filter(|answer| {
        answer.outcome.as_ref().is_some_and(|said| matches!(said.value, Outcome::Delivered | Outcome::Dropped))
    });
    let closed: BTreeSet<&CommitmentId> = closed.filter_map(|answer| answer.commitment.as_ref()).collect();
    for commitment in &mut submission.commitments {
        let before = commitment.id.of_submission(&submission.earlier_id);
        commitment.is_carried_over = known.contains(&before) && !closed.contains(&before);
    }
}

/// The ids of the commitments that the same board or agency made in `report`.
fn commitment_ids(report: &Report, kind: SubmitterKind, id: &str) -> BTreeSet<CommitmentId> {
    let submission = report.submission(kind, id);
    submission.into_iter().flat_map(|submission: &Submission| &submission.commitments).map(|c| c.id.clone()).collect()
}
