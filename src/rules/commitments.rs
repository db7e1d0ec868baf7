//! Checks that submissions report back on last year's commitments, and only on commitments that exist.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::waivers;
use crate::diagnostic::suggest::{did_you_mean, nearest};
use crate::diagnostic::{Code, Diagnostic, Location, Span, SubjectKind};
use crate::model::report::{PreviousYear, Waiver};
use crate::model::{Archive, Commitment, CommitmentId, FollowUp, Report, Submission, SubmitterKind, Year};
use crate::source::files::Outcome;

/// `unknown-commitment`, `dropped-without-reason` and `unanswered-commitment` of one year.
#[must_use]
pub(crate) fn check(archive: &Archive, report: &Report) -> Vec<Diagnostic> {
    let before = archive.before(report);
    let mut found = Vec::new();
    // Entries without a commitment because the whole previous year is missing, which is reported once.
    let mut unmatched = Vec::new();
    for submission in report.submissions() {
        let earlier = before.and_then(|before| before.submission(submission.kind, &submission.earlier_id));
        let without_commitment = check_answers(submission, before, report.before, &mut found);
        if report.before == PreviousYear::Gone {
            unmatched.extend(without_commitment.into_iter().map(|answer| (submission, answer)));
        } else if let (Some(before), None, [first, ..]) = (before, earlier, &without_commitment[..]) {
            found.push(no_submission_before(submission, &before.year, first, without_commitment.len()));
        } else {
            found.extend(without_commitment.into_iter().map(|answer| unknown(submission, answer, before, earlier)));
        }
        if let (Some(before), Some(earlier)) = (before, earlier)
            && submission.knows_answers
            && (report.before == PreviousYear::There || submission.follow_ups.is_empty())
        {
            check_unanswered(submission, &before.year, earlier, &mut found);
        }
    }
    found.extend(no_year_before(report, &unmatched));
    found
}

/// `overdue-commitment`: commitments of the two newest years whose day has passed, unless they are known to have been
/// delivered or dropped. Nobody can act on older ones any more. The dates of a translation are those of its original, where
/// they are reported.
#[must_use]
pub(crate) fn overdue(archive: &Archive, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut after: Option<&Report> = None;
    for report in archive.reports().filter(|report| report.translated_into.is_none()).rev().take(2) {
        for submission in report.submissions() {
            let next = after.and_then(|after| {
                let mut sent = after.submissions().filter(|sent| sent.kind == submission.kind);
                Some((after, sent.find(|sent| sent.earlier_id == submission.id)?))
            });
            let past = submission.commitments.iter().filter(|commitment| commitment.facts.is_past(today));
            let own = past.filter_map(|commitment| overdue_commitment(report, submission, commitment, next));
            found.extend(own.filter(|one| waivers::is_enabled(archive, report, one)));
        }
        after = Some(report);
    }
    found
}

/// The diagnostic for a commitment whose day has passed. `next` is what the same board or agency sent a year later.
fn overdue_commitment(
    report: &Report,
    submission: &Submission,
    commitment: &Commitment,
    next: Option<(&Report, &Submission)>,
) -> Option<Diagnostic> {
    let by = commitment.facts.by.as_ref()?;
    let slug = commitment.id.slug();
    let help = match next {
        None => format!(
            "if it has been delivered, report back on it in the next report: `- {{commitment: {slug}, outcome: delivered}}` \
             under `follow_up:`"
        ),
        Some((after, sent)) => {
            // A commitment without an answer has a diagnostic of its own.
            let answer = sent.follow_ups.iter().find(|answer| answer.commitment.as_ref() == Some(&commitment.id))?;
            let outcome = answer.outcome.as_ref()?.value;
            if matches!(outcome, Outcome::Delivered | Outcome::Dropped) {
                return None;
            }
            format!(
                "`{}` says that it is {}: update its outcome in {}, or promise it again with a new date",
                sent.file,
                if outcome == Outcome::InProgress { "in progress" } else { "not started" },
                after.year
            )
        }
    };
    let message = format!("the commitment `{slug}` was due by {}", by.value);
    Some(
        Diagnostic::new(Code::OverdueCommitment, Location::new(&submission.file, by.span), message)
            .help(help)
            .about_id(SubjectKind::Commitment, commitment.id.as_str(), slug)
            .about(SubjectKind::Year, &report.year)
            .about(SubjectKind::Date, by.value),
    )
}

