//! The current contents of the output folder, and which of the files annal wrote.

#![allow(clippy::disallowed_methods, reason = "this room is what writes to the disk")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::WriteError;
use super::error::DiskError;
use super::manifest::{MANIFEST, Manifest, ManifestEntry};
use crate::diagnostic::RelPath;

/// The output folder before a build writes to it.
pub(super) struct ExistingOutput {
    pub path: PathBuf,
    pub exists: bool,
    /// All files in the folder and in the folders below it by path, with `/` between its parts, except dot-files at the
    /// top that annal did not write.
    files: BTreeMap<String, FileKind>,
    /// The folders below it, grouped by depth, the top level first.
    folders: Vec<Vec<String>>,
    /// The names of the other dot-files and dot-folders at the top. They are copied to the new site.
    pub carried: Vec<PathBuf>,
    /// What annal wrote there, if it wrote the folder.
    manifest: Option<Manifest>,
}

/// A file of a new site.
#[derive(Clone, Copy)]
pub(super) struct StagedFile {
    pub entry: ManifestEntry,
    /// Whether the folder has the same file already. It is not written again.
    pub is_kept: bool,
}

/// Whether a file in the folder may be replaced.
enum FileStatus {
    /// Annal wrote it as it is, or is about to write the same.
    Replaceable,
    /// Annal did not write it.
    Foreign,
    /// Annal wrote it, but it has been changed since.
    Edited,
}

impl ExistingOutput {
    /// Lists the folder at `path`. A folder that does not exist counts as empty.
    pub(crate) fn look_into(path: &Path) -> Result<Self, WriteError> {
        let manifest = fs::read(path.join(MANIFEST)).ok().and_then(|bytes| Manifest::parse(&bytes));
        let (files, folders, carried) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut folder = Self { path: path.to_owned(), exists: true, files, folders, carried, manifest };
        // Breadth first, with the folders of one depth in parallel: a large site has a folder for each page.
        let mut at_this_depth = vec![String::new()];
        while !at_this_depth.is_empty() {
            let listed: Vec<_> = at_this_depth.par_iter().map(|below| list(path, below)).collect();
            let is_top = at_this_depth == [""];
            folder.folders.push(std::mem::take(&mut at_this_depth));
            for entries in listed {
                let entries = match entries {
                    Err((_, error)) if is_top && error.kind() == io::ErrorKind::NotFound => {
                        folder.exists = false;
                        break;
                    }
                    entries => entries.map_err(|(at, error)| DiskError::new("read", &at)(error))?,
                };
                for (name, kind) in entries {
                    match kind {
                        _ if is_top && name.starts_with('.') && !folder.is_written(&name) => {
                            folder.carried.push(PathBuf::from(name));
                        }
                        FileKind::Folder => at_this_depth.push(name),
                        FileKind::Plain | FileKind::Other => _ = folder.files.insert(name, kind),
                    }
                }
            }
        }
        Ok(folder)
    }

