//! A year's `decisions.yaml`: the decisions that were open the year before, and the first of this year's.

use std::fmt::Write;

use super::{NewFile, quoted};
use crate::diagnostic::{Span, quoted_list};
use crate::model::year_data::YearFile;
use crate::model::{Archive, Report};
use crate::source::files::Outcome;

/// The file of a year.
pub(super) fn draft(archive: &Archive, report: &Report) -> NewFile {
    let mut text = String::new();
    let before = archive.before(report);
    let record = before.and_then(|before| before.data.decisions.as_ref());
    let open: Vec<_> = record.into_iter().flat_map(|record| record.open()).collect();
    if let Some(before) = before.filter(|_| !open.is_empty()) {
        let outcomes = quoted_list(Outcome::WORDS);
        let _ = writeln!(
            text,
            "# What became of the decisions still open in {}. The outcomes are {outcomes}.",
            before.year
        );
        text.push_str("follow_up:\n");
    }
    for decision in open {
        let shown = decision.text.text_at(Span::new(0, decision.text.text().len()));
        let _ = writeln!(text, "  # {shown}\n  - decision: {}\n    outcome:", quoted(&decision.reference));
    }
    text.push_str("# What meetings decided. `annal schema decisions` lists every setting.\ndecisions:\n");
    let begins = || report.period.map(|(from, _)| from.strftime("%Y-%m").to_string()).unwrap_or_default();
    let meeting = report.meetings.first().map_or_else(begins, |meeting| meeting.date.to_string());
    let _ = writeln!(text, "  - meeting: {meeting}    # its month or day");
    text.push_str(
        "    ref: \"[fill in: its reference in the minutes]\"\n    decision: \"[fill in: what was decided]\"\n\
         \x20   # owner: Head of Service\n    # due: YYYY-MM-DD\n    state: open    # `open`, `done` or `closed`\n",
    );
    NewFile::new(&report.folder.join(YearFile::Decisions.name()).to_string(), text)
}