/// Checks the entries of a submission's `follow_up`. Returns those without a commitment; they are not reported here.
fn check_answers<'a>(
    submission: &'a Submission,
    before: Option<&Report>,
    is_there: PreviousYear,
    found: &mut Vec<Diagnostic>,
) -> Vec<&'a FollowUp> {
    let is_known = is_there != PreviousYear::Lost && before.is_none_or(|before| knows_commitments(before, submission));
    let mut answered: BTreeMap<&CommitmentId, Span> = BTreeMap::new();
    let mut unmatched = Vec::new();
    for answer in &submission.follow_ups {
        let location = Location::new(&submission.file, answer.written.span);
        match &answer.commitment {
            None if !is_known => {}
            None => unmatched.push(answer),
            Some(id) => {
                if let Some(first) = answered.insert(id, answer.written.span) {
                    let message = format!("this submission reports back twice on `{}`", answer.written.value);
                    let first = Location::new(&submission.file, first);
                    let twice =
                        Diagnostic::new(Code::DuplicateId, location, message).related(first, "first entry here");
                    found.push(twice.help("keep one of the two entries"));
                }
            }
        }
        if let Some(outcome) = answer.outcome.as_ref().filter(|outcome| outcome.value == Outcome::Dropped)
            && answer.note.as_ref().is_none_or(|note| note.text().trim().is_empty())
        {
            let message = format!("`{}` was dropped, but there is no `note` to say why", answer.written.value);
            let location = Location::new(&submission.file, outcome.span);
            let dropped = Diagnostic::new(Code::DroppedWithoutReason, location, message)
                .about(SubjectKind::Commitment, &answer.written.value);
            found.push(dropped.help("add `note:` with the reason: this commitment was made in public"));
        }
    }
    unmatched
}

/// Whether the commitments of a board or agency in the previous year are known. If its file, its section or the list
/// with its entry could not be read, which is reported there, any entry may be right.
fn knows_commitments(before: &Report, submission: &Submission) -> bool {
    let (kind, id) = (submission.kind, submission.earlier_id.as_str());
    if let Some(earlier) = before.submission(kind, id) {
        return earlier.knows_commitments;
    }
    let file = format!("{}/{}/{id}.md", before.folder, kind.folder());
    let is_expected = match kind {
        SubmitterKind::Board => before.boards.iter().any(|board| board.id.as_str() == id),
        SubmitterKind::Agency => before.agencies.iter().any(|agency| agency.id.as_str() == id),
    };
    // A missing submission is reported in its own year. If that is waived, there are certainly no commitments.
    let is_waived = |waiver: &Waiver| waiver.code == Code::MissingSubmission && waiver.file.as_str() == file;
    let is_reported_missing = is_expected && !before.waivers.iter().any(is_waived);
    !is_reported_missing && !before.unreadable.contains(file.as_str()) && !before.unreadable_lists.contains(&kind)
}

/// One diagnostic for all entries of a year whose previous year is missing.
fn no_year_before(report: &Report, answers: &[(&Submission, &FollowUp)]) -> Option<Diagnostic> {
    let location =
        |(submission, answer): &(&Submission, &FollowUp)| Location::new(&submission.file, answer.written.span);
    let first = answers.iter().map(location).min()?;
    let before = report.year.before()?;
    let message = match answers.len() {
        1 => format!(
            "there is no report for {before}, so 1 entry in {} reports back on a commitment that does not exist",
            report.year
        ),
        count => format!(
            "there is no report for {before}, so {count} entries in {} report back on commitments that do not exist",
            report.year
        ),
    };
    let help = format!("put the folder `content/{before}` back, or remove these entries from `follow_up:`");
    Some(Diagnostic::new(Code::UnknownCommitment, first, message).help(help).about(SubjectKind::Year, before))
}

