//! `annal commitments`: a year's commitments, with their ids and the outcomes reported a year later.

use std::fmt::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::{CommitmentsArgs, GlobalArgs, ListFormat};
use super::clock;
use super::error::CliError;
use super::open_site::{self, OpenSite};
use super::progress::Progress;
use super::terminal::{Terminal, print};
use crate::diagnostic::located::counted;
use crate::diagnostic::printable::sanitize;
use crate::diagnostic::redact::Redactions;
use crate::model::{Archive, Commitment, FollowUp, PriorityId, Report, Submission};
use crate::pipeline::{self, Options};

/// Prints a year's commitments, with the outcomes from the next year's report.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &CommitmentsArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::open(global, &progress)?;
    progress.step("checking");
    let checked = pipeline::read(&site.tree, &Options::new(clock::today(None)?));
    let report = open_site::report(&checked.value, global.year.as_ref())?;
    let after = after(&checked.value, report);
    drop(progress);
    let text = match args.format {
        ListFormat::Human => human(report, after),
        ListFormat::Json => format!("{}\n", document(report, after)),
    };
    // Words that must not be published must not be printed either.
    print(&Redactions::from_diagnostics(&checked.diagnostics).hide(&text))?;
    Ok(ExitCode::SUCCESS)
}

/// The next year's report, if there is one.
fn after<'a>(archive: &'a Archive, report: &Report) -> Option<&'a Report> {
    archive.reports().find(|other| archive.before(other).is_some_and(|before| before.year == report.year))
}

/// The follow-up that the next year's report gives to a commitment.
fn answer<'a>(after: Option<&'a Report>, submission: &Submission, commitment: &Commitment) -> Option<&'a FollowUp> {
    let mut sent = after?.submissions().filter(|sent| sent.kind == submission.kind);
    let answers = &sent.find(|sent| sent.earlier_id == submission.id)?.follow_ups;
    answers.iter().find(|answer| answer.commitment.as_ref() == Some(&commitment.id))
}

fn human(report: &Report, after: Option<&Report>) -> String {
    let mut text = format!("{}: {}\n", report.year, report.title);
    let (mut commitments, mut answered) = (0, 0);
    for submission in report.submissions().filter(|submission| !submission.commitments.is_empty()) {
        let _ = write!(text, "\n{}\n", submission.title);
        for commitment in &submission.commitments {
            let _ = writeln!(text, "  {}\n    {}", commitment.id, sanitize(&commitment.text, false));
            commitments += 1;
            let answer = answer(after, submission, commitment);
            if let Some((outcome, answer)) = answer.and_then(|answer| Some((answer.outcome.as_ref()?.word(), answer))) {
                let note = answer
                    .note
                    .as_ref()
                    .map(|note| format!(": {}", sanitize(note.text().trim(), false)))
                    .unwrap_or_default();
                let _ = writeln!(text, "    -> {outcome}{note}");
                answered += 1;
            } else if after.is_some() {
                let _ = writeln!(text, "    -> no outcome yet");
            }
        }
    }
    let answers = match after {
        _ if commitments == 0 => String::new(),
        Some(after) => format!(", {answered} with an outcome in {}", after.year),
        None => ", outcomes due in the next report".to_owned(),
    };
    let _ = write!(text, "\n{}{answers}\n", counted(commitments, "commitment"));
    text
}

fn document(report: &Report, after: Option<&Report>) -> Value {
    let of = |submission| {
        let entry = move |commitment: &Commitment| {
            let answer = answer(after, submission, commitment).map(|answer| {
                json!({
                    "outcome": answer.outcome.as_ref().map(|outcome| outcome.word()),
                    "note": answer.note.as_ref().map(|note| note.text().trim()),
                })
            });
            json!({
                "id": commitment.id.as_str(),
                "kind": submission.kind.name(),
                "submission": submission.id,
                "text": commitment.text,
                "by": commitment.facts.by.as_ref().map(|by| by.value.to_string()),
                "owner": commitment.facts.owner.as_ref().map(|owner| &owner.value),
                "priority": commitment.facts.priority.as_ref().map(PriorityId::as_str),
                "file": submission.file.as_str(),
                "answer": answer,
            })
        };
        submission.commitments.iter().map(entry)
    };
    json!({
        "year": report.year.as_str(),
        "answered_in": after.map(|after| after.year.as_str()),
        "commitments": report.submissions().flat_map(of).collect::<Vec<_>>(),
    })
}
