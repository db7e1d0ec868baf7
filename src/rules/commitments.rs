//! Whether last year's commitments are answered for, and the answers are for commitments that there were.

use std::collections::BTreeMap;

use crate::diagnostic::nearest::{did_you_mean, nearest};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::report::{Archive, CommitmentId, FollowUp, Report, Submission, Year};
use crate::source::files::Outcome;

/// `unknown-commitment`, `dropped-without-reason` and `unanswered-commitment` of one year.
#[must_use]
pub fn check(archive: &Archive, report: &Report) -> Vec<Diagnostic> {
    let before = archive.before(report);
    let mut found = Vec::new();
    for submission in report.submissions() {
        let earlier = before.and_then(|before| before.submission(submission.kind, &submission.id));
        check_answers(submission, before, earlier, &mut found);
        if let (Some(before), Some(earlier)) = (before, earlier) {
            check_unanswered(submission, &before.year, earlier, &mut found);
        }
    }
    found
}

/// Each answer of a submission.
fn check_answers(
    submission: &Submission,
    before: Option<&Report>,
    earlier: Option<&Submission>,
    found: &mut Vec<Diagnostic>,
) {
    let mut answered: BTreeMap<&CommitmentId, Span> = BTreeMap::new();
    for answer in &submission.follow_ups {
        let place = Place::new(&submission.file, answer.written.span);
        match &answer.commitment {
            // What a chart without an end has swallowed may have been promised there.
            None if earlier.is_some_and(|earlier| earlier.body.is_cut_short) => {}
            None => found.push(unknown(answer, place, before, earlier)),
            Some(id) => {
                if let Some(first) = answered.insert(id, answer.written.span) {
                    let message = format!("`{}` is answered for twice", answer.written.value);
                    let first = Place::new(&submission.file, first);
                    let twice = Diagnostic::new(Code::DuplicateId, place, message).also(first, "first answered here");
                    found.push(twice.help("keep one of the two answers"));
                }
            }
        }
        if let Some(outcome) = answer.outcome.as_ref().filter(|outcome| outcome.value == Outcome::Dropped)
            && answer.note.as_ref().is_none_or(|note| note.text().trim().is_empty())
        {
            let message = format!("`{}` was dropped, but no `note` says why", answer.written.value);
            let place = Place::new(&submission.file, outcome.span);
            let dropped = Diagnostic::new(Code::DroppedWithoutReason, place, message);
            found.push(dropped.help("add `note:` with the reason; readers were promised this"));
        }
    }
}

/// An answer to a commitment that never was.
fn unknown(answer: &FollowUp, place: Place, before: Option<&Report>, earlier: Option<&Submission>) -> Diagnostic {
    let year = before.map(|before| &before.year);
    let written = &answer.written.value;
    let message = match (year, earlier) {
        (None, _) => format!("there is no earlier year on this site, so nothing was promised as `{written}`"),
        (Some(year), None) => format!("nothing was submitted in {year}, so nothing was promised as `{written}`"),
        (Some(year), Some(_)) => format!("nothing was promised in {year} as `{written}`"),
    };
    let known = || earlier.into_iter().flat_map(|earlier| &earlier.commitments);
    let help = did_you_mean(written, known().map(|commitment| commitment.id.slug())).or_else(|| {
        year.map(|year| format!("`annal commitments --year {year}` lists what was promised, with the ids"))
    });
    Diagnostic::new(Code::UnknownCommitment, place, message)
        .help(help.unwrap_or_else(|| "take this answer away".to_owned()))
}

/// What was promised a year earlier and nobody answers for.
fn check_unanswered(submission: &Submission, year: &Year, earlier: &Submission, found: &mut Vec<Diagnostic>) {
    // What a misspelt answer most likely meant is not unanswered as well.
    let slugs = || earlier.commitments.iter().map(|commitment| commitment.id.slug());
    let misspelt = submission.follow_ups.iter().filter(|answer| answer.commitment.is_none());
    let meant: Vec<&str> = misspelt.filter_map(|answer| nearest(&answer.written.value, slugs())).collect();
    let is_answered = |id: &CommitmentId| {
        meant.contains(&id.slug()) || submission.follow_ups.iter().any(|answer| answer.commitment.as_ref() == Some(id))
    };
    for commitment in earlier.commitments.iter().filter(|commitment| !is_answered(&commitment.id)) {
        let slug = commitment.id.slug();
        let message = format!("nobody answers for the commitment `{slug}` of {year}");
        let place = Place::new(&submission.file, submission.follow_up_span);
        found.push(
            Diagnostic::new(Code::UnansweredCommitment, place, message)
                .also(earlier.body.place(commitment.span), "promised here")
                .help(format!(
                    "add to `follow_up:` `- {{commitment: {slug}, outcome: delivered}}`, or what became of it"
                )),
        );
    }
}
