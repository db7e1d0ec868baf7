//! The built-in theme, so that a new site works at once.

use super::files::{CIVIC, ThemeFiles, ThemeSource};
use crate::diagnostic::RelPath;
use crate::source::FileContent;

/// The theme's files: paths in its folder and texts, as listed by `build.rs`.
const CARRIED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/carried_theme.rs"));

/// The files of the built-in theme.
pub(super) fn files() -> ThemeFiles {
    let file = |(path, text): &(&str, &str)| {
        let at = RelPath::new(&format!("themes/{CIVIC}/{path}"));
        ((*path).to_owned(), ThemeSource { path: at, content: FileContent::Text((*text).into()), is_own: false })
    };
    CARRIED.iter().map(file).collect()
}
