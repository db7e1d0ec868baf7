//! Records that a letter was sent.

use super::ActionReply;
use crate::edit::chase_log::{ChaseLog, ChaseLogError};
use crate::preview::desk::{LetterContext, SubmissionsTable, letter};
use crate::preview::snapshot::Snapshot;

/// Records that the letter to `2024-25/agencies/police` was sent today.
pub(super) fn record(snapshot: &Snapshot, letter_to: &str) -> ActionReply {
    let words = &snapshot.templates().words;
    let Some((year, submitter)) = letter_to.split_once('/') else { return ActionReply::gone(words) };
    let Some(report) = snapshot.archive.reports().find(|report| report.year.as_str() == year) else {
        return ActionReply::gone(words);
    };
    let found = (&*snapshot.diagnostics, &*snapshot.problems);
    let table = SubmissionsTable::new(&snapshot.archive, report, found, snapshot.today);
    let context = LetterContext { report, table: &table, tree: &snapshot.tree, today: snapshot.today, words };
    let row = table.rows.iter().find(|row| row.submitter() == submitter);
    let Some((row, sent)) = row.and_then(|row| Some((row, letter(context, row, None)?))) else {
        return ActionReply::gone(words);
    };
    let reasons = sent.reasons.iter().map(|(reason, _)| *reason);
    match ChaseLog::record(&snapshot.root, &report.year, submitter, snapshot.today, reasons) {
        Ok(()) => {
            let given = [("name", row.progress.name), ("date", &*words.date(snapshot.today))];
            ActionReply::done(words.say("desk.marked", &given))
        }
        Err(ChaseLogError::NotUnderstood) => ActionReply::conflict(words.text("desk.log-lost")),
        Err(ChaseLogError::NotWritten(error)) => ActionReply::not_written(&"desk.yaml", &error, words),
    }
}
