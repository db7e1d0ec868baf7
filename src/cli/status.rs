//! `annal status`: which submissions have arrived, and how many problems they have.

use std::fmt::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::{GlobalArgs, ListFormat, StatusArgs};
use super::error::CliError;
use super::open_site::{self, OpenSite};
use super::progress::Progress;
use super::terminal::{Terminal, print};
use super::{clock, text_table};
use crate::diagnostic::printable::sanitize;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, RelPath, SubjectKind};
use crate::model::submission_status::{self, SubmissionProgress, SubmissionState};
use crate::model::{Report, SignOff, SubmitterKind, UnbuiltContent, overdue};
use crate::pipeline::{self, Options};

/// Prints a table of a year's boards and agencies, or the same as JSON.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &StatusArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::open(global, &progress)?;
    let today = clock::today(args.at)?;
    let options = Options { year: global.year.as_ref().map(ToString::to_string), ..Options::new(today) };
    progress.step("checking");
    let checked = pipeline::read(&site.tree, &options);
    let report = open_site::report(&checked.value, global.year.as_ref())?;
    let statuses = submission_status::progress(report, &checked.diagnostics, today);
    let left_out = UnbuiltContent::for_printing(&checked.value, &options, &checked.diagnostics);
    let is_overdue = |one: &&Diagnostic| {
        one.waived.is_none() && overdue::is_overdue(&checked.value, report, one.code, &one.location.file)
    };
    let overdue: Vec<&Diagnostic> = checked.diagnostics.iter().filter(is_overdue).collect();
    drop(progress);
    let text = match args.format {
        ListFormat::Human => human(report, &statuses, &overdue, &left_out),
        ListFormat::Json => format!("{}\n", document(report, &statuses, &overdue, &left_out)),
    };
    // Words that must not be published must not be printed either.
    print(&Redactions::from_diagnostics(&checked.diagnostics).hide(&text))?;
    Ok(ExitCode::SUCCESS)
}

/// How many submissions are in each state.
struct StatusCounts {
    expected: usize,
    received: usize,
    drafts: usize,
    signed_off: usize,
    changed: usize,
    missing: usize,
    late: usize,
}

