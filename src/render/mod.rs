//! Turns the model into pages: addresses, views, theme, and machine-readable files.
//!
//! From the bottom up: [`route`] decides every address, [`view`] defines what templates receive, [`context`] holds what
//! pages are made from, each file of [`page`] makes one kind of view, [`compose`] knows the kind of each page, and
//! [`theme`] renders them to bytes.

pub(crate) mod anchors;
mod cache_key;
mod chart_pictures;
mod chrome;
mod compose;
mod context;
mod documents;
pub(crate) mod export;
pub(crate) mod inspect;
pub(crate) mod languages;
mod media;
mod outlet;
mod page;
mod page_templates;
pub(crate) mod prose;
pub(crate) mod redact;
mod render_year;
mod renderer;
mod resolved_links;
pub(crate) mod route;
mod sample;
pub(crate) mod search;
mod share_image;
pub(crate) mod site_files;
mod static_files;
pub(crate) mod theme;
pub(crate) mod view;
mod year_cache;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use self::cache_key::CacheKeys;
use self::context::SiteContext;
use self::context::notices::Notices;
use self::context::prose::ProseContext;
use self::inspect::PageInspection;
use self::languages::Languages;
use self::outlet::Outlet;
pub(crate) use self::outlet::{PutFile, SinkClosed, SiteCounts};
use self::page::shared;
use self::redact::Redactor;
use self::render_year::{RenderedYear, YearOutcome};
use self::renderer::PageRenderer;
use self::resolved_links::ResolvedLinks;
use self::route::{Address, Routes, YearAddresses};
use self::site_files::{atom, headers, robots, sitemap};
use self::theme::{DarkMode, RenderError, Theme};
use self::view::shared::ChromeView;
use self::year_cache::YearCache;
use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, Location, RelPath, WithDiagnostics};
use crate::locale::Locale;
use crate::model::links::{LinkIndex, LinkIndexes, LinkResolver};
use crate::model::terms::TermIndex;
use crate::model::{Archive, Report, Trends};
use crate::options::Options;
use crate::output::OutputFile;
use crate::source::SourceTree;
use crate::source::digest::hash128;

/// Earlier results, keyed by what they were made from.
#[derive(Debug, Default)]
pub(crate) struct RenderCache {
    /// The link targets and the addresses of each year.
    places: Cache<YearPlaces>,
    links: Cache<Arc<ResolvedLinks>>,
    years: YearCache,
    pictures: media::PictureCache,
    /// Pictures that annal draws.
    share_images: share_image::ShareImageCache,
}

/// What leads into a year: the targets of links in its files, and its addresses.
#[derive(Clone, Debug)]
struct YearPlaces {
    targets: Arc<LinkIndex>,
    addresses: Arc<YearAddresses>,
}

impl RenderCache {
    /// A cache that stores nothing.
    pub(crate) fn none() -> Self {
        let (places, links) = (Cache::none(), Cache::none());
        Self { places, links, years: Cache::none(), pictures: media::PictureCache::none(), share_images: Cache::none() }
    }

    /// Drops entries that have not been used since the last sweep.
    pub(crate) fn sweep(&mut self) {
        self.places.sweep();
        self.links.sweep();
        self.years.sweep();
        self.pictures.sweep();
        self.share_images.sweep();
    }
}

/// What a site is rendered with: its theme, and the address of every page.
pub(crate) struct Prepared {
    theme: Theme,
    routes: Routes,
    /// What links can lead to.
    pub links: LinkIndexes,
    /// Text that must not be published, in any of the site's languages.
    redactor: Redactor,
}

impl Prepared {
    /// Withholds text that diagnostics flag as personal data, unless it is waived.
    pub(crate) fn withhold(&mut self, diagnostics: &[Diagnostic]) {
        self.redactor = Redactor::from_diagnostics(diagnostics, self.theme.words.text("withheld"));
    }

