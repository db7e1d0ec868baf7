//! What the desk shows of one year below the queues.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::Desk;
use super::covers::{ShownCover, covers};
use super::problem_list::{ProblemGroup, grouped, problem_counts, source_address};
use super::submissions::{SubmissionRow, SubmissionsTable};
use crate::diagnostic::{RelPath, Severity, SourceTexts};
use crate::edit::chase_log::ChaseLog;
use crate::locale::{Locale, group_thousands};
use crate::model::Report;
use crate::model::attendance::AttendanceRecord;
use crate::model::overdue::is_overdue;
use crate::preview::page_urls::is_there;
use crate::preview::problems::Problem;
use crate::source::markdown::comments::is_note;

/// The states of submissions, in the order in which they pass through them.
const STATES: [&str; 6] = ["missing", "unreadable", "draft", "submitted", "changed", "signed-off"];

/// A year's section: the submissions by state, the other problems, and open notes.
#[derive(Serialize)]
pub(super) struct YearSection<'a> {
    year: &'a str,
    title: &'a str,
    /// The address of its page, if the site has that.
    page: Option<String>,
    /// The address of its `report.yaml`.
    source: String,
    /// How far it is, in a few words: `15 of 17 received, 4 signed off`.
    progress: String,
    row_count: usize,
    filters: Vec<RowFilter>,
    groups: Vec<StateGroup<'a>>,
    /// Whether its `report.yaml` could be read: if not, it is unknown whom it lists.
    is_readable: bool,
    /// How many problems there are in all its files, in words.
    problems: String,
    overdue: Option<OverdueList<'a>>,
    /// The other problems in its files, and how many they are, in words.
    finding_count: String,
    findings: Vec<ProblemGroup<'a>>,
    /// The reports to committees that go with it.
    covers: Vec<ShownCover>,
    notes: Vec<OpenNote<'a>>,
    /// How many notes are open, in words.
    note_count: String,
}

/// The commitments, decisions and reviews of agreements whose day has passed.
#[derive(Serialize)]
struct OverdueList<'a> {
    /// How many there are, in words.
    count: String,
    groups: Vec<ProblemGroup<'a>>,
}

/// A choice of the filter: rows that have a mark.
#[derive(Serialize)]
struct RowFilter {
    mark: &'static str,
    rows: usize,
}

/// The boards and agencies whose submissions are in one state.
#[derive(Serialize)]
struct StateGroup<'a> {
    state: &'static str,
    rows: Vec<TableRow<'a>>,
}

/// The problems of a board's or agency's submission, which the page of its file shows line by line.
#[derive(Serialize)]
struct RowProblems {
    /// Their number by severity: `2 errors, 1 note`.
    counts: String,
    has_errors: bool,
}

impl RowProblems {
    /// `None` if there are none. That nothing was sent is not counted: the state says so.
    fn new(row: &SubmissionRow<'_>, words: &Locale) -> Option<Self> {
        let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| row.count(severity));
        (!row.problems.is_empty() && row.progress.is_received())
            .then(|| Self { counts: problem_counts(words, counts, false), has_errors: counts[0] > 0 })
    }
}

/// The row of a board or agency.
#[derive(Serialize)]
struct TableRow<'a> {
    id: String,
    /// What the filter finds it by, separated by spaces.
    marks: String,
    name: &'a str,
    page: Option<String>,
    /// The address of its file, if it has sent one.
    source: Option<String>,
    /// The date on which it was received, in words.
    received: Option<String>,
    is_late: bool,
    /// The date on which its file was last written, in words.
    changed: Option<String>,
    /// Who signed it off and when; empty if nobody has.
    signed_off: String,
    /// Its length in words and the limit.
    length: Option<String>,
    is_over: bool,
    /// How many of last year's commitments it reports back on, if it made any.
    updates: Option<String>,
    has_all_updates: bool,
    /// When it was last written to, in words.
    chased: Option<String>,
    problems: Option<RowProblems>,
}

/// A note that an author left for the editor.
#[derive(Serialize)]
struct OpenNote<'a> {
    text: String,
    file: &'a str,
    source: String,
}

