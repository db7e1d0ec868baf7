//! A comparison for people at a terminal.

use std::fmt::Write;

use super::change::{Difference, ReaderChange, SHARED, SiteChanges, by_kind};
use super::published::ReportId;
use super::words::WordRun;
use crate::diagnostic::printable::sanitize;

/// How many words are shown before and after words that differ.
const AROUND: usize = 8;

/// Whether what was added and removed has colours. Without them it is in brackets, as Git's `--word-diff` has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    pub color: bool,
}

impl Paint {
    fn removed(self, text: &str) -> String {
        if self.color { format!("\x1b[31m{text}\x1b[0m") } else { format!("[-{text}-]") }
    }

    fn added(self, text: &str) -> String {
        if self.color { format!("\x1b[32m{text}\x1b[0m") } else { format!("{{+{text}+}}") }
    }

    fn bold(self, text: &str) -> String {
        if self.color { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// The changes under headings of their report and kind, one line each. Empty if there are none.
#[must_use]
pub(crate) fn human(changes: &SiteChanges, paint: Paint) -> String {
    let mut text = String::new();
    for (report, changes) in changes.by_report() {
        let heading = report.map_or_else(|| SHARED.to_owned(), ReportId::heading);
        _ = writeln!(text, "{}", paint.bold(&sanitize(&heading, false)));
        for (kind, changes) in by_kind(changes) {
            _ = writeln!(text, "\n  {}", paint.bold(kind.heading()));
            for change in changes {
                _ = writeln!(text, "  {}", line(change, paint));
            }
        }
        text.push('\n');
    }
    text
}

/// One change: `~ Contributions · Fire service: £1,200 → £1,300 (+£100)`.
fn line(change: &ReaderChange, paint: Paint) -> String {
    let title = sanitize(&change.title(), false);
    let (sign, difference) = match &change.difference {
        Difference::Added(text) => ("+", new(&change.title(), text)),
        Difference::Removed(text) => ("-", new(&change.title(), text)),
        Difference::Reworded(pieces) => ("~", format!(": {}", reworded(pieces, paint))),
        Difference::Value { was, is, by } => {
            let shown =
                |value: &Option<String>| value.as_deref().map_or("nothing".to_owned(), |text| sanitize(text, false));
            let by = by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
            ("~", format!(": {} → {}{by}", shown(was), shown(is)))
        }
    };
    let line = format!("{sign} {title}{difference}");
    match sign {
        "+" if paint.color => format!("\x1b[32m{line}\x1b[0m"),
        "-" if paint.color => format!("\x1b[31m{line}\x1b[0m"),
        _ => line,
    }
}

/// What is new or gone, unless the title names it.
fn new(title: &str, text: &str) -> String {
    if title == text { String::new() } else { format!(": {}", sanitize(text, false)) }
}

/// The words that differ, each with some that do not.
fn reworded(pieces: &[WordRun], paint: Paint) -> String {
    let last = pieces.len().saturating_sub(1);
    let shown = pieces.iter().enumerate().map(|(at, piece)| match piece {
        WordRun::Same(words) => around(&sanitize(words, false), at > 0, at < last),
        WordRun::Removed(words) => paint.removed(&sanitize(words, false)),
        WordRun::Added(words) => paint.added(&sanitize(words, false)),
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// The words nearest to those that differ, which come before, after or both.
fn around(words: &str, after_change: bool, before_change: bool) -> String {
    let all: Vec<&str> = words.split(' ').collect();
    let head = if after_change { AROUND } else { 0 };
    let tail = if before_change { AROUND } else { 0 };
    if all.len() <= head + tail + 1 {
        return words.to_owned();
    }
    [all[..head].join(" "), "…".to_owned(), all[all.len() - tail..].join(" ")].join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_near_a_difference_are_shown() {
        assert_eq!(around("a b c d e f g h i j k", false, true), "… d e f g h i j k");
        assert_eq!(around("a b c d e f g h i j k", true, false), "a b c d e f g h …");
        assert_eq!(around("a b", true, true), "a b");
    }
}
