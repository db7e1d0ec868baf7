//! The built-in theme, so that a new site works at once.

use super::files::{CIVIC, ThemeFiles, ThemeSource};
use crate::diagnostic::RelPath;
use crate::source::FileContent;

/// The theme's files: paths in its folder and texts, as listed by `build.rs`.
const CARRIED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/carried_theme.rs"));

/// The files of the built-in theme.
pub(super) fn files() -> ThemeFiles {
    CARRIED.iter().map(|(path, text)| ((*path).to_owned(), source(path, text))).collect()
}

/// The paths and texts of the built-in theme's files, in the order of the paths.
pub(super) fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    CARRIED.iter().copied()
}

/// One file of the built-in theme, by its path in the theme's folder.
pub(super) fn file(path: &str) -> Option<ThemeSource> {
    CARRIED.iter().find(|(known, _)| *known == path).map(|(path, text)| source(path, text))
}

/// Whether a file of the built-in theme's path in a site is the built-in file, word for word.
pub(super) fn is_carried(file: &RelPath, text: &str) -> bool {
    let below = file.below(&format!("themes/{CIVIC}"));
    below.is_some_and(|path| CARRIED.iter().any(|(known, carried)| *known == path && *carried == text))
}

fn source(path: &str, text: &str) -> ThemeSource {
    let at = RelPath::new(&format!("themes/{CIVIC}/{path}"));
    ThemeSource { path: at, content: FileContent::Text(text.into()), is_own: false }
}
