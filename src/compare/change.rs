//! One thing that readers would notice.

use std::collections::BTreeMap;

use super::published::ReportId;
use super::words::WordRun;
use crate::diagnostic::located::counted;

/// What a change is about, in the order in which people read a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ChangeKind {
    /// A whole year.
    Report,
    /// Who has sent what, and whether it is signed off.
    State,
    /// Something that was promised.
    Commitment,
    /// What became of a promise of the year before.
    Outcome,
    /// What a review found, or what was done about it.
    Finding,
    /// An amount, a count, a rate, or a row of a table.
    Figure,
    /// A headed part of a submission.
    Section,
    /// A page, or a part of the report with a page of its own.
    Page,
    /// The words of a text.
    Text,
    /// Anything else that the report states: names, dates, who leads what.
    Fact,
}

impl ChangeKind {
    /// All kinds, in their order.
    pub(super) const ALL: [Self; 10] = [
        Self::Report,
        Self::State,
        Self::Commitment,
        Self::Outcome,
        Self::Finding,
        Self::Figure,
        Self::Section,
        Self::Page,
        Self::Text,
        Self::Fact,
    ];

    /// Its name for scripts.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::State => "state",
            Self::Commitment => "commitment",
            Self::Outcome => "outcome",
            Self::Finding => "finding",
            Self::Figure => "figure",
            Self::Section => "section",
            Self::Page => "page",
            Self::Text => "text",
            Self::Fact => "fact",
        }
    }

    /// The heading above changes of this kind.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Report => "Reports",
            Self::State => "Who has sent what",
            Self::Commitment => "Commitments",
            Self::Outcome => "What became of commitments",
            Self::Finding => "Findings of reviews",
            Self::Figure => "Figures",
            Self::Section => "Sections",
            Self::Page => "Pages",
            Self::Text => "Words",
            Self::Fact => "Other facts",
        }
    }

    /// `2 commitments`, `1 finding`.
    fn counted(self, number: usize) -> String {
        match self {
            Self::State => counted(number, "submission"),
            Self::Finding => counted(number, "finding"),
            Self::Text => counted(number, "text"),
            Self::Fact => counted(number, "other fact"),
            _ => counted(number, self.name()),
        }
    }
}

/// How something differs. Texts are as readers see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// It is new.
    Added(String),
    /// It is gone.
    Removed(String),
    /// Its words differ.
    Reworded(Vec<WordRun>),
    /// It has another value. `by` is how much larger a number is, if known.
    Value { was: Option<String>, is: Option<String>, by: Option<String> },
}

/// One thing that readers would notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReaderChange {
    /// The report that it is in; `None` for the site's own pages.
    pub(super) report: Option<ReportId>,
    pub kind: ChangeKind,
    /// Who or what it belongs to: a board, an agency, a table, a page.
    pub(super) subject: String,
    /// What of it; empty if it is the subject itself.
    pub(super) what: String,
    /// The page that shows it, from the root of the site.
    pub(super) address: String,
    pub(super) difference: Difference,
    /// Whether it is about the edition, such as its title, or when something was sent, and not about what the report says.
    pub(super) is_about_edition: bool,
}

/// The state of a submission of which readers see nothing.
pub(super) const NOTHING_PUBLISHED: &str = "nothing published";
/// The state of a board or agency that the report does not list.
pub(super) const NOT_LISTED: &str = "not in the report";

/// Everything that differs between two sites.
#[derive(Clone, Debug, Default)]
pub(crate) struct SiteChanges {
    /// By report, the newest first, then by kind, then in the order of the report.
    pub list: Vec<ReaderChange>,
    /// Keys that one of the sites does not know, since another version of annal published it.
    pub(super) unknown: Vec<String>,
}

impl SiteChanges {
    /// `3 commitments, 1 figure`; empty if there are none.
    pub(crate) fn summary(&self) -> String {
        let mut counts: BTreeMap<ChangeKind, usize> = BTreeMap::new();
        for change in &self.list {
            *counts.entry(change.kind).or_default() += 1;
        }
        counts.into_iter().map(|(kind, number)| kind.counted(number)).collect::<Vec<_>>().join(", ")
    }

    /// Whether something was not compared, since only one of the sites records it.
    pub(crate) fn is_partial(&self) -> bool {
        !self.unknown.is_empty()
    }

    /// The changes of each report, and of the site's own pages last.
    pub(super) fn by_report(&self) -> impl Iterator<Item = (Option<&ReportId>, &[ReaderChange])> {
        self.list.chunk_by(|a, b| a.report == b.report).map(|changes| (changes[0].report.as_ref(), changes))
    }

    /// Puts the changes into their order.
    pub(super) fn sort(&mut self) {
        let year = |change: &ReaderChange| change.report.as_ref().map(|report| report.year.clone());
        self.list.sort_by(|a, b| {
            let (year_a, year_b) = (year(a), year(b));
            year_b.cmp(&year_a).then_with(|| a.report.cmp(&b.report)).then(a.kind.cmp(&b.kind))
        });
        self.unknown.sort();
        self.unknown.dedup();
    }
}

/// The changes of each kind, in order.
pub(super) fn by_kind(changes: &[ReaderChange]) -> impl Iterator<Item = (ChangeKind, &[ReaderChange])> {
    changes.chunk_by(|a, b| a.kind == b.kind).map(|changes| (changes[0].kind, changes))
}

/// The heading above the changes of the site's own pages.
pub(super) const SHARED: &str = "Pages of the whole site";

impl ReaderChange {
    /// Who or what has changed, on one line: `Thames Valley Police · What next?`.
    pub(crate) fn title(&self) -> String {
        match (self.subject.as_str(), self.what.as_str()) {
            (subject, "") => subject.to_owned(),
            ("", what) => what.to_owned(),
            (subject, what) => format!("{subject} · {what}"),
        }
    }

    /// Whether readers could read the submission before that this is the state of, and whether they can now. `None` if it is
    /// not about a state.
    pub(super) fn readable(&self) -> Option<(bool, bool)> {
        let Difference::Value { was, is, .. } = &self.difference else { return None };
        let is_readable =
            |state: &Option<String>| !matches!(state.as_deref(), None | Some(NOTHING_PUBLISHED | NOT_LISTED));
        (self.kind == ChangeKind::State).then(|| (is_readable(was), is_readable(is)))
    }

    /// The year that it is in, if any.
    pub(crate) fn year(&self) -> Option<&str> {
        self.report.as_ref().map(|report| report.year.as_str())
    }
}
