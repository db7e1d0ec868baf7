//! The list of pages, in reading order.

use crate::locale::Locale;
use crate::model::members::Submitter;
use crate::model::{Archive, Part, Report, SubmitterKind};
use crate::render::route::{self, Address, ContentsEntry, Routes, YearRoutes};
use crate::render::view::shared::LinkView;

/// The kind of a page.
pub(crate) trait PageKind: Copy + Send + Sync {
    /// Whether search engines and the A to Z should list the page.
    fn is_listed(self) -> bool;
}

/// The kinds of pages of the site itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum SitePage {
    /// The front page.
    Index,
    /// A page of text, by its index.
    Narrative(usize),
    /// Figures and commitments over the years.
    Trends,
    /// The site's own documents.
    Documents,
    /// The glossary.
    Glossary,
    /// The contacts.
    Contacts,
    /// The search, and the A to Z of everything.
    Search,
    /// The page shown for an unknown address.
    NotFound,
}

impl PageKind for SitePage {
    fn is_listed(self) -> bool {
        !matches!(self, Self::Search | Self::NotFound)
    }
}

/// The kinds of pages of a year.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum YearPage {
    /// The report's front page.
    Index,
    /// A page of text, by its index.
    Narrative(usize),
    /// A part of the report.
    Part(Part),
    /// A board's or agency's submission, by its index.
    Submission(SubmitterKind, usize),
    /// A priority, by its index.
    Priority(usize),
    /// The report as one document.
    Print,
}

impl PageKind for YearPage {
    fn is_listed(self) -> bool {
        self != Self::Print
    }
}

/// A page to be rendered.
pub(crate) struct PlannedPage<K> {
    pub address: Address,
    /// The kind of page.
    pub kind: K,
    pub title: String,
    /// The entry of the contents that it is or belongs to: the part, if it is one, and its address.
    pub current: Option<(Option<Part>, Address)>,
}

impl<K> PlannedPage<K> {
    /// A link to the page.
    #[must_use]
    pub(crate) fn link(&self) -> LinkView {
        LinkView::new(&self.title, &self.address)
    }

    /// The part of the report that the page belongs to.
    #[must_use]
    pub(crate) fn above(&self) -> Option<(Part, &Address)> {
        let (part, entry) = self.current.as_ref().filter(|(_, entry)| *entry != self.address)?;
        Some(((*part)?, entry))
    }

    /// The path from the page to the site's root. The page for unknown addresses is shown at any address, so its links
    /// begin at the root of `base_url`.
    #[must_use]
    pub(crate) fn root(&self, base_url: &str) -> String {
        if self.is_not_found() { format!("{}/", path_of(base_url)) } else { self.address.root() }
    }

    /// Whether the page exists in every language.
    #[must_use]
    pub(crate) fn is_in_all_languages(&self) -> bool {
        !self.is_not_found()
    }

    fn is_not_found(&self) -> bool {
        self.address.as_str() == route::NOT_FOUND
    }
}

/// The path of a URL, without a `/` at the end.
fn path_of(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or("", |slash| rest[slash..].trim_end_matches('/'))
}

/// The pages of the site itself.
#[must_use]
pub(crate) fn of_site(archive: &Archive, routes: &Routes, words: &Locale) -> Vec<PlannedPage<SitePage>> {
    let page = |address: Address, kind: SitePage, title: &str| PlannedPage {
        address,
        kind,
        title: title.to_owned(),
        current: None,
    };
    let mut pages = vec![page(Address::home(), SitePage::Index, &archive.site.title)];
    for (index, written) in archive.pages.iter().enumerate() {
        if let Some(address) = routes.page_of(&written.file) {
            pages.push(page(address.clone(), SitePage::Narrative(index), &written.title));
        }
    }
    if !routes.trends.is_empty() {
        pages.push(page(route::trends(), SitePage::Trends, words.text("trends")));
    }
    if routes.has_documents {
        pages.push(page(route::documents(), SitePage::Documents, words.text("documents")));
    }
    if routes.has_glossary {
        pages.push(page(route::glossary(), SitePage::Glossary, words.text("glossary")));
    }
    if routes.has_contacts {
        pages.push(page(route::contacts(), SitePage::Contacts, words.text("contacts")));
    }
    pages.push(page(route::search(), SitePage::Search, words.text("search")));
    pages.push(page(route::not_found(), SitePage::NotFound, words.text("not_found_title")));
    pages
}

/// The pages of a year.
#[must_use]
pub(crate) fn of_year(
    report: &Report,
    routes: &Routes,
    year: &YearRoutes,
    words: &Locale,
) -> Vec<PlannedPage<YearPage>> {
    let mut pages = Vec::new();
    let mut add = |address: Address, kind: YearPage, title: &str, current: Option<(Option<Part>, &Address)>| {
        let current = current.map(|(part, entry)| (part, entry.clone()));
        pages.push(PlannedPage { address, kind, title: title.to_owned(), current });
    };
    add(year.front.clone(), YearPage::Index, &report.title, None);
    for entry in year.contents() {
        match *entry {
            ContentsEntry::Page(at) => {
                let page = &report.pages[at];
                if let Some(address) = routes.page_of(&page.file) {
                    add(address.clone(), YearPage::Narrative(at), &page.title, Some((None, address)));
                }
            }
            ContentsEntry::Part(part) => {
                let Some(address) = year.part(part) else { continue };
                let current = Some((Some(part), &address));
                add(address.clone(), YearPage::Part(part), words.text(part.name()), current);
                for page in below(part, report, routes, year) {
                    add(page.address, page.kind, page.title, current);
                }
            }
        }
    }
    add(year.print(), YearPage::Print, &report.title, None);
    pages
}

/// A page below the page of a part.
pub(crate) struct PageBelow<'a> {
    pub address: Address,
    /// The kind of page.
    pub kind: YearPage,
    /// Its name in the contents of the report.
    pub name: &'a str,
    pub title: &'a str,
}

/// The pages below a part: one for each submission that is built, or for each priority.
#[must_use]
pub(crate) fn below<'a>(part: Part, report: &'a Report, routes: &Routes, year: &YearRoutes) -> Vec<PageBelow<'a>> {
    match part {
        Part::Boards => submissions(SubmitterKind::Board, report, routes),
        Part::Agencies => submissions(SubmitterKind::Agency, report, routes),
        Part::Priorities => {
            let priorities = report.priorities.iter().enumerate().map(|(at, priority)| PageBelow {
                address: year.priority(priority.id.as_str()),
                kind: YearPage::Priority(at),
                name: &priority.name,
                title: &priority.name,
            });
            priorities.collect()
        }
        _ => Vec::new(),
    }
}

/// The pages of the boards' or the agencies' submissions.
fn submissions<'a>(kind: SubmitterKind, report: &'a Report, routes: &Routes) -> Vec<PageBelow<'a>> {
    let page = |(at, submitter): (usize, Submitter<'a>)| {
        let sent = submitter.submission?;
        let address = routes.page_of(&sent.file)?.clone();
        Some(PageBelow { address, kind: YearPage::Submission(kind, at), name: submitter.name, title: &sent.title })
    };
    report.submitters_of(kind).enumerate().filter_map(page).collect()
}
