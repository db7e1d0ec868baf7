//! The difference between two texts, as people read it.

use similar::TextDiff;

/// The lines that differ, with one line around them: `-` before the old ones and `+` before the new ones. Empty if the texts
/// are the same.
#[must_use]
pub(crate) fn difference(old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new).unified_diff().context_radius(1).missing_newline_hint(false).to_string()
}
