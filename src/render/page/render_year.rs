//! The pages of one year, or of the site itself: planned, composed and rendered, with the files that stand beside them.

use std::sync::Arc;

use rayon::prelude::*;

use super::chrome::PageChrome;
use super::page_list::{self, PlannedPage};
use super::renderer::PageRenderer;
use super::year_index::YearIndex;
use super::{SiteContext, YearContext, shared};
use crate::diagnostic::RelPath;
use crate::render::route::{self, Address};
use crate::render::theme::{self, RenderError, Theme};
use crate::render::{export, feed, search};
use crate::source::digest::Digest;

/// What was made of a year, or of the site itself, as it is remembered.
#[derive(Debug)]
pub struct RenderedYear {
    /// The pages and the files beside them, in the order of their paths from the site's root.
    pub files: Vec<(RelPath, Arc<[u8]>)>,
    /// The pages, in the order of their addresses.
    pub pages: Vec<RenderedPage>,
    /// The hash of what a list of all pages shows of them.
    pub listing: Digest,
    /// The entries of the pages in the map of the site, those below one folder together, with the first address.
    pub sitemap: Vec<(Address, String)>,
}

/// A page that was made.
#[derive(Debug)]
pub struct RenderedPage {
    /// Where it stands.
    pub address: Address,
    /// Its title.
    pub title: String,
    /// Whether search engines should know of it.
    is_listed: bool,
}

/// What came of making a year, or the site itself: also of one of which some pages could not be rendered.
pub struct YearOutcome {
    /// What was made.
    pub made: Arc<RenderedYear>,
    /// The pages that could not be.
    pub failures: Vec<(Address, RenderError)>,
}

/// Makes the year with an index in [`route::Routes::years`].
#[must_use]
pub fn make(edition: &SiteContext<'_>, theme: &Theme, index: usize) -> YearOutcome {
    let routes = &edition.routes.years[index];
    let report = edition.report(routes);
    let lookup = YearIndex::new(edition, report);
    let volume = YearContext::new(edition, &lookup, index);
    let year = theme::value_of(&shared::year(&volume));
    let plan = page_list::of_year(edition, routes);
    let all: Vec<usize> = (0..plan.len()).collect();
    let pages = render(PageRenderer { edition, theme, year: Some(&year) }, plan, &all, Some(&volume));
    let data = export::files(&edition.archive.site, report, volume.earlier(), edition.options.drafts).into_iter();
    let data = data.map(|(name, text)| (routes.data(name), text));
    let head = shared::running_head(&report.title, &edition.archive.site.title);
    let beside = data.chain([(routes.running_head(), head)]).map(|(address, text)| (address, text.into_bytes()));
    pages.with(beside.collect(), routes.name(), edition)
}

/// Makes what is of no year.
#[must_use]
pub fn make_shared(edition: &SiteContext<'_>, theme: &Theme) -> YearOutcome {
    let plan = page_list::of_site(edition);
    let all: Vec<usize> = (0..plan.len()).collect();
    let pages = render(PageRenderer { edition, theme, year: None }, plan, &all, None);
    pages.with(Vec::new(), search::SITE, edition)
}

/// Renders some pages of the year with an index in [`route::Routes::years`], by their places in its plan, and gives those
/// that cannot be rendered.
pub(super) fn try_year(
    edition: &SiteContext<'_>,
    theme: &Theme,
    index: usize,
    pages: &[usize],
) -> Vec<(Address, RenderError)> {
    let routes = &edition.routes.years[index];
    let lookup = YearIndex::new(edition, edition.report(routes));
    let volume = YearContext::new(edition, &lookup, index);
    let year = theme::value_of(&shared::year(&volume));
    let plan = page_list::of_year(edition, routes);
    render(PageRenderer { edition, theme, year: Some(&year) }, plan, pages, Some(&volume)).failures
}

