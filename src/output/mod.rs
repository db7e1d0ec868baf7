//! The built site, and writing it to disk.
//!
//! A built site is a value, [`OutputTree`], until [`write()`] writes it to disk, completely or not at all.

mod error;
mod existing;
mod manifest;
pub(crate) mod pdf;
mod staging;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::RelPath;

pub use error::WriteError;
pub use manifest::manifest;
pub(crate) use manifest::{MANIFEST, Manifest, sha256};
pub use write::write;

/// The files of a built site, by their paths from the site's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputTree {
    /// The bytes of each file.
    pub files: BTreeMap<RelPath, Arc<[u8]>>,
}

impl OutputTree {
    /// Adds a file at `path`. Routes make sure that no other file has the same path; if one did, it would be replaced.
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

    /// The same site with a `manifest.json` that lists all other files.
    #[must_use]
    pub fn with_manifest(&self) -> Self {
        let mut site = self.clone();
        site.insert_text(RelPath::new(MANIFEST), manifest(self));
        site
    }
}

impl Extend<(RelPath, Arc<[u8]>)> for OutputTree {
    fn extend<T: IntoIterator<Item = (RelPath, Arc<[u8]>)>>(&mut self, files: T) {
        self.files.extend(files);
    }
}

impl FromIterator<(RelPath, Arc<[u8]>)> for OutputTree {
    fn from_iter<T: IntoIterator<Item = (RelPath, Arc<[u8]>)>>(files: T) -> Self {
        Self { files: files.into_iter().collect() }
    }
}
