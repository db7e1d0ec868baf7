//! The editor's overview of a year: who has submitted, who has not, and how many problems there are.

use std::collections::HashMap;

use jiff::civil::Date;

use super::ids::SubmitterKind;
use super::members::Submitter;
use super::report::Report;
use super::sign_off::SignOff;
use super::submission::Submission;
use crate::diagnostic::{Diagnostic, Location, RelPath, Severity};
use crate::source::files::PublicationStatus;

/// Where a submission is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubmissionState {
    /// Nothing was sent: there is no file, or a form that nobody has filled in.
    NotBegun,
    /// It is a draft, or nobody can tell whether it is one.
    Draft,
    Submitted,
    SignedOff,
    /// It was signed off, and has changed since.
    Changed,
}

impl SubmissionState {
    /// The state for scripts: `not-begun`, `draft`, `submitted`, `signed-off` or `changed`.
    #[must_use]
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::NotBegun => "not-begun",
            Self::Draft => PublicationStatus::Draft.word(),
            Self::Submitted => PublicationStatus::Submitted.word(),
            Self::SignedOff => PublicationStatus::SignedOff.word(),
            Self::Changed => "changed",
        }
    }
}

impl From<&Submission> for SubmissionState {
    fn from(sent: &Submission) -> Self {
        match sent.status {
            _ if sent.has_changed_since_sign_off() => Self::Changed,
            PublicationStatus::Draft => Self::Draft,
            PublicationStatus::Submitted => Self::Submitted,
            PublicationStatus::SignedOff => Self::SignedOff,
        }
    }
}

/// The progress of one board or agency.
#[derive(Clone, Debug)]
pub(crate) struct SubmissionProgress<'a> {
    /// Whether it is a board or an agency.
    pub kind: SubmitterKind,
    pub id: &'a str,
    pub name: &'a str,
    /// Its file, or the path where that is expected.
    pub file: RelPath,
    pub state: SubmissionState,
    /// The submission, if it has sent one that could be read.
    pub submission: Option<&'a Submission>,
    /// Whether it has sent a file that could not be read.
    pub is_unreadable: bool,
    /// Whether it was submitted after the due date, or is still missing after that date.
    pub is_late: bool,
    /// The number of errors in it, including the one for a missing submission.
    pub errors: usize,
    /// The number of warnings in it.
    pub warnings: usize,
}

impl SubmissionProgress<'_> {
    /// The progress as a word: `missing`, `unreadable`, `draft`, `submitted` or `signed-off`.
    #[must_use]
    pub(crate) fn word(&self) -> &'static str {
        match self.state {
            _ if self.is_unreadable => "unreadable",
            SubmissionState::NotBegun => "missing",
            // Scripts have known the status as it is written for longer than what has become of it.
            SubmissionState::Changed => SubmissionState::SignedOff.word(),
            state => state.word(),
        }
    }

    /// Whether it is signed off, but not bound to its words, so that a change of them is not noticed.
    #[must_use]
    pub(crate) fn is_unbound(&self) -> bool {
        let is_bound = self.submission.and_then(|sent| sent.signed_off.as_ref()).is_some_and(SignOff::is_bound);
        self.state == SubmissionState::SignedOff && !is_bound
    }

    /// The progress in words for people: `not begun`, `signed off, not bound`.
    #[must_use]
    pub(crate) fn in_words(&self) -> String {
        let words = if self.is_unreadable { "unreadable" } else { self.state.word() }.replace('-', " ");
        if self.is_unbound() { format!("{words}, not bound") } else { words }
    }

    /// Whether anything was sent, readable or not.
    #[must_use]
    pub(crate) fn is_received(&self) -> bool {
        self.state != SubmissionState::NotBegun
    }
}

/// The progress of everybody who must submit: the boards, then the agencies, each in the report's order.
#[must_use]
pub(crate) fn progress<'a>(report: &'a Report, diagnostics: &[Diagnostic], today: Date) -> Vec<SubmissionProgress<'a>> {
    let problems = ProblemCounts::count(diagnostics);
    let progress = |Submitter { kind, id, name, location, submission, .. }: Submitter<'a>| {
        let file = report.folder.join(&format!("{}/{id}.md", kind.folder()));
        let is_unreadable = submission.is_none() && report.lost_content(kind, id);
        let state = match submission {
            Some(submission) => submission.into(),
            None if is_unreadable => SubmissionState::Draft,
            None => SubmissionState::NotBegun,
        };
        // A missing submission is reported at its entry.
        let is_received = state != SubmissionState::NotBegun;
        let (errors, warnings) = if is_received { problems.in_file(&file) } else { problems.at(location) };
        let is_late = is_late(report.due, state, submission, today);
        SubmissionProgress { kind, id, name, file, state, submission, is_unreadable, is_late, errors, warnings }
    };
    report.submitters().map(progress).collect()
}