/// The same for what is of no year.
pub(super) fn try_shared(edition: &SiteContext<'_>, theme: &Theme, pages: &[usize]) -> Vec<(Address, RenderError)> {
    render(PageRenderer { edition, theme, year: None }, page_list::of_site(edition), pages, None).failures
}

/// What came of some pages.
struct PageOutcomes {
    /// The pages that were planned, in reading order.
    plan: Vec<PlannedPage>,
    /// The bytes of those that could be rendered.
    rendered: Vec<(Address, Arc<[u8]>)>,
    /// What the search knows of them.
    searched: Vec<search::IndexEntry>,
    /// Those that could not be rendered.
    failures: Vec<(Address, RenderError)>,
}

impl PageOutcomes {
    /// The pages with the files that stand beside them, and with an index for the search under a name.
    fn with(self, mut beside: Vec<(Address, Vec<u8>)>, index: &str, edition: &SiteContext<'_>) -> YearOutcome {
        // An index is made of pages that are swept, and of their titles, which are not.
        beside.push((route::index(index), search::index(&self.searched)));
        let beside = beside.into_iter().map(|(address, bytes)| {
            let swept = edition.withheld.sweep(address.as_str(), bytes);
            (address, swept.into())
        });
        let files = self.rendered.into_iter().chain(beside).map(|(address, bytes)| (address.file(), bytes));
        let mut files: Vec<_> = files.collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let page =
            |page: PlannedPage| RenderedPage { is_listed: page.is_listed(), address: page.address, title: page.title };
        let mut pages: Vec<RenderedPage> = self.plan.into_iter().map(page).collect();
        pages.sort_by(|a, b| a.address.cmp(&b.address));
        let listed = pages.iter().map(|page| (page.address.as_str(), page.title.as_str(), page.is_listed));
        let listing = theme::hash_of(&listed.collect::<Vec<_>>());
        let sitemap = sitemap(&pages, edition.base_url);
        YearOutcome { made: Arc::new(RenderedYear { files, pages, listing, sitemap }), failures: self.failures }
    }
}

/// The entries of some pages in the map of the site, by the folder that they lie in.
fn sitemap(pages: &[RenderedPage], base_url: &str) -> Vec<(Address, String)> {
    fn folder(page: &RenderedPage) -> &str {
        page.address.as_str().split('/').next().unwrap_or_default()
    }
    let listed: Vec<&RenderedPage> = pages.iter().filter(|page| page.is_listed).collect();
    let together = listed.chunk_by(|one, next| folder(one) == folder(next));
    let entries = together.map(|pages| {
        let entries = pages.iter().map(|page| feed::sitemap_entry(base_url, &page.address));
        (pages[0].address.clone(), entries.collect())
    });
    entries.collect()
}

/// Renders the pages of a plan that stand at some of its places.
fn render(
    press: PageRenderer<'_>,
    plan: Vec<PlannedPage>,
    places: &[usize],
    volume: Option<&YearContext<'_>>,
) -> PageOutcomes {
    let wanted = places.iter().map(|at| &plan[*at]);
    let (frames, mut failures) = PageChrome::of(press.edition, press.theme, press.year, wanted);
    let render = |&at: &usize| {
        let sheet = press.edition.compose(&plan, at, volume);
        let frame = frames.around(&sheet.page, volume.is_some());
        let page = press.render(sheet, &frame).map(|bytes| {
            let entry = plan[at].searched(&bytes);
            (bytes, entry)
        });
        (plan[at].address.clone(), page)
    };
    let made: Vec<_> = places.par_iter().map(render).collect();
    let (mut rendered, mut searched) = (Vec::with_capacity(places.len()), Vec::new());
    for (address, page) in made {
        match page {
            Ok((bytes, entry)) => {
                rendered.push((address, bytes));
                searched.extend(entry);
            }
            Err(failure) => failures.push((address, failure)),
        }
    }
    PageOutcomes { plan, rendered, searched, failures }
}