/// One diagnostic for all entries of a board or agency that did not submit anything in the previous year.
fn no_submission_before(submission: &Submission, year: &Year, first: &FollowUp, count: usize) -> Diagnostic {
    let id = &submission.earlier_id;
    let message = match count {
        1 => format!("`{id}` did not submit anything in {year}, so it cannot report back on this commitment"),
        _ => format!("`{id}` did not submit anything in {year}, so it cannot report back on these {count} commitments"),
    };
    let help = format!(
        "if it had another id in {year}, add `formerly: THAT-ID` to its entry in report.yaml; if not, remove the entries \
         from `follow_up:`"
    );
    Diagnostic::new(Code::UnknownCommitment, Location::new(&submission.file, first.written.span), message)
        .help(help)
        .about(submission.kind.subject(), id)
        .about(SubjectKind::Year, year)
}

/// The diagnostic for an entry about a commitment that does not exist.
fn unknown(
    submission: &Submission,
    answer: &FollowUp,
    before: Option<&Report>,
    earlier: Option<&Submission>,
) -> Diagnostic {
    let location = Location::new(&submission.file, answer.written.span);
    let year = before.map(|before| &before.year);
    let written = &answer.written.value;
    let message = match year {
        None => format!("this site has no earlier year, so there is no commitment `{written}`"),
        Some(year) => format!("{year} has no commitment `{written}`"),
    };
    let known = || earlier.into_iter().flat_map(|earlier| &earlier.commitments);
    let help = did_you_mean(written, known().map(|commitment| commitment.id.slug())).or_else(|| {
        year.map(|year| format!("run `annal commitments --year {year}` to list the commitments with their ids"))
    });
    let unknown = Diagnostic::new(Code::UnknownCommitment, location, message)
        .help(help.unwrap_or_else(|| "remove this entry".to_owned()))
        .about(SubjectKind::Commitment, written);
    match year {
        Some(year) => unknown.about(SubjectKind::Year, year),
        None => unknown,
    }
}

/// Reports the previous year's commitments that a submission does not report back on.
fn check_unanswered(submission: &Submission, year: &Year, earlier: &Submission, found: &mut Vec<Diagnostic>) {
    // A misspelt entry is reported already, so the commitment that it most likely means is not reported as well.
    let slugs = || earlier.commitments.iter().map(|commitment| commitment.id.slug());
    let misspelt = submission.follow_ups.iter().filter(|answer| answer.commitment.is_none());
    let meant: Vec<&str> = misspelt.filter_map(|answer| nearest(&answer.written.value, slugs())).collect();
    let is_answered = |id: &CommitmentId| {
        meant.contains(&id.slug()) || submission.follow_ups.iter().any(|answer| answer.commitment.as_ref() == Some(id))
    };
    for commitment in earlier.commitments.iter().filter(|commitment| !is_answered(&commitment.id)) {
        let slug = commitment.id.slug();
        let message = format!("this submission does not report back on the commitment `{slug}` from {year}");
        let location = Location::new(&submission.file, submission.follow_up_span);
        found.push(
            Diagnostic::new(Code::UnansweredCommitment, location, message)
                .related(earlier.body.linked.location(commitment.span), "the commitment was made here")
                .help(format!(
                    "add `- {{commitment: {slug}, outcome: in-progress}}` to `follow_up:`, with the right outcome"
                ))
                .about_id(SubjectKind::Commitment, commitment.id.as_str(), slug)
                .about(SubjectKind::Year, year),
        );
    }
}
