//! Who has sent what, with everything that an editor asks of it: standings, what is wrong, what is owed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, RelPath};
use crate::model::submission_status::{self, SubmissionProgress};
use crate::model::{Archive, Commitment, Report, Submission, SubmitterKind, Year};
use crate::preview::problems::Problem;
use crate::source::SourceTree;

/// One board or agency.
pub(crate) struct SubmissionRow<'a> {
    /// How far it is.
    pub standing: SubmissionProgress<'a>,
    /// Its short name.
    pub short: Option<&'a str>,
    /// Whether there is a file, readable or not.
    pub has_file: bool,
    /// What is wrong with it, waived problems and notes included.
    pub faults: Vec<&'a Problem>,
    /// What it sent a year earlier.
    pub earlier: Option<&'a Submission>,
    /// What it promised then and does not answer for.
    pub unanswered: Vec<&'a Commitment>,
}

impl<'a> SubmissionRow<'a> {
    /// What it sent, where that could be read.
    pub(crate) fn submission(&self) -> Option<&'a Submission> {
        self.standing.submission
    }

    /// How far it is in a word: `missing`, `unreadable`, or what its front matter says.
    pub(crate) fn status(&self) -> &'static str {
        if self.has_file && self.submission().is_none() { "unreadable" } else { self.standing.word() }
    }

    /// Whether a waiver lets it send nothing.
    pub(crate) fn is_let_through(&self) -> bool {
        let code = Code::MissingSubmission.name();
        self.faults.iter().any(|fault| fault.code == code && fault.waived.is_some())
    }

    /// How many errors, warnings or notes it has.
    pub(crate) fn count(&self, severity: &str) -> usize {
        self.faults.iter().filter(|fault| fault.severity == severity).count()
    }
}

/// A year's rows, the boards first, and what is wrong elsewhere.
pub(crate) struct SubmissionsTable<'a> {
    /// The rows.
    pub rows: Vec<SubmissionRow<'a>>,
    /// The year before, whose commitments are answered for.
    pub before: Option<&'a Year>,
    /// What is wrong with the year's other files.
    pub others: Vec<&'a Problem>,
}

impl<'a> SubmissionsTable<'a> {
    /// The matrix of a year, as it is on a day.
    pub(crate) fn new(
        archive: &'a Archive,
        report: &'a Report,
        found: (&[Diagnostic], &'a [Problem]),
        tree: &SourceTree,
        today: Date,
    ) -> Self {
        let (diagnostics, faults) = found;
        let mut of_file: BTreeMap<&RelPath, Vec<&Problem>> = BTreeMap::new();
        for fault in faults.iter().filter(|fault| fault.location.file.below(report.folder.as_str()).is_some()) {
            of_file.entry(&fault.location.file).or_default().push(fault);
        }
        // What is said of somebody who sent nothing is said at their entry.
        let entries = report.submitters().map(|submitter| (submitter.short, submitter.location));
        let before = archive.before(report);
        let standings = submission_status::progress(report, diagnostics, today).into_iter().zip(entries);
        let rows = standings.map(|(standing, (short, entry))| {
            let mut own = of_file.remove(&standing.file).unwrap_or_default();
            if let Some(of_report) = of_file.get_mut(&entry.file) {
                own.extend(of_report.extract_if(.., |fault| fault.location == *entry));
            }
            let has_file = tree.files.contains_key(&standing.file) || tree.unreadable.contains(&standing.file);
            let earlier = before.and_then(|before| before.submission(standing.kind, standing.id));
            let unanswered = earlier.map(|earlier| unanswered(earlier, standing.submission)).unwrap_or_default();
            SubmissionRow { standing, short, has_file, faults: own, earlier, unanswered }
        });
        let rows = rows.collect();
        Self { rows, before: before.map(|before| &before.year), others: of_file.into_values().flatten().collect() }
    }

    /// The rows of boards or of agencies.
    pub(crate) fn of_kind(&self, kind: SubmitterKind) -> impl Iterator<Item = &SubmissionRow<'a>> {
        self.rows.iter().filter(move |row| row.standing.kind == kind)
    }
}

/// What an earlier submission promised and this one does not answer for.
fn unanswered<'a>(earlier: &'a Submission, submission: Option<&Submission>) -> Vec<&'a Commitment> {
    let is_answered = |commitment: &Commitment| {
        let mut answers = submission.into_iter().flat_map(|submission| &submission.follow_ups);
        answers.any(|answer| answer.commitment.as_ref() == Some(&commitment.id) && answer.outcome.is_some())
    };
    earlier.commitments.iter().filter(|commitment| !is_answered(commitment)).collect()
}
