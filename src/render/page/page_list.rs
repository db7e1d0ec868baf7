//! Which pages there are, in reading order.

use super::SiteContext;
use crate::model::Part;
use crate::model::SubmitterKind;
use crate::render::route::{self, Address, YearRoutes};
use crate::render::search::IndexEntry;
use crate::render::view::shared::LinkView;

/// What a page is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PageKind {
    /// The site's front page.
    Home,
    /// A report's front page.
    Front,
    /// A page of a report, by its index.
    Narrative(usize),
    /// A page of the site, by its index.
    SitePage(usize),
    /// The boards, or the agencies.
    Members(SubmitterKind),
    /// What a board or an agency sent, by its index among them.
    Submission(SubmitterKind, usize),
    /// Any other part of a report.
    Part(Part),
    /// A priority, by its index.
    Priority(usize),
    /// The report as one document.
    Print,
    /// The terms from A to Z.
    Glossary,
    /// Whom to turn to.
    Contacts,
    /// What became of figures and commitments over the years.
    Trends,
    /// Everything from A to Z, and the search.
    Search,
    /// What stands where there is no page.
    NotFound,
}

/// A page that will be made.
pub struct PlannedPage {
    /// Where it stands.
    pub address: Address,
    /// What it is about.
    pub(super) subject: PageKind,
    /// Its title.
    pub title: String,
    /// The entry of the contents that it is or belongs to: its part, where it is one, and its address.
    pub(super) current: Option<(Option<Part>, Address)>,
}

impl PlannedPage {
    /// A link to the page.
    pub(super) fn link(&self) -> LinkView {
        LinkView::new(&self.title, &self.address)
    }

    /// The part of the report that the page lies below.
    pub(super) fn above(&self) -> Option<(Part, &Address)> {
        let (part, entry) = self.current.as_ref().filter(|(_, entry)| *entry != self.address)?;
        Some(((*part)?, entry))
    }

    /// Whether search engines should know of the page.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        !matches!(self.subject, PageKind::NotFound | PageKind::Print | PageKind::Search)
    }

    /// What the search knows of the page when it is finished.
    #[must_use]
    pub fn searched(&self, html: &[u8]) -> Option<IndexEntry> {
        match self.subject {
            PageKind::NotFound | PageKind::Print | PageKind::Search => None,
            // What these say stands on other pages too, and would be found twice.
            PageKind::Home
            | PageKind::Front
            | PageKind::Members(_)
            | PageKind::Trends
            | PageKind::Part(Part::Commitments | Part::Priorities) => {
                Some(IndexEntry::titled(&self.title, &self.address))
            }
            _ => Some(IndexEntry::new(&self.title, &self.address, std::str::from_utf8(html).unwrap_or_default())),
        }
    }
}

/// The pages of the site itself.
#[must_use]
pub fn of_site(edition: &SiteContext<'_>) -> Vec<PlannedPage> {
    let page = |address: Address, subject: PageKind, title: &str| PlannedPage {
        address,
        subject,
        title: title.to_owned(),
        current: None,
    };
    let (words, routes) = (edition.words, edition.routes);
    let mut pages = vec![page(Address::home(), PageKind::Home, &edition.archive.site.title)];
    for (index, written) in edition.archive.pages.iter().enumerate() {
        if let Some(address) = routes.page_of(&written.file) {
            pages.push(page(address.clone(), PageKind::SitePage(index), &written.title));
        }
    }
    if !routes.trends.is_empty() {
        pages.push(page(route::trends(), PageKind::Trends, words.text("trends")));
    }
    if routes.has_glossary {
        pages.push(page(route::glossary(), PageKind::Glossary, words.text("glossary")));
    }
    if routes.has_contacts {
        pages.push(page(route::contacts(), PageKind::Contacts, words.text("contacts")));
    }
    pages.push(page(route::search(), PageKind::Search, words.text("search")));
    pages.push(page(Address::new("404.html"), PageKind::NotFound, words.text("not_found_title")));
    pages
}

/// The pages of a year.
#[must_use]
pub fn of_year(edition: &SiteContext<'_>, routes: &YearRoutes) -> Vec<PlannedPage> {
    let report = edition.report(routes);
    let mut pages = Vec::new();
    let mut add = |address: Address, subject: PageKind, title: &str, current: Option<(Option<Part>, &Address)>| {
        let current = current.map(|(part, entry)| (part, entry.clone()));
        pages.push(PlannedPage { address, subject, title: title.to_owned(), current });
    };
    add(routes.front.clone(), PageKind::Front, &report.title, None);
    for entry in routes.contents() {
        let part = match entry {
            route::ContentsEntry::Page(at) => {
                let page = &report.pages[*at];
                if let Some(address) = edition.routes.page_of(&page.file) {
                    add(address.clone(), PageKind::Narrative(*at), &page.title, Some((None, address)));
                }
                continue;
            }
            route::ContentsEntry::Part(part) => *part,
        };
        let Some(address) = routes.part(part) else { continue };
        let current = Some((Some(part), &address));
        let subject = match part {
            Part::Boards => PageKind::Members(SubmitterKind::Board),
            Part::Agencies => PageKind::Members(SubmitterKind::Agency),
            _ => PageKind::Part(part),
        };
        add(address.clone(), subject, edition.words.text(part.name()), current);
        match part {
            Part::Boards => {
                for (at, board) in report.boards.iter().enumerate() {
                    if let Some(sent) = board.submission.as_ref().filter(|sent| edition.is_built(sent)) {
                        let page = routes.submission(SubmitterKind::Board, &sent.id);
                        add(page, PageKind::Submission(SubmitterKind::Board, at), &sent.title, current);
                    }
                }
            }
            Part::Agencies => {
                for (at, agency) in report.agencies.iter().enumerate() {
                    if let Some(sent) = agency.submission.as_ref().filter(|sent| edition.is_built(sent)) {
                        let page = routes.submission(SubmitterKind::Agency, &sent.id);
                        add(page, PageKind::Submission(SubmitterKind::Agency, at), &sent.title, current);
                    }
                }
            }
            Part::Priorities => {
                for (at, priority) in report.priorities.iter().enumerate() {
                    add(routes.priority(priority.id.as_str()), PageKind::Priority(at), &priority.name, current);
                }
            }
            _ => {}
        }
    }
    add(routes.print(), PageKind::Print, &report.title, None);
    pages
}
