//! The files of a theme.

use std::collections::BTreeMap;

use crate::diagnostic::RelPath;
use crate::source::FileContent;

/// The theme that the binary carries.
pub(super) const CIVIC: &str = "civic";

/// A file of a theme.
pub(super) struct ThemeSource {
    /// Where it stands in the site, or would stand were it not carried in the binary.
    pub(super) path: RelPath,
    /// What is in it.
    pub(super) content: FileContent,
    /// Whether the site brings it, and not the binary.
    pub(super) is_own: bool,
}

/// A theme's files by their paths in its folder.
pub(super) type ThemeFiles = BTreeMap<String, ThemeSource>;