    /// Whether annal wrote something at the top of the folder: a file of `content/static/`, or a folder of such files.
    fn is_written(&self, name: &str) -> bool {
        let files = self.manifest.iter().flat_map(|manifest| manifest.files.keys());
        files
            .into_iter()
            .any(|path| path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }

    /// The paths of the files, without dot-files at the top that annal did not write.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Removes these files from `now_at`, where the folder has been moved to. Doing this in parallel is faster than
    /// [`fs::remove_dir_all`], which has to remove anything that remains.
    pub(crate) fn remove_files(&self, now_at: &Path) {
        self.files.par_iter().for_each(|(path, _)| _ = fs::remove_file(now_at.join(path)));
        for folders in self.folders.iter().skip(1).rev() {
            folders.par_iter().for_each(|folder| _ = fs::remove_dir(now_at.join(folder)));
        }
    }

    /// Whether the folder has a file with these bytes at `path`. Reads it only if the manifest says so.
    pub(crate) fn has(&self, path: &str, bytes: &[u8], entry: ManifestEntry) -> Result<bool, DiskError> {
        if self.written(path) != Some(entry) {
            return Ok(false);
        }
        let on_disk = self.path.join(path);
        Ok(*fs::read(&on_disk).map_err(DiskError::new("read", &on_disk))? == *bytes)
    }

    /// What annal wrote at a path where there is a file now. It may have been changed since.
    pub(crate) fn written(&self, path: &str) -> Option<ManifestEntry> {
        let written = self.manifest.as_ref()?.files.get(path)?;
        (self.files.get(path) == Some(&FileKind::Plain)).then_some(*written)
    }

    /// The entry of the file that is at a path now.
    pub(crate) fn entry(&self, path: &str) -> Result<ManifestEntry, DiskError> {
        let on_disk = self.path.join(path);
        File::open(&on_disk).and_then(ManifestEntry::from_reader).map_err(DiskError::new("read", &on_disk))
    }

    /// Makes sure that annal wrote everything that the files `new` replace.
    ///
    /// # Errors
    ///
    /// If the folder contains a file that annal did not write: one that the manifest does not list, or lists with
    /// another SHA-256.
    pub(crate) fn judge(&self, new: &BTreeMap<RelPath, StagedFile>) -> Result<(), WriteError> {
        let judged = self.files.par_iter().map(|(path, kind)| match new.get(path.as_str()) {
            Some(new) if new.is_kept => Ok((path, FileStatus::Replaceable)),
            new => Ok((path, self.judge_file(path, *kind, new)?)),
        });
        let judged: Vec<_> = judged.collect::<Result<_, WriteError>>()?;
        let (mut foreign, mut edited) = (Vec::new(), Vec::new());
        for (path, status) in judged {
            match status {
                FileStatus::Replaceable => {}
                FileStatus::Foreign => foreign.push(path),
                FileStatus::Edited => edited.push(path),
            }
        }
        let folder = self.path.clone();
        if let [file, others @ ..] = &foreign[..] {
            return Err(WriteError::Foreign { folder, file: file.into(), others: others.len() });
        }
        if let [file, others @ ..] = &edited[..] {
            return Err(WriteError::Edited { folder, file: file.into(), others: others.len() });
        }
        Ok(())
    }

    /// Whether the folder has a manifest of these bytes.
    pub(crate) fn has_manifest(&self, bytes: &[u8]) -> bool {
        self.manifest.is_some() && fs::read(self.path.join(MANIFEST)).is_ok_and(|old| old == bytes)
    }

    fn judge_file(&self, path: &str, kind: FileKind, new: Option<&StagedFile>) -> Result<FileStatus, DiskError> {
        let Some(manifest) = self.manifest.as_ref().filter(|_| kind == FileKind::Plain) else {
            return Ok(FileStatus::Foreign);
        };
        let Some(written) = manifest.files.get(path) else {
            return Ok(if path == MANIFEST { FileStatus::Replaceable } else { FileStatus::Foreign });
        };
        let entry = self.entry(path)?;
        let is_known = entry == *written || new.is_some_and(|new| new.entry == entry);
        Ok(if is_known { FileStatus::Replaceable } else { FileStatus::Edited })
    }
}

/// The kind of a directory entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Folder,
    /// A regular file. Annal never writes any other kind.
    Plain,
    /// A symbolic link, a socket, or a file whose name is not UTF-8.
    Other,
}

/// The entries of the folder `below`, with their paths relative to `root`. The error names the folder that could not be
/// read.
fn list(root: &Path, below: &str) -> Result<Vec<(String, FileKind)>, (PathBuf, io::Error)> {
    let folder = root.join(below);
    let entries = fs::read_dir(&folder).and_then(|entries| {
        entries
            .map(|entry| {
                let entry = entry?;
                let (name, kind) = (entry.file_name(), entry.file_type()?);
                let name_is_text = name.to_str().is_some();
                let name = name.to_string_lossy();
                let path = if below.is_empty() { name.into_owned() } else { format!("{below}/{name}") };
                let kind = match kind {
                    _ if !name_is_text => FileKind::Other,
                    kind if kind.is_dir() => FileKind::Folder,
                    kind if kind.is_file() => FileKind::Plain,
                    _ => FileKind::Other,
                };
                Ok((path, kind))
            })
            .collect()
    });
    entries.map_err(|error| (folder, error))
}
