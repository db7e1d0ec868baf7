//! Shows what can be corrected in a file at once, before anything is written.

use serde::Serialize;

use super::templates::{FIX, PageTemplates};
use crate::diagnostic::redact::Redactions;
use crate::locale::Locale;

/// The changes to a file.
#[derive(Serialize)]
struct FixView<'a> {
    path: &'a str,
    /// How many problems they solve, in words.
    solves: String,
    lines: Vec<ChangedLine<'a>>,
    /// The address that applies them.
    apply: String,
    /// The hash of what is shown.
    shown: String,
    token: Option<&'a str>,
}

/// A line of a difference.
#[derive(Serialize)]
pub(super) struct ChangedLine<'a> {
    /// `old`, `new`, `same`, or `gap` between two places.
    kind: &'static str,
    text: &'a str,
}

/// The lines of a difference as `edit` writes it.
pub(super) fn changed_lines(difference: &str) -> Vec<ChangedLine<'_>> {
    let lines = difference.lines().map(|line| {
        let kind = match line.as_bytes().first() {
            Some(b'-') => "old",
            Some(b'+') => "new",
            Some(b'@') => "gap",
            _ => "same",
        };
        ChangedLine { kind, text: line.get(1..).filter(|_| kind != "gap").unwrap_or_default() }
    });
    // The first place needs no gap before it.
    let lines = lines.enumerate().filter(|(place, line)| *place > 0 || line.kind != "gap");
    lines.map(|(_, line)| line).collect()
}

/// The page that shows a difference and offers to apply it. `address` is the page's own; `token` is what a request needs,
/// if anything may be changed.
#[must_use]
pub(crate) fn fix_page(
    templates: &PageTemplates,
    (path, address): (&str, &str),
    difference: &str,
    (applied, shown): (usize, u128),
    token: Option<&str>,
) -> String {
    let words: &Locale = &templates.words;
    let view = FixView {
        path,
        solves: words.count("desk.fix-solves", applied),
        lines: changed_lines(difference),
        apply: address.to_owned(),
        shown: format!("{shown:032x}"),
        token,
    };
    templates.render(FIX, &view, &Redactions::from_diagnostics(&[]))
}
