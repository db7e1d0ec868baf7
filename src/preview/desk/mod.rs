//! The editor's desk: which submissions have arrived, their problems, and letters to the boards and agencies.

mod live;
mod problem_list;
mod reminder;
mod source_view;
mod submissions;
mod templates;
mod year;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use self::live::LivePlace;
use self::problem_list::{ListedProblem, problem_counts};
pub(crate) use self::source_view::source_page;
pub(crate) use self::templates::PageTemplates;
use self::year::YearSection;
use super::problems::Problem;
use crate::diagnostic::code::Category;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, RelPath, Summary};
use crate::locale::Locale;
use crate::model::report::YearHold;
use crate::model::{Archive, Report, UnbuiltContent};
use crate::options::Options;
use crate::output::OutputTree;
use crate::source::SourceTree;

/// When each submission file was last modified.
#[derive(Clone, Debug, Default)]
pub(crate) struct LastChanges(BTreeMap<RelPath, Timestamp>);

impl LastChanges {
    /// Reads the modification times of all submissions of the site at `root`.
    #[must_use]
    pub(crate) fn read(root: &Path, archive: &Archive) -> Self {
        let files = archive.reports().flat_map(Report::submissions).map(|submission| &submission.file);
        let written = files.filter_map(|file| {
            let written = root.join(file.as_str()).metadata().ok()?.modified().ok()?;
            Some((file.clone(), Timestamp::try_from(written).ok()?))
        });
        Self(written.collect())
    }

    /// When a file was last modified.
    fn get(&self, file: &RelPath) -> Option<Timestamp> {
        self.0.get(file).copied()
    }
}

/// The inputs of the desk.
pub(crate) struct Desk<'a> {
    pub archive: &'a Archive,
    /// The diagnostics in the form that is shown.
    pub problems: &'a [Problem],
    pub diagnostics: &'a [Diagnostic],
    /// The number of errors, warnings, notes and files.
    pub summary: Summary,
    /// The built site, to link only to pages that exist.
    pub files: &'a OutputTree,
    /// The source files.
    pub tree: &'a SourceTree,
    pub last_changes: &'a LastChanges,
    /// The date to use as today, for deadlines.
    pub today: Date,
    /// The site's folder.
    pub root: &'a Path,
}

/// What the desk shows.
#[derive(Serialize)]
struct DeskView<'a> {
    /// The site's title.
    site: &'a str,
    /// How many files were checked.
    files: String,
    /// The number of problems by severity.
    problems: String,
    /// What a build would leave out, in a few words each.
    left_out: Vec<String>,
    /// What is published on this machine.
    live: Vec<LivePlace>,
    /// Text that must not be published, in all years.
    safety: Vec<ListedProblem<'a>>,
    /// The years, the latest first.
    years: Vec<YearSection<'a>>,
    /// Problems in files that belong to no year.
    shared: Vec<ListedProblem<'a>>,
}

/// The desk as a page.
#[must_use]
pub(crate) fn page(templates: &PageTemplates, desk: &Desk<'_>) -> String {
    let words = &templates.words;
    let is_safety = |problem: &&Problem| problem.code.family() == Category::Safety && problem.waived.is_none();
    let years = &desk.archive.reports;
    let is_shared = |problem: &&Problem| {
        let file = &problem.location.file;
        // What is listed at the top is not listed again.
        !is_safety(problem) && !years.iter().any(|report| file.below(report.folder.as_str()).is_some())
    };
    let unbuilt = UnbuiltContent::new(desk.archive, &Options::new(desk.today));
    let held = unbuilt.years().map(|(year, hold)| {
        let reason = hold_in_words(hold, words);
        words.say("desk.left-out-year", &[("year", year.as_str()), ("reason", &reason)])
    });
    let drafts =
        Some(unbuilt.drafts().len()).filter(|drafts| *drafts > 0).map(|drafts| words.count("desk.drafts", drafts));
    let Summary { errors, warnings, notes, files } = desk.summary;
    let view = DeskView {
        site: &desk.archive.site.title,
        files: words.count("desk.files-count", files),
        problems: problem_counts(words, [errors, warnings, notes], true),
        left_out: held.chain(drafts).collect(),
        live: live::places(desk, words),
        safety: desk.problems.iter().filter(is_safety).map(ListedProblem::new).collect(),
        years: years.iter().rev().map(|report| YearSection::new(desk, report, words)).collect(),
        shared: desk.problems.iter().filter(is_shared).map(ListedProblem::new).collect(),
    };
    templates.render(templates::DESK, &view, &Redactions::from_diagnostics(desk.diagnostics))
}

/// Why a year is left out, in the words of the desk.
fn hold_in_words(hold: YearHold, words: &Locale) -> String {
    match hold {
        YearHold::Preparing => words.text("desk.hold-preparing").to_owned(),
        YearHold::Until(moment) => words.say("desk.hold-until", &[("date", &words.date(moment.date()))]),
        YearHold::Unreadable => words.text("desk.hold-unreadable").to_owned(),
    }
}

/// The page for an address that does not exist, if the site has no such page of its own.
#[must_use]
pub(crate) fn not_found_page(templates: &PageTemplates, summary: Summary) -> String {
    /// What that page shows.
    #[derive(Serialize)]
    struct NotFoundView {
        has_errors: bool,
    }
    let view = NotFoundView { has_errors: summary.errors > 0 };
    templates.render(templates::NOT_FOUND, &view, &Redactions::from_diagnostics(&[]))
}