    /// The sources of everything at an address inside a folder of the site, including earlier addresses.
    pub(crate) fn below(&self, folder: &str) -> impl Iterator<Item = &Location> {
        self.routes.below(folder)
    }
}

/// Loads the theme and assigns every address, so that errors in either are reported before rendering.
#[must_use]
pub(crate) fn prepare(
    archive: &Archive,
    tree: &SourceTree,
    options: &Options,
    trends: Trends,
    cache: &RenderCache,
) -> WithDiagnostics<Prepared> {
    let mut found = Vec::new();
    let mut theme = Theme::load(tree, &archive.site).emit_into(&mut found);
    found.extend(page_templates::check(archive, &mut theme));
    let of_year = |report: &Arc<Report>| {
        let key = hash128(&(options, report.input_hash));
        cache.places.get_or_make(key, || YearPlaces {
            targets: Arc::new(LinkIndex::of_year(report, tree, options)),
            addresses: Arc::new(YearAddresses::new(report, options)),
        })
    };
    let years: Vec<YearPlaces> = archive.reports.par_iter().map(of_year).collect();
    let (targets, addresses): (Vec<_>, Vec<_>) = years.into_iter().map(|year| (year.targets, year.addresses)).unzip();
    let links = LinkIndexes::new(archive, options, !trends.is_empty(), targets);
    let fixed: Vec<_> = static_files::addresses(tree).collect();
    let routes = Routes::new(archive, options, trends, &theme.asset_files, &fixed, &addresses).emit_into(&mut found);
    found.extend(page_templates::check_links(&theme, &routes));
    WithDiagnostics::new(Prepared { theme, routes, links, redactor: Redactor::default() }, found)
}

/// How much of a site is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RenderExtent {
    /// All of it.
    Whole,
    /// A sample with pages of every kind, to check that they render. Only diagnostics are returned. If a page fails,
    /// all others are tried too, so the diagnostics are the same as those of a whole build.
    Sample,
}

/// What the pages of a site in one language are made from.
#[derive(Clone, Copy)]
pub(crate) struct RenderSource<'a> {
    pub archive: &'a Archive,
    pub tree: &'a SourceTree,
    /// All diagnostics of the files that the model was read from. Reasons of waivers are printed on the pages they
    /// concern. If the site is built in spite of errors, the errors are printed as well.
    pub diagnostics: &'a [Diagnostic],
    pub options: &'a Options,
    pub languages: &'a Languages,
}

impl<'a> RenderSource<'a> {
    /// The URL of the site in this language, without a `/` at the end.
    fn base_url(self) -> String {
        let url = format!("{}/{}", root_url(self.archive, self.options), self.languages.folder());
        url.trim_end_matches('/').to_owned()
    }

    /// What all pages share.
    fn context(
        self,
        (routes, redactor): (&'a Routes, &'a Redactor),
        dark_mode: DarkMode,
        resolver: &'a LinkResolver<'a>,
        words: &'a Locale,
        base_url: &'a str,
    ) -> SiteContext<'a> {
        let Self { archive, tree, diagnostics, options, languages } = self;
        let prose = ProseContext::new(routes, resolver, words);
        let notices = Notices::new(archive, tree, routes, diagnostics, options, &prose);
        let terms = TermIndex::new(archive, None);
        SiteContext {
            archive,
            routes,
            prose,
            terms,
            words,
            options,
            base_url,
            notices,
            redactor,
            languages,
            dark_mode,
            shared_picture: OnceLock::new(),
            is_sample: false,
        }
    }
}

