//! Diagnostics for a terminal, one line each: those in what a build leaves out.

use std::cmp::Reverse;
use std::fmt::Write;

use super::located::DiagnosticList;
use super::printable::sanitize;

/// The diagnostics of what is left out, each in a line of its own, errors last. Empty if there are none.
#[must_use]
pub(crate) fn render_left_out(listing: &DiagnosticList<'_>) -> String {
    let mut left_out: Vec<_> = listing.left_out.iter().collect();
    left_out.sort_by_key(|found| Reverse(found.diagnostic.severity));
    let mut lines = String::new();
    for found in left_out {
        let diagnostic = &found.diagnostic;
        let file = listing.path(&diagnostic.location.file);
        let _ = writeln!(
            lines,
            "  {}[{}] {}:{}:{}: {}",
            diagnostic.severity,
            diagnostic.code,
            sanitize(&file, false),
            found.at.start.line,
            found.at.start.column,
            sanitize(&diagnostic.message, false),
        );
    }
    lines
}
