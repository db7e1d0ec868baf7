//! Plans, composes and renders the pages of one year, or of the site itself, with their accompanying files.

use std::sync::Arc;

use rayon::prelude::*;

use super::chart_pictures::put_charts;
use super::chrome::PageChrome;
use super::compose::Composer;
use super::context::{SiteContext, YearContext, YearIndex};
use super::export;
use super::outlet::{PutFile, SinkClosed};
use super::page::page_list::{self, PageKind, PlannedPage, SitePage};
use super::page::shared;
use super::renderer::PageRenderer;
use super::route::{self, Address};
use super::search::{self, IndexEntry};
use super::theme::{self, RenderError, Theme};
use crate::output::OutputFile;
use crate::source::digest::{Digest, hash128};

/// What the files that follow all pages need to know of a rendered year, or of the site's own pages.
#[derive(Debug)]
pub(crate) struct RenderedYear {
    /// The pages, in order of their addresses.
    pub pages: Vec<RenderedPage>,
    /// The hash of what lists of all pages show of them.
    pub listing: Digest,
    /// The number of charts on the pages.
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
    pub rendered: Arc<RenderedYear>,
    /// The pages that failed.
    pub failures: Vec<(Address, RenderError)>,
}

/// Renders the year at a position in [`route::Routes::years`], and puts its files.
pub(crate) fn make(
    site: &SiteContext<'_>,
    theme: &Theme,
    position: usize,
    put: &PutFile<'_>,
) -> Result<YearOutcome, SinkClosed> {
    let report = site.report(&site.routes.years[position]);
    // Several pages and files show the words of the submissions.
    let _read = report.read_submissions();
    let index = YearIndex::new(site, report);
    let context = YearContext::new(site, &index, position);
    let pages = render_year(&context, theme, |count| (0..count).collect(), Some(put))?;
    let (report, routes) = (context.report, context.routes);
    let data = export::files(&site.archive.site, report, context.earlier(), site.options.drafts).into_iter();
    let data = data.map(|(name, text)| (routes.data(name), text));
    let head = shared::year::running_head(&report.title, &site.archive.site.title);
    let other_files = data.chain([(routes.running_head(), head)]).map(|(address, text)| (address, text.into_bytes()));
    pages.with(other_files, routes.name(), site, put)
}

/// Renders the site's own pages, and puts its files.
pub(crate) fn make_shared(site: &SiteContext<'_>, theme: &Theme, put: &PutFile<'_>) -> Result<YearOutcome, SinkClosed> {
    let plan = site_plan(site);
    let all: Vec<usize> = (0..plan.len()).collect();
    let pages = render(PageRenderer { site, theme, year: None }, plan, &all, site, Some(put))?;
    pages.with([], route::SITE_INDEX, site, put)
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
    failures_of(render_year(&YearContext::new(site, &index, position), theme, |_| pages.to_vec(), None))
}

/// The same for the site's own pages.
pub(crate) fn try_shared(site: &SiteContext<'_>, theme: &Theme, pages: &[usize]) -> Vec<(Address, RenderError)> {
    failures_of(render(PageRenderer { site, theme, year: None }, site_plan(site), pages, site, None))
}

/// The failures of pages that were not put.
fn failures_of(pages: Result<PageOutcomes, SinkClosed>) -> Vec<(Address, RenderError)> {
    pages.map(|pages| pages.failures).unwrap_or_default()
}

/// The pages of the site itself.
pub(crate) fn site_plan(site: &SiteContext<'_>) -> Vec<PlannedPage<SitePage>> {
    page_list::of_site(site.archive, site.routes, site.words)
}

/// Renders the pages of a year that `places` selects, given the number of pages.
fn render_year(
    context: &YearContext<'_>,
    theme: &Theme,
    places: impl FnOnce(usize) -> Vec<usize>,
    put: Option<&PutFile<'_>>,
) -> Result<PageOutcomes, SinkClosed> {
    let site = context.site;
    let year = theme::value_of(&shared::year::view(context));
    let plan = page_list::of_year(context.report, site.routes, context.routes, site.words);
    let places = places(plan.len());
    render(PageRenderer { site, theme, year: Some(&year) }, plan, &places, context, put)
}

/// The results of rendering some pages.
struct PageOutcomes {
    /// All planned pages, in reading order.
    pages: Vec<RenderedPage>,
    /// The entries in the search index of those that rendered.
    searched: Vec<IndexEntry>,
    /// The number of charts on them.
    charts: usize,
    /// The pages that failed.
    failures: Vec<(Address, RenderError)>,
}

impl PageOutcomes {
    /// Adds the accompanying files and a search index with the given name.
    fn with(
        self,
        other_files: impl IntoIterator<Item = (Address, Vec<u8>)>,
        index: &str,
        site: &SiteContext<'_>,
        put: &PutFile<'_>,
    ) -> Result<YearOutcome, SinkClosed> {
        // The pages' text is redacted by now, but their titles in the index are not.
        let index = (route::index(index), search::index(&self.searched));
        for (address, bytes) in other_files.into_iter().chain([index]) {
            let bytes = site.redactor.sweep(address.as_str(), bytes);
            put(OutputFile::new(address.file(), bytes))?;
        }
        let mut pages = self.pages;
        pages.sort_by(|a, b| a.address.cmp(&b.address));
        let listed = pages.iter().map(|page| (page.address.as_str(), page.title.as_str(), page.is_listed));
        let listing = hash128(&listed.collect::<Vec<_>>());
        let rendered = Arc::new(RenderedYear { pages, listing, charts: self.charts });
        Ok(YearOutcome { rendered, failures: self.failures })
    }
}

/// Renders the pages of a plan at the given indexes, and puts them unless they are only tried.
fn render<C: Composer>(
    renderer: PageRenderer<'_>,
    plan: Vec<PlannedPage<C::Kind>>,
    places: &[usize],
    context: &C,
    put: Option<&PutFile<'_>>,
) -> Result<PageOutcomes, SinkClosed> {
    let wanted = places.iter().map(|at| &plan[*at]);
    let (chrome, mut failures) = PageChrome::new(renderer.site.base_url, renderer.theme, renderer.year, wanted);
    let render = |&at: &usize| {
        let PlannedPage { address, title, kind, .. } = &plan[at];
        let input = context.compose(&plan, at);
        let around = chrome.around(&input.page, renderer.year.is_some());
        let charts = input.charts;
        let bytes = match renderer.render(input, &around) {
            Ok(bytes) => bytes,
            Err(failure) => return Ok(Err((address.clone(), failure))),
        };
        let Some(put) = put else { return Ok(Ok(None)) };
        let entry = IndexEntry::from_page(C::search_scope(*kind), title, address, &bytes);
        // The document repeats the charts of other pages, and none is its own.
        if charts > 0 {
            put_charts(renderer, address, &bytes, put)?;
        }
        put(OutputFile::new(address.file(), bytes))?;
        Ok(Ok(Some((entry, charts))))
    };
    let (mut searched, mut charts) = (Vec::new(), 0);
    for page in places.par_iter().map(render).collect::<Result<Vec<_>, SinkClosed>>()? {
        match page {
            Ok(None) => {}
            Ok(Some((entry, on_page))) => {
                searched.extend(entry);
                charts += on_page;
            }
            Err(failure) => failures.push(failure),
        }
    }
    let page = |page: PlannedPage<C::Kind>| RenderedPage {
        is_listed: page.kind.is_listed(),
        address: page.address,
        title: page.title,
    };
    let pages = plan.into_iter().map(page).collect();
    Ok(PageOutcomes { pages, searched, charts, failures })
}