/// Whether a submission is late. One without a date is not, unless it is still a draft after the due date.
fn is_late(due: Option<Date>, state: SubmissionState, submission: Option<&Submission>, today: Date) -> bool {
    let Some(due) = due else { return false };
    match submission.and_then(|submission| submission.submitted.as_ref()) {
        Some(submitted) => submitted.value > due,
        None => matches!(state, SubmissionState::NotBegun | SubmissionState::Draft) && today > due,
    }
}

/// The number of errors and warnings, by file and by place.
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
        let shown = |s: &SubmissionProgress<'_>| {
            let late = if s.is_late { " late" } else { "" };
            format!("{} {}{late} {}/{}", s.file.name(), s.word(), s.errors, s.warnings)
        };
        progress(&checked.value.reports[0], &checked.diagnostics, today.parse().unwrap()).iter().map(shown).collect()
    }

    #[test]
    fn a_form_is_begun_when_somebody_writes_in_it() {
        let state = |text: &str| {
            let tree = SourceTree::from_texts([
                ("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
                ("content/2019-20/report.yaml", REPORT),
                ("content/2019-20/agencies/b.md", text),
            ]);
            let checked = assemble(&tree);
            let all = progress(&checked.value.reports[0], &checked.diagnostics, "2020-01-01".parse().unwrap());
            let codes: Vec<_> = checked.diagnostics.iter().filter(|one| one.message.contains("`B`")).collect();
            (all[1].state.word(), all[1].is_received(), codes.len(), checked.diagnostics.len() - codes.len())
        };
        let form = |outcome: &str, done: &str, next: &str| {
            format!(
                "---\nstatus: draft\nfollow_up:\n  - commitment: x\n    outcome: {outcome}\n    note:\n---\n\
                 %% A note.\n\n## What have we done?\n\n{done}\n\n## What will we do next?\n\n{next}\n"
            )
        };
        // The other three have sent nothing either.
        assert_eq!(state(&form("", "", "")), ("not-begun", false, 1, 3));
        let bare = "---\nstatus: submitted\n---\n## What we did\n\n## What next?\n";
        assert_eq!(state(bare), ("not-begun", false, 1, 3));
        assert_eq!(state("## What next?\n").0, "submitted", "a form without its headings is none");
        assert_eq!(state(&form("delivered", "", "")).0, "draft");
        assert_eq!(state(&form("", "Work.", "")).0, "draft");
        assert_eq!(state(&form("", "", "- Work.")).0, "draft");
        assert_eq!(state("A letter.\n").0, "submitted");
        assert_eq!(state("---\nstatus: drft\n---\n").0, "draft", "what could not be read is held back");
        assert_eq!(state("---\nstatus: [\n---\n").0, "draft");
    }

    #[test]
    fn signed_texts_change_or_are_not_bound() {
        let state = |signed: &str| {
            let text =
                format!("---\nstatus: signed-off\n{signed}---\n## What we did\n\nWork.\n\n## What next?\n\nMore.\n");
            let tree = SourceTree::from_texts([
                ("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
                ("content/2019-20/report.yaml", REPORT),
                ("content/2019-20/agencies/b.md", text.as_str()),
            ]);
            let checked = assemble(&tree);
            let all = progress(&checked.value.reports[0], &checked.diagnostics, "2020-01-01".parse().unwrap());
            (all[1].state.word(), all[1].word(), all[1].in_words())
        };
        let unbound = ("signed-off", "signed-off", "signed off, not bound".to_owned());
        assert_eq!(state(""), unbound);
        assert_eq!(state("signed_off: {by: Chair, on: 2020-01-01}\n"), unbound);
        let hash = "0".repeat(32);
        let changed = state(&format!("signed_off: {{by: Chair, text: \"v1:{hash}\"}}\n"));
        assert_eq!(changed, ("changed", "signed-off", "changed".to_owned()));
    }

    #[test]
    fn lateness_depends_on_the_day() {
        let shown = check("2020-09-30");
        assert_eq!(shown, ["a.md signed-off late 0/0", "b.md draft 1/0", "c.md submitted 0/0", "d.md missing 1/0"]);
        let shown = check("2020-10-01");
        assert_eq!(
            shown,
            ["a.md signed-off late 0/0", "b.md draft late 1/0", "c.md submitted 0/0", "d.md missing late 1/0"]
        );
    }
}
