//! The addresses of everything that is built for one year.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Address;
use super::address_registry::{AddressRegistry, PageAlias};
use crate::diagnostic::{Location, RelPath};
use crate::model::{Page, Part, Report, SubmitterKind, is_built};
use crate::options::Options;
use crate::render::export;
use crate::source::digest::{Digest, hash128};
use crate::source::slug::slug;

/// An entry in a report's contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContentsEntry {
    /// A page of text: its index in [`Report::pages`].
    Page(usize),
    /// A part.
    Part(Part),
}

impl ContentsEntry {
    /// The part, if it is one.
    fn part(self) -> Option<Part> {
        match self {
            Self::Part(part) => Some(part),
            Self::Page(_) => None,
        }
    }
}

/// The addresses of one year.
#[derive(Clone, Debug)]
pub(crate) struct YearRoutes {
    /// The report's index in [`crate::model::Archive::reports`].
    pub report: usize,
    /// The report's front page.
    pub front: Address,
    /// The addresses below it.
    routed: Arc<YearAddresses>,
}

/// The addresses of a year, independent of the rest of the site.
#[derive(Debug)]
pub(crate) struct YearAddresses {
    contents: Vec<ContentsEntry>,
    /// The pages of its content files, with their addresses.
    pub(super) pages: BTreeMap<RelPath, Address>,
    pub(super) taken: AddressRegistry,
    pub(super) aliases: Vec<PageAlias>,
    /// The hash of everything by which pages of other years find the same page here.
    pub(super) fingerprint: Digest,
}

impl YearAddresses {
    /// Decides the addresses of a year.
    #[must_use]
    pub(crate) fn new(report: &Report, options: &Options) -> Self {
        let front = Address::new(&format!("{}/", report.year));
        let has_page = |page: &Page| is_built(page.status, options);
        let contents = contents_of(report, has_page, |part| part.has_content(report, options));
        let mut routed = Self {
            contents: Vec::new(),
            pages: BTreeMap::new(),
            taken: AddressRegistry::default(),
            aliases: Vec::new(),
            fingerprint: 0,
        };
        routed.taken.reserve(front.clone(), &report.file, "the report's front page");
        routed.taken.reserve(print(&front), &report.file, "the full report on one page");
        for file in [running_head(&front), share_image(&front)] {
            routed.taken.reserve(file, &report.file, "a file that annal creates");
        }
        for entry in &contents {
            if let ContentsEntry::Part(part) = entry {
                routed.taken.reserve(part_page(&front, *part), &report.file, "a part of the report");
            }
        }
        for name in export::names() {
            routed.taken.reserve(data(&front, name), &report.file, "the year's data");
        }
        for priority in &report.priorities {
            routed.taken.take(below(&front, "priorities", priority.id.as_str()), Location::whole(&report.file));
        }
        for document in &report.documents {
            if let Some(address) = super::media(&document.file) {
                routed.taken.take(address, Location::whole(&document.file));
            }
        }
        for image in &report.media {
            if let Some(address) = super::media(image) {
                routed.taken.take(address, Location::whole(image));
            }
        }
        for sent in report.submissions().filter(|sent| is_built(sent.status, options)) {
            let address = below(&front, sent.kind.folder(), &sent.id);
            routed.aliases.extend(PageAlias::from_file(&sent.file, &sent.aliases, &address));
            routed.pages.insert(sent.file.clone(), address.clone());
            routed.taken.take(address, Location::whole(&sent.file));
        }
        for page in report.pages.iter().filter(|page| has_page(page)) {
            let address = page_below(&front, page);
            if routed.taken.take(address.clone(), Location::whole(&page.file)) {
                routed.aliases.extend(PageAlias::from_file(&page.file, &page.aliases, &address));
                routed.pages.insert(page.file.clone(), address);
            }
        }
        let has_address = |entry: &ContentsEntry| match entry {
            ContentsEntry::Page(index) => routed.pages.contains_key(&report.pages[*index].file),
            ContentsEntry::Part(_) => true,
        };
        routed.contents = contents.into_iter().filter(has_address).collect();
        let parts: Vec<_> = routed.contents.iter().filter_map(|entry| entry.part().map(Part::name)).collect();
        let priorities: Vec<_> = report.priorities.iter().map(|priority| priority.id.as_str()).collect();
        let formerly: Vec<_> = report.submitters().map(|party| party.earlier_id()).collect();
        routed.fingerprint = hash128(&(&routed.pages, parts, priorities, formerly));
        routed
    }
}

