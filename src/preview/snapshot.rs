//! What one build gives the preview: the pages that are shown until the next, and what has changed since the last.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use hyper::body::Bytes;
use jiff::civil::Date;
use serde::Serialize;

use super::page_urls::{DESK, address, address_of};
use super::problems::{self, Problem};
use crate::diagnostic::code::Category;
use crate::diagnostic::{Code, Diagnostic, DiagnosticList, Severity, Summary};
use crate::model::Archive;
use crate::output::{OutputTree, manifest};
use crate::pipeline::BuildOutput;
use crate::source::SourceTree;
use crate::source::digest::hash;

/// How many changed addresses are named; beyond that every tab looks for itself.
const MOST_NAMED: usize = 500;

/// The site as it is shown.
pub(crate) struct Snapshot {
    /// Its number: the first is 1.
    pub number: u64,
    /// The files, the last good ones among them where a fault keeps them from being made.
    pub files: OutputTree,
    /// The files that the site was made of.
    pub tree: Arc<SourceTree>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// What was found, as it is shown.
    pub faults: Vec<Problem>,
    /// How much was found.
    pub summary: Summary,
    /// What the overlay gets.
    pub faults_document: Bytes,
    /// The message for who knows the edition before it.
    pub news: Bytes,
    /// The message for who knows an older one, or none.
    pub whole_news: Bytes,
    /// How many pages are other than before, or came, or went.
    pub changed: usize,
    /// The site's folder.
    pub root: PathBuf,
    /// The model that the site was made of.
    pub archive: Archive,
    /// The day of the build.
    pub today: Date,
    /// The editor's desk, once somebody has asked for it.
    pub desk: OnceLock<Arc<[u8]>>,
    manifest: OnceLock<Arc<[u8]>>,
}

/// What tabs are told of an edition.
#[derive(Serialize)]
struct UpdateEvent<'a> {
    edition: u64,
    /// The addresses that changed; nothing means that every tab is to look for itself.
    changed: Option<&'a [String]>,
    /// A mark of the faults, to be asked for when it is another.
    faults: &'a str,
    errors: usize,
    warnings: usize,
}

impl Snapshot {
    /// The edition after `before` of what was built from `tree`.
    #[must_use]
    pub(crate) fn after(
        before: Option<&Self>,
        root: &Path,
        tree: Arc<SourceTree>,
        built: BuildOutput,
        today: Date,
    ) -> Self {
        let BuildOutput { output, archive, diagnostics } = built;
        let empty = OutputTree::default();
        let files_before = before.map_or(&empty, |before| &before.files);
        let files = keep(files_before, output, &diagnostics, &archive);
        let listing = DiagnosticList::new(diagnostics.clone(), &*tree, content_files(&tree));
        let summary = listing.summary;
        let faults = problems::faults(&listing, &files);
        drop(listing);
        let faults_document = problems::document(&faults, summary);
        let number = before.map_or(1, |before| before.number + 1);
        let mut changed = changed(files_before, &files);
        let changed_pages = changed.iter().filter(|address| address.ends_with('/')).count();
        changed.push(DESK.to_owned());
        let mark = format!("{:x}", hash(&faults_document));
        let named = (changed.len() <= MOST_NAMED && before.is_some()).then_some(&*changed);
        let news = |changed| {
            let news = UpdateEvent {
                edition: number,
                changed,
                faults: &mark,
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
            faults,
            summary,
            faults_document: faults_document.into(),
            changed: changed_pages,
            root: root.to_owned(),
            archive,
            today,
            desk: OnceLock::new(),
            manifest: OnceLock::new(),
        }
    }

    /// The list of all files, made when it is first asked for.
    #[must_use]
    pub(crate) fn manifest(&self) -> Arc<[u8]> {
        Arc::clone(self.manifest.get_or_init(|| manifest(&self.files).into_bytes().into()))
    }
}

/// How many content files were read, or are there and could not be.
fn content_files(tree: &SourceTree) -> usize {
    let is_content = |path: &&crate::diagnostic::RelPath| path.below("content").is_some();
    tree.files.keys().filter(is_content).count() + tree.unreadable.iter().filter(is_content).count()
}

/// The files of a build, with the last good ones where a fault keeps them from being made: a template that cannot be
/// read, a file that is no YAML. What was taken away on purpose goes, and so does what is held back since it cannot be
/// told whether it may be seen.
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
    for (path, bytes) in &before.files {
        let address = address(path.as_str());
        // A year that cannot be read keeps its pages; a page keeps itself.
        let mut above = address.match_indices('/').map(|(slash, _)| &address[..=slash]);
        if all || above.any(|above| lost.contains(above)) {
            after.files.entry(path.clone()).or_insert_with(|| Arc::clone(bytes));
        }
    }
    after
}

/// The addresses whose files are other than before, or came, or went.
fn changed(before: &OutputTree, after: &OutputTree) -> Vec<String> {
    let is_same = |a: &Arc<[u8]>, b: &Arc<[u8]>| Arc::ptr_eq(a, b) || a == b;
    let (mut old, mut new) = (before.files.iter().peekable(), after.files.iter().peekable());
    let mut changed = Vec::new();
    // Both are in order, so that one walk along the two finds what differs.
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
    use crate::diagnostic::{Location, RelPath};

    fn tree(files: &[(&str, &str)]) -> OutputTree {
        files.iter().map(|(path, text)| (RelPath::new(path), Arc::from(text.as_bytes()))).collect()
    }

    /// The paths that stay when every file is gone from a build with an error in `file`.
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
    fn what_a_fault_keeps_from_being_made_stays() {
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
    fn what_changed_came_and_went_is_told() {
        let before = tree(&[("index.html", "a"), ("a/index.html", "a"), ("same.css", "x")]);
        let after = tree(&[("index.html", "b"), ("b/index.html", "a"), ("same.css", "x")]);
        assert_eq!(changed(&before, &after), ["/a/", "/b/", "/"]);
    }
}
