//! Helpers that add markup to a string.

use std::fmt::Write as _;

use crate::escape;

/// Adds an element that contains only text.
pub(super) fn element(out: &mut String, name: &str, attributes: &str, text: &str) {
    push(out, format_args!("<{name}{attributes}>"));
    escape::text(out, text);
    push(out, format_args!("</{name}>"));
}

/// Adds an element that contains only text, in which years stay on one line.
pub(super) fn element_with_whole_years(out: &mut String, name: &str, attributes: &str, text: &str) {
    push(out, format_args!("<{name}{attributes}>"));
    escape::text_with_whole_years(out, text);
    push(out, format_args!("</{name}>"));
}

/// Adds formatted text.
pub(super) fn push(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = out.write_fmt(arguments);
}
