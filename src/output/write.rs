//! Writes a site to disk, completely or not at all.

#![allow(clippy::disallowed_methods, reason = "this room is what writes to the disk")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::error::DiskError;
use super::existing::{ExistingOutput, StagedFile};
use super::manifest::{EntryWriter, MANIFEST, Manifest, ManifestEntry};
use super::staging::Staging;
use super::{OutputContent, OutputFile, OutputSink, UnreadFile, WriteError};
use crate::diagnostic::RelPath;
use crate::source::disk_file::DiskFile;

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

/// A new site beside the folder that it is to replace.
///
/// Files are written as they are put, and let go; only their sizes and hashes are kept. [`StagedSite::commit`] puts the
/// site into place. Dropping this instead leaves the folder as it was.
pub struct StagedSite {
    old: ExistingOutput,
    staging: Staging,
    /// The files that were put, by their paths.
    files: Mutex<BTreeMap<RelPath, StagedFile>>,
    new: NewSite,
    /// Dropped last.
    above: FoldersAbove,
}

impl StagedSite {
    /// Begins a new site for the folder `target`. A symbolic link is followed. If another build is writing to the same
    /// target, this one waits for it, and calls `waiting` if that takes longer than a moment.
    ///
    /// # Errors
    ///
    /// If the path can never be an output folder, or an operation on the disk fails.
    pub fn open(target: &Path, waiting: impl FnOnce() + Send) -> Result<Self, WriteError> {
        let above = FoldersAbove::missing(target);
        let target = resolve(target)?;
        let staging = Staging::beside(&target, waiting)?;
        let old = ExistingOutput::look_into(&target)?;
        let new = NewSite { path: staging.new_site(), folders: Mutex::default() };
        Ok(Self { old, staging, files: Mutex::default(), new, above })
    }

    /// Replaces the folder's site with what was put and its manifest, in one step: a build killed at any moment leaves
    /// either the complete old site or the complete new one. Dot-files at the top of the folder are carried over, other
    /// files are removed. Files that have not changed keep their time stamps, and if no file has changed, nothing is
    /// written.
    ///
    /// # Errors
    ///
    /// If the folder contains files that annal did not write or that have been changed since, or if an operation on the
    /// disk fails. The folder has then not changed.
    pub fn commit(self) -> Result<WriteSummary, WriteError> {
        let Self { old, staging, files, new, above: _above } = self;
        let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        old.judge(&files)?;
        let entries = files.iter().map(|(path, file)| (path.as_str().to_owned(), file.entry));
        let manifest = Manifest { files: entries.collect() }.to_text().into_bytes();
        let is_manifest_kept = old.has_manifest(&manifest);
        let kept = files.values().filter(|file| file.is_kept).count() + usize::from(is_manifest_kept);
        let written = files.len() + 1 - kept;
        let removed = old.paths().filter(|path| *path != MANIFEST && !files.contains_key(*path)).count();
        if !old.exists || written > 0 || removed > 0 {
            let kept: Vec<_> = files.iter().filter(|(_, file)| file.is_kept).collect();
            kept.par_iter().try_for_each(|(path, _)| new.keep(path, &old.path))?;
            let path = RelPath::new(MANIFEST);
            if is_manifest_kept { new.keep(&path, &old.path) } else { new.write(&path, &manifest) }?;
            carry(&old, &files, &new.path)?;
            staging.exchange(old.exists, |old_site| old.remove_files(old_site))?;
        }
        Ok(WriteSummary { written, kept, removed })
    }
}

impl OutputSink for StagedSite {
    type Error = WriteError;

    fn put(&self, OutputFile { path, content }: OutputFile) -> Result<(), WriteError> {
        let staged = match content {
            OutputContent::Bytes(bytes) => self.stage(&path, &bytes),
            OutputContent::Unread(UnreadFile::Picture(picture)) => {
                self.stage(&path, &picture.bytes().map_err(DiskError::new("read", Path::new(path.as_str())))?)
            }
            OutputContent::Unread(UnreadFile::Fixed(file)) => self.stage_fixed(&path, &file),
        }?;
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path, staged);
        Ok(())
    }
}

