//! Which files of a site are not read: hidden ones, those set aside, and those that programs leave behind.

use std::path::Path;

use super::tree::STATIC_DIR;

/// Names of files that Windows, macOS and Git keep in folders for themselves.
const LEFTOVERS: &[&str] = &["Thumbs.db", "ehthumbs.db", "desktop.ini", ".DS_Store", "Icon\r", ".gitkeep"];

/// Whether the file or folder at a path below the site's root is skipped. In `content/static/`, names that begin with `.`
/// or `_` count, since servers look for such files.
#[must_use]
pub(crate) fn is_skipped(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_static = path.parent().is_some_and(|folder| folder.starts_with(STATIC_DIR));
    if is_static { is_leftover(&name) } else { is_ignored(&name) }
}

/// Whether a file or folder with this name is skipped outside `content/static/`: hidden, set aside with `_`, or left behind
/// by a program.
#[must_use]
pub(crate) fn is_ignored(name: &str) -> bool {
    name.starts_with(['.', '_']) || is_leftover(name)
}

/// Whether an editor or the system keeps a file with this name for itself.
fn is_leftover(name: &str) -> bool {
    let has_ending = |ending: &str| name.len() > ending.len() && name.ends_with(ending);
    name.ends_with('~')
        || has_ending(".swp")
        || LEFTOVERS.iter().any(|leftover| name.eq_ignore_ascii_case(leftover))
        || name.starts_with("~$")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_skipped() {
        for name in [
            ".git",
            "_drafts",
            "a.md~",
            ".a.md.swp",
            "#a.md#",
            "~$report.csv",
            ".#a.md",
            "Thumbs.db",
            "desktop.ini",
            "Icon\r",
        ] {
            assert!(is_ignored(name), "{name}");
        }
        for name in ["a.md", "report.yaml", "a_b", "#", "thumbs.md"] {
            assert!(!is_ignored(name), "{name}");
        }
    }
}
