//! The possible targets of links in one year, or on the site itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::is_table;
use super::path::{percent_decode_text, resolve_path};
use crate::diagnostic::RelPath;
use crate::model::documents::PublishedDocument;
use crate::model::report::YearHold;
use crate::model::{Archive, Page, Part, Report, is_built};
use crate::options::Options;
use crate::source::SourceTree;
use crate::source::digest::{Digest, hash128};
use crate::source::files::PublicationStatus;
use crate::source::markdown::link_target::{LinkKind, destination};
use crate::source::markdown::{LinkedText, Markdown};
use crate::source::published_document::DocumentFacts;

/// The possible targets of links in one year, or on the site itself.
#[derive(Debug, Default)]
pub(crate) struct LinkIndex {
    pub(super) pages: BTreeMap<RelPath, PageAnchors>,
    /// Images and tables.
    pub(super) files: BTreeSet<RelPath>,
    /// The documents.
    pub(super) documents: BTreeMap<RelPath, DocumentTarget>,
    /// The parts that have something to show. They have pages only if the year is built.
    pub(super) parts: Vec<Part>,
    /// Why the year is not built. [`PageState::Unknown`] if its embargo could not be read, or only another year is asked
    /// for: links into it lead nowhere then, and that is no mistake of theirs.
    pub(super) held: Option<PageState>,
    /// The hash of all these targets.
    pub(super) hash: Digest,
    /// The folders directly below `content/` that links in its own texts lead to.
    pub(super) linked_folders: BTreeSet<String>,
}

/// A document, as a link target.
#[derive(Debug, Hash)]
pub(super) struct DocumentTarget {
    pub facts: DocumentFacts,
    pub state: PageState,
}

/// Documents as link targets. Those in `held` are published with drafts only, and none is if the year is held back.
fn document_targets(
    documents: &[PublishedDocument],
    held: &BTreeSet<RelPath>,
    of_year: Option<PageState>,
) -> BTreeMap<RelPath, DocumentTarget> {
    let target = |document: &PublishedDocument| {
        let own = if held.contains(&document.file) { PageState::Draft } else { PageState::Built };
        (document.file.clone(), DocumentTarget { facts: document.facts, state: of_year.unwrap_or(own) })
    };
    documents.iter().map(target).collect()
}

/// A page written by a person, as a link target.
#[derive(Debug, Hash)]
pub(super) struct PageAnchors {
    pub state: PageState,
    /// The ids of the headings, in order.
    pub headings: Arc<[String]>,
    /// The indexes of the headings, in the order of their ids.
    by_id: Vec<u32>,
    /// Other fragments, each with the index of its heading.
    others: Vec<(String, u32)>,
}

/// Whether a page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum PageState {
    Built,
    Draft,
    Embargoed,
    /// Its year is in preparation.
    Preparing,
    /// Held back because its status or its year's embargo could not be read, which is reported elsewhere, or of a year
    /// that is not asked for.
    Unknown,
}

impl PageState {
    /// The state of a page. `of_year` is the state of a year that is not built, `None` if the year is built.
    fn new(status: PublicationStatus, is_status_known: bool, of_year: Option<Self>, options: &Options) -> Self {
        match of_year {
            Some(state) => state,
            None if is_built(status, options) => Self::Built,
            None if is_status_known => Self::Draft,
            None => Self::Unknown,
        }
    }

    /// Whether a text in the state `from` may link to a page in this state: what is not built may link to other things that
    /// are not built.
    pub(super) fn is_reached_from(self, from: Self) -> bool {
        match self {
            Self::Built => true,
            Self::Draft => from != Self::Built,
            state => from == state,
        }
    }
}

impl PageAnchors {
    fn new(headings: Arc<[String]>, state: PageState) -> Self {
        let mut by_id: Vec<u32> = (0..).take(headings.len()).collect();
        by_id.sort_by_key(|at| &headings[*at as usize]);
        Self { state, headings, by_id, others: Vec::new() }
    }

    /// Lets a section be reached by its id too, unless a heading or an earlier section has that id.
    fn add_section(&mut self, id: &str, anchor: &str) {
        if self.index_of(id).is_none()
            && let Some(at) = self.index_of(anchor)
        {
            self.others.push((id.to_owned(), at));
        }
    }

    /// The id of the heading that a fragment leads to.
    pub(crate) fn fragment(&self, fragment: &str) -> Option<&str> {
        self.index_of(fragment).map(|at| self.headings[at as usize].as_str())
    }