impl StatusCounts {
    fn count(statuses: &[SubmissionProgress<'_>]) -> Self {
        let count = |is: &dyn Fn(&SubmissionProgress<'_>) -> bool| statuses.iter().filter(|status| is(status)).count();
        Self {
            expected: statuses.len(),
            received: count(&|status| status.is_received()),
            drafts: count(&|status| status.state == SubmissionState::Draft),
            signed_off: count(&|status| status.state == SubmissionState::SignedOff),
            changed: count(&|status| status.state == SubmissionState::Changed),
            missing: count(&|status| !status.is_received()),
            late: count(&|status| status.is_late),
        }
    }
}

fn human(
    report: &Report,
    statuses: &[SubmissionProgress<'_>],
    overdue: &[&Diagnostic],
    left_out: &UnbuiltContent,
) -> String {
    let due = report.due.map(|due| format!(", due {due}")).unwrap_or_default();
    let mut text = format!("{}: {}{due}\n", report.year, report.title);
    for (kind, heading) in [(SubmitterKind::Board, "board"), (SubmitterKind::Agency, "agency")] {
        let of_kind: Vec<_> = statuses.iter().filter(|status| status.kind == kind).map(row).collect();
        if !of_kind.is_empty() {
            let headings = [heading, "status", "sent on", "words", "errors", "warnings"].map(str::to_owned).to_vec();
            text.push('\n');
            text.push_str(&text_table::table(&[vec![headings], of_kind].concat()));
        }
    }
    if report.unreadable.contains(&report.file) {
        let _ = writeln!(text, "\n{0} cannot be read. Run `annal check {0}` to see why.", report.file);
    } else if statuses.is_empty() {
        let _ = writeln!(text, "\n{} lists nobody who must submit yet.", report.file);
    }
    let StatusCounts { expected, received, drafts, signed_off, changed, missing, late } = StatusCounts::count(statuses);
    let _ = writeln!(
        text,
        "\n{received} of {expected} received, {drafts} in draft, {signed_off} signed off, {missing} missing, {late} late"
    );
    if changed > 0 {
        let _ = writeln!(text, "Changed since they were signed off: {changed}");
    }
    if let Some(signed) = &report.signed_off {
        let _ = writeln!(text, "The report as a whole: {}", in_words(signed));
    }
    if !overdue.is_empty() {
        text.push_str("Overdue:\n");
    }
    for one in overdue {
        let _ = writeln!(text, "  {} ({})", sanitize(&one.message, false), one.location.file);
    }
    if !left_out.is_empty() {
        let _ = writeln!(text, "Left out of the build: {left_out}");
    }
    text
}

fn row(status: &SubmissionProgress<'_>) -> Vec<String> {
    let late = if status.is_late { ", late" } else { "" };
    let submitted = status.submission.and_then(|submission| submission.submitted.as_ref());
    vec![
        sanitize(status.name, false),
        format!("{}{late}", status.in_words()),
        submitted.map(|date| date.value.to_string()).unwrap_or_default(),
        status.submission.map(|submission| submission.words().to_string()).unwrap_or_default(),
        status.errors.to_string(),
        status.warnings.to_string(),
    ]
}

/// The sign-off of the report as a whole, in words.
fn in_words(signed: &SignOff) -> String {
    let by = signed.by.as_deref().map(|by| format!(" by {}", sanitize(by, false))).unwrap_or_default();
    let on = signed.on.map(|on| format!(" on {on}")).unwrap_or_default();
    let state = if signed.is_stale { "changed since it was signed off" } else { "signed off" };
    let unbound = if signed.is_bound() { "" } else { ", not bound" };
    format!("{state}{by}{on}{unbound}")
}

/// A sign-off for scripts.
fn sign_off(signed: &SignOff) -> Value {
    json!({
        "by": signed.by,
        "on": signed.on.map(|on| on.to_string()),
        "bound": signed.is_bound(),
        "changed": signed.is_stale,
    })
}

/// Something overdue for scripts.
fn overdue_entry(late: &Diagnostic) -> Value {
    const KINDS: [SubjectKind; 3] = [SubjectKind::Decision, SubjectKind::Commitment, SubjectKind::Agreement];
    let about = KINDS.into_iter().find_map(|kind| late.subject(kind));
    json!({
        "kind": about.map(|about| about.kind.name()),
        "id": about.map(|about| about.id.as_ref().unwrap_or(&about.text)),
        "due": late.subject(SubjectKind::Date).map(|due| &due.text),
        "file": late.location.file.as_str(),
        "message": late.message,
    })
}

fn document(
    report: &Report,
    statuses: &[SubmissionProgress<'_>],
    overdue: &[&Diagnostic],
    left_out: &UnbuiltContent,
) -> Value {
    let entry = |status: &SubmissionProgress<'_>| {
        let submission = status.submission;
        let submitted = submission.and_then(|submission| submission.submitted.as_ref());
        let is_signed = matches!(status.state, SubmissionState::SignedOff | SubmissionState::Changed);
        let signed = submission.and_then(|sent| sent.signed_off.as_ref()).filter(|_| is_signed);
        json!({
            "kind": status.kind.name(),
            "id": status.id,
            "name": status.name,
            "file": status.file.as_str(),
            "received": status.is_received(),
            "state": status.state.word(),
            "status": status.word(),
            "signed_off": signed.map(sign_off),
            "submitted": submitted.map(|date| date.value.to_string()),
            "late": status.is_late,
            "words": submission.map(crate::model::Submission::words),
            "errors": status.errors,
            "warnings": status.warnings,
        })
    };
    let counts = StatusCounts::count(statuses);
    let years = left_out.years().map(|(year, hold)| json!({"year": year.as_str(), "reason": hold.reason()}));
    json!({
        "year": report.year.as_str(),
        "title": report.title,
        "due": report.due.map(|due| due.to_string()),
        "signed_off": report.signed_off.as_ref().map(sign_off),
        "submissions": statuses.iter().map(entry).collect::<Vec<_>>(),
        "summary": {
            "due": counts.expected,
            "received": counts.received,
            "drafts": counts.drafts,
            "signed_off": counts.signed_off,
            "changed": counts.changed,
            "missing": counts.missing,
            "late": counts.late,
        },
        "overdue": overdue.iter().map(|one| overdue_entry(one)).collect::<Vec<_>>(),
        "left_out": {
            "years": years.collect::<Vec<_>>(),
            "drafts": left_out.drafts().map(RelPath::as_str).collect::<Vec<_>>(),
        },
    })
}