/// Renders the site of a model, and puts every page and every other file as it is finished. Returns how much was put.
///
/// # Errors
///
/// If the sink takes no more files.
pub(crate) fn render(
    prepared: &mut Prepared,
    source: RenderSource<'_>,
    extent: RenderExtent,
    cache: &RenderCache,
    put: &PutFile<'_>,
) -> Result<WithDiagnostics<SiteCounts>, SinkClosed> {
    let RenderSource { archive, tree, diagnostics, languages, .. } = source;
    let Prepared { theme, routes, links, redactor } = prepared;
    let (base_url, words) = (source.base_url(), theme.words.clone());
    let resolver = LinkResolver::new(archive, tree, links);
    let mut site = source.context((routes, redactor), theme.dark_mode, &resolver, &words, &base_url);
    theme.share("site", &shared::site::view(&site));
    if extent == RenderExtent::Sample {
        site.is_sample = true;
        let failures = sample::try_out(&site, theme);
        site.is_sample = false;
        if failures.is_empty() || theme.is_over() {
            return Ok(WithDiagnostics::new(SiteCounts::default(), theme::report_failures(failures)));
        }
    }
    let (own, links) = follow_links(&site, &resolver, cache);
    let keys = CacheKeys::new(&site, theme, tree, diagnostics, &links);
    let outlet = Outlet::new(put, languages.folder(), redactor);
    let put = |file| outlet.put(file);
    let render_year = |index: usize| {
        let key = keys.of_year(&routes.years[index]);
        year_cache::put_or_make(&cache.years, key, &put, |put| render_year::make(&site, theme, index, put))
    };
    let years: Vec<_> = (0..routes.years.len()).into_par_iter().map(render_year).collect::<Result<_, _>>()?;
    let (years, failures): (Vec<_>, Vec<_>) =
        years.into_iter().map(|YearOutcome { rendered, failures }| (rendered, failures)).unzip();
    let key = keys.of_shared(tree, &own, &years);
    let YearOutcome { rendered: shared, failures: of_shared } =
        year_cache::put_or_make(&cache.years, key, &put, |put| render_year::make_shared(&site, theme, put))?;
    let mut failures: Vec<_> = failures.into_iter().chain([of_shared]).flatten().collect();

    // Oldest first, which puts the paths in order.
    let all: Vec<&RenderedYear> = years.iter().rev().chain([&shared]).map(Arc::as_ref).collect();
    put_other_files(&site, theme, &all, &outlet)?;
    let shown: Vec<&BTreeSet<RelPath>> = links.iter().map(|links| &links.shown).chain([&own.shown]).collect();
    media::publish(&site, tree, &shown, diagnostics, &cache.pictures, &outlet)?;
    media::put_copies_of_assets(&theme.copies, &cache.pictures, &outlet)?;
    documents::put(&site, tree, &outlet)?;
    share_image::files(&site, &cache.share_images).into_iter().try_for_each(|file| outlet.put(file))?;
    for (old, page) in redirects(&site, theme, &all) {
        match page {
            Ok(bytes) => outlet.put(OutputFile::new(old.file(), bytes))?,
            Err(failure) => failures.push((old, failure)),
        }
    }
    let in_folder =
        |(page, failure): (Address, RenderError)| (Address::new(languages.folder()).join(page.as_str()), failure);
    let mut found = theme::report_failures(failures.into_iter().map(in_folder).collect());
    if languages.folder().is_empty() {
        found.extend(static_files::put(tree, redactor, &outlet)?);
    }
    let charts = all.iter().map(|rendered| rendered.charts).sum();
    Ok(WithDiagnostics::new(SiteCounts { pages: outlet.finish()?, charts }, found))
}

/// What the template of the page at an address is given, and where its parts come from. `None` if there is no such page.
#[must_use]
pub(crate) fn inspect(prepared: &mut Prepared, source: RenderSource<'_>, address: &Address) -> Option<PageInspection> {
    let Prepared { theme, routes, links, redactor } = prepared;
    let (base_url, words) = (source.base_url(), theme.words.clone());
    let resolver = LinkResolver::new(source.archive, source.tree, links);
    let site = source.context((routes, redactor), theme.dark_mode, &resolver, &words, &base_url);
    theme.share("site", &shared::site::view(&site));
    PageInspection::of_page(&site, theme, address)
}

