//! The result of one build for the preview: the pages to show until the next build, and what has changed.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use hyper::body::Bytes;
use jiff::civil::Date;
use serde::Serialize;

use super::desk::PageTemplates;
use super::page_urls::{address, address_of};
use super::problems::{self, Problem};
use crate::diagnostic::code::Category;
use crate::diagnostic::{Code, Diagnostic, DiagnosticList, RelPath, Severity, Summary};
use crate::locale::Locale;
use crate::model::Archive;
use crate::model::assemble::{TranslatedSite, assemble_translations};
use crate::output::{OutputTree, UnreadFile, manifest};
use crate::pipeline::{MemoryBuild, Options};
use crate::render::theme::site_locale;
use crate::source::SourceTree;
use crate::source::digest::{Digest, hash};

/// The most changed addresses that are listed. If there are more, every tab checks its own page.
const MOST_NAMED: usize = 500;

/// The site that is currently shown.
pub(crate) struct Snapshot {
    /// The number of the build, from 1.
    pub number: u64,
    /// The site's files. If an error stops a file from being built, this has the last good one.
    pub files: OutputTree,
    /// The source files.
    pub tree: Arc<SourceTree>,
    /// All diagnostics of the build.
    pub diagnostics: Vec<Diagnostic>,
    /// The same diagnostics, as the overlay and the desk show them.
    pub problems: Vec<Problem>,
    /// The number of errors, warnings, notes and files.
    pub summary: Summary,
    /// The problems for the overlay as JSON, without words of the desk's language.
    problems_data: Vec<u8>,
    /// The event for tabs that know the previous snapshot.
    pub news: Bytes,
    /// The event for tabs that know an older snapshot, or none.
    pub whole_news: Bytes,
    /// How many pages were changed, added or removed.
    pub changed: usize,
    pub root: PathBuf,
    /// The model that the site was built from.
    pub archive: Archive,
    /// The options that the site was built with.
    pub options: Options,
    /// The date of the build.
    pub today: Date,
    /// The editor's desk as last rendered, with the hash of the `desk.yaml` that it shows.
    pub desk: Mutex<Option<(Digest, Arc<[u8]>)>>,
    words: OnceLock<Arc<Locale>>,
    live_texts: OnceLock<String>,
    templates: OnceLock<PageTemplates>,
    manifest: OnceLock<Arc<[u8]>>,
    translations: OnceLock<Vec<TranslatedSite>>,
}

/// The event that tabs receive for a snapshot.
#[derive(Serialize)]
struct UpdateEvent<'a> {
    edition: u64,
    /// The addresses of the site that changed. `None` means that every tab has to check its own page. Tabs with a page of
    /// the desk always do, since such a page can change with any file.
    changed: Option<&'a [String]>,
    /// A hash of the problems. Tabs fetch the problems again when it changes.
    #[serde(rename = "faults")]
    problems: &'a str,
    errors: usize,
    warnings: usize,
}

impl Snapshot {
    /// The snapshot that follows `before`, of a site built from `tree`.
    #[must_use]
    pub(crate) fn after(
        before: Option<&Self>,
        root: &Path,
        tree: Arc<SourceTree>,
        built: MemoryBuild,
        today: Date,
    ) -> Self {
        let MemoryBuild { output, archive, mut diagnostics, options } = built;
        // The preview shows what is still being written, so its problems count here.
        for diagnostic in &mut diagnostics {
            diagnostic.is_left_out = false;
        }
        let empty = OutputTree::default();
        let files_before = before.map_or(&empty, |before| &before.files);
        let files = keep(files_before, output, &diagnostics, &archive);
        let listing = DiagnosticList::new(diagnostics.clone(), &*tree, content_files(&tree));
        let summary = listing.summary;
        let problems = problems::from_list(&listing, &files);
        drop(listing);
        let problems_data = problems::document(&problems, summary);
        let number = before.map_or(1, |before| before.number + 1);
        let changed = changed(files_before, &files);
        let changed_pages = changed.iter().filter(|address| address.ends_with('/')).count();
        let mark = format!("{:x}", hash(&problems_data));
        let named = (changed.len() <= MOST_NAMED && before.is_some()).then_some(&*changed);
        let news = |changed| {
            let news = UpdateEvent {
                edition: number,
                changed,
                problems: &mark,
                errors: summary.errors,
                warnings: summary.warnings,
            };
            let json = serde_json::to_string(&news).expect("texts and numbers are always JSON");
            Bytes::from(format!("data: {json}\n\n"))
        };
        Self {
            number,
            news: news(named),
            whole_news: news(None),
            files,
            tree,
            diagnostics,
            problems,
            summary,
            problems_data,
            changed: changed_pages,
            root: root.to_owned(),
            archive,
            options,
            today,
            desk: Mutex::default(),
            words: OnceLock::new(),
            live_texts: OnceLock::new(),
            templates: OnceLock::new(),
            manifest: OnceLock::new(),
            translations: OnceLock::new(),
        }
    }

    /// The templates of the preview's own pages in the site's main language, compiled on first request.
    #[must_use]
    pub(crate) fn templates(&self) -> &PageTemplates {
        self.templates.get_or_init(|| PageTemplates::new(Arc::clone(self.words())))
    }

    /// The texts of the site's main language, read on first request.
    pub(crate) fn words(&self) -> &Arc<Locale> {
        self.words.get_or_init(|| Arc::new(site_locale(&self.tree, &self.archive.site)))
    }

    /// The models of the site in its other languages, for the desk. They are assembled on first request.
    pub(crate) fn translations(&self) -> &[TranslatedSite] {
        self.translations.get_or_init(|| assemble_translations(&self.tree, &self.archive))
    }

