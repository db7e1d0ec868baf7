//! The editor's desk: what to do next, where each submission is, and letters to the boards and agencies.

mod asks;
mod covers;
mod fix_view;
mod inspect_view;
mod intake_view;
mod live;
mod needs;
mod problem_list;
mod queues;
mod reminder;
mod source_view;
mod submissions;
mod templates;
mod year;

use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

pub(crate) use self::covers::{CoverOutput, cover_file};
pub(crate) use self::fix_view::fix_page;
pub(crate) use self::inspect_view::{inspect_list, inspect_page};
pub(crate) use self::intake_view::{IntakePage, intake_page};
use self::live::LivePlace;
pub(crate) use self::needs::{Need, needs};
use self::problem_list::{ProblemGroup, grouped, problem_counts};
use self::queues::{Queues, WorkingYear};
pub(crate) use self::reminder::{LetterContext, letter};
pub(crate) use self::source_view::{file_at, source_page};
pub(crate) use self::submissions::SubmissionsTable;
pub(crate) use self::templates::PageTemplates;
use self::year::YearSection;
use super::problems::Problem;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, Summary};
use crate::edit::chase_log::ChaseLog;
use crate::locale::Locale;
use crate::model::assemble::TranslatedSite;
use crate::model::report::YearHold;
use crate::model::{Archive, UnbuiltContent};
use crate::options::Options;
use crate::output::OutputTree;
use crate::source::SourceTree;

/// The inputs of the desk.
pub(crate) struct Desk<'a> {
    pub archive: &'a Archive,
    /// The site in its other languages.
    pub translations: &'a [TranslatedSite],
    /// The diagnostics in the form that is shown.
    pub problems: &'a [Problem],
    pub diagnostics: &'a [Diagnostic],
    /// The number of errors, warnings, notes and files.
    pub summary: Summary,
    /// The built site, to link only to pages that exist.
    pub files: &'a OutputTree,
    /// The source files.
    pub tree: &'a SourceTree,
    /// Who was asked for what; `None` if that could not be read.
    pub log: Option<&'a ChaseLog>,
    /// The date to use as today, for deadlines.
    pub today: Date,
    /// The site's folder.
    pub root: &'a Path,
    /// What requests that change something have to bring along; `None` if nothing may be changed from here.
    pub token: Option<&'a str>,
}

/// What the desk shows.
#[derive(Serialize)]
struct DeskView<'a> {
    /// The site's title.
    site: &'a str,
    token: Option<&'a str>,
    /// How many files were checked.
    files: String,
    /// The number of problems by severity.
    problems: String,
    /// The day that matters next, in one sentence.
    deadline: Option<String>,
    /// Whether that day has passed.
    is_overdue: bool,
    queues: Queues<'a>,
    /// Whether there is nothing left to do.
    is_done: bool,
    /// Whether `desk.yaml` could not be read.
    is_log_lost: bool,
    /// What a build would leave out, in a few words each.
    left_out: Vec<String>,
    /// What is published on this machine.
    live: Vec<LivePlace>,
    /// The years that are being worked on, the latest first.
    years: Vec<YearSection<'a>>,
    /// The other years.
    earlier: Vec<YearSection<'a>>,
    /// Problems in files that belong to no year.
    shared: Vec<ProblemGroup<'a>>,
}

/// The desk as a page.
#[must_use]
pub(crate) fn page<'a>(templates: &PageTemplates, desk: &Desk<'a>) -> String {
    let words = &templates.words;
    let years = &desk.archive.reports;
    let is_shared =
        |problem: &&Problem| !years.iter().any(|report| problem.location.file.below(report.folder.as_str()).is_some());
    let unbuilt = UnbuiltContent::new(desk.archive, &Options::new(desk.today));
    let held = unbuilt.years().map(|(year, hold)| {
        let reason = hold_in_words(hold, words);
        words.say("desk.left-out-year", &[("year", year.as_str()), ("reason", &reason)])
    });
    let drafts =
        Some(unbuilt.drafts().len()).filter(|drafts| *drafts > 0).map(|drafts| words.count("desk.drafts", drafts));
    let Summary { errors, warnings, notes, files } = desk.summary;
    let no_log = ChaseLog::default();
    let log = desk.log.unwrap_or(&no_log);
    let mut working = Vec::new();
    let mut earlier = Vec::new();
    for report in years.iter().rev() {
        let table = SubmissionsTable::new(desk.archive, report, (desk.diagnostics, desk.problems), desk.today);
        let side = if unbuilt.is_open(desk.archive, report) { &mut working } else { &mut earlier };
        side.push(WorkingYear { report, table });
    }
    let sections = |years: &[WorkingYear<'a>]| {
        years.iter().map(|year| YearSection::new(desk, year.report, &year.table, log, words)).collect()
    };
    let queues = Queues::new(desk, &working, log, words);
    let deadline = working.first().and_then(|year| deadline(year, desk.today, words));
    let view = DeskView {
        site: &desk.archive.site.title,
        token: desk.token,
        files: words.count("desk.files-count", files),
        problems: problem_counts(words, [errors, warnings, notes], true),
        is_overdue: deadline.as_ref().is_some_and(|(_, is_overdue)| *is_overdue),
        deadline: deadline.map(|(text, _)| text),
        is_done: queues.is_empty() && !working.is_empty(),
        queues,
        is_log_lost: desk.log.is_none(),
        left_out: held.chain(drafts).collect(),
        live: live::places(desk, words),
        years: sections(&working),
        earlier: sections(&earlier),
        shared: grouped(desk.problems.iter().filter(is_shared)),
    };
    templates.render(templates::DESK, &view, &Redactions::from_diagnostics(desk.diagnostics))
}

/// The day that matters next, and whether it has passed: when submissions are due as long as some are missing, then
/// when the report is to be published.
fn deadline(year: &WorkingYear<'_>, today: Date, words: &Locale) -> Option<(String, bool)> {
    const DUE: [&str; 3] = ["desk.due-today", "desk.due-in", "desk.due-ago"];
    // A day of publication that has passed is not asked for.
    const PUBLICATION: [&str; 3] = ["desk.publication-today", "desk.publication-in", "desk.publication-in"];
    let is_missing = year.table.rows.iter().any(|row| !row.progress.is_received() && !row.is_let_through());
    let (day, [on_day, before, after]) = match (year.report.due.filter(|_| is_missing), year.report.published) {
        (Some(due), _) => (due, DUE),
        (None, Some(published)) if published >= today => (published, PUBLICATION),
        _ => return None,
    };
    let days = today.until(day).map_or(0, |span| span.get_days());
    let date = words.date(day);
    let count = usize::try_from(days.unsigned_abs()).unwrap_or_default();
    let text = match days {
        0 => words.text(on_day).to_owned(),
        1.. => words.count_with(before, count, &[("date", &date)]),
        _ => words.count_with(after, count, &[("date", &date)]),
    };
    Some((text, days < 0))
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
