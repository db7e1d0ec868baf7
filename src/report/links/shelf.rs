//! What links can lead to of one year, or of the site itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::is_table;
use super::path::{decoded, file_of};
use crate::diagnostic::RelPath;
use crate::options::Options;
use crate::report::{Archive, Part, Report, is_built};
use crate::source::SourceTree;
use crate::source::files::Status;
use crate::source::markdown::Markdown;
use crate::source::markdown::target::{Destination, destination};
use crate::source::tree::{Hash, hash_of_hashes, hash_of_set};

/// What links can lead to of one year, or of the site itself.
#[derive(Debug, Default)]
pub struct Shelf {
    pub(super) pages: BTreeMap<RelPath, Written>,
    /// Images and tables.
    pub(super) files: BTreeSet<RelPath>,
    /// The parts that are built of a year; nothing where the year is not.
    pub(super) parts: Option<Vec<Part>>,
    /// The hash of all of it.
    pub(super) hash: Hash,
    /// The folders below `content/` that links of its own texts lead into.
    pub(super) leads_into: BTreeSet<String>,
}

/// A page that somebody wrote.
#[derive(Debug)]
pub(super) struct Written {
    pub state: State,
    /// The ids of its headings, in order.
    pub headings: Vec<String>,
    /// Its fragments, each with the heading that it means.
    fragments: HashMap<String, usize>,
}

/// Whether a page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Built,
    Draft,
    Embargoed,
}

impl State {
    fn of(status: Status, is_embargoed: bool, options: &Options) -> Self {
        match is_built(status, options) {
            _ if is_embargoed => Self::Embargoed,
            true => Self::Built,
            false => Self::Draft,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Built => "built",
            Self::Draft => "draft",
            Self::Embargoed => "embargoed",
        }
    }
}

impl Written {
    fn new(body: &Markdown, state: State) -> Self {
        let headings: Vec<String> = body.headings.iter().map(|heading| heading.id.clone()).collect();
        let fragments = headings.iter().cloned().enumerate().map(|(at, id)| (id, at)).collect();
        Self { state, headings, fragments }
    }

    /// The id of the heading that a fragment means.
    pub fn fragment(&self, fragment: &str) -> Option<&str> {
        self.fragments.get(fragment).map(|at| self.headings[*at].as_str())
    }
}

/// The folders below `content/` that the links of a text lead into.
fn folders_led_into(text: &Markdown) -> impl Iterator<Item = String> {
    let inside = text.links.iter().filter(|link| destination(&link.target) == Destination::Inside);
    inside.filter_map(|link| {
        let path = link.target.split(['#', '?']).next().unwrap_or_default();
        let folder = match path.strip_prefix('/') {
            Some(address) => decoded(address.trim_start_matches('/')),
            None => file_of(&text.file, path).below("content")?.to_owned(),
        };
        Some(folder.split('/').next().unwrap_or_default().to_owned())
    })
}

impl Shelf {
    /// What links can lead to of the site itself.
    #[must_use]
    pub fn of_site(archive: &Archive, options: &Options) -> Self {
        let pages = archive.pages.iter();
        let pages =
            pages.map(|page| (page.file.clone(), Written::new(&page.body, State::of(page.status, false, options))));
        Self { pages: pages.collect(), ..Self::default() }.hashed()
    }

    /// What links can lead to of a year.
    #[must_use]
    pub fn of_year(report: &Report, tree: &SourceTree, options: &Options) -> Self {
        let is_embargoed = report.is_embargoed(options);
        let state = |status| State::of(status, is_embargoed, options);
        let pages = report.pages.iter().map(|page| (page.file.clone(), Written::new(&page.body, state(page.status))));
        let submissions = report.submissions().map(|sent| {
            let mut written = Written::new(&sent.body, state(sent.status));
            // A section answers to its id too, unless a heading has taken that for itself.
            for section in &sent.sections {
                if let (Some(id), Some(at)) = (&section.id, written.fragments.get(&section.anchor).copied()) {
                    written.fragments.entry(id.clone()).or_insert(at);
                }
            }
            (sent.file.clone(), written)
        });
        let all_files = || tree.below(report.folder.as_str()).map(|(file, ..)| file);
        let tables = all_files().filter(|file| is_table(file.as_str()));
        let has_part = |part: &Part| part.has_content(report, options);
        Self {
            pages: pages.chain(submissions).collect(),
            files: report.media.iter().chain(tables).cloned().collect(),
            parts: (!is_embargoed).then(|| Part::ALL.iter().copied().filter(has_part).collect()),
            // A file that has no page is told from one that is not there.
            hash: hash_of_set(all_files().map(|file| (file.as_str(), ""))),
            leads_into: report.texts().flat_map(folders_led_into).collect(),
        }
        .hashed()
    }

    fn hashed(mut self) -> Self {
        let states = self.pages.iter().map(|(file, page)| (file.as_str(), page.state.name()));
        let fragments = self.pages.iter().flat_map(|(file, page)| {
            let of_page = page.fragments.iter();
            of_page.flat_map(|(id, at)| [(file.as_str(), id.as_str()), (id, page.headings[*at].as_str())])
        });
        let files = self.files.iter().map(|file| (file.as_str(), "file"));
        let parts = self.parts.iter().flatten().map(|part| (part.name(), "part"));
        let sets = [self.hash, hash_of_set(states), hash_of_set(fragments), hash_of_set(files.chain(parts))];
        self.hash = hash_of_hashes(&[&sets[..], &[self.parts.is_some().into()]].concat());
        self
    }
}