impl<'a> YearSection<'a> {
    pub(super) fn new(
        desk: &Desk<'a>,
        report: &'a Report,
        table: &SubmissionsTable<'a>,
        log: &ChaseLog,
        words: &Locale,
    ) -> Self {
        let page = format!("/{}/", report.year);
        let groups = STATES.map(|state| {
            let rows = table.rows.iter().filter(|row| row.status() == state);
            StateGroup { state, rows: rows.map(|row| TableRow::new(row, desk, report, log, words)).collect() }
        });
        let problems =
            || desk.problems.iter().filter(|problem| problem.location.file.below(report.folder.as_str()).is_some());
        let notes = open_notes(desk, report);
        let is_late = |problem: &&Problem| {
            problem.waived.is_none() && is_overdue(desk.archive, report, problem.code, &problem.location.file)
        };
        let late: Vec<&Problem> = desk.problems.iter().filter(is_late).collect();
        Self {
            year: report.year.as_str(),
            title: &report.title,
            page: Some(page).filter(|page| is_there(page, desk.files)),
            source: source_address(report.file.as_str(), 1),
            progress: progress(report, table, words),
            row_count: table.rows.len(),
            filters: filters(table),
            groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
            is_readable: !report.unreadable.contains(&report.file),
            problems: counted(problems(), words),
            finding_count: counted(problems().filter(|problem| !is_late(problem)), words),
            overdue: (!late.is_empty())
                .then(|| OverdueList { count: words.count("desk.overdue", late.len()), groups: grouped(late) }),
            findings: grouped(problems().filter(|problem| !is_late(problem))),
            covers: covers(desk, report, words),
            note_count: words.count("desk.open-notes", notes.len()),
            notes,
        }
    }
}

/// How many problems there are, and how many that are waived: `2 errors, 1 note, 3 waived`.
fn counted<'p>(problems: impl Iterator<Item = &'p Problem>, words: &Locale) -> String {
    let (mut counts, mut waived) = ([0; 3], 0);
    for problem in problems {
        match (&problem.waived, problem.severity) {
            (Some(_), _) => waived += 1,
            (None, Severity::Error) => counts[0] += 1,
            (None, Severity::Warning) => counts[1] += 1,
            (None, Severity::Note) => counts[2] += 1,
        }
    }
    let waived = (waived > 0).then(|| words.count("desk.waived-count", waived));
    let open = (counts != [0; 3] || waived.is_none()).then(|| problem_counts(words, counts, false));
    open.into_iter().chain(waived).collect::<Vec<_>>().join(", ")
}

