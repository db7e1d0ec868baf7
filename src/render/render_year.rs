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
use crate::source::digest::Digest;

/// What was made of a year, or of the site itself, as it is remembered.
#[derive(Debug)]
pub(crate) struct RenderedYear {
    /// The pages and the files beside them, in the order of their paths from the site's root.
    pub files: Vec<(RelPath, Arc<[u8]>)>,
    /// The pages, in the order of their addresses.
    pub pages: Vec<RenderedPage>,
    /// The hash of what a list of all pages shows of them.
    pub listing: Digest,
}

/// A page that was made.
#[derive(Debug)]
pub(crate) struct RenderedPage {
    /// Where it stands.
    pub address: Address,
    /// Its title.
    pub title: String,
    /// Whether search engines should know of it.
    pub is_listed: bool,
}

/// What came of making a year, or the site itself: also of one of which some pages could not be rendered.
pub(crate) struct YearOutcome {
    /// What was made.
    pub made: Arc<RenderedYear>,
    /// The pages that could not be.
    pub failures: Vec<(Address, RenderError)>,
}

/// Renders the year at a position in [`route::Routes::years`].
#[must_use]
pub(crate) fn make(site: &SiteContext<'_>, theme: &Theme, position: usize) -> YearOutcome {
    let index = YearIndex::new(site, site.report(&site.routes.years[position]));
    let context = YearContext::new(site, &index, position);
    let pages = render_year(&context, theme, |count| (0..count).collect());
    let (report, routes) = (context.report, context.routes);
    let data = export::files(&site.archive.site, report, context.earlier(), site.options.drafts).into_iter();
    let data = data.map(|(name, text)| (routes.data(name), text));
    let head = shared::year::running_head(&report.title, &site.archive.site.title);
    let beside = data.chain([(routes.running_head(), head)]).map(|(address, text)| (address, text.into_bytes()));
    pages.with(beside.collect(), routes.name(), site)
}

/// Renders what is of no year.
#[must_use]
pub(crate) fn make_shared(site: &SiteContext<'_>, theme: &Theme) -> YearOutcome {
    let plan = site_plan(site);
    let all: Vec<usize> = (0..plan.len()).collect();
    let pages = render(PageRenderer { site, theme, year: None }, plan, &all, site);
    pages.with(Vec::new(), route::SITE_INDEX, site)
}

/// Renders some pages of the year at a position in [`route::Routes::years`], by their places in its plan, and gives those
/// that cannot be rendered.
pub(crate) fn try_year(
    site: &SiteContext<'_>,
    theme: &Theme,
    position: usize,
    pages: &[usize],
) -> Vec<(Address, RenderError)> {
    let index = YearIndex::new(site, site.report(&site.routes.years[position]));
    render_year(&YearContext::new(site, &index, position), theme, |_| pages.to_vec()).failures
}

/// The same for what is of no year.
pub(crate) fn try_shared(site: &SiteContext<'_>, theme: &Theme, pages: &[usize]) -> Vec<(Address, RenderError)> {
    render(PageRenderer { site, theme, year: None }, site_plan(site), pages, site).failures
}

/// The pages of the site itself.
pub(crate) fn site_plan(site: &SiteContext<'_>) -> Vec<PlannedPage<SitePage>> {
    page_list::of_site(site.archive, site.routes, site.words)
}

/// Renders the pages of a year that `places` chooses from as many as there are.
fn render_year(context: &YearContext<'_>, theme: &Theme, places: impl FnOnce(usize) -> Vec<usize>) -> PageOutcomes {
    let site = context.site;
    let year = theme::value_of(&shared::year::view(context));
    let plan = page_list::of_year(context.report, site.routes, context.routes, site.words);
    let places = places(plan.len());
    render(PageRenderer { site, theme, year: Some(&year) }, plan, &places, context)
}

/// What came of some pages.
struct PageOutcomes {
    /// All that were planned, in reading order.
    pages: Vec<RenderedPage>,
    /// The bytes of those that could be rendered.
    finished: Vec<(Address, Arc<[u8]>)>,
    /// What the search knows of them.
    searched: Vec<IndexEntry>,
    /// Those that could not be rendered.
    failures: Vec<(Address, RenderError)>,
}

impl PageOutcomes {
    /// The pages with the files that stand beside them, and with an index for the search under a name.
    fn with(self, mut beside: Vec<(Address, Vec<u8>)>, index: &str, site: &SiteContext<'_>) -> YearOutcome {
        // An index is made of pages that are swept, and of their titles, which are not.
        beside.push((route::index(index), search::index(&self.searched)));
        let beside = beside.into_iter().map(|(address, bytes)| {
            let swept = site.redactor.sweep(address.as_str(), bytes);
            (address, swept.into())
        });
        let files = self.finished.into_iter().chain(beside).map(|(address, bytes)| (address.file(), bytes));
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
    let (chrome, mut failures) = PageChrome::new(renderer.site.base_url, renderer.theme, renderer.year, wanted);
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
    let (mut finished, mut searched) = (Vec::with_capacity(places.len()), Vec::new());
    for (address, page) in made {
        match page {
            Ok((bytes, entry)) => {
                finished.push((address, bytes));
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
    PageOutcomes { pages, finished, searched, failures }
}
