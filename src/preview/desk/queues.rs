//! What to do next: the three queues at the top of the desk.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;

use super::Desk;
use super::asks::ask;
use super::problem_list::{MessagePart, message_parts, source_address};
use super::reminder::{LetterContext, letter};
use super::submissions::{SubmissionRow, SubmissionsTable};
use crate::diagnostic::code::Category;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Code, Location, RelPath, Severity};
use crate::edit::chase_log::{ChaseLog, ChaseReason};
use crate::locale::Locale;
use crate::model::Report;
use crate::model::assemble::TranslatedSite;
use crate::model::submission_status::SubmissionState;
use crate::preview::page_urls::{CHASED, SIGN, is_there};
use crate::preview::problems::Problem;
use crate::source::files::PublicationStatus;

/// How many entries of a queue are shown before it is unfolded.
const MOST_SHOWN: usize = 6;

/// What is to be done, in three lists.
#[derive(Serialize)]
pub(super) struct Queues<'a> {
    fix: Queue<FixEntry<'a>>,
    chase: Queue<ChaseEntry<'a>>,
    sign: Queue<SignEntry<'a>>,
}

/// A list of things to do, the most urgent first.
#[derive(Serialize)]
struct Queue<T> {
    count: usize,
    /// The entries that are always shown.
    first: Vec<T>,
    /// The others, folded.
    rest: Vec<T>,
    /// What the line above the others says.
    more: String,
}

impl<T> Queue<T> {
    fn new(mut entries: Vec<T>, words: &Locale) -> Self {
        let count = entries.len();
        // One more line is shorter than a line that says so.
        let rest = if count > MOST_SHOWN + 1 { entries.split_off(MOST_SHOWN) } else { Vec::new() };
        let more = words.count("desk.more", rest.len());
        Self { count, first: entries, rest, more }
    }
}

/// A file with errors that an editor can correct.
#[derive(Serialize)]
struct FixEntry<'a> {
    /// The board or agency that sent it, or the file.
    name: String,
    /// Whether the name is that of a file.
    is_file: bool,
    year: Option<&'a str>,
    /// What is wrong: the first problem.
    message: Vec<MessagePart<'a>>,
    /// How many other errors there are in it, in words; empty if there are none.
    others: String,
    /// Whether it has text that must not be published.
    is_safety: bool,
    /// The first problem's line in the source file.
    source: String,
    /// The address that shows what can be corrected at once.
    fix: Option<&'a str>,
}

/// A board or agency to write to.
#[derive(Serialize)]
struct ChaseEntry<'a> {
    /// What identifies the letter on the page.
    id: String,
    name: &'a str,
    year: Option<&'a str>,
    why: String,
    is_late: bool,
    /// When it was last written to, in words.
    chased: Option<String>,
    letter: String,
    /// The address that opens the letter in a mail program.
    mail: Option<String>,
    /// The address that records that the letter was sent.
    record: String,
}

/// A submission to sign off.
#[derive(Serialize)]
struct SignEntry<'a> {
    name: String,
    year: Option<&'a str>,
    /// What identifies the entry on the page.
    id: String,
    what: String,
    /// The address of its page, or else of its file.
    open: String,
    /// The address that signs it off.
    sign: String,
    /// The hash of its file.
    shown: String,
}

/// A year that is being worked on, with its submissions.
pub(super) struct WorkingYear<'a> {
    pub report: &'a Report,
    pub table: SubmissionsTable<'a>,
}

