//! Where finished files leave rendering.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::redact::{IN_ADDRESS, Redactor};
use super::route;
use crate::diagnostic::RelPath;
use crate::output::OutputFile;

/// The sink takes no more files. Whoever opened it knows why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SinkClosed;

/// Puts a file into the sink of a build.
pub(crate) type PutFile<'a> = dyn Fn(OutputFile) -> Result<(), SinkClosed> + Sync + 'a;

/// How much has been built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SiteCounts {
    /// The pages, in all languages.
    pub pages: usize,
    /// The charts on them. Those on the pages for printing are not counted again.
    pub charts: usize,
}

impl AddAssign for SiteCounts {
    fn add_assign(&mut self, other: Self) {
        self.pages += other.pages;
        self.charts += other.charts;
    }
}

/// Puts the files of a site in one language into the sink: in the language's folder, and without flagged words in their
/// paths.
pub(crate) struct Outlet<'a> {
    put: &'a PutFile<'a>,
    folder: &'a str,
    redactor: &'a Redactor,
    pages: AtomicUsize,
    /// If words must be removed from paths: every path, with the file unless it has been put.
    paths: Mutex<BTreeMap<RelPath, Option<OutputFile>>>,
}

impl<'a> Outlet<'a> {
    /// An outlet for the site in `folder`, which is empty for the site's own language.
    #[must_use]
    pub(crate) fn new(put: &'a PutFile<'a>, folder: &'a str, redactor: &'a Redactor) -> Self {
        let (pages, paths) = Default::default();
        Self { put, folder, redactor, pages, paths }
    }

    /// Puts a file. Of a site in a folder, files that hosts look for only at the root are left out.
    ///
    /// # Errors
    ///
    /// If the sink cannot take it.
    pub(crate) fn put(&self, mut file: OutputFile) -> Result<(), SinkClosed> {
        let path = &file.path;
        if !self.folder.is_empty() && matches!(path.as_str(), "robots.txt" | "_headers" | route::NOT_FOUND) {
            return Ok(());
        }
        if path.extension() == "html" {
            self.pages.fetch_add(1, Ordering::Relaxed);
        }
        if !self.folder.is_empty() {
            file.path = RelPath::new(&format!("{}{path}", self.folder));
        }
        if !self.redactor.is_needed() {
            return (self.put)(file);
        }
        let is_withheld = self.redactor.is_in(file.path.as_str());
        let mut paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        if is_withheld {
            paths.insert(file.path.clone(), Some(file));
            return Ok(());
        }
        paths.insert(file.path.clone(), None);
        drop(paths);
        (self.put)(file)
    }

    /// Puts the files whose paths contain flagged words, with other paths, and returns how many pages were put. If two paths
    /// differ only in their flagged words, links lead to the first.
    ///
    /// # Errors
    ///
    /// If the sink cannot take a file.
    pub(crate) fn finish(self) -> Result<usize, SinkClosed> {
        let mut paths = self.paths.into_inner().unwrap_or_else(PoisonError::into_inner);
        let withheld: Vec<OutputFile> = paths.values_mut().filter_map(Option::take).collect();
        for OutputFile { path, content } in withheld {
            let path = self.redactor.sweep_path(&path);
            let (mut free, mut number) = (path.clone(), 1);
            while paths.contains_key(&free) {
                number += 1;
                free = RelPath::new(&format!("{IN_ADDRESS}-{number}/{path}"));
            }
            paths.insert(free.clone(), None);
            (self.put)(OutputFile { path: free, content })?;
        }
        Ok(self.pages.into_inner())
    }
}
