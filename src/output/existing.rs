//! The current contents of the output folder, and which of the files annal wrote.

#![allow(clippy::disallowed_methods, reason = "this room is what writes to the disk")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::DiskError;
use super::manifest::{MANIFEST, Manifest, sha256};
use super::{OutputTree, WriteError};

/// The output folder before a build writes to it.
pub(super) struct ExistingOutput {
    pub path: PathBuf,
    pub exists: bool,
    /// All files in the folder and in the folders below it, except dot-files at the top.
    files: Vec<ExistingFile>,
    /// The folders below it, grouped by depth, the top level first.
    folders: Vec<Vec<String>>,
    /// The names of the dot-files and dot-folders at the top. They are copied to the new site, whoever wrote them.
    pub carried: Vec<PathBuf>,
}

struct ExistingFile {
    /// The path relative to the folder, with `/` between its parts.
    path: String,
    /// Whether it is a regular file. Annal never writes any other kind.
    is_plain: bool,
}

/// What happens to a file in the folder.
enum FileStatus {
    /// The new site has an identical file.
    Kept(String),
    /// The new site has a different file with that name, or none.
    Replaced,
    /// Annal did not write it.
    Foreign(PathBuf),
    /// Annal wrote it, but it has been changed since.
    Edited(PathBuf),
}

impl ExistingOutput {
    /// Lists the folder at `path`. A folder that does not exist counts as empty.
    pub(crate) fn look_into(path: &Path) -> Result<Self, WriteError> {
        let mut folder =
            Self { path: path.to_owned(), exists: true, files: Vec::new(), folders: Vec::new(), carried: Vec::new() };
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
                        _ if is_top && name.starts_with('.') => folder.carried.push(PathBuf::from(name)),
                        FileKind::Folder => at_this_depth.push(name),
                        FileKind::Plain => folder.files.push(ExistingFile { path: name, is_plain: true }),
                        FileKind::Other => folder.files.push(ExistingFile { path: name, is_plain: false }),
                    }
                }
            }
        }
        Ok(folder)
    }

    /// The paths of the files, without dot-files at the top.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|found| &*found.path)
    }

    /// Removes these files from `now_at`, where the folder has been moved to. Doing this in parallel is faster than
    /// [`fs::remove_dir_all`], which has to remove anything that remains.
    pub(crate) fn remove_files(&self, now_at: &Path) {
        self.files.par_iter().for_each(|found| _ = fs::remove_file(now_at.join(&found.path)));
        for folders in self.folders.iter().skip(1).rev() {
            folders.par_iter().for_each(|folder| _ = fs::remove_dir(now_at.join(folder)));
        }
    }

    /// The files that are identical in the new site, sorted by path.
    ///
    /// # Errors
    ///
    /// If the folder contains a file that annal did not write: one that the manifest does not list, or lists with
    /// another SHA-256.
    pub(crate) fn kept(&self, tree: &OutputTree) -> Result<Vec<String>, WriteError> {
        let manifest = match fs::read(self.path.join(MANIFEST)) {
            Ok(bytes) => Manifest::parse(&bytes),
            Err(_) => None,
        };
        let judged: Result<Vec<_>, _> =
            self.files.par_iter().map(|found| self.judge(found, manifest.as_ref(), tree)).collect();
        let (mut kept, mut foreign, mut edited) = (Vec::new(), Vec::new(), Vec::new());
        for verdict in judged? {
            match verdict {
                FileStatus::Kept(path) => kept.push(path),
                FileStatus::Replaced => {}
                FileStatus::Foreign(path) => foreign.push(path),
                FileStatus::Edited(path) => edited.push(path),
            }
        }
        kept.sort_unstable();
        let folder = self.path.clone();
        if let Some(file) = foreign.iter().min() {
            return Err(WriteError::Foreign { folder, file: file.clone(), others: foreign.len() - 1 });
        }
        if let Some(file) = edited.iter().min() {
            return Err(WriteError::Edited { folder, file: file.clone(), others: edited.len() - 1 });
        }
        Ok(kept)
    }

    fn judge(
        &self,
        found: &ExistingFile,
        manifest: Option<&Manifest>,
        tree: &OutputTree,
    ) -> Result<FileStatus, WriteError> {
        let written = manifest.and_then(|manifest| manifest.files.get(&found.path));
        let is_manifest = found.path == MANIFEST && manifest.is_some();
        if !found.is_plain || !is_manifest && written.is_none() {
            return Ok(FileStatus::Foreign(PathBuf::from(&found.path)));
        }
        let on_disk = self.path.join(&found.path);
        let bytes = fs::read(&on_disk).map_err(DiskError::new("read", &on_disk))?;
        // Compare the bytes before hashing them: in most builds, most files are identical.
        if tree.get(&found.path).is_some_and(|new| **new == *bytes) {
            return Ok(FileStatus::Kept(found.path.clone()));
        }
        match written {
            Some(entry) if sha256(&bytes) != entry.sha256 => Ok(FileStatus::Edited(PathBuf::from(&found.path))),
            _ => Ok(FileStatus::Replaced),
        }
    }
}

/// The kind of a directory entry.
enum FileKind {
    Folder,
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
