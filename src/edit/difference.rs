//! The difference between two texts, as people read it.

use similar::TextDiff;

use crate::diagnostic::RelPath;

/// The lines that differ, with one line around them: `-` before the old ones and `+` before the new ones. Empty if the texts
/// are the same.
#[must_use]
pub(crate) fn difference(file: &RelPath, old: &str, new: &str) -> String {
    let (before, after) = (format!("{file} (now)"), format!("{file} (fixed)"));
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(1).missing_newline_hint(false).header(&before, &after).to_string()
}