    /// The texts of the script that every page gets, as JSON.
    pub(crate) fn live_texts(&self) -> &str {
        self.live_texts.get_or_init(|| problems::live_texts(self.words()))
    }

    /// The JSON for the overlay.
    pub(crate) fn problems_document(&self) -> Vec<u8> {
        problems::in_words(&self.problems_data, self.summary, self.words())
    }

    /// The `manifest.json`, created on first request.
    #[must_use]
    pub(crate) fn manifest(&self) -> Arc<[u8]> {
        Arc::clone(self.manifest.get_or_init(|| manifest(&self.files).into_bytes().into()))
    }
}

/// The number of content files, including those that could not be read.
fn content_files(tree: &SourceTree) -> usize {
    let is_content = |path: &&RelPath| path.below("content").is_some();
    tree.files.keys().filter(is_content).count() + tree.unreadable.iter().filter(is_content).count()
}

/// The files of a build, completed with the last good ones if an error stops some from being built, such as a broken
/// template or invalid YAML. Files removed on purpose are not kept, and neither are files held back because annal
/// cannot know whether they may be published.
fn keep(before: &OutputTree, mut after: OutputTree, diagnostics: &[Diagnostic], archive: &Archive) -> OutputTree {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let (mut all, mut lost) = (false, BTreeSet::new());
    for error in errors {
        let file = &error.location.file;
        match error.code.family() {
            Category::Theme => all = true,
            Category::Files | Category::Yaml => match address_of(file) {
                _ if error.code != Code::BadYaml && archive.holds_back(file) => {}
                Some(address) if address == "/" => all = true,
                Some(address) => _ = lost.insert(address),
                None => all |= file.below("themes").is_some(),
            },
            _ => {}
        }
    }
    if !all && lost.is_empty() {
        return after;
    }
    let is_kept = |path: &RelPath| {
        let address = address(path.as_str());
        // If a year cannot be read, all its pages are kept; if a page cannot be read, only that page.
        let mut above = address.match_indices('/').map(|(slash, _)| &address[..=slash]);
        all || above.any(|above| lost.contains(above))
    };
    for (path, bytes) in before.files.iter().filter(|(path, _)| is_kept(path)) {
        after.files.entry(path.clone()).or_insert_with(|| Arc::clone(bytes));
    }
    for (path, file) in before.unread.iter().filter(|(path, _)| is_kept(path)) {
        after.unread.entry(path.clone()).or_insert_with(|| file.clone());
    }
    after
}

/// The addresses of files that were changed, added or removed.
fn changed(before: &OutputTree, after: &OutputTree) -> Vec<String> {
    let is_same = |a: &Arc<[u8]>, b: &Arc<[u8]>| Arc::ptr_eq(a, b) || a == b;
    let mut changed = changed_of(&before.files, &after.files, is_same);
    changed.extend(changed_of(&before.unread, &after.unread, UnreadFile::eq));
    changed
}

/// The addresses of what differs between two maps by path.
fn changed_of<T>(
    before: &BTreeMap<RelPath, T>,
    after: &BTreeMap<RelPath, T>,
    is_same: impl Fn(&T, &T) -> bool,
) -> Vec<String> {
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    let mut changed = Vec::new();
    // Both are sorted, so walking along the two in parallel finds the differences.
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return changed,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((gone, _)), Some((come, _))) => gone.cmp(come),
        };
        let was = if order.is_le() { old.next() } else { None };
        let is = if order.is_ge() { new.next() } else { None };
        match (was, is) {
            (Some((_, was)), Some((_, is))) if is_same(was, is) => {}
            (Some((path, _)), _) | (_, Some((path, _))) => changed.push(address(path.as_str())),
            (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Location;

    fn tree(files: &[(&str, &str)]) -> OutputTree {
        files.iter().map(|(path, text)| (RelPath::new(path), Arc::from(text.as_bytes()))).collect()
    }

    /// The paths that are kept when a build with an error in `file` has no files.
    fn kept(code: Code, file: &str) -> Vec<String> {
        let before = tree(&[
            ("index.html", ""),
            ("2019-20/index.html", ""),
            ("2019-20/boards/risk/index.html", ""),
            ("2020-21/index.html", ""),
        ]);
        let error = Diagnostic::new(code, Location::whole(&RelPath::new(file)), "");
        let archive = crate::model::assemble::assemble(&SourceTree::default()).value;
        keep(&before, OutputTree::default(), &[error], &archive)
            .files
            .keys()
            .map(|path| path.as_str().to_owned())
            .collect()
    }

    #[test]
    fn pages_that_an_error_stops_are_kept() {
        assert_eq!(kept(Code::TemplateError, "themes/civic/templates/base.html").len(), 4);
        assert_eq!(kept(Code::BadYaml, "content/site.yaml").len(), 4);
        assert_eq!(
            kept(Code::BadYaml, "content/2019-20/report.yaml"),
            ["2019-20/boards/risk/index.html", "2019-20/index.html"]
        );
        assert_eq!(kept(Code::BadYaml, "content/2019-20/boards/risk.md"), ["2019-20/boards/risk/index.html"]);
        assert_eq!(kept(Code::MissingSubmission, "content/2019-20/report.yaml").len(), 0);
    }

    #[test]
    fn changed_added_and_removed_files_are_found() {
        let before = tree(&[("index.html", "a"), ("a/index.html", "a"), ("same.css", "x")]);
        let after = tree(&[("index.html", "b"), ("b/index.html", "a"), ("same.css", "x")]);
        assert_eq!(changed(&before, &after), ["/a/", "/b/", "/"]);
    }
}
