//! Writes a site to disk, completely or not at all.

#![allow(clippy::disallowed_methods, reason = "this room is what writes to the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::DiskError;
use super::existing::ExistingOutput;
use super::staging::Staging;
use super::{OutputTree, WriteError};

/// How many files a write changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteSummary {
    /// Files that are new or have changed.
    pub written: usize,
    /// Files that have not changed. They keep their time stamps.
    pub kept: usize,
    /// Files of the old site that the new site does not have.
    pub removed: usize,
}

/// Writes the site `tree` and its manifest to the folder `target`. Other files are removed, except dot-files at the
/// top of the folder.
///
/// The site is written next to the target and replaces it in one step: a build killed at any moment leaves either the
/// complete old site or the complete new one. Files that have not changed keep their time stamps, and if no file has
/// changed, nothing is written. If another build is writing to the same target, this one waits for it, and calls
/// `waiting` if that takes longer than a moment. A symbolic link is followed.
///
/// # Errors
///
/// If the folder contains files that annal did not write or that have been changed since, or if an operation on the
/// disk fails. The folder has then not changed.
pub fn write(tree: &OutputTree, target: &Path, waiting: impl FnOnce() + Send) -> Result<WriteSummary, WriteError> {
    let target = resolve(target)?;
    let tree = &tree.with_manifest();
    let staging = Staging::beside(&target, waiting)?;
    let old = ExistingOutput::look_into(&target)?;
    let kept = old.kept(tree)?;
    let written = tree.files.len() - kept.len();
    let removed = old.paths().filter(|path| tree.get(path).is_none()).count();
    if !old.exists || written > 0 || removed > 0 {
        let new = staging.new_site();
        make(tree, &target, &kept, &new)?;
        carry(&old, tree, &new)?;
        staging.exchange(old.exists, |old_site| old.remove_files(old_site))?;
    }
    Ok(WriteSummary { written, kept: kept.len(), removed })
}

/// The real path of `target`: follows links, and creates the folders above it.
fn resolve(target: &Path) -> Result<PathBuf, WriteError> {
    let bad = |why| WriteError::BadTarget { folder: target.to_owned(), why };
    let resolved = match fs::canonicalize(target) {
        Ok(found) if found.is_dir() => found,
        Ok(_) => return Err(bad("is a file, but the site needs a folder")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if target.is_symlink() {
                return Err(bad("is a symbolic link to a folder that does not exist"));
            }
            let name = target.file_name().ok_or_else(|| bad("is not a folder name"))?;
            let above = target.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
            fs::create_dir_all(above).map_err(DiskError::new("create", above))?;
            above.canonicalize().map_err(DiskError::new("read", above))?.join(name)
        }
        Err(error) => return Err(DiskError::new("read", target)(error).into()),
    };
    if resolved.file_name().is_none() { Err(bad("is the root of the file system")) } else { Ok(resolved) }
}

/// A file to write: its path, its bytes, and whether the old site has an identical one.
type PendingFile<'a> = (&'a str, &'a [u8], bool);

/// Creates the new site in the folder `new`. Files in `kept` become links to the files in `old`; all others are
/// written.
fn make(tree: &OutputTree, old: &Path, kept: &[String], new: &Path) -> Result<(), WriteError> {
    let mut folders: BTreeMap<&str, Vec<PendingFile>> = BTreeMap::from([("", Vec::new())]);
    let mut kept = kept.iter().peekable();
    for (path, bytes) in &tree.files {
        let path = path.as_str();
        let is_kept = kept.next_if(|kept| *kept == path).is_some();
        let mut above = path.rsplit_once('/').map_or("", |(above, _)| above);
        folders.entry(above).or_default().push((path, bytes, is_kept));
        while let Some((higher, _)) = above.rsplit_once('/') {
            above = higher;
            folders.entry(above).or_default();
        }
    }
    // One depth after the other, since folders need the ones above them; the folders of one depth in parallel.
    let depth = |folder: &str| if folder.is_empty() { 0 } else { 1 + folder.matches('/').count() };
    for level in folders.keys().map(|folder| depth(folder)).collect::<BTreeSet<_>>() {
        let at_this_level: Vec<_> = folders.iter().filter(|(folder, _)| depth(folder) == level).collect();
        at_this_level.into_par_iter().try_for_each(|(folder, files)| {
            let folder = new.join(folder);
            fs::create_dir(&folder).map_err(DiskError::new("create", &folder))?;
            files.par_iter().try_for_each(|&(path, bytes, is_kept)| make_file(path, bytes, is_kept, old, new))
        })?;
    }
    Ok(())
}

fn make_file(path: &str, bytes: &[u8], is_kept: bool, old: &Path, new: &Path) -> Result<(), WriteError> {
    let (from, to) = (old.join(path), new.join(path));
    if is_kept && fs::hard_link(&from, &to).is_ok() {
        return Ok(());
    }
    fs::write(&to, bytes).map_err(DiskError::new("write", &to))?;
    if is_kept {
        keep_time(&from, &to).map_err(DiskError::new("write", &to))?;
    }
    Ok(())
}

/// Gives a copy the time stamp of its original, for file systems without hard links.
fn keep_time(from: &Path, to: &Path) -> io::Result<()> {
    let modified = fs::metadata(from)?.modified()?;
    File::options().write(true).open(to)?.set_modified(modified)
}

/// Copies the dot-files and dot-folders at the top of the old site to the new one, except those that the new site has
/// itself, and gives the new folder the permissions of the old one.
fn carry(old: &ExistingOutput, tree: &OutputTree, new: &Path) -> Result<(), WriteError> {
    if !old.exists {
        return Ok(());
    }
    let own: BTreeSet<&str> = tree.files.keys().filter_map(|path| path.as_str().split('/').next()).collect();
    let mut waiting: Vec<PathBuf> =
        old.carried.iter().filter(|name| !own.contains(&*name.to_string_lossy())).cloned().collect();
    while let Some(path) = waiting.pop() {
        let (from, to) = (old.path.join(&path), new.join(&path));
        let failed = || DiskError::new("copy", &from);
        let kind = fs::symlink_metadata(&from).map_err(failed())?;
        if kind.is_dir() {
            fs::create_dir(&to).map_err(failed())?;
            for entry in fs::read_dir(&from).map_err(failed())? {
                waiting.push(path.join(entry.map_err(failed())?.file_name()));
            }
        } else if fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to).and_then(|_| keep_time(&from, &to)).map_err(failed())?;
        }
    }
    let permissions = fs::metadata(&old.path).map_err(DiskError::new("read", &old.path))?.permissions();
    Ok(fs::set_permissions(new, permissions).map_err(DiskError::new("write", new))?)
}