impl StagedSite {
    /// Writes a file unless the old site has the same.
    fn stage(&self, path: &RelPath, bytes: &[u8]) -> Result<StagedFile, DiskError> {
        let entry = ManifestEntry::new(bytes);
        let is_kept = self.old.has(path.as_str(), bytes, entry)?;
        if !is_kept {
            self.new.write(path, bytes)?;
        }
        Ok(StagedFile { entry, is_kept })
    }

    /// The same for a file that may be too large for the memory.
    fn stage_fixed(&self, path: &RelPath, file: &DiskFile) -> Result<StagedFile, DiskError> {
        let failed = || DiskError::new("copy", Path::new(path.as_str()));
        if let Some(written) = self.old.written(path.as_str()).filter(|written| written.bytes == file.length) {
            let entry = ManifestEntry::from_disk_file(file).map_err(failed())?;
            if entry == written && self.old.entry(path.as_str())? == entry {
                return Ok(StagedFile { entry, is_kept: true });
            }
        }
        let to = self.new.place_for(path)?;
        let mut entry = EntryWriter::new(File::create(&to).map_err(DiskError::new("write", &to))?);
        file.copy_to(&mut entry).map_err(failed())?;
        Ok(StagedFile { entry: entry.finish(), is_kept: false })
    }
}

/// The folder in which a new site is put together.
struct NewSite {
    path: PathBuf,
    /// The folders in it that have been created.
    folders: Mutex<HashSet<RelPath>>,
}

impl NewSite {
    /// Writes a file.
    fn write(&self, path: &RelPath, bytes: &[u8]) -> Result<(), DiskError> {
        let to = self.place_for(path)?;
        fs::write(&to, bytes).map_err(DiskError::new("write", &to))
    }

    /// Gives the new site the same file that the old one at `old` has, with its time stamp.
    fn keep(&self, path: &RelPath, old: &Path) -> Result<(), DiskError> {
        let (from, to) = (old.join(path.as_str()), self.place_for(path)?);
        link_or_copy(&from, &to).map_err(DiskError::new("write", &to))
    }

    /// Where a file goes. Creates the folders above it.
    fn place_for(&self, path: &RelPath) -> Result<PathBuf, DiskError> {
        let above = path.parent();
        let is_new = || !self.folders.lock().unwrap_or_else(PoisonError::into_inner).contains(&above);
        if is_new() {
            let folder = self.path.join(above.as_str());
            fs::create_dir_all(&folder).map_err(DiskError::new("create", &folder))?;
            self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(above);
        }
        Ok(self.path.join(path.as_str()))
    }
}

/// Folders above the target that did not exist. If no site comes into them, they are removed again.
struct FoldersAbove(Vec<PathBuf>);

impl FoldersAbove {
    /// The folders above `target` that do not exist, the deepest first.
    fn missing(target: &Path) -> Self {
        let above = target.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        Self(above.take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect())
    }
}

impl Drop for FoldersAbove {
    fn drop(&mut self) {
        // This fails where a folder is in use.
        _ = self.0.iter().try_for_each(fs::remove_dir);
    }
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

/// Gives a file a second name, or copies it with its time stamp on file systems without hard links.
fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    let modified = fs::metadata(from)?.modified()?;
    File::options().write(true).open(to)?.set_modified(modified)
}

/// Copies the dot-files and dot-folders at the top of the old site to the new one, except those that the new site has
/// itself, and gives the new folder the permissions of the old one.
fn carry(old: &ExistingOutput, files: &BTreeMap<RelPath, StagedFile>, new: &Path) -> Result<(), WriteError> {
    if !old.exists {
        return Ok(());
    }
    let own: BTreeSet<&str> = files.keys().filter_map(|path| path.as_str().split('/').next()).collect();
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
        } else {
            link_or_copy(&from, &to).map_err(failed())?;
        }
    }
    let permissions = fs::metadata(&old.path).map_err(DiskError::new("read", &old.path))?.permissions();
    Ok(fs::set_permissions(new, permissions).map_err(DiskError::new("write", new))?)
}