    /// The index of the heading that a fragment leads to.
    fn index_of(&self, fragment: &str) -> Option<u32> {
        let own = self.by_id.binary_search_by_key(&fragment, |at| &self.headings[*at as usize]);
        let other = || self.others.iter().find(|(id, _)| id == fragment).map(|(_, at)| *at);
        own.ok().map(|place| self.by_id[place]).or_else(other)
    }
}

/// The ids of the headings of a page, in order.
fn heading_ids(body: &Markdown) -> Arc<[String]> {
    body.headings.iter().map(|heading| heading.id.clone()).collect()
}

/// The folders directly below `content/` that the links of a text lead to.
fn linked_folders(text: &LinkedText) -> impl Iterator<Item = String> {
    text.links.iter().filter_map(|link| linked_folder(&text.file, &link.target))
}

/// The folder directly below `content/` that a link in `file` leads to, if it leads into the site.
fn linked_folder(file: &RelPath, target: &str) -> Option<String> {
    if destination(target) != LinkKind::Inside {
        return None;
    }
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let folder = match path.strip_prefix('/') {
        Some(address) => percent_decode_text(address.trim_start_matches('/')),
        None => resolve_path(file, path).below("content")?.to_owned(),
    };
    Some(folder.split('/').next().unwrap_or_default().to_owned())
}

impl LinkIndex {
    /// The link targets of the site itself.
    #[must_use]
    pub(crate) fn of_site(archive: &Archive, options: &Options) -> Self {
        let pages = archive.pages.iter();
        let state = |page: &Page| PageState::new(page.status, page.is_status_known, None, options);
        let pages = pages.map(|page| (page.file.clone(), PageAnchors::new(heading_ids(&page.body), state(page))));
        let files = archive.media.iter().cloned().collect();
        let documents = document_targets(&archive.documents, &archive.held_files, None);
        Self { pages: pages.collect(), files, documents, ..Self::default() }
            .with_hash(std::iter::empty(), &BTreeSet::new())
    }

    /// The link targets of one year.
    #[must_use]
    pub(crate) fn of_year(report: &Report, tree: &SourceTree, options: &Options) -> Self {
        let held = match report.hold(options) {
            Some(YearHold::Preparing) => Some(PageState::Preparing),
            Some(YearHold::Until(_)) => Some(PageState::Embargoed),
            Some(YearHold::Unreadable) => Some(PageState::Unknown),
            None => (!report.is_built(options)).then_some(PageState::Unknown),
        };
        let state = |status, is_known| PageState::new(status, is_known, held, options);
        let pages = report.pages.iter();
        let pages = pages.map(|page| {
            (page.file.clone(), PageAnchors::new(heading_ids(&page.body), state(page.status, page.is_status_known)))
        });
        let submissions = report.submissions().map(|sent| {
            let mut written =
                PageAnchors::new(Arc::clone(&sent.body.heading_ids), state(sent.status, sent.is_status_known));
            for section in &sent.sections {
                if let Some(id) = &section.id {
                    written.add_section(id, &section.anchor);
                }
            }
            (sent.file.clone(), written)
        });
        let all_files = || tree.files_under(report.folder.as_str()).map(|(file, ..)| file);
        let tables = all_files().filter(|file| is_table(file.as_str()));
        let has_part = |part: &Part| part.has_content(report, options);
        let of_keys = report.written_links().filter_map(|(file, link)| linked_folder(file, link));
        Self {
            pages: pages.chain(submissions).collect(),
            files: report.media.iter().chain(tables).cloned().collect(),
            documents: document_targets(&report.documents, &report.held_files, held),
            held,
            parts: Part::ALL.iter().copied().filter(has_part).collect(),
            hash: 0,
            linked_folders: report.linked_texts().flat_map(linked_folders).chain(of_keys).collect(),
        }
        .with_hash(all_files(), &report.unreadable)
    }

    /// Computes the hash. It covers all files of the year, because a link to a file without a page is reported differently
    /// from a link to nothing.
    fn with_hash<'a>(mut self, all_files: impl Iterator<Item = &'a RelPath>, unreadable: &BTreeSet<RelPath>) -> Self {
        let all_files: Vec<&RelPath> = all_files.collect();
        self.hash =
            hash128(&(&self.pages, &self.files, &self.documents, &self.parts, self.held, all_files, unreadable));
        self
    }
}
