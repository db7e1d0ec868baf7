//! What lies in the output folder before a site takes its place, and which of it this tool wrote.

#![allow(clippy::disallowed_methods, reason = "this room is what writes to the disk")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::DiskError;
use super::manifest::{MANIFEST, Manifest, sha256};
use super::{OutputTree, WriteError};

/// An output folder as it was found.
pub(super) struct ExistingOutput {
    /// Where it is.
    pub path: PathBuf,
    /// Whether there is such a folder at all.
    pub exists: bool,
    /// The files below it, from it, with `/` between the parts; those that are dot-files at its top left out.
    files: Vec<ExistingFile>,
    /// The folders below it, those of each depth together, the topmost first.
    folders: Vec<Vec<String>>,
    /// The names of the dot-files and dot-folders at its top, which are carried along whoever wrote them.
    pub carried: Vec<PathBuf>,
}

/// A file in the folder.
struct ExistingFile {
    path: String,
    /// Whether it is a plain file; nothing else is ever written here.
    is_plain: bool,
}

/// What is to become of a file in the folder.
enum FileStatus {
    /// The new site has the very same file.
    Kept(String),
    /// The new site has another file of that name, or none.
    Replaced,
    /// This tool did not write it.
    Foreign(PathBuf),
    /// This tool wrote it, but somebody changed it since.
    Edited(PathBuf),
}

impl ExistingOutput {
    /// Lists the folder at `path`; one that is not there has nothing in it.
    pub(crate) fn look_into(path: &Path) -> Result<Self, WriteError> {
        let mut folder =
            Self { path: path.to_owned(), exists: true, files: Vec::new(), folders: Vec::new(), carried: Vec::new() };
        // Breadth first, the folders of one depth in parallel: a large site has one folder for each page.
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

    /// The paths of its files, dot-files at its top left out.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|found| &*found.path)
    }

    /// Removes the files that were found here from where the folder is now; a folder in parallel is quicker than
    /// [`fs::remove_dir_all`], which has to do the rest.
    pub(crate) fn remove_files(&self, now_at: &Path) {
        self.files.par_iter().for_each(|found| _ = fs::remove_file(now_at.join(&found.path)));
        for folders in self.folders.iter().skip(1).rev() {
            folders.par_iter().for_each(|folder| _ = fs::remove_dir(now_at.join(folder)));
        }
    }

    /// The files that are the very same in the new site, in order of their paths.
    ///
    /// # Errors
    ///
    /// Where the folder holds anything that this tool did not write, which is what its manifest does not list, or
    /// lists with another SHA-256.
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

    /// What is to become of one file.
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
        // The bytes are compared before they are hashed, since most files of most builds are the same.
        if tree.get(&found.path).is_some_and(|new| **new == *bytes) {
            return Ok(FileStatus::Kept(found.path.clone()));
        }
        match written {
            Some(entry) if sha256(&bytes) != entry.sha256 => Ok(FileStatus::Edited(PathBuf::from(&found.path))),
            _ => Ok(FileStatus::Replaced),
        }
    }
}

/// What kind of thing lies in a folder.
enum FileKind {
    Folder,
    Plain,
    /// A symbolic link, a socket, or a file whose name is not UTF-8.
    Other,
}

/// The paths, from `root`, of what lies in its folder `below`; or what could not be read.
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
