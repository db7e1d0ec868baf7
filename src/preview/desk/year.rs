//! What the desk shows of one year.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::Desk;
use super::problem_list::{ListedProblem, problem_counts, source_address};
use super::reminder::letter;
use super::submissions::{SubmissionRow, SubmissionsTable};
use crate::diagnostic::Severity;
use crate::locale::{Locale, group_thousands, pounds};
use crate::model::attendance::AttendanceRecord;
use crate::model::{Report, SubmitterKind};
use crate::preview::page_urls::is_there;

/// A year's section: figures, the table of submissions, problems, missing updates and letters.
#[derive(Serialize)]
pub(super) struct YearSection<'a> {
    year: &'a str,
    title: &'a str,
    /// The address of its page, if the site has that.
    page: Option<String>,
    /// The address of its `report.yaml`.
    source: String,
    figures: Vec<KeyFigure>,
    row_count: usize,
    filters: Vec<RowFilter<'a>>,
    code_filters: Vec<RowFilter<'a>>,
    groups: Vec<RowGroup<'a>>,
    /// Whether its `report.yaml` could be read: if not, it is unknown whom it lists.
    is_readable: bool,
    /// The problems in files that are not submissions.
    others: Vec<ListedProblem<'a>>,
    unanswered: Vec<UnansweredCommitments<'a>>,
    letters: Vec<ShownLetter<'a>>,
}

/// A key figure of a year.
#[derive(Serialize)]
struct KeyFigure {
    label: String,
    value: String,
}

/// A choice of the filter: rows that have a mark.
#[derive(Serialize)]
struct RowFilter<'a> {
    mark: &'a str,
    rows: usize,
}

/// The rows of the boards or of the agencies.
#[derive(Serialize)]
struct RowGroup<'a> {
    /// The key of the text above them.
    kind: &'static str,
    rows: Vec<TableRow<'a>>,
}

/// A date or time, for machines and for people.
#[derive(Serialize)]
struct ShownTime {
    exact: String,
    shown: String,
}

/// The problems of a board's or agency's submission.
#[derive(Serialize)]
struct RowProblems<'a> {
    /// Their number by severity: `2 errors, 1 note`.
    counts: String,
    has_errors: bool,
    list: Vec<ListedProblem<'a>>,
}

impl<'a> RowProblems<'a> {
    /// `None` if there are none.
    fn new(row: &SubmissionRow<'a>, words: &Locale) -> Option<Self> {
        let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| row.count(severity));
        (!row.problems.is_empty()).then(|| Self {
            counts: problem_counts(words, counts, false),
            has_errors: counts[0] > 0,
            list: row.problems.iter().copied().map(ListedProblem::new).collect(),
        })
    }
}

/// The row of a board or agency.
#[derive(Serialize)]
struct TableRow<'a> {
    id: String,
    /// What the filter finds it by, separated by spaces.
    marks: String,
    name: &'a str,
    short: Option<&'a str>,
    page: Option<String>,
    /// The address of its file, if that could be read.
    source: Option<String>,
    /// The date on which it was received.
    received: Option<ShownTime>,
    is_received: bool,
    is_late: bool,
    status: &'static str,
    /// Who signed it off and when, or a dash.
    signed_off: String,
    /// Its length in words and the limit, or a dash.
    length: String,
    is_over: bool,
    problems: Option<RowProblems<'a>>,
    changed: Option<ShownTime>,
}

/// The commitments that a board or agency has not reported back on.
#[derive(Serialize)]
struct UnansweredCommitments<'a> {
    name: &'a str,
    commitments: Vec<ShownCommitment<'a>>,
}

/// A commitment: its text, and what follow-ups call it.
#[derive(Serialize)]
struct ShownCommitment<'a> {
    text: &'a str,
    slug: &'a str,
}

/// A letter to copy.
#[derive(Serialize)]
struct ShownLetter<'a> {
    id: String,
    name: &'a str,
    why: String,
    text: String,
    /// The address that opens it in a mail program, if there is somebody to write to.
    mail: Option<String>,
}

impl<'a> YearSection<'a> {
    pub(super) fn new(desk: &Desk<'a>, report: &'a Report, words: &Locale) -> Self {
        let table = SubmissionsTable::new(desk.archive, report, (desk.diagnostics, desk.problems), desk.today);
        let year = report.year.as_str();
        let (filters, code_filters) = filters(&table);
        let groups = [(SubmitterKind::Board, "boards"), (SubmitterKind::Agency, "agencies")].map(|(kind, text)| {
            let rows = table.of_kind(kind).map(|row| TableRow::new(row, desk, report, words));
            RowGroup { kind: text, rows: rows.collect() }
        });
        let letters = table.rows.iter().filter_map(|row| {
            let letter = letter(report, &table, row, desk.tree, words)?;
            let id = format!("letter-{}", row_id(report, row));
            let mail = row.contact.and_then(|contact| letter.mail_to(contact));
            let text = letter.text(words);
            Some(ShownLetter { id, name: row.progress.name, why: letter.why, text, mail })
        });
        Self {
            year,
            title: &report.title,
            page: Some(format!("/{year}/")).filter(|page| is_there(page, desk.files)),
            source: source_address(report.file.as_str(), 1),
            figures: figures(report, &table, words),
            row_count: table.rows.len(),
            filters,
            code_filters,
            groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
            is_readable: !report.unreadable.contains(&report.file),
            others: table.others.iter().copied().map(ListedProblem::new).collect(),
            unanswered: table.rows.iter().filter_map(UnansweredCommitments::new).collect(),
            letters: letters.collect(),
        }
    }
}