/// The URL of the site's root, without a `/` at the end.
fn root_url<'a>(archive: &'a Archive, options: &'a Options) -> &'a str {
    options.base_url.as_deref().unwrap_or(&archive.site.base_url).trim_end_matches('/')
}

/// Resolves the links of the site's own pages and of each report.
fn follow_links(
    site: &SiteContext<'_>,
    resolver: &LinkResolver<'_>,
    cache: &RenderCache,
) -> (ResolvedLinks, Vec<Arc<ResolvedLinks>>) {
    let (archive, routes) = (site.archive, site.routes);
    let fingerprint = routes.fingerprint();
    let of_report = |report: &Arc<Report>| {
        let key = hash128(&(fingerprint, resolver.hash_for(report), report.input_hash));
        cache.links.get_or_make(key, || {
            let others: Vec<_> = report.written_links().map(|(file, link)| (file, link.value.as_str())).collect();
            Arc::new(ResolvedLinks::new(&report.linked_texts().collect::<Vec<_>>(), &others, resolver, routes))
        })
    };
    let own = ResolvedLinks::new(
        &archive.pages.iter().map(|page| &page.body.linked).collect::<Vec<_>>(),
        &[],
        resolver,
        routes,
    );
    (own, archive.reports.par_iter().map(of_report).collect())
}

/// A page, or why it could not be rendered.
type PageResult = Result<Arc<[u8]>, RenderError>;

/// The redirect pages at earlier addresses. An earlier address that contains withheld text gets none, because nothing
/// can be removed from a file's path.
fn redirects(site: &SiteContext<'_>, theme: &Theme, years: &[&RenderedYear]) -> Vec<(Address, PageResult)> {
    let redirects = &site.routes.redirects;
    if redirects.is_empty() {
        return Vec::new();
    }
    let pages = years.iter().flat_map(|year| &year.pages);
    let titles: HashMap<&Address, &str> = pages.map(|page| (&page.address, page.title.as_str())).collect();
    let renderer = PageRenderer { site, theme, year: None };
    let built = redirects.iter().filter(|(old, _)| !site.redactor.is_in(old.as_str()));
    let redirect = |(old, now): (&Address, &Address)| {
        let title = titles.get(now).copied().unwrap_or_default();
        (old.clone(), renderer.render(compose::redirect(site, old, now, title), &ChromeView::default()))
    };
    built.map(redirect).collect()
}

/// Puts the machine-readable files, and those of the theme.
fn put_other_files(
    site: &SiteContext<'_>,
    theme: &Theme,
    years: &[&RenderedYear],
    outlet: &Outlet<'_>,
) -> Result<(), SinkClosed> {
    let root_url = root_url(site.archive, site.options);
    let listed = years.iter().flat_map(|year| &year.pages).filter(|page| page.is_listed).map(|page| &page.address);
    let of_site = [
        ("sitemap.xml", sitemap::sitemap(site.base_url, listed)),
        ("atom.xml", atom::atom(site)),
        ("robots.txt", robots::robots(root_url, site.languages)),
        ("_headers", headers::headers()),
    ];
    let schemas = export::SCHEMAS.map(|(name, text)| (name, text.to_owned()));
    let of_site = of_site.into_iter().chain(schemas).map(|(name, text)| (Address::new(name), text));
    let trends = export::trends(&site.routes.trends).into_iter();
    for (address, text) in of_site.chain(trends.map(|(name, text)| (route::trends().join(name), text))) {
        let bytes = site.redactor.sweep(address.as_str(), text.into_bytes());
        outlet.put(OutputFile::new(address.file(), bytes))?;
    }
    for (address, text) in shared::brand::files(&site.archive.site.brand, site.dark_mode) {
        outlet.put(OutputFile::new(address.file(), text.into_bytes()))?;
    }
    let mut assets = theme.assets.iter();
    assets.try_for_each(|(address, bytes)| outlet.put(OutputFile::new(address.file(), Arc::clone(bytes))))
}
