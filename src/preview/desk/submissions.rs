//! The table of submissions: for each board and agency its progress, problems, and commitments without an update.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, RelPath, Severity};
use crate::model::submission_status::{self, SubmissionProgress};
use crate::model::{Archive, Commitment, Report, Submission, Year};
use crate::preview::problems::Problem;

/// The row of a board or agency.
pub(crate) struct SubmissionRow<'a> {
    pub progress: SubmissionProgress<'a>,
    /// Where letters to it go.
    pub contact: Option<&'a str>,
    /// The problems of the submission, including notes and waived problems.
    pub problems: Vec<&'a Problem>,
    /// The submission of the year before.
    pub earlier: Option<&'a Submission>,
    /// The commitments of the year before that this year's submission does not report back on.
    pub unanswered: Vec<&'a Commitment>,
}

impl<'a> SubmissionRow<'a> {
    /// Where its file is in the year's folder, without the ending: `agencies/police`.
    pub(crate) fn submitter(&self) -> String {
        format!("{}/{}", self.progress.kind.folder(), self.progress.id)
    }

    /// The submission, if there is one and it could be read.
    pub(crate) fn submission(&self) -> Option<&'a Submission> {
        self.progress.submission
    }

    /// The status in a word: `missing`, `unreadable`, or the status in the front matter.
    pub(crate) fn status(&self) -> &'static str {
        self.progress.word()
    }

    /// Whether a waiver allows it to send nothing.
    pub(crate) fn is_let_through(&self) -> bool {
        self.problems.iter().any(|problem| problem.code == Code::MissingSubmission && problem.waived.is_some())
    }

    /// The number of problems with a severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

/// The submissions of a year.
pub(crate) struct SubmissionsTable<'a> {
    /// One row for each board and agency, boards first.
    pub rows: Vec<SubmissionRow<'a>>,
    /// The year before, whose commitments are reported back on.
    pub before: Option<&'a Year>,
}

impl<'a> SubmissionsTable<'a> {
    /// The table for a year, on the date `today`.
    pub(crate) fn new(
        archive: &'a Archive,
        report: &'a Report,
        found: (&[Diagnostic], &'a [Problem]),
        today: Date,
    ) -> Self {
        let (diagnostics, problems) = found;
        let mut of_file: BTreeMap<&RelPath, Vec<&Problem>> = BTreeMap::new();
        for problem in problems.iter().filter(|problem| problem.location.file.below(report.folder.as_str()).is_some()) {
            of_file.entry(&problem.location.file).or_default().push(problem);
        }
        // A missing submission is reported at the submitter's entry in report.yaml.
        let entries = report.submitters();
        let before = archive.before(report);
        let all_progress = submission_status::progress(report, diagnostics, today).into_iter().zip(entries);
        let rows = all_progress.map(|(progress, submitter)| {
            let entry = submitter.location;
            let mut own = of_file.remove(&progress.file).unwrap_or_default();
            if let Some(of_report) = of_file.get_mut(&entry.file) {
                own.extend(of_report.extract_if(.., |problem| problem.location == *entry));
            }
            let earlier = before.and_then(|before| before.submission(progress.kind, submitter.earlier_id()));
            let unanswered = earlier.map(|earlier| unanswered(earlier, progress.submission)).unwrap_or_default();
            SubmissionRow { progress, contact: submitter.contact, problems: own, earlier, unanswered }
        });
        let rows = rows.collect();
        Self { rows, before: before.map(|before| &before.year) }
    }
}

/// The commitments of an earlier submission that this one does not report back on.
fn unanswered<'a>(earlier: &'a Submission, submission: Option<&Submission>) -> Vec<&'a Commitment> {
    let is_answered = |commitment: &Commitment| {
        let mut answers = submission.into_iter().flat_map(|submission| &submission.follow_ups);
        answers.any(|answer| answer.commitment.as_ref() == Some(&commitment.id) && answer.outcome.is_some())
    };
    earlier.commitments.iter().filter(|commitment| !is_answered(commitment)).collect()
}
