//! Resolves links inside the site: to content files by relative path or from the content root, to headings by fragment,
//! to images and tables, and to generated pages.
//!
//! This is part of the model and not of the rules, because pages resolve their links here too.

mod index;
mod path;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

pub(crate) use self::index::LinkIndex;
use self::index::{PageAnchors, PageState};
pub(crate) use self::path::linked_file;
pub(crate) use self::path::relative_path;
use self::path::{percent_decode_text, resolve_path};
use super::site_picture::SitePicture;
use super::{Archive, Report, SubmitterKind, Year, glossary};
use crate::diagnostic::RelPath;
use crate::options::Options;
use crate::source::SourceTree;
use crate::source::digest::{Digest, hash128};
use crate::source::markdown::LinkedText;
use crate::source::markdown::link_target::{LinkKind, destination};
use crate::source::picture::is_picture;
use crate::source::published_document::{DocumentFacts, DocumentFormat, is_in_documents};
use crate::source::spelling::StoredSpellings;

/// Everything that links can lead to, year by year.
#[derive(Debug)]
pub(crate) struct LinkIndexes {
    /// Whether the site has a page of trends across the years.
    has_trends: bool,
    /// The site's own pages.
    own: LinkIndex,
    /// The targets in each year, by the year's name.
    years: HashMap<String, Arc<LinkIndex>>,
}

impl LinkIndexes {
    /// The link targets of a site that is built as `options` say, given those of each of its reports. `has_trends` says
    /// whether there is a page of trends.
    #[must_use]
    pub(crate) fn new(
        archive: &Archive,
        options: &Options,
        has_trends: bool,
        of_years: impl IntoIterator<Item = Arc<LinkIndex>>,
    ) -> Self {
        let years = archive.reports().map(|report| report.year.to_string()).zip(of_years).collect();
        Self { has_trends, own: LinkIndex::of_site(archive, options), years }
    }
}