/// How far a year is: `15 of 17 received, 4 signed off, attendance 84.2% (64 of 76)`.
fn progress(report: &Report, table: &SubmissionsTable<'_>, words: &Locale) -> String {
    let count = |is: fn(&SubmissionRow<'_>) -> bool| table.rows.iter().filter(|row| is(row)).count();
    let received = group_thousands(count(|row| row.progress.is_received()));
    let signed_off = group_thousands(count(|row| row.status() == "signed-off"));
    let all = group_thousands(table.rows.len());
    let progress = words.say("desk.progress", &[("received", &received), ("all", &all), ("signed", &signed_off)]);
    let rate = report.data.attendance.as_ref().map(AttendanceRecord::rate);
    let Some((rate, per_mille)) = rate.and_then(|rate| Some((rate, rate.per_mille()?))) else { return progress };
    let (attended, possible) = (group_thousands(rate.attended as usize), group_thousands(rate.possible as usize));
    let rate = words.per_cent(per_mille);
    words.say("desk.attendance", &[("progress", &progress), ("rate", &rate), ("n", &attended), ("all", &possible)])
}

/// The choices of the filter.
fn filters(table: &SubmissionsTable<'_>) -> Vec<RowFilter> {
    let states = ["missing", "late", "unsigned", "error", "warning", "unanswered"];
    let filter = |mark| RowFilter { mark, rows: table.rows.iter().filter(|row| marks(row).contains(&mark)).count() };
    states.into_iter().map(filter).filter(|filter| filter.rows > 0).collect()
}

/// The marks that the filter finds a row by.
fn marks(row: &SubmissionRow<'_>) -> Vec<&'static str> {
    let mut marks = vec![row.status()];
    marks.extend(row.problems.iter().map(|problem| problem.severity.name()));
    marks.extend(row.progress.is_late.then_some("late"));
    marks.extend((row.status() != "signed-off").then_some("unsigned"));
    marks.extend((!row.unanswered.is_empty()).then_some("unanswered"));
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// The notes (`%%`) in a year's submissions and pages.
fn open_notes<'a>(desk: &Desk<'a>, report: &'a Report) -> Vec<OpenNote<'a>> {
    let submissions = report.submissions().map(|sent| &sent.file);
    let files = submissions.chain(report.pages.iter().map(|page| &page.file));
    let notes = files.flat_map(|file| {
        let text = desk.tree.text(file).unwrap_or_default();
        let lines = text.lines().enumerate();
        let notes = lines.filter(|(_, line)| is_note(line)).map(move |(number, line)| OpenNote {
            text: line.trim().trim_start_matches(['%', ' ']).to_owned(),
            file: file.below(report.folder.as_str()).unwrap_or(file.as_str()),
            source: source_address(file.as_str(), number + 1),
        });
        notes.collect::<Vec<_>>()
    });
    notes.filter(|note| !note.text.is_empty()).collect()
}

impl<'a> TableRow<'a> {
    fn new(row: &SubmissionRow<'a>, desk: &Desk<'_>, report: &Report, log: &ChaseLog, words: &Locale) -> Self {
        let (progress, submission) = (&row.progress, row.submission());
        let submitter = row.submitter();
        let page = format!("/{}/{submitter}/", report.year);
        let signed = submission.and_then(|sent| sent.signed_off.as_ref());
        let by = signed.and_then(|signed| signed.by.clone());
        let on = signed.and_then(|signed| signed.on).map(|on| short_date(words, on));
        // A change of what is not bound is not noticed.
        let unbound = progress.is_unbound().then(|| words.text("desk.not-bound").to_owned());
        let signed_off = by.into_iter().chain(on).chain(unbound).collect::<Vec<_>>().join(", ");
        let of_all = |number: usize, all: usize| {
            words.say("desk.of-all", &[("n", &group_thousands(number)), ("all", &group_thousands(all))])
        };
        let limit = report.word_limit.map(|limit| limit as usize);
        let length = submission.map(|sent| match limit {
            Some(limit) => of_all(sent.words(), limit),
            None => group_thousands(sent.words()),
        });
        let made = row.earlier.map_or(0, |earlier| earlier.commitments.len());
        Self {
            id: format!("{}-{}-{}", report.year, progress.kind.name(), progress.id),
            marks: marks(row).join(" "),
            name: progress.name,
            page: Some(page).filter(|page| is_there(page, desk.files)),
            source: progress.is_received().then(|| source_address(progress.file.as_str(), 1)),
            received: submission.and_then(|sent| sent.submitted.as_ref()).map(|day| short_date(words, day.value)),
            is_late: progress.is_late,
            changed: submission.and_then(|sent| last_change(desk.root, &sent.file)).map(|on| short_date(words, on)),
            signed_off,
            length,
            is_over: submission.zip(limit).is_some_and(|(sent, limit)| sent.words() > limit),
            updates: (made > 0).then(|| of_all(made - row.unanswered.len(), made)),
            has_all_updates: row.unanswered.is_empty(),
            chased: log.last(&report.year, &submitter).map(|on| short_date(words, on)),
            problems: RowProblems::new(row, words),
        }
    }
}

/// The day on which a file was last written, where the computer is.
fn last_change(root: &Path, file: &RelPath) -> Option<Date> {
    let written = root.join(file.as_str()).metadata().ok()?.modified().ok()?;
    Some(Timestamp::try_from(written).ok()?.to_zoned(TimeZone::system()).date())
}

/// A date in the table, such as `1 Sep 2024`.
fn short_date(words: &Locale, date: Date) -> String {
    words.short_date(date.into())
}
