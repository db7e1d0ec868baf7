//! The pages of one year, or of the site itself: planned, composed and rendered, with the files that stand beside them.

use std::sync::Arc;

use rayon::prelude::*;

use super::chrome::PageChrome;
use super::compose::Composer;
use super::context::{SiteContext, YearContext, YearIndex};
use super::export;
use super::page::page_list::{self, PageKind, PlannedPage, SitePage};
use super::page::shared;
use super::renderer::PageRenderer;
use super::route::{self, Address};
use super::search::{self, IndexEntry};
use super::theme::{self, RenderError, Theme};
use crate::diagnostic::RelPath;
use crate::source::tree::Digest;

/// What was made of a year, or of the site itself, as it is remembered.
#[derive(Debug)]
pub struct RenderedYear {
    /// The pages and the files beside them, in the order of their paths from the site's root.
    pub files: Vec<(RelPath, Arc<[u8]>)>,
    /// The pages, in the order of their addresses.
    pub pages: Vec<RenderedPage>,
    /// The hash of what a list of all pages shows of them.
    pub listing: Digest,
}

/// A page that was made.
#[derive(Debug)]
pub struct RenderedPage {
    /// Where it stands.
    pub address: Address,
    /// Its title.
    pub title: String,
    /// Whether search engines should know of it.
    pub is_listed: bool,
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
    let lookup = YearIndex::new(edition, edition.report(&edition.routes.years[index]));
    let volume = YearContext::new(edition, &lookup, index);
    let pages = render_year(&volume, theme, |plan| (0..plan).collect());
    let (report, routes) = (volume.report, volume.routes);
    let data = export::files(&edition.archive.site, report, volume.earlier(), edition.options.drafts).into_iter();
    let data = data.map(|(name, text)| (routes.data(name), text));
    let head = shared::year::running_head(&report.title, &edition.archive.site.title);
    let beside = data.chain([(routes.running_head(), head)]).map(|(address, text)| (address, text.into_bytes()));
    pages.with(beside.collect(), routes.name(), edition)
}

/// Makes what is of no year.
#[must_use]
pub fn make_shared(edition: &SiteContext<'_>, theme: &Theme) -> YearOutcome {
    let plan = site_plan(edition);
    let all: Vec<usize> = (0..plan.len()).collect();
    let pages = render(PageRenderer { edition, theme, year: None }, plan, &all, edition);
    pages.with(Vec::new(), route::SITE_INDEX, edition)
}

/// Renders some pages of the year with an index in [`route::Routes::years`], by their places in its plan, and gives those
/// that cannot be rendered.
pub fn try_year(
    edition: &SiteContext<'_>,
    theme: &Theme,
    index: usize,
    pages: &[usize],
) -> Vec<(Address, RenderError)> {
    let lookup = YearIndex::new(edition, edition.report(&edition.routes.years[index]));
    render_year(&YearContext::new(edition, &lookup, index), theme, |_| pages.to_vec()).failures
}

/// The same for what is of no year.
pub fn try_shared(edition: &SiteContext<'_>, theme: &Theme, pages: &[usize]) -> Vec<(Address, RenderError)> {
    render(PageRenderer { edition, theme, year: None }, site_plan(edition), pages, edition).failures
}

/// The pages of the site itself.
pub fn site_plan(edition: &SiteContext<'_>) -> Vec<PlannedPage<SitePage>> {
    page_list::of_site(edition.archive, edition.routes, edition.words)
}

/// Renders the pages of a year that `places` chooses from as many as there are.
fn render_year(volume: &YearContext<'_>, theme: &Theme, places: impl FnOnce(usize) -> Vec<usize>) -> PageOutcomes {
    let edition = volume.edition;
    let year = theme::value_of(&shared::year::view(volume));
    let plan = page_list::of_year(volume.report, edition.routes, volume.routes, edition.words);
    let places = places(plan.len());
    render(PageRenderer { edition, theme, year: Some(&year) }, plan, &places, volume)
}

/// What came of some pages.
struct PageOutcomes {
    /// The pages that were planned, in reading order.
    pages: Vec<RenderedPage>,
    /// The bytes of those that could be rendered.
    rendered: Vec<(Address, Arc<[u8]>)>,
    /// What the search knows of them.
    searched: Vec<IndexEntry>,
    /// Those that could not be rendered.
    failures: Vec<(Address, RenderError)>,
}

impl PageOutcomes {
    /// The pages with the files that stand beside them, and with an index for the search under a name.
    fn with(self, mut beside: Vec<(Address, Vec<u8>)>, index: &str, edition: &SiteContext<'_>) -> YearOutcome {
        // An index is made of pages that are swept, and of their titles, which are not.
        beside.push((route::index(index), search::index(&self.searched)));
        let beside = beside.into_iter().map(|(address, bytes)| {
            let swept = edition.redactor.sweep(address.as_str(), bytes);
            (address, swept.into())
        });
        let files = self.rendered.into_iter().chain(beside).map(|(address, bytes)| (address.file(), bytes));
        let mut files: Vec<_> = files.collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let mut pages = self.pages;
        pages.sort_by(|a, b| a.address.cmp(&b.address));
        let listed = pages.iter().map(|page| (page.address.as_str(), page.title.as_str(), page.is_listed));
        let listing = theme::hash_of(&listed.collect::<Vec<_>>());
        YearOutcome { made: Arc::new(RenderedYear { files, pages, listing }), failures: self.failures }
    }
}

/// Renders the pages of a plan that stand at some of its places.
fn render<C: Composer>(
    renderer: PageRenderer<'_>,
    plan: Vec<PlannedPage<C::Kind>>,
    places: &[usize],
    context: &C,
) -> PageOutcomes {
    let wanted = places.iter().map(|at| &plan[*at]);
    let (chrome, mut failures) = PageChrome::new(renderer.edition.base_url, renderer.theme, renderer.year, wanted);
    let render = |&at: &usize| {
        let PlannedPage { address, title, kind, .. } = &plan[at];
        let input = context.compose(&plan, at);
        let around = chrome.around(&input.page, renderer.year.is_some());
        let page = renderer.render(input, &around).map(|bytes| {
            let entry = IndexEntry::from_page(C::search_scope(*kind), title, address, &bytes);
            (bytes, entry)
        });
        (address.clone(), page)
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
    let page = |page: PlannedPage<C::Kind>| RenderedPage {
        is_listed: page.kind.is_listed(),
        address: page.address,
        title: page.title,
    };
    let pages = plan.into_iter().map(page).collect();
    PageOutcomes { pages, rendered, searched, failures }
}
