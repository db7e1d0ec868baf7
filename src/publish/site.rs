//! The built site that is to be published.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::PublishError;
use super::plan::is_page;
use super::release::FileHashes;
use super::stage::year_of;
use crate::compare::{PublishedSite, is_compared};
use crate::output::{MANIFEST, Manifest, Sha256};

/// A site in a folder that [`crate::output::StagedSite`] wrote.
#[derive(Debug)]
pub(crate) struct BuiltSite {
    folder: PathBuf,
    /// Its files, including its `manifest.json`.
    pub(super) files: FileHashes,
    /// Its `manifest.json`.
    manifest: Manifest,
}

impl BuiltSite {
    /// Opens the built site in `folder`. Nothing else may change the folder while it is used.
    ///
    /// # Errors
    ///
    /// If the folder or its manifest cannot be read.
    pub(crate) fn open(folder: &Path) -> Result<Self, PublishError> {
        let file = folder.join(MANIFEST);
        let bytes = fs::read(&file).map_err(PublishError::disk("read", &file))?;
        let manifest = Manifest::parse(&bytes)
            .ok_or_else(|| PublishError::new(format!("`{}` is not a manifest of annal", file.display())))?;
        Ok(Self { folder: folder.to_owned(), files: hashes(&manifest), manifest })
    }

    /// The folder that it is in.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The paths of its files.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Where a file is on the disk.
    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Whether it has a file itself, and does not take it from what is live.
    pub(super) fn holds(&self, file: &str) -> bool {
        self.path(file).is_file()
    }

    /// The bytes of a file.
    pub(super) fn read(&self, file: &str) -> Result<Vec<u8>, PublishError> {
        let path = self.path(file);
        fs::read(&path).map_err(PublishError::disk("read", &path))
    }

    /// A place that annal itself left to be filled in, in a page: the page, and the words.
    pub(crate) fn placeholder(&self) -> Option<(&str, String)> {
        let mut pages = self.files.keys().filter(|path| is_page(path) && self.holds(path));
        pages.find_map(|page| Some((page.as_str(), placeholder_in(&self.read(page).ok()?)?)))
    }

    /// What its pages say, as far as it has the files itself.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub(crate) fn data(&self) -> Result<PublishedSite, PublishError> {
        let mut site = PublishedSite::default();
        for path in self.files.keys().filter(|path| is_compared(path) && self.holds(path)) {
            site.add(path, &self.read(path)?);
        }
        Ok(site)
    }

    /// The years that it has, by the folders of their pages.
    pub(crate) fn years(&self) -> BTreeSet<&str> {
        years(&self.files)
    }

    /// Takes the files of all years except `year` from what is live. `live` is the live site's own manifest.
    ///
    /// # Errors
    ///
    /// If the site's new manifest cannot be written.
    pub(super) fn keep_other_years(&mut self, year: &str, live: Manifest) -> Result<(), PublishError> {
        let is_other = |path: &str| year_of(path).is_some_and(|other| other != year);
        for path in self.manifest.files.keys().filter(|path| is_other(path)) {
            let path = self.path(path);
            fs::remove_file(&path).map_err(PublishError::disk("remove", &path))?;
        }
        self.manifest.files.retain(|path, _| !is_other(path));
        self.manifest.files.extend(live.files.into_iter().filter(|(path, _)| is_other(path)));
        let path = self.path(MANIFEST);
        fs::write(&path, self.manifest.to_text()).map_err(PublishError::disk("write", &path))?;
        self.files = hashes(&self.manifest);
        Ok(())
    }

    /// The title of a page without the site's name, as readers see it.
    pub(crate) fn title(&self, page: &str) -> Option<String> {
        let html = String::from_utf8(self.read(page).ok()?).ok()?;
        let title = html.split_once("<title>")?.1.split_once("</title>")?.0;
        Some(plain(title.rsplit_once(" – ").map_or(title, |(title, _)| title)))
    }
}

/// What annal writes where somebody has to fill something in.
const FILL_IN: &str = "[fill in: ";

/// The first such place in a page.
fn placeholder_in(html: &[u8]) -> Option<String> {
    let at = memchr::memmem::find(html, FILL_IN.as_bytes())?;
    let rest = &html[at..];
    let end = rest.iter().position(|byte| *byte == b']')?;
    Some(plain(&String::from_utf8_lossy(&rest[..=end])))
}

/// The text that a page shows for `html` without tags.
fn plain(html: &str) -> String {
    let plain = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&")
}

/// The hashes of the files of a site, including its manifest.
fn hashes(manifest: &Manifest) -> FileHashes {
    let listed = manifest.files.iter().map(|(path, entry)| (path.clone(), entry.sha256.to_string()));
    listed.chain([(MANIFEST.to_owned(), Sha256::new(manifest.to_text().as_bytes()).to_string())]).collect()
}

/// The years that some files belong to.
pub(super) fn years(files: &FileHashes) -> BTreeSet<&str> {
    files.keys().filter(|path| path.ends_with("/index.html")).filter_map(|path| year_of(path)).collect()
}
