//! `annal status`: which submissions have arrived, and how many problems they have.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::{GlobalArgs, ListFormat, StatusArgs};
use super::error::CliError;
use super::open_site::{self, OpenSite};
use super::progress::Progress;
use super::terminal::{Terminal, print};
use super::{clock, text_table};
use crate::diagnostic::human::sanitize;
use crate::diagnostic::redact::Redactions;
use crate::model::submission_status::{self, SubmissionProgress};
use crate::model::{Report, SubmitterKind};
use crate::pipeline::{self, Options};

/// Prints a table of a year's boards and agencies, or the same as JSON.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &StatusArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::open(global, &progress)?;
    let today = clock::today(args.at)?;
    progress.step("checking");
    let checked = pipeline::read(&site.tree, site.read, &Options::new(today));
    let report = open_site::report(&checked.value, global.year.as_ref())?;
    let standings = submission_status::progress(report, &checked.diagnostics, today);
    drop(progress);
    let text = match args.format {
        ListFormat::Human => human(report, &standings),
        ListFormat::Json => format!("{}\n", document(report, &standings)),
    };
    // Words that must not be published must not be printed either.
    print(&Redactions::from_diagnostics(&checked.diagnostics).hide(&text))?;
    Ok(ExitCode::SUCCESS)
}

/// How many submissions are in each state.
struct StatusCounts {
    due: usize,
    received: usize,
    drafts: usize,
    signed_off: usize,
    missing: usize,
    late: usize,
}

impl StatusCounts {
    fn count(standings: &[SubmissionProgress<'_>]) -> Self {
        let count =
            |is: &dyn Fn(&SubmissionProgress<'_>) -> bool| standings.iter().filter(|standing| is(standing)).count();
        Self {
            due: standings.len(),
            received: count(&|standing| standing.submission.is_some()),
            drafts: count(&|standing| standing.word() == "draft"),
            signed_off: count(&|standing| standing.word() == "signed-off"),
            missing: count(&|standing| standing.submission.is_none()),
            late: count(&|standing| standing.is_late),
        }
    }
}

fn human(report: &Report, standings: &[SubmissionProgress<'_>]) -> String {
    let due = report.due.map(|due| format!(", due {due}")).unwrap_or_default();
    let mut text = format!("{}: {}{due}\n", report.year, report.title);
    for (kind, heading) in [(SubmitterKind::Board, "board"), (SubmitterKind::Agency, "agency")] {
        let of_kind: Vec<_> = standings.iter().filter(|standing| standing.kind == kind).map(row).collect();
        if !of_kind.is_empty() {
            let headings = [heading, "status", "sent on", "words", "errors", "warnings"].map(str::to_owned).to_vec();
            text.push('\n');
            text.push_str(&text_table::table(&[vec![headings], of_kind].concat()));
        }
    }
    let StatusCounts { due, received, drafts, signed_off, missing, late } = StatusCounts::count(standings);
    text + &format!(
        "\n{received} of {due} received, {drafts} in draft, {signed_off} signed off, {missing} missing, {late} late\n"
    )
}

fn row(standing: &SubmissionProgress<'_>) -> Vec<String> {
    let late = if standing.is_late { ", late" } else { "" };
    let submitted = standing.submission.and_then(|submission| submission.submitted.as_ref());
    vec![
        sanitize(standing.name, false),
        format!("{}{late}", standing.word().replace('-', " ")),
        submitted.map(|date| date.value.to_string()).unwrap_or_default(),
        standing.submission.map(|submission| submission.words().to_string()).unwrap_or_default(),
        standing.errors.to_string(),
        standing.warnings.to_string(),
    ]
}

fn document(report: &Report, standings: &[SubmissionProgress<'_>]) -> Value {
    let entry = |standing: &SubmissionProgress<'_>| {
        let submission = standing.submission;
        let submitted = submission.and_then(|submission| submission.submitted.as_ref());
        json!({
            "kind": standing.kind.name(),
            "id": standing.id,
            "name": standing.name,
            "file": standing.file.as_str(),
            "received": submission.is_some(),
            "status": standing.word(),
            "submitted": submitted.map(|date| date.value.to_string()),
            "late": standing.is_late,
            "words": submission.map(crate::model::Submission::words),
            "errors": standing.errors,
            "warnings": standing.warnings,
        })
    };
    let counts = StatusCounts::count(standings);
    json!({
        "year": report.year.as_str(),
        "title": report.title,
        "due": report.due.map(|due| due.to_string()),
        "submissions": standings.iter().map(entry).collect::<Vec<_>>(),
        "summary": {
            "due": counts.due,
            "received": counts.received,
            "drafts": counts.drafts,
            "signed_off": counts.signed_off,
            "missing": counts.missing,
            "late": counts.late,
        },
    })
}
