//! Puts a changed or new file on disk.

#![allow(clippy::disallowed_methods, reason = "this file is the one that writes what a site is made of")]

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::taken_in;
use crate::diagnostic::RelPath;
use crate::platform::with_usual_rights;
use crate::source::digest::{Digest, hash};
use crate::source::skipped_files::is_ignored;

/// What is at a path before something is written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Expected {
    /// Nothing. A file that appeared meanwhile is not overwritten.
    Nothing,
    /// A file with this hash. A file that changed meanwhile is not overwritten.
    File(Digest),
}

/// Why a file was not written. What was there has not changed.
#[derive(Debug)]
pub(crate) enum EditError {
    /// The path is not one that annal writes to.
    NotContent,
    /// A symbolic link on the way leads out of the site's content.
    LeavesTheSite,
    /// There is a file already.
    Exists,
    /// The file has changed since it was read, or is gone.
    Changed,
    /// The file may not be written to.
    ReadOnly,
    /// An operation on the disk failed.
    Disk(io::Error),
}

impl fmt::Display for EditError {
    /// The rest of a sentence that begins with the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotContent => f.write_str("is not a file that annal reads in `content/`, `themes/` or `intake/`"),
            Self::LeavesTheSite => {
                f.write_str("is reached through a symbolic link to a place outside its folder of the site")
            }
            Self::Exists => f.write_str("already exists and has not been changed"),
            Self::Changed => f.write_str("has changed since annal read it, so it was not overwritten"),
            Self::ReadOnly => f.write_str("is read-only"),
            Self::Disk(error) => write!(f, "could not be written: {error}"),
        }
    }
}

impl std::error::Error for EditError {}

