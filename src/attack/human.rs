//! What an attack found, for people.

use std::fmt::Write;

use super::inference::Leak;
use super::report::AttackReport;
use crate::diagnostic::located::counted;
use crate::diagnostic::printable::sanitize;

/// How many figures of a clue are listed.
const LISTED: usize = 12;

/// Each leak: the figure, what it must be, what gives it away, and what to do. Then what could not be decided.
#[must_use]
pub(crate) fn human(report: &AttackReport) -> String {
    let mut text = String::new();
    for leak in &report.inference.leaks {
        _ = writeln!(text, "{}", sanitize(&one(report, leak), true));
    }
    let inference = &report.inference;
    let lists = [
        (&inference.undecided, "Not decided: it would take too long to find out whether these can be worked out"),
        (&inference.contradicted, "Not decided: what is published about these contradicts itself"),
    ];
    for (figures, heading) in lists.into_iter().filter(|(figures, _)| !figures.is_empty()) {
        _ = writeln!(text, "{heading}");
        for key in figures {
            _ = writeln!(text, "  {}", sanitize(&report.name(key), false));
        }
        text.push('\n');
    }
    text
}

fn one(report: &AttackReport, leak: &Leak) -> String {
    let mut text = format!("{} {}\n", report.name(&leak.figure), must_be(&leak.values));
    let tables: Vec<_> = report.tables(leak).collect();
    _ = writeln!(text, "  suppressed in {}", tables.join(" and "));
    text.push_str("  given away by\n");
    for clue in &leak.clues {
        let page = if clue.address.is_empty() { String::new() } else { format!("{}: ", clue.address) };
        let shown = report.shown(clue);
        let is_listed = !shown.is_empty();
        _ = writeln!(text, "    {page}{}{}", report.words(clue), if is_listed { ":" } else { "" });
        for (key, number) in shown.iter().take(LISTED) {
            _ = writeln!(text, "      {number} {}", report.name(key));
        }
        if let Some(more) = shown.len().checked_sub(LISTED).filter(|more| *more > 0) {
            _ = writeln!(text, "      and {}", counted(more, "other figure"));
        }
    }
    _ = writeln!(text, "  what to do: {}", report.help(leak));
    text
}

/// `must be 3`, `must be 1 or 2`.
fn must_be(values: &[i64]) -> String {
    let values: Vec<_> = values.iter().map(ToString::to_string).collect();
    match values.split_last() {
        None => "cannot be anything".to_owned(),
        Some((only, [])) => format!("must be {only}"),
        Some((last, rest)) => format!("must be {} or {last}", rest.join(", ")),
    }
}

/// One line of counts.
#[must_use]
pub(crate) fn summary(report: &AttackReport) -> String {
    let inference = &report.inference;
    if inference.suppressed == 0 {
        return "No count is suppressed.".to_owned();
    }
    let suppressed = counted(inference.suppressed, "suppressed count");
    let undecided = inference.undecided.len() + inference.contradicted.len();
    let not_decided = match undecided {
        0 => String::new(),
        undecided => format!("; {undecided} not decided"),
    };
    match inference.leaks.len() {
        0 if undecided == 0 => format!("{suppressed}: none can be worked out from what is published."),
        0 => format!("{suppressed}: none was worked out{not_decided}."),
        leaks => format!("{suppressed}: {leaks} can be worked out from what is published{not_decided}."),
    }
}
