//! The source of a theme's files: the site itself, or the built-in theme.

use std::collections::BTreeMap;

use crate::diagnostic::RelPath;
use crate::source::FileContent;

/// The name of the built-in theme.
pub(super) const CIVIC: &str = "civic";

/// A file of a theme.
pub(super) struct ThemeSource {
    /// The path in the site. For a built-in file, the path that would override it.
    pub(super) path: RelPath,
    pub(super) content: FileContent,
    /// Whether the file is the site's own. A copy of a built-in file, word for word, is not: it has no fault, as tests show.
    pub(super) is_own: bool,
}

/// A theme's files, keyed by path in its folder.
pub(super) type ThemeFiles = BTreeMap<String, ThemeSource>;
