//! Plans, composes and renders the pages of one year, or of the site itself, with their accompanying files.

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

/// The rendered files of a year, or of the site itself, as remembered between builds.
#[derive(Debug)]
pub(crate) struct RenderedYear {
    /// The pages and accompanying files, in order of their paths from the site's root.
    pub files: Vec<(RelPath, Arc<[u8]>)>,
    /// The pages, in order of their addresses.
    pub pages: Vec<RenderedPage>,
    /// The hash of what lists of all pages show of them.
    pub listing: Digest,
    /// The number of charts on the pages, without those that the document repeats.
    pub charts: usize,
}

/// A rendered page.
#[derive(Debug)]
pub(crate) struct RenderedPage {
    pub address: Address,
    pub title: String,
    /// Whether search engines should list it.
    pub is_listed: bool,
}

/// The result of rendering a year or the site itself, even if some pages failed.
pub(crate) struct YearOutcome {
    /// The rendered files.
    pub rendered: Arc<RenderedYear>,
    /// The pages that failed.
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
    let other_files = data.chain([(routes.running_head(), head)]).map(|(address, text)| (address, text.into_bytes()));
    pages.with(other_files.collect(), routes.name(), site)
}

/// Renders the site's own pages.
#[must_use]
pub(crate) fn make_shared(site: &SiteContext<'_>, theme: &Theme) -> YearOutcome {
    let plan = site_plan(site);
    let all: Vec<usize> = (0..plan.len()).collect();
    let pages = render(PageRenderer { site, theme, year: None }, plan, &all, site);
    pages.with(Vec::new(), route::SITE_INDEX, site)
}

/// Renders some pages of the year at a position in [`route::Routes::years`], given by their indexes in its plan.
/// Returns those that fail.
pub(crate) fn try_year(
    site: &SiteContext<'_>,
    theme: &Theme,
    position: usize,
    pages: &[usize],
) -> Vec<(Address, RenderError)> {
    let index = YearIndex::new(site, site.report(&site.routes.years[position]));
    render_year(&YearContext::new(site, &index, position), theme, |_| pages.to_vec()).failures
}

/// The same for the site's own pages.
pub(crate) fn try_shared(site: &SiteContext<'_>, theme: &Theme, pages: &[usize]) -> Vec<(Address, RenderError)> {
    render(PageRenderer { site, theme, year: None }, site_plan(site), pages, site).failures
}

/// The pages of the site itself.
pub(crate) fn site_plan(site: &SiteContext<'_>) -> Vec<PlannedPage<SitePage>> {
    page_list::of_site(site.archive, site.routes, site.words)
}

/// Renders the pages of a year that `places` selects, given the number of pages.
fn render_year(context: &YearContext<'_>, theme: &Theme, places: impl FnOnce(usize) -> Vec<usize>) -> PageOutcomes {
    let site = context.site;
    let year = theme::value_of(&shared::year::view(context));
    let plan = page_list::of_year(context.report, site.routes, context.routes, site.words);
    let places = places(plan.len());
    render(PageRenderer { site, theme, year: Some(&year) }, plan, &places, context)
}

/// The results of rendering some pages.
struct PageOutcomes {
    /// All planned pages, in reading order.
    pages: Vec<RenderedPage>,
    /// The bytes of the pages that rendered.
    finished: Vec<(Address, Arc<[u8]>)>,
    /// Their entries in the search index.
    searched: Vec<IndexEntry>,
    /// The number of charts on them.
    charts: usize,
    /// The pages that failed.
    failures: Vec<(Address, RenderError)>,
}

impl PageOutcomes {
    /// Adds the accompanying files and a search index with the given name.
    fn with(self, mut other_files: Vec<(Address, Vec<u8>)>, index: &str, site: &SiteContext<'_>) -> YearOutcome {
        // The pages' text is redacted by now, but their titles in the index are not.
        other_files.push((route::index(index), search::index(&self.searched)));
        let other_files = other_files.into_iter().map(|(address, bytes)| {
            let redacted = site.redactor.sweep(address.as_str(), bytes);
            (address, redacted.into())
        });
        let files = self.finished.into_iter().chain(other_files).map(|(address, bytes)| (address.file(), bytes));
        let mut files: Vec<_> = files.collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let mut pages = self.pages;
        pages.sort_by(|a, b| a.address.cmp(&b.address));
        let listed = pages.iter().map(|page| (page.address.as_str(), page.title.as_str(), page.is_listed));
        let listing = theme::hash_of(&listed.collect::<Vec<_>>());
        let rendered = RenderedYear { files, pages, listing, charts: self.charts };
        YearOutcome { rendered: Arc::new(rendered), failures: self.failures }
    }
}

/// Renders the pages of a plan at the given indexes.
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
        let charts = input.charts;
        let page = renderer.render(input, &around).map(|bytes| {
            let entry = IndexEntry::from_page(C::search_scope(*kind), title, address, &bytes);
            (bytes, entry, charts)
        });
        (address.clone(), page)
    };
    let results: Vec<_> = places.par_iter().map(render).collect();
    let (mut finished, mut searched, mut charts) = (Vec::with_capacity(places.len()), Vec::new(), 0);
    for (address, page) in results {
        match page {
            Ok((bytes, entry, on_page)) => {
                charts += on_page;
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
    PageOutcomes { pages, finished, searched, charts, failures }
}
