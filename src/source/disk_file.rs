//! Files that are not kept in memory, such as pictures: their paths, lengths and hashes.

#![allow(clippy::disallowed_methods, reason = "this module opens the files that a tree only names")]

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use super::digest::{Digest, hash, hash_of_reader};

/// A file on the disk that is read when it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskFile {
    path: Arc<Path>,
    /// Its length in bytes; that of a text without its byte-order mark.
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

    /// The file at `path`, which had this length and hash when it was read.
    pub(super) fn new(path: &Path, length: u64, hash: Digest) -> Self {
        Self { path: path.into(), length, hash }
    }

    /// Its bytes.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not the same file any more: what it holds now has not been checked.
    pub(crate) fn read(&self) -> io::Result<Vec<u8>> {
        let bytes = fs::read(&self.path)?;
        self.check(hash(&bytes))?;
        Ok(bytes)
    }

    /// Opens it, to look at what it holds now.
    ///
    /// # Errors
    ///
    /// If it cannot be opened.
    pub(crate) fn reader(&self) -> io::Result<impl Read + use<>> {
        fs::File::open(&self.path)
    }

    /// Writes its bytes without keeping them.
    ///
    /// # Errors
    ///
    /// The same as those of [`DiskFile::read`], after something may have been written, and those of the writer.
    pub(crate) fn copy_to(&self, to: impl Write) -> io::Result<()> {
        let file = fs::File::open(&self.path)?;
        self.check(hash_of_reader(TeeReader { from: file, to })?)
    }

    fn check(&self, hash: Digest) -> io::Result<()> {
        if hash == self.hash { Ok(()) } else { Err(io::Error::other("it has just been changed")) }
    }
}

/// Writes everything that is read from it.
struct TeeReader<R, W> {
    from: R,
    to: W,
}

impl<R: Read, W: Write> Read for TeeReader<R, W> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.to.write_all(&buffer[..read])?;
        Ok(read)
    }
}