impl From<io::Error> for EditError {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// The folders of a site that are written to: what it is made of, and what was taken in.
const WRITTEN: [&str; 3] = ["content", "themes", taken_in::FOLDER];

/// The one file in the site's folder itself that is written to: what the editor's desk keeps.
pub(super) const DESK_FILE: &str = "desk.yaml";

/// Writes a file of the site at `root`: below `content/`, `themes/` or `intake/`, or `desk.yaml`. Readers see the old
/// file or the new one, never a part of it. A byte-order mark and permissions that the old file has are kept; missing
/// folders are created.
///
/// # Errors
///
/// If the path is none of these or is one that annal does not read, leads out of its folder through a symbolic link, is
/// not as `expected`, or the disk fails. Nothing has then changed.
pub(crate) fn write(root: &Path, path: &RelPath, expected: Expected, content: &[u8]) -> Result<(), EditError> {
    let folders = WRITTEN.iter().filter_map(|folder| Some((*folder, path.below(folder)?)));
    let desk = (path.as_str() == DESK_FILE).then_some((DESK_FILE, DESK_FILE));
    let (top, parts) = folders.chain(desk).next().ok_or(EditError::NotContent)?;
    if parts.split('/').any(|part| part.is_empty() || part.contains(':') || is_ignored(part)) {
        return Err(EditError::NotContent);
    }
    let target = resolved(root, top, path)?;
    let old = match fs::read(&target) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    match (expected, &old) {
        (Expected::Nothing, Some(_)) => return Err(EditError::Exists),
        (Expected::File(known), Some(old)) if hash(old) == known => {}
        (Expected::File(_), _) => return Err(EditError::Changed),
        (Expected::Nothing, None) => {}
    }
    let folder = target.parent().ok_or(EditError::NotContent)?;
    fs::create_dir_all(folder)?;
    let mut file = staged(folder)?;
    if old.as_ref().is_some_and(|old| old.starts_with(BYTE_ORDER_MARK)) && !content.starts_with(BYTE_ORDER_MARK) {
        file.write_all(BYTE_ORDER_MARK)?;
    }
    file.write_all(content)?;
    if old.is_some() {
        let permissions = fs::metadata(&target)?.permissions();
        if permissions.readonly() {
            return Err(EditError::ReadOnly);
        }
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    let done = if old.is_some() { file.persist(&target) } else { file.persist_noclobber(&target) };
    match done {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(EditError::Exists),
        Err(error) => Err(error.error.into()),
    }
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A new file with a hidden name in `folder`, which disappears unless it is renamed.
fn staged(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    with_usual_rights(tempfile::Builder::new().prefix(".annal-")).tempfile_in(folder)
}

/// The real path of a file that may not exist yet, which must be below the folder `top` of the site.
fn resolved(root: &Path, top: &str, path: &RelPath) -> Result<PathBuf, EditError> {
    let root = root.canonicalize()?;
    let written = root.join(path.as_str());
    // The deepest part of the path that exists decides where the rest will be.
    let mut existing = written.as_path();
    while existing.symlink_metadata().is_err() {
        existing = existing.parent().ok_or(EditError::NotContent)?;
    }
    let rest = written.strip_prefix(existing).map_err(|_| EditError::NotContent)?;
    // A link to something that does not exist has no real path.
    let real = existing.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => EditError::LeavesTheSite,
        _ => error.into(),
    })?;
    let target = if rest.as_os_str().is_empty() { real } else { real.join(rest) };
    if target.starts_with(root.join(top)) { Ok(target) } else { Err(EditError::LeavesTheSite) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir_all(site.path().join("content/2024-25")).unwrap();
        fs::write(site.path().join("content/2024-25/a.md"), "\u{feff}old").unwrap();
        site
    }

    fn check(site: &Path, path: &str, expected: Expected) -> String {
        match write(site, &RelPath::new(path), expected, b"new") {
            Ok(()) => fs::read_to_string(site.join(path)).unwrap(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_file_is_written_if_it_is_as_it_was() {
        let site = site();
        let known = Expected::File(hash("\u{feff}old".as_bytes()));
        assert_eq!(
            check(site.path(), "content/2024-25/a.md", Expected::Nothing),
            "already exists and has not been changed"
        );
        assert_eq!(check(site.path(), "content/2024-25/a.md", known), "\u{feff}new");
        let changed = "has changed since annal read it, so it was not overwritten";
        assert_eq!(check(site.path(), "content/2024-25/a.md", known), changed);
        assert_eq!(check(site.path(), "content/2024-25/b.md", known), changed);
        assert_eq!(check(site.path(), "content/2025-26/agencies/b.md", Expected::Nothing), "new");
        let left: Vec<_> = fs::read_dir(site.path().join("content/2024-25")).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }

    #[test]
    fn only_content_is_written() {
        let site = site();
        for path in [
            "site.yaml",
            "contents/a.md",
            "content",
            "../a.md",
            "content/.git/hooks/a",
            "content/_a.md",
            "content/c:/a",
        ] {
            let said = check(site.path(), path, Expected::Nothing);
            assert_eq!(said, "is not a file that annal reads in `content/`, `themes/` or `intake/`", "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_site_only() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (site, outside) = (site(), site());
        let content = site.path().join("content");
        symlink(outside.path(), content.join("out")).unwrap();
        symlink(outside.path().join("gone.md"), content.join("gone.md")).unwrap();
        symlink(outside.path().join("content/2024-25/a.md"), content.join("a.md")).unwrap();
        symlink(content.join("2024-25/a.md"), content.join("same.md")).unwrap();
        let known = Expected::File(hash("\u{feff}old".as_bytes()));
        for path in ["content/out/b.md", "content/gone.md", "content/out/2025-26/b.md"] {
            assert!(check(site.path(), path, Expected::Nothing).contains("symbolic link"), "{path}");
        }
        assert!(check(site.path(), "content/a.md", known).contains("symbolic link"));
        let target = content.join("2024-25/a.md");
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(check(site.path(), "content/same.md", known), "\u{feff}new");
        assert!(content.join("same.md").is_symlink());
        assert_eq!(target.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        fs::set_permissions(&target, fs::Permissions::from_mode(0o440)).unwrap();
        let now = Expected::File(hash("\u{feff}new".as_bytes()));
        assert_eq!(check(site.path(), "content/same.md", now), "is read-only");
    }
}