/// The address of a page below a folder.
pub(super) fn page_below(folder: &Address, page: &Page) -> Address {
    let name = slug(&page.id);
    folder.join(&format!("{}/", if name.is_empty() { "page" } else { &name }))
}

impl YearRoutes {
    /// The routes of the report at an index in [`crate::model::Archive::reports`].
    pub(super) fn new(index: usize, report: &Report, routed: Arc<YearAddresses>) -> Self {
        Self { report: index, front: Address::new(&format!("{}/", report.year)), routed }
    }

    /// The report's contents, in order.
    #[must_use]
    pub(crate) fn contents(&self) -> &[ContentsEntry] {
        &self.routed.contents
    }

    /// The hash of everything by which pages of other years find the same page here.
    #[must_use]
    pub(crate) fn fingerprint(&self) -> Digest {
        self.routed.fingerprint
    }

    pub(super) fn routed(&self) -> &YearAddresses {
        &self.routed
    }

    /// The name of the year's folder.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        self.front.as_str().trim_end_matches('/')
    }

    /// A part's page, if the part has content.
    #[must_use]
    pub(crate) fn part(&self, part: Part) -> Option<Address> {
        self.contents().contains(&ContentsEntry::Part(part)).then(|| part_page(&self.front, part))
    }

    /// The page with the full report.
    #[must_use]
    pub(crate) fn print(&self) -> Address {
        print(&self.front)
    }

    /// The style sheet that prints the report's title at the top of every page.
    #[must_use]
    pub(crate) fn running_head(&self) -> Address {
        running_head(&self.front)
    }

    /// The picture that is shown with links to the year's pages.
    #[must_use]
    pub(crate) fn share_image(&self) -> Address {
        share_image(&self.front)
    }

    /// A priority's page.
    #[must_use]
    pub(crate) fn priority(&self, id: &str) -> Address {
        below(&self.front, "priorities", id)
    }

    /// The page of a board's or agency's submission.
    #[must_use]
    pub(crate) fn submission(&self, kind: SubmitterKind, id: &str) -> Address {
        below(&self.front, kind.folder(), id)
    }

    /// A file of the year's data.
    #[must_use]
    pub(crate) fn data(&self, name: &str) -> Address {
        data(&self.front, name)
    }
}

fn data(front: &Address, name: &str) -> Address {
    front.join(&format!("data/{name}"))
}

fn part_page(front: &Address, part: Part) -> Address {
    front.join(&format!("{}/", part.name()))
}

fn print(front: &Address) -> Address {
    front.join("print/")
}

fn share_image(front: &Address) -> Address {
    front.join(super::SHARE_IMAGE)
}

fn running_head(front: &Address) -> Address {
    front.join("head.css")
}

/// A page in one of the year's folders.
fn below(front: &Address, folder: &str, id: &str) -> Address {
    front.join(&[folder, "/", id, "/"].concat())
}

/// The pages and parts of a report in order: first those listed in `contents`, then the others.
fn contents_of(
    report: &Report,
    has_page: impl Fn(&Page) -> bool,
    has_part: impl Fn(Part) -> bool,
) -> Vec<ContentsEntry> {
    let pages =
        report.pages.iter().enumerate().filter(|(_, page)| has_page(page)).map(|(index, _)| ContentsEntry::Page(index));
    let parts = Part::ALL.iter().copied().filter(|part| has_part(*part)).map(ContentsEntry::Part);
    let mut left: Vec<ContentsEntry> = pages.chain(parts).collect();
    let name = |entry: &ContentsEntry| match entry {
        ContentsEntry::Page(index) => report.pages[*index].id.as_str(),
        ContentsEntry::Part(part) => part.name(),
    };
    let mut ordered = Vec::with_capacity(left.len());
    for wanted in &report.contents {
        if let Some(at) = left.iter().position(|entry| name(entry) == wanted.value) {
            ordered.push(left.remove(at));
        }
    }
    ordered.append(&mut left);
    ordered
}
