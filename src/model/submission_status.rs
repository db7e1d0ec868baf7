//! Who has submitted, who has not, and how much is wrong with it: the editor's overview of a year.

use std::collections::HashMap;

use jiff::civil::Date;

use super::ids::SubmitterKind;
use super::members::Submitter;
use super::report::Report;
use super::submission::Submission;
use crate::diagnostic::{Diagnostic, Location, RelPath, Severity};
use crate::source::files::PublicationStatus;

/// How far one board or agency is.
#[derive(Clone, Debug)]
pub(crate) struct SubmissionProgress<'a> {
    /// Whether a board or an agency.
    pub kind: SubmitterKind,
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its file, or where that is due.
    pub file: RelPath,
    /// What it sent.
    pub submission: Option<&'a Submission>,
    /// Whether it came after the date by which it was due, or has not come although that is over.
    pub is_late: bool,
    /// How many errors there are in it, that it is missing among them.
    pub errors: usize,
    /// How many warnings there are in it.
    pub warnings: usize,
}

impl SubmissionProgress<'_> {
    /// How far it is in a word: `missing`, `draft`, `submitted` or `signed-off`.
    #[must_use]
    pub(crate) fn word(&self) -> &'static str {
        self.submission.map_or("missing", |submission| submission.status.word())
    }
}

/// Everybody who must submit, the boards first, each group in the report's order.
#[must_use]
pub(crate) fn progress<'a>(report: &'a Report, diagnostics: &[Diagnostic], today: Date) -> Vec<SubmissionProgress<'a>> {
    let problems = ProblemCounts::count(diagnostics);
    let progress = |Submitter { kind, id, name, location, submission, .. }: Submitter<'a>| {
        let file = report.folder.join(&format!("{}/{id}.md", kind.folder()));
        // What is said of somebody who sent nothing is said at their entry.
        let (errors, warnings) = if submission.is_some() { problems.in_file(&file) } else { problems.at(location) };
        let is_late = is_late(report.due, submission, today);
        SubmissionProgress { kind, id, name, file, submission, is_late, errors, warnings }
    };
    report.submitters().map(progress).collect()
}

/// Whether a submission is late. One that does not say when it came is in time: it is there.
fn is_late(due: Option<Date>, submission: Option<&Submission>, today: Date) -> bool {
    let Some(due) = due else { return false };
    match submission {
        None => today > due,
        Some(submission) => match &submission.submitted {
            Some(submitted) => submitted.value > due,
            None => submission.status == PublicationStatus::Draft && today > due,
        },
    }
}

/// How many errors and warnings there are, by file and by place.
#[derive(Default)]
struct ProblemCounts<'d> {
    files: HashMap<&'d RelPath, (usize, usize)>,
    places: HashMap<&'d Location, (usize, usize)>,
}

impl<'d> ProblemCounts<'d> {
    fn count(diagnostics: &'d [Diagnostic]) -> Self {
        let mut problems = Self::default();
        for Diagnostic { location, severity, .. } in diagnostics {
            let (errors, warnings) = match severity {
                Severity::Error => (1, 0),
                Severity::Warning => (0, 1),
                Severity::Note => continue,
            };
            let counts =
                [problems.files.entry(&location.file).or_default(), problems.places.entry(location).or_default()];
            for count in counts {
                *count = (count.0 + errors, count.1 + warnings);
            }
        }
        problems
    }

    fn in_file(&self, file: &RelPath) -> (usize, usize) {
        self.files.get(file).copied().unwrap_or_default()
    }

    fn at(&self, location: &Location) -> (usize, usize) {
        self.places.get(location).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assemble::assemble;
    use crate::source::SourceTree;

    const REPORT: &str = "title: T\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: [{id: a, name: A}]\n\
        agencies: [{id: b, name: B}, {id: c, name: C}, {id: d, name: D}]\ndue: 2020-09-30\n";

    fn check(today: &str) -> Vec<String> {
        let text = "## What have we done?\n\nWork.\n\n## What next?\n\nMore.\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
            ("content/2019-20/report.yaml", REPORT),
            ("content/2019-20/boards/a.md", &format!("---\nstatus: signed-off\nsubmitted: 2020-10-01\n---\n{text}")),
            ("content/2019-20/agencies/b.md", "---\nstatus: draft\n---\n## What we did\n\nWork.\n"),
            ("content/2019-20/agencies/c.md", text),
        ]);
        let checked = assemble(&tree);
        let told = |s: &SubmissionProgress<'_>| {
            let late = if s.is_late { " late" } else { "" };
            format!("{} {}{late} {}/{}", s.file.name(), s.word(), s.errors, s.warnings)
        };
        progress(&checked.value.reports[0], &checked.diagnostics, today.parse().unwrap()).iter().map(told).collect()
    }

    #[test]
    fn lateness_depends_on_the_day() {
        let told = check("2020-09-30");
        assert_eq!(told, ["a.md signed-off late 0/0", "b.md draft 1/0", "c.md submitted 0/0", "d.md missing 1/0"]);
        let told = check("2020-10-01");
        assert_eq!(
            told,
            ["a.md signed-off late 0/0", "b.md draft late 1/0", "c.md submitted 0/0", "d.md missing late 1/0"]
        );
    }
}