impl<'a> Queues<'a> {
    /// The queues for the years that are being worked on, the latest first. Errors in other years are to be fixed too.
    pub(super) fn new(desk: &Desk<'a>, years: &[WorkingYear<'a>], log: &ChaseLog, words: &Locale) -> Self {
        let is_one = years.len() < 2;
        let mut fix = Vec::new();
        let mut chase: Vec<((Option<Date>, ChaseReason), ChaseEntry<'a>)> = Vec::new();
        let mut sign = Vec::new();
        let asked = asked_of_senders(desk, years, words);
        let flagged = Redactions::from_diagnostics(desk.diagnostics);
        for WorkingYear { report, table } in years {
            let year = Some(report.year.as_str()).filter(|_| !is_one);
            let return_to = desk.archive.site.return_to.as_deref();
            let context = LetterContext { report, table, tree: desk.tree, return_to, today: desk.today, words };
            for row in &table.rows {
                let submitter = row.submitter();
                let last = log.last(&report.year, &submitter);
                if let Some(letter) = letter(context, row, last).map(|letter| letter.hiding(&flagged)) {
                    let entry = ChaseEntry {
                        id: format!("letter-{}-{}-{}", report.year, row.progress.kind.name(), row.progress.id),
                        name: row.progress.name,
                        year,
                        why: letter.why(),
                        is_late: row.progress.is_late,
                        chased: last.map(|on| words.say("desk.chased-on", &[("date", &words.date(on))])),
                        letter: letter.text(words),
                        mail: row.contact.and_then(|contact| letter.mail_to(contact)),
                        record: format!("{CHASED}{}/{submitter}", report.year),
                    };
                    // Those that nobody has written to come first, then those who were asked longest ago; of them, those
                    // that have sent nothing.
                    chase.push(((last, letter.reasons[0].0), entry));
                }
                if is_ready(row) {
                    sign.push(SignEntry::of_submission(row, report, desk, year, words));
                }
            }
            for site in desk.translations {
                sign.extend(unsigned_translations(site, report, table, desk).map(|(name, file, title)| {
                    let what = words.text("desk.ready-translation").to_owned();
                    SignEntry { name: title, what, ..SignEntry::new(&name, &file, report, desk, year) }
                }));
            }
            if is_report_ready(report, table, desk) {
                sign.push(SignEntry::of_report(report, desk, year, words));
            }
        }
        chase.sort_by_key(|(rank, _)| *rank);
        let newest = years.first().map(|year| year.report);
        let mut files: BTreeMap<&RelPath, Vec<&'a Problem>> = BTreeMap::new();
        for problem in desk.problems.iter().filter(|problem| is_for_editors(problem, &asked)) {
            files.entry(&problem.location.file).or_default().push(problem);
        }
        for (file, problems) in files {
            let entry = FixEntry::new(desk, file, &problems, newest, words);
            let is_other_year = entry.year.is_some();
            fix.push(((!entry.is_safety, is_other_year), entry));
        }
        fix.sort_by_key(|(rank, _)| *rank);
        Self {
            fix: Queue::new(fix.into_iter().map(|(_, entry)| entry).collect(), words),
            chase: Queue::new(chase.into_iter().map(|(_, entry)| entry).collect(), words),
            sign: Queue::new(sign, words),
        }
    }

    /// Whether nothing is left to do.
    pub(super) fn is_empty(&self) -> bool {
        self.fix.count + self.chase.count + self.sign.count == 0
    }
}

/// The problems that only senders can correct, and are asked to.
fn asked_of_senders<'a>(desk: &Desk<'a>, years: &[WorkingYear<'a>], words: &Locale) -> HashSet<(Code, &'a Location)> {
    let rows = years.iter().flat_map(|year| year.table.rows.iter().map(move |row| (year.report, row)));
    let problems = rows.flat_map(|(report, row)| row.problems.iter().map(move |problem| (report, row, *problem)));
    let asked = problems.filter(|(report, row, problem)| {
        problem.code == Code::MissingSubmission || !ask(problem, report, row, desk.tree, words).is_empty()
    });
    asked.map(|(_, _, problem)| (problem.code, &problem.location)).collect()
}

/// Whether an editor has to do something about a problem before the site can be published.
fn is_for_editors(problem: &Problem, asked: &HashSet<(Code, &Location)>) -> bool {
    let is_asked = || asked.contains(&(problem.code, &problem.location));
    // What must not be published cannot wait until its sender replies.
    problem.waived.is_none() && (is_urgent(problem) || problem.severity == Severity::Error && !is_asked())
}

/// Whether it is text that must not be published.
fn is_urgent(problem: &Problem) -> bool {
    problem.code.family() == Category::Safety && problem.severity != Severity::Note
}

/// Whether a submission can be signed off: nothing is asked of its sender any more.
fn is_ready(row: &SubmissionRow<'_>) -> bool {
    let has_errors = row.problems.iter().any(|found| is_open_error(found));
    let is_unsigned = matches!(row.progress.state, SubmissionState::Submitted | SubmissionState::Changed);
    is_unsigned && !has_errors && row.unanswered.is_empty()
}

/// Whether the report as a whole can be signed off: everything in it is, and there are no errors.
fn is_report_ready(report: &Report, table: &SubmissionsTable<'_>, desk: &Desk<'_>) -> bool {
    let is_signed = |row: &SubmissionRow<'_>| row.status() == "signed-off" || row.is_let_through();
    let is_here = |problem: &&Problem| problem.location.file.is_at(&report.folder);
    report.signed_off.as_ref().is_none_or(|signed| signed.is_stale)
        && !table.rows.is_empty()
        && table.rows.iter().all(is_signed)
        && !desk.problems.iter().filter(is_here).any(is_open_error)
}