/// The key figures of a year.
fn figures(report: &Report, table: &SubmissionsTable<'_>, words: &Locale) -> Vec<KeyFigure> {
    let count = |is_counted: fn(&SubmissionRow<'_>) -> bool| {
        let counted = table.rows.iter().filter(|row| is_counted(row)).count();
        of_all(words, counted, table.rows.len())
    };
    let mut figures = vec![
        ("desk.received", count(|row| row.progress.is_received())),
        ("signed_off", count(|row| row.status() == "signed-off")),
    ];
    figures.extend(report.due.map(|due| ("desk.due", words.date(due))));
    if let Some(rate) = report.data.attendance.as_ref().map(AttendanceRecord::rate)
        && let Some(per_mille) = rate.per_mille()
    {
        let times = of_all(words, rate.attended as usize, rate.possible as usize);
        figures.push(("attendance", format!("{} ({times})", words.per_cent(per_mille))));
    }
    figures.extend(report.data.contributions.as_ref().map(|paid| ("contributions", pounds(paid.total()))));
    if let Some(budget) = report.data.budget.as_ref().filter(|budget| !budget.is_empty()) {
        figures.push(("income", pounds(budget.total_income())));
        figures.push(("expenditure", pounds(budget.total_expenditure())));
        figures.push(("balance", pounds(budget.computed_balance())));
    }
    figures.into_iter().map(|(key, value)| KeyFigure { label: words.text(key).to_owned(), value }).collect()
}

/// `7 of 12`.
fn of_all(words: &Locale, number: usize, all: usize) -> String {
    words.say("desk.of-all", &[("n", &group_thousands(number)), ("all", &group_thousands(all))])
}

/// The choices of the filter: states that rows are in, and codes of their problems.
fn filters<'a>(table: &SubmissionsTable<'a>) -> (Vec<RowFilter<'a>>, Vec<RowFilter<'a>>) {
    let mut rows_with: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in table.rows.iter().flat_map(marks) {
        *rows_with.entry(mark).or_default() += 1;
    }
    let states = ["missing", "late", "unsigned", "error", "warning", "unanswered"];
    let codes: BTreeSet<&str> =
        table.rows.iter().flat_map(|row| &row.problems).map(|problem| problem.code.name()).collect();
    let filter = |mark| Some(RowFilter { mark, rows: *rows_with.get(mark)? });
    (states.into_iter().filter_map(filter).collect(), codes.into_iter().filter_map(filter).collect())
}

/// The marks that the filter finds a row by: its status, and the severities and codes of its problems.
fn marks<'a>(row: &SubmissionRow<'a>) -> Vec<&'a str> {
    let mut marks = vec![row.status()];
    marks.extend(row.problems.iter().flat_map(|problem| [problem.severity.name(), problem.code.name()]));
    marks.extend(row.progress.is_late.then_some("late"));
    marks.extend((row.status() != "signed-off").then_some("unsigned"));
    marks.extend((!row.unanswered.is_empty()).then_some("unanswered"));
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// What identifies the row of a board or agency on the desk: `2019-20-board-risk`.
fn row_id(report: &Report, row: &SubmissionRow<'_>) -> String {
    format!("{}-{}-{}", report.year, row.progress.kind.name(), row.progress.id)
}

impl<'a> TableRow<'a> {
    fn new(row: &SubmissionRow<'a>, desk: &Desk<'_>, report: &Report, words: &Locale) -> Self {
        let (progress, submission) = (&row.progress, row.submission());
        let page = format!("/{}/{}/{}/", report.year, progress.kind.folder(), progress.id);
        let received = submission
            .and_then(|sent| sent.submitted.as_ref())
            .map(|date| ShownTime { exact: date.value.to_string(), shown: short_date(words, date.value) });
        let changed = desk.last_changes.get(&progress.file).map(|at| {
            let at = at.to_zoned(jiff::tz::TimeZone::UTC);
            let (date, time) = (short_date(words, at.date()), at.strftime("%H:%M").to_string());
            ShownTime {
                exact: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
                shown: words.say("desk.moment", &[("date", &date), ("time", &time)]),
            }
        });
        let signed_off = submission.and_then(|sent| sent.signed_off.as_ref()).map(|signed| {
            let details = signed.by.clone().into_iter().chain(signed.on.map(|on| short_date(words, on)));
            details.collect::<Vec<_>>().join(", ")
        });
        let length = submission.map(|sent| match report.word_limit {
            Some(limit) => of_all(words, sent.words(), limit as usize),
            None => group_thousands(sent.words()),
        });
        let is_over =
            submission.is_some_and(|sent| report.word_limit.is_some_and(|limit| sent.words() > limit as usize));
        Self {
            id: row_id(report, row),
            marks: marks(row).join(" "),
            name: progress.name,
            short: row.short,
            page: Some(page).filter(|page| is_there(page, desk.files)),
            source: submission.map(|_| source_address(progress.file.as_str(), 1)),
            received,
            is_received: progress.is_received(),
            is_late: progress.is_late,
            status: row.status(),
            signed_off: signed_off.unwrap_or_else(dash),
            length: length.unwrap_or_else(dash),
            is_over,
            problems: RowProblems::new(row, words),
            changed,
        }
    }
}

/// What a cell without a value shows.
fn dash() -> String {
    "–".to_owned()
}

/// A date in the table, such as `1 Sep 2024`. The script shows times in the same form.
fn short_date(words: &Locale, date: Date) -> String {
    words.short_date(date.into())
}

impl<'a> UnansweredCommitments<'a> {
    /// `None` if it has reported back on all.
    fn new(row: &SubmissionRow<'a>) -> Option<Self> {
        let shown = row.unanswered.iter().map(|one| ShownCommitment { text: &one.text, slug: one.id.slug() });
        (!row.unanswered.is_empty()).then(|| Self { name: row.progress.name, commitments: shown.collect() })
    }
}
