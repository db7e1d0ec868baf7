//! The files of a built site, and where a build lets them go.
//!
//! A build puts each file into an [`OutputSink`] as soon as it is finished: [`StagedSite`] writes it beside the output
//! folder, [`MemorySink`] keeps it. Whoever opened the sink decides afterwards whether what was put becomes the site.

mod error;
mod existing;
mod manifest;
mod page_numbers;
pub(crate) mod pdf;
mod staging;
mod write;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::RelPath;
use crate::source::disk_file::DiskFile;
use crate::source::picture::PublishedPicture;

pub use error::WriteError;
pub use manifest::manifest;
pub(crate) use manifest::{MANIFEST, Manifest, Sha256};
pub use write::{StagedSite, WriteSummary};

/// A finished file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path from the site's root. Routes make sure that no other file has the same path.
    pub path: RelPath,
    /// Its content.
    pub content: OutputContent,
}

impl OutputFile {
    /// A file of these bytes.
    #[must_use]
    pub fn new(path: RelPath, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { path, content: OutputContent::Bytes(bytes.into()) }
    }
}

/// The content of a finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputContent {
    /// Bytes that a build has made.
    Bytes(Arc<[u8]>),
    /// A file that is not in memory until a sink reads it.
    Unread(UnreadFile),
}

/// A file of a site that comes from a source file and is read when it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadFile {
    /// A picture, without its metadata.
    Picture(PublishedPicture),
    /// A document, or a file of `content/static/`, which is published as it is and may have any length.
    Fixed(DiskFile),
}

impl UnreadFile {
    /// The bytes.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or has been changed since the site was read.
    pub fn bytes(&self) -> io::Result<Arc<[u8]>> {
        match self {
            Self::Picture(picture) => picture.bytes(),
            Self::Fixed(file) => file.read().map(Arc::from),
        }
    }
}

/// Takes the files of a site as they are finished, in any order and from several threads at once.
pub trait OutputSink: Sync {
    /// Why a file could not be taken.
    type Error: Send;

    /// Takes a file.
    ///
    /// # Errors
    ///
    /// If the file could not be taken. The build then stops.
    fn put(&self, file: OutputFile) -> Result<(), Self::Error>;
}

/// The files of a built site in memory, by their paths from the site's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputTree {
    /// The bytes of each file that is in memory.
    pub files: BTreeMap<RelPath, Arc<[u8]>>,
    /// The others, such as pictures.
    pub unread: BTreeMap<RelPath, UnreadFile>,
}

impl OutputTree {
    /// Adds a file at `path`, or replaces it.
    pub fn insert(&mut self, path: RelPath, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path, bytes.into());
    }

    /// Adds a text file at `path`, in UTF-8.
    pub fn insert_text(&mut self, path: RelPath, text: impl Into<String>) {
        self.insert(path, text.into().into_bytes());
    }

    /// The bytes of the file at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }
}

impl FromIterator<(RelPath, Arc<[u8]>)> for OutputTree {
    fn from_iter<T: IntoIterator<Item = (RelPath, Arc<[u8]>)>>(files: T) -> Self {
        Self { files: files.into_iter().collect(), ..Self::default() }
    }
}

/// Keeps a site's files in memory, except those that come from source files as they are, such as pictures.
#[derive(Debug, Default)]
pub struct MemorySink(Mutex<OutputTree>);

impl MemorySink {
    /// The files that were put.
    #[must_use]
    pub fn into_tree(self) -> OutputTree {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OutputSink for MemorySink {
    type Error = Infallible;

    fn put(&self, OutputFile { path, content }: OutputFile) -> Result<(), Infallible> {
        let mut tree = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match content {
            OutputContent::Bytes(bytes) => tree.insert(path, bytes),
            OutputContent::Unread(file) => _ = tree.unread.insert(path, file),
        }
        Ok(())
    }
}
