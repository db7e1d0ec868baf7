//! The theme that the binary carries, so that a new site works at once.

use super::files::{CIVIC, ThemeFiles, ThemeSource};
use crate::diagnostic::RelPath;
use crate::source::FileContent;

/// The theme's files, their paths in its folder and their texts, as `build.rs` lists them.
const CARRIED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/carried_theme.rs"));

/// The carried theme's files.
pub(super) fn files() -> ThemeFiles {
    let file = |(path, text): &(&str, &str)| {
        let at = RelPath::new(&format!("themes/{CIVIC}/{path}"));
        ((*path).to_owned(), ThemeSource { path: at, content: FileContent::Text((*text).into()), is_own: false })
    };
    CARRIED.iter().map(file).collect()
}
