//! The difference between two texts, as people read it.

use similar::TextDiff;

use crate::diagnostic::RelPath;

/// The lines that differ, with one line around them: `-` before the old ones and `+` before the new ones. Empty if the texts
/// are the same.
#[must_use]
pub(crate) fn difference(file: &RelPath, old: &str, new: &str) -> String {
    let changed = changed_lines(old, new);
    if changed.is_empty() { changed } else { format!("--- {file} (now)\n+++ {file} (fixed)\n{changed}") }
}

/// The same without the names of the versions.
#[must_use]
pub(crate) fn changed_lines(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(1).missing_newline_hint(false).to_string()
}
