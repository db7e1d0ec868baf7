//! Small sites, put together file by file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use annal::{BuildCache, Diagnostic, MemoryBuild, Options, SourceTexts, SourceTree};
use tempfile::TempDir;

/// The texts of a site by their paths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    pub files: BTreeMap<String, String>,
}

impl Site {
    /// A site without files.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The texts of the site in a folder of the repository.
    pub(crate) fn open(folder: &str) -> Self {
        let tree = super::read_site(folder);
        let texts = tree.files.keys().filter_map(|path| Some((path.as_str(), tree.text(path)?.to_string())));
        let site: Self = texts.collect();
        assert!(!site.files.is_empty(), "there is a site in {folder}");
        site
    }

    /// Adds a file, or replaces it.
    #[must_use]
    pub(crate) fn file(mut self, path: &str, text: impl Into<String>) -> Self {
        self.files.insert(path.to_owned(), text.into());
        self
    }

    /// Takes a file away.
    #[must_use]
    pub(crate) fn without(mut self, path: &str) -> Self {
        assert!(self.files.remove(path).is_some(), "there is {path}");
        self
    }

    /// The site as if it had been read from the disk.
    pub(crate) fn tree(&self) -> SourceTree {
        SourceTree::from_texts(self.files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
    }

    /// What is found wrong with the site.
    pub(crate) fn check(&self, options: &Options) -> Vec<Diagnostic> {
        annal::check(&self.tree(), options, &mut BuildCache::none()).diagnostics
    }

    /// Builds the site from nothing.
    pub(crate) fn build(&self, options: &Options) -> MemoryBuild {
        super::build(&self.tree(), options)
    }

    /// Writes the site's files into a folder.
    pub(crate) fn write_to(&self, folder: &Path) {
        for (path, text) in &self.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    /// The site in a folder of its own.
    pub(crate) fn on_disk(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        self.write_to(folder.path());
        folder
    }
}

impl<P: Into<String>, T: Into<String>> FromIterator<(P, T)> for Site {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(files: I) -> Self {
        Self { files: files.into_iter().map(|(path, text)| (path.into(), text.into())).collect() }
    }
}

impl<P: Into<String>, T: Into<String>, const N: usize> From<[(P, T); N]> for Site {
    fn from(files: [(P, T); N]) -> Self {
        files.into_iter().collect()
    }
}
