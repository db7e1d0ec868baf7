//! Submissions that are too long or came in late.

use crate::diagnostic::located::counted;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind};
use crate::model::members::Submitter;
use crate::model::{Archive, Report, Submission};

/// `over-length` and `late-submission` of one year, and `unknown-id` for who was never called what it says.
#[must_use]
pub(crate) fn check(archive: &Archive, report: &Report) -> Vec<Diagnostic> {
    let of_submission = |submission| [over_length(report, submission), late(report, submission)];
    let mut found: Vec<_> = report.submissions().flat_map(of_submission).flatten().collect();
    if let Some(before) = archive.before(report) {
        found.extend(report.submitters().filter_map(|submitter| never_called(report, before, submitter)));
    }
    found
}

/// A board or agency whose `formerly` is the id of nobody in the year before.
fn never_called(report: &Report, before: &Report, submitter: Submitter<'_>) -> Option<Diagnostic> {
    let formerly = submitter.formerly?;
    let is_known = before.submitter(submitter.kind, formerly.as_str()).is_some();
    if is_known || before.unreadable_lists.contains(&submitter.kind) {
        return None;
    }
    let message = format!("{} has no {} with the id `{}`", before.year, submitter.kind.name(), formerly.value);
    let known = before.submitters_of(submitter.kind).map(|earlier| earlier.id);
    let help = did_you_mean(formerly.as_str(), known)
        .unwrap_or_else(|| format!("write the id that it has in {}, or remove `formerly`", before.file));
    Some(Diagnostic::new(Code::UnknownId, Location::new(&report.file, formerly.span), message).help(help))
}

/// A submission with more words than `limits` allows.
fn over_length(report: &Report, submission: &Submission) -> Option<Diagnostic> {
    let limit = report.word_limit? as usize;
    let words = submission.words();
    let message =
        format!("this submission has {words} words, {} more than the {limit} allowed", words.checked_sub(limit)?);
    let diagnostic = Diagnostic::new(Code::OverLength, Location::whole(&submission.file), message);
    let diagnostic = diagnostic.help("shorten it, or move some of the detail to a page of its own");
    (words > limit).then(|| diagnostic.about(SubjectKind::Figure, words).about(SubjectKind::Figure, limit))
}

/// A submission that came in after `due`.
fn late(report: &Report, submission: &Submission) -> Option<Diagnostic> {
    let (due, submitted) = (report.due?, submission.submitted.as_ref()?);
    let days = usize::try_from((submitted.value - due).get_days()).ok().filter(|days| *days > 0)?;
    let message = format!("this submission came in {} late: it was due on {due}", counted(days, "day"));
    let location = Location::new(&submission.file, submitted.span);
    Some(
        Diagnostic::new(Code::LateSubmission, location, message)
            .help("correct `submitted`, or waive this with the reason why it was late")
            .about(SubjectKind::Date, due)
            .about(SubjectKind::Figure, days),
    )
}
