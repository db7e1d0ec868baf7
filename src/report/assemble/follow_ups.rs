//! Which commitments of the year before the answers of a year are for.

use std::collections::BTreeSet;

use super::super::{Archive, CommitmentId, Kind, Report, Submission};

/// Resolves the answers of every year against the year before it. What an answer that finds no commitment means is
/// said by the rules.
pub fn resolve(archive: &mut Archive) {
    for index in (1..archive.reports.len()).rev() {
        let (before, after) = archive.reports.split_at_mut(index);
        let (before, after) = (&before[index - 1], &mut after[0]);
        let boards = after.boards.iter_mut().filter_map(|board| board.submission.as_mut());
        for submission in boards.chain(after.agencies.iter_mut().filter_map(|agency| agency.submission.as_mut())) {
            let promised = promised(before, submission.kind, &submission.id);
            for answer in &mut submission.follow_ups {
                let id = answer.named(&submission.id);
                answer.commitment = promised.contains(&id).then_some(id);
            }
        }
    }
}

/// What the same board or agency promised in a year.
fn promised(report: &Report, kind: Kind, id: &str) -> BTreeSet<CommitmentId> {
    let submission = report.submission(kind, id);
    submission.into_iter().flat_map(|submission: &Submission| &submission.commitments).map(|c| c.id.clone()).collect()
}
