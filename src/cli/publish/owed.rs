//! Notes that readers are owed a correction, with the lines to paste.

use std::fmt::Write;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::compare::{self, OwedCorrection, Paint};

/// How many changes of a year are listed unless all are asked for.
const LISTED: usize = 10;

/// What is owed, for people. Empty if nothing is. `today` is the date of the corrections to write.
pub(super) fn in_words(owed: &[OwedCorrection], today: Date, lists_all: bool) -> String {
    let mut text = String::new();
    for owed in owed {
        let (year, summary) = (&owed.year, owed.changes.summary());
        _ = writeln!(text, "note: the published report of {year} has changed ({summary}), and no correction says so");
        let lines = compare::human(&owed.changes, Paint { color: false });
        let changes: Vec<&str> = lines.lines().filter(|line| is_change(line)).collect();
        let listed = if lists_all { changes.len() } else { LISTED };
        for line in changes.iter().take(listed) {
            _ = writeln!(text, "{line}");
        }
        if changes.len() > listed {
            _ = writeln!(
                text,
                "  and {} more: `annal diff --year {year}` lists them before you publish",
                changes.len() - listed
            );
        }
        let place = if owed.has_others { "below `corrections:` in" } else { "to" };
        _ = write!(
            text,
            "  = help: to let readers know, add this {place} content/{year}/report.yaml, and publish again:\n\n{}\n",
            yaml(owed, today)
        );
    }
    text
}

/// Whether a line of a comparison is a change, and no heading.
fn is_change(line: &str) -> bool {
    ["  ~ ", "  + ", "  - "].iter().any(|sign| line.starts_with(sign))
}

/// The lines to paste into `report.yaml`: an entry for each page.
fn yaml(owed: &OwedCorrection, today: Date) -> String {
    let mut yaml = if owed.has_others { String::new() } else { "corrections:\n".to_owned() };
    for page in &owed.pages {
        _ = writeln!(yaml, "  - on: {today}\n    what: \"[fill in: what was wrong, and what is right]\"");
        if !page.is_empty() {
            _ = writeln!(yaml, "    where: {page}");
        }
    }
    yaml
}

/// What is owed, for scripts.
pub(super) fn to_json(owed: &[OwedCorrection], today: Date) -> Value {
    let year = |owed: &OwedCorrection| {
        json!({
            "year": owed.year,
            "summary": owed.changes.summary(),
            "pages": owed.pages,
            "yaml": yaml(owed, today),
        })
    };
    owed.iter().map(year).collect()
}