/// Finds what links lead to.
#[derive(Debug)]
pub(crate) struct LinkResolver<'a> {
    archive: &'a Archive,
    tree: &'a SourceTree,
    targets: &'a LinkIndexes,
    /// How the names of files are stored.
    spellings: StoredSpellings<'a>,
    /// The hash of all targets outside the years.
    shared: Digest,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkTarget<'a> {
    /// A page written by a person: its file, and the id of a heading on it.
    Page(&'a RelPath, Option<&'a str>),
    /// An image, a table or a document, by its file.
    File(&'a RelPath),
    /// A generated page, by its address from the site's root: `2019-20/attendance/`.
    Address(String),
    /// A fragment in the prose of a YAML file. Which page will show the prose is not known here.
    Here(String),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkError<'a> {
    /// There is no such file, or it has no page.
    NoFile(RelPath),
    /// The page has no such heading.
    NoFragment(&'a RelPath, String),
    /// It is a draft, and drafts are not built.
    Draft(&'a RelPath),
    /// Its year is under embargo and not built.
    Embargoed(&'a RelPath),
    /// Its year is in preparation and not built.
    Preparing(&'a RelPath),
    /// There is no generated page at this address.
    NoAddress(String),
    /// The link has no target.
    Empty,
    /// The target exists but could not be read, which is reported elsewhere.
    Unknown,
}

impl<'a> LinkError<'a> {
    /// Why links cannot lead to a page or file in this state; `None` if it is built.
    fn of_state(state: PageState, file: &'a RelPath) -> Option<Self> {
        match state {
            PageState::Built => None,
            PageState::Draft => Some(Self::Draft(file)),
            PageState::Embargoed => Some(Self::Embargoed(file)),
            PageState::Preparing => Some(Self::Preparing(file)),
            PageState::Unknown => Some(Self::Unknown),
        }
    }
}

impl<'a> LinkResolver<'a> {
    /// A resolver of the links of a site.
    #[must_use]
    pub(crate) fn new(archive: &'a Archive, tree: &'a SourceTree, targets: &'a LinkIndexes) -> Self {
        let spellings = StoredSpellings::new(tree.files.keys().chain(&tree.unreadable));
        let mut resolver = Self { archive, tree, targets, spellings, shared: 0 };
        let has = (!archive.glossary.terms.is_empty(), !archive.site.contacts.is_empty(), targets.has_trends);
        let unreadable: Vec<&RelPath> = resolver.unreadable_files().collect();
        resolver.shared = hash128(&(targets.own.hash, has, unreadable));
        resolver
    }

    /// The hash of every target that this report's links could resolve to, including missing ones.
    #[must_use]
    pub(crate) fn hash_for(&self, report: &Report) -> Digest {
        let own = self.index_for(report.file.as_str());
        let hash_of = |name: &String| self.targets.years.get(name).map(|index| index.hash);
        let linked: Vec<Option<Digest>> = own.linked_folders.iter().map(hash_of).collect();
        hash128(&(self.shared, own.hash, linked))
    }

    /// Files that could not be read, and files in folders that are not a year of the site.
    fn unreadable_files(&self) -> impl Iterator<Item = &'a RelPath> {
        let strange = self.tree.folders("content").filter(|(_, name)| !self.targets.years.contains_key(*name));
        strange
            .flat_map(|(folder, _)| self.tree.files_under(folder))
            .map(|(file, ..)| file)
            .chain(&self.tree.unreadable)
    }

    /// The link targets in the folder of a file: those of its year, or the site's own.
    fn index_for(&self, file: &str) -> &LinkIndex {
        let folder = file.strip_prefix("content/").and_then(|below| below.split('/').next());
        folder.and_then(|folder| self.targets.years.get(folder)).map_or(&self.targets.own, Arc::as_ref)
    }

    /// A page written by a person, with its file.
    fn page(&self, file: &str) -> Option<(&RelPath, &PageAnchors)> {
        self.index_for(file).pages.get_key_value(file)
    }

    /// Whether the text of a file is built: a page as it is itself, any other file as its year is.
    fn state_of(&self, file: &RelPath) -> PageState {
        let of_year = || self.index_for(file.as_str()).held.unwrap_or(PageState::Built);
        self.page(file.as_str()).map_or_else(of_year, |(_, page)| page.state)
    }

    /// An image or a table.
    fn file(&self, file: &str) -> Option<&RelPath> {
        let of_lost_year = || is_table(file).then(|| self.tree.files.get_key_value(file)).flatten();
        self.index_for(file).files.get(file).or_else(|| of_lost_year().map(|(path, _)| path))
    }

    /// Whether annal generates a page at this address. Only pages that are really built count, so a link to a part that
    /// a year does not have is broken.
    /// A text that is not built may link to the pages of a year that is held back in the same way.
    fn is_generated_page(&self, parts: &[&str], from: PageState) -> bool {
        let is_reached = |index: &&Arc<LinkIndex>| index.held.is_none_or(|held| held == from);
        let built = |year: &str| self.targets.years.get(year).filter(is_reached);
        match parts {
            [] | ["search"] => true,
            ["glossary"] => !self.archive.glossary.terms.is_empty(),
            ["contacts"] => !self.archive.site.contacts.is_empty(),
            ["documents"] => self.targets.own.documents.values().any(|document| document.state == PageState::Built),
            ["trends"] => self.targets.has_trends,
            [year] | [year, "print"] => built(year).is_some(),
            [year, part] => built(year).is_some_and(|index| index.parts.iter().any(|known| known.name() == *part)),
            _ => false,
        }
    }

    /// Resolves `target` as written in the file `from`.
    ///
    /// # Errors
    ///
    /// If the link is broken.
    pub(crate) fn link(&self, from: &RelPath, target: &str) -> Result<LinkTarget<'_>, LinkError<'_>> {
        let (path, fragment) = target.split_once('#').map_or((target, None), |(path, id)| (path, Some(id)));
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() && fragment.is_none() {
            return Err(LinkError::Empty);
        }
        let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(percent_decode_text);
        if let Some(address) = path.strip_prefix('/') {
            let file = self.spellings.as_stored(linked_file(from, path));
            if self.document(&file).is_some() {
                return self.document_link(&file, from);
            }
            return self.address(address, fragment.as_deref(), self.state_of(from));
        }
        let file = if path.is_empty() { from.clone() } else { self.spellings.as_stored(resolve_path(from, path)) };
        if path.is_empty() && self.page(from.as_str()).is_none() {
            return Ok(LinkTarget::Here(fragment.unwrap_or_default()));
        }
        if self.document(&file).is_some() {
            return self.document_link(&file, from);
        }
        if let Some(file) = self.file(file.as_str()) {
            return self.held_back(file, from).map_or(Ok(LinkTarget::File(file)), Err);
        }
        let Some((path, page)) = self.page(file.as_str()) else {
            return Err(if self.is_unknown(&file) { LinkError::Unknown } else { LinkError::NoFile(file) });
        };
        let is_reached = page.state.is_reached_from(self.state_of(from));
        if let Some(error) = LinkError::of_state(page.state, path).filter(|_| !is_reached) {
            return Err(error);
        }
        let Some(fragment) = fragment else { return Ok(LinkTarget::Page(path, None)) };
        match page.fragment(&fragment) {
            Some(id) => Ok(LinkTarget::Page(path, Some(id))),
            None => Err(LinkError::NoFragment(path, fragment)),
        }
    }

    /// What a document is that links can lead to.
    #[must_use]
    pub(crate) fn document(&self, file: &RelPath) -> Option<&DocumentFacts> {
        self.index_for(file.as_str()).documents.get(file).map(|document| &document.facts)
    }

    /// A link in the file `from` to a document. A document that is held back can only be reached from what is held back
    /// too.
    fn document_link(&self, file: &RelPath, from: &RelPath) -> Result<LinkTarget<'_>, LinkError<'_>> {
        let found = self.index_for(file.as_str()).documents.get_key_value(file);
        let Some((file, document)) = found else { return Err(LinkError::NoFile(file.clone())) };
        let error =
            LinkError::of_state(document.state, file).filter(|_| !document.state.is_reached_from(self.state_of(from)));
        error.map_or(Ok(LinkTarget::File(file)), Err)
    }

    /// Resolves the image `target` as written in the file `from`.
    ///
    /// # Errors
    ///
    /// If there is no such image.
    pub(crate) fn image(&self, from: &RelPath, target: &str) -> Result<&RelPath, LinkError<'_>> {
        let path = target.split(['#', '?']).next().unwrap_or_default();
        if path.is_empty() {
            return Err(LinkError::Empty);
        }
        // An image's address in the built site is its path below `content/`.
        let file = self.spellings.as_stored(linked_file(from, path));
        match self.file(file.as_str()) {
            Some(image) if image.as_str().contains("/media/") => self.held_back(image, from).map_or(Ok(image), Err),
            _ if self.tree.unreadable.contains(&file) || self.is_left_out(&file) => Err(LinkError::Unknown),
            _ => Err(LinkError::NoFile(file)),
        }
    }

    /// Why a link in the file `from` cannot lead to an image or table: its year is not built. A text of a year that is held
    /// back in the same way may show it.
    fn held_back<'f>(&self, file: &'f RelPath, from: &RelPath) -> Option<LinkError<'f>> {
        let held =
            self.index_for(file.as_str()).held.filter(|held| self.index_for(from.as_str()).held != Some(*held))?;
        LinkError::of_state(held, file)
    }

    /// An image as it is shown.
    #[must_use]
    pub(crate) fn picture(&self, image: &RelPath) -> SitePicture {
        SitePicture::new(self.tree, image)
    }

    /// The images and tables that a text shows or links to.
    fn files_in<'t>(&'t self, text: &'t LinkedText) -> impl Iterator<Item = &'t RelPath> {
        let inside = text.links.iter().filter(|link| destination(&link.target) == LinkKind::Inside);
        inside.filter_map(|link| match self.link(&text.file, &link.target) {
            Ok(LinkTarget::File(file)) => Some(file),
            _ => self.image(&text.file, &link.target).ok(),
        })
    }

    /// The images that those of some texts show that are built.
    #[must_use]
    pub(crate) fn shown_in<'t>(&self, texts: impl Iterator<Item = &'t LinkedText>) -> BTreeSet<RelPath> {
        // Text that belongs to no page is in one of the year's own files, and those are built.
        let is_built =
            |text: &&LinkedText| self.page(text.file.as_str()).is_none_or(|(_, page)| page.state == PageState::Built);
        let files = texts.filter(is_built).flat_map(|text| self.files_in(text));
        files.filter(|file| file.as_str().contains("/media/")).cloned().collect()
    }

    /// Whether a picture exists but is not published, for a reason that is reported at the file.
    fn is_left_out(&self, file: &RelPath) -> bool {
        let is_in_media = matches!(file.as_str().split('/').collect::<Vec<_>>()[..], ["content", _, "media", ..]);
        is_in_media && is_picture(file) && self.tree.files.contains_key(file)
    }

    /// Whether a file in `documents/`, or in a year's `media/`, exists but annal does not use it, which is reported at the
    /// file.
    #[must_use]
    pub(crate) fn is_unused(&self, file: &RelPath) -> bool {
        let is_in_media = matches!(file.as_str().split('/').collect::<Vec<_>>()[..], ["content", _, "media", ..]);
        let is_unused = (is_in_media && !is_picture(file))
            || (is_in_documents(file) && DocumentFormat::of_ending(file.extension()).is_none());
        is_unused && self.tree.files.contains_key(file)
    }

    /// Whether a file exists but has no page, for a reason that is reported at the file or in `report.yaml`.
    fn is_unknown(&self, file: &RelPath) -> bool {
        let parts: Vec<&str> = file.as_str().split('/').collect();
        let is_page = match parts[..] {
            ["content", "pages", _] | ["content", _, "pages" | "boards" | "agencies", _] => file.extension() == "md",
            _ => false,
        };
        let is_known = DocumentFormat::of_ending(file.extension()).is_some();
        let is_bad_document = is_known && is_in_documents(file) && self.tree.files.contains_key(file);
        self.tree.unreadable.contains(file)
            || self.is_left_out(file)
            || is_bad_document
            || (is_page && self.tree.files.contains_key(file))
    }

    /// Whether the page at an address may be missing only because something could not be read, which is reported.
    fn is_lost(&self, parts: &[&str]) -> bool {
        let was_given = |file: &str| self.tree.unreadable.contains(file) || self.tree.files.contains_key(file);
        let of_year = |name: &str| {
            let year = Year::parse(name);
            let found =
                year.and_then(|year| self.archive.reports.binary_search_by(|report| report.year.cmp(&year)).ok());
            match found {
                Some(at) => !self.archive.reports[at].unreadable.is_empty(),
                None => self.tree.files_under(&format!("content/{name}")).next().is_some(),
            }
        };
        match parts {
            ["glossary"] => was_given(glossary::FILE),
            ["contacts"] => self.archive.site.title.is_empty(),
            [one] => self.tree.unreadable.contains(format!("content/pages/{one}.md").as_str()) || of_year(one),
            [year, ..] => of_year(year),
            [] => false,
        }
    }

    /// Resolves an address in the built site, given from its root by a text in this state.
    fn address(&self, address: &str, fragment: Option<&str>, from: PageState) -> Result<LinkTarget<'_>, LinkError<'_>> {
        let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
        let is_there = |state: PageState| state == PageState::Unknown || state.is_reached_from(from);
        let has = |file: String| self.page(&file).filter(|(_, page)| is_there(page.state));
        let page = match parts[..] {
            [page] => has(format!("content/pages/{page}.md")),
            [year, page] => has(format!("content/{year}/pages/{page}.md")),
            [year, folder, id]
                if [SubmitterKind::Board, SubmitterKind::Agency].iter().any(|kind| kind.folder() == folder) =>
            {
                has(format!("content/{year}/{folder}/{id}.md"))
            }
            _ => None,
        };
        let is_of_doubtful_year =
            || self.targets.years.get(*parts.first()?).filter(|index| index.held == Some(PageState::Unknown));
        if page.is_some_and(|(_, page)| page.state == PageState::Unknown) || is_of_doubtful_year().is_some() {
            return Err(LinkError::Unknown);
        }
        if let Some((path, page)) = page {
            let Some(fragment) = fragment else { return Ok(LinkTarget::Page(path, None)) };
            let id = page.fragment(fragment).ok_or_else(|| LinkError::NoFragment(path, fragment.to_owned()))?;
            return Ok(LinkTarget::Page(path, Some(id)));
        }
        if !self.is_generated_page(&parts, from) {
            let no_address = || LinkError::NoAddress(format!("/{address}"));
            return Err(if self.is_lost(&parts) { LinkError::Unknown } else { no_address() });
        }
        let mut found: String = parts.iter().flat_map(|part| [*part, "/"]).collect();
        if let Some(fragment) = fragment {
            found.push('#');
            found.push_str(fragment);
        }
        Ok(LinkTarget::Address(found))
    }

    /// The file that a link to the missing `file` most likely meant: one of the same name in another folder, or one of
    /// a similar name in the same folder. Files of another year are never suggested.
    #[must_use]
    pub(crate) fn nearest(&self, file: &RelPath) -> Option<&str> {
        let indexes =
            || self.archive.reports().map(|report| self.index_for(report.file.as_str())).chain([&self.targets.own]);
        let pages = || indexes().flat_map(|index| index.pages.keys());
        let known = || {
            pages()
                .chain(indexes().flat_map(|index| index.files.iter().chain(index.documents.keys())))
                .map(RelPath::as_str)
        };
        let top = |path: &str| path.split('/').nth(1).map(str::to_owned);
        let meant = top(file.as_str()).filter(|top| Year::parse(top).is_some());
        let is_of_another_year = |other: &str| {
            meant.is_some() && top(other).is_some_and(|top| Year::parse(&top).is_some() && Some(top) != meant)
        };
        let known = || known().filter(|other| !is_of_another_year(other));
        let named = |other: &str| other.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case(file.name()));
        let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).len();
        let shared = |other: &str| other.bytes().zip(file.as_str().bytes()).take_while(|(a, b)| a == b).count();
        if let Some(moved) = known().filter(|other| named(other)).max_by_key(|other| shared(other)) {
            return Some(moved);
        }
        let beside = &file.as_str()[..folder(file.as_str())];
        let siblings: Vec<(&str, &str)> = known()
            .filter(|other| &other[..folder(other)] == beside)
            .map(|other| (other.rsplit('/').next().unwrap_or_default(), other))
            .collect();
        let name = crate::diagnostic::suggest::nearest(file.name(), siblings.iter().map(|(name, _)| *name))?;
        siblings.iter().find(|(other, _)| *other == name).map(|(_, file)| *file)
    }

    /// The fragments of a page's headings, in order.
    pub(crate) fn fragments_of(&self, file: &RelPath) -> impl Iterator<Item = &str> {
        let page = self.page(file.as_str());
        page.into_iter().flat_map(|(_, page)| page.headings.iter()).map(String::as_str)
    }
}

/// Whether a path is that of a year's table.
fn is_table(file: &str) -> bool {
    matches!(file.split('/').collect::<Vec<_>>()[..], ["content", _, "data", _])
}