/// The translations of submissions that can be signed off: those of texts that are signed off in the site's own language.
/// Each has its name, its file, and whose it is with the language.
fn unsigned_translations<'s>(
    site: &'s TranslatedSite,
    report: &'s Report,
    table: &'s SubmissionsTable<'_>,
    desk: &'s Desk<'_>,
) -> impl Iterator<Item = (String, RelPath, String)> + use<'s> {
    let language = site.translation.language.as_str();
    let translated = site.archive.reports().find(|other| other.year == report.year);
    let rows = table.rows.iter().filter(|row| row.progress.state == SubmissionState::SignedOff);
    rows.filter_map(move |row| {
        let file = site.translation.files.get(&row.progress.file)?;
        let sent = translated?.submission(row.progress.kind, row.progress.id)?;
        let is_signed = sent.status == PublicationStatus::SignedOff
            && sent.signed_off.as_ref().is_some_and(|signed| !signed.is_stale);
        let has_errors = desk.problems.iter().any(|problem| problem.location.file == *file && is_open_error(problem));
        let is_ready = sent.status != PublicationStatus::Draft && !is_signed && !has_errors;
        let name = translated?.submitter(row.progress.kind, row.progress.id).map_or(row.progress.name, |own| own.name);
        let title = format!("{name} ({language})");
        is_ready.then(|| (format!("{}.{language}", row.submitter()), file.clone(), title))
    })
}

/// Whether it is an error that nobody has waived.
fn is_open_error(problem: &Problem) -> bool {
    problem.severity == Severity::Error && problem.waived.is_none()
}

impl<'a> FixEntry<'a> {
    /// The entry of a file with these problems. Its year is named unless it is `newest`.
    fn new(desk: &Desk<'a>, file: &RelPath, problems: &[&'a Problem], newest: Option<&Report>, words: &Locale) -> Self {
        let is_safety = problems.iter().any(|problem| is_urgent(problem));
        let first = problems.iter().find(|problem| is_urgent(problem) == is_safety).unwrap_or(&problems[0]);
        let report = desk.archive.reports().find(|report| file.below(report.folder.as_str()).is_some());
        let mut submitters = report.into_iter().flat_map(Report::submitters);
        let sent = submitters.find(|one| one.submission.is_some_and(|submission| submission.file == *file));
        let below = report.and_then(|report| file.below(report.folder.as_str()));
        let other = problems.len() - 1;
        Self {
            name: sent.map_or_else(|| below.unwrap_or(&first.file).to_owned(), |submitter| submitter.name.to_owned()),
            is_file: sent.is_none(),
            year: report
                .filter(|report| newest.is_none_or(|newest| newest.year != report.year))
                .map(|report| report.year.as_str()),
            message: message_parts(&first.message),
            others: if other == 0 { String::new() } else { words.count("desk.and-others", other) },
            is_safety,
            source: source_address(&first.file, first.line),
            fix: problems.iter().find_map(|problem| problem.fix.as_deref()),
        }
    }
}

impl<'a> SignEntry<'a> {
    fn of_submission(
        row: &SubmissionRow<'a>,
        report: &'a Report,
        desk: &Desk<'a>,
        year: Option<&'a str>,
        words: &Locale,
    ) -> Self {
        let submitted = row.submission().and_then(|sent| sent.submitted.as_ref());
        let what = match submitted {
            _ if row.progress.state == SubmissionState::Changed => words.text("desk.changed").to_owned(),
            Some(day) => words.say("desk.sent-on", &[("date", &words.date(day.value))]),
            None => words.text("desk.ready").to_owned(),
        };
        Self {
            name: row.progress.name.to_owned(),
            what,
            ..Self::new(&row.submitter(), &row.progress.file, report, desk, year)
        }
    }

    fn of_report(report: &'a Report, desk: &Desk<'a>, year: Option<&'a str>, words: &Locale) -> Self {
        let key = if report.signed_off.is_some() { "desk.changed" } else { "desk.ready-report" };
        let what = words.text(key).to_owned();
        Self { name: report.title.clone(), what, ..Self::new("report", &report.file, report, desk, year) }
    }

    /// The entry of `agencies/police` or `report`, without its words.
    fn new(name: &str, file: &RelPath, report: &Report, desk: &Desk<'_>, year: Option<&'a str>) -> Self {
        let page = match name {
            "report" => format!("/{}/", report.year),
            _ => format!("/{}/{name}/", report.year),
        };
        let hash = desk.tree.files.get(file).map(|file| format!("{:032x}", file.hash));
        Self {
            name: String::new(),
            year,
            id: format!("sign-{}-{}", report.year, name.replace(['/', '.'], "-")),
            what: String::new(),
            open: if is_there(&page, desk.files) { page } else { source_address(file.as_str(), 1) },
            sign: format!("{SIGN}{}/{name}", report.year),
            shown: hash.unwrap_or_default(),
        }
    }
}
