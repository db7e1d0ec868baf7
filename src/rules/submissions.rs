//! Submissions that are too long or came in late.

use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind};
use crate::model::{Report, Submission};

/// `over-length` and `late-submission` of one year.
#[must_use]
pub(crate) fn check(report: &Report) -> Vec<Diagnostic> {
    report
        .submissions()
        .flat_map(|submission| [over_length(report, submission), late(report, submission)])
        .flatten()
        .collect()
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
    let days = (submitted.value > due).then(|| (submitted.value - due).get_days())?;
    let plural = if days == 1 { "day" } else { "days" };
    let message = format!("this submission came in {days} {plural} late: it was due on {due}");
    let location = Location::new(&submission.file, submitted.span);
    Some(
        Diagnostic::new(Code::LateSubmission, location, message)
            .help("correct `submitted`, or waive this with the reason why it was late")
            .about(SubjectKind::Date, due)
            .about(SubjectKind::Figure, days),
    )
}
