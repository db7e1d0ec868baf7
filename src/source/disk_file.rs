//! Files that are not kept in memory, such as pictures: their paths, lengths and hashes.

#![allow(clippy::disallowed_methods, reason = "this module opens the files that a tree only names")]

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::digest::{Digest, hash, hash_of_reader};

/// A file on the disk that is read when it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskFile {
    path: Arc<Path>,
    /// Its length in bytes.
    pub length: u64,
    /// A hash of its bytes.
    pub hash: Digest,
}

impl DiskFile {
    /// Hashes the file at `path` without keeping its bytes.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = fs::File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self { path: path.into(), length, hash: hash_of_reader(file)? })
    }

    /// Its bytes.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not the same file any more: what it holds now has not been checked.
    pub(crate) fn read(&self) -> io::Result<Vec<u8>> {
        let bytes = fs::read(&self.path)?;
        if hash(&bytes) == self.hash { Ok(bytes) } else { Err(io::Error::other("it has just been changed")) }
    }
}
