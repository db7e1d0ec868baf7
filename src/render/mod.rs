//! Turns the model into pages: addresses, views, theme, and machine-readable files.
//!
//! From the bottom up: [`route`] decides every address, [`view`] defines what templates receive, [`context`] holds what
//! pages are made from, each file of [`page`] makes one kind of view, [`compose`] knows the kind of each page, and
//! [`theme`] renders them to bytes.

pub(crate) mod anchors;
mod cache_key;
mod chrome;
mod compose;
mod context;
pub(crate) mod export;
pub(crate) mod languages;
mod media;
mod page;
pub(crate) mod prose;
mod redact;
mod render_year;
mod renderer;
mod resolved_links;
pub(crate) mod route;
mod sample;
pub(crate) mod search;
pub(crate) mod site_files;
mod static_files;
pub(crate) mod theme;
pub(crate) mod view;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use self::cache_key::CacheKeys;
use self::context::SiteContext;
use self::context::notices::Notices;
use self::context::prose::ProseContext;
use self::languages::Languages;
use self::page::shared;
use self::redact::Redactor;
use self::render_year::{RenderedYear, YearOutcome};
use self::renderer::PageRenderer;
use self::resolved_links::ResolvedLinks;
use self::route::{Address, Routes, YearAddresses};
use self::site_files::{atom, headers, robots, sitemap};
use self::theme::{RenderError, Theme};
use self::view::shared::ChromeView;
use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, Location, RelPath, WithDiagnostics};
use crate::model::links::{ImageUsage, LinkIndex, LinkResolver};
use crate::model::terms::TermIndex;
use crate::model::{Archive, Report, Trends};
use crate::options::Options;
use crate::output::OutputTree;
use crate::source::SourceTree;
use crate::source::digest::{Digest, hash_of_hashes};

/// Earlier results, keyed by what they were made from.
#[derive(Debug, Default)]
pub(crate) struct RenderCache {
    /// The possible link targets of each year.
    pub shelves: Cache<Arc<LinkIndex>>,
    addresses: Cache<Arc<YearAddresses>>,
    links: Cache<Arc<ResolvedLinks>>,
    years: Cache<Arc<RenderedYear>>,
    /// Published pictures, keyed by the hashes of their files.
    pictures: media::PictureCache,
}

impl RenderCache {
    /// Drops entries that have not been used since the last sweep.
    pub(crate) fn sweep(&mut self) {
        self.shelves.sweep();
        self.addresses.sweep();
        self.links.sweep();
        self.years.sweep();
        self.pictures.sweep();
    }
}

/// What a site is rendered with: its theme, and the address of every page.
pub(crate) struct Prepared {
    theme: Theme,
    routes: Routes,
    /// Text that must not be published, in any of the site's languages.
    redactor: Redactor,
}

impl Prepared {
    /// Withholds text that diagnostics flag as personal data, unless it is waived.
    pub(crate) fn withhold(&mut self, diagnostics: &[Diagnostic]) {
        self.redactor = Redactor::from_diagnostics(diagnostics, self.theme.words.text("withheld"));
    }
}

impl Prepared {
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
    let theme = Theme::load(tree, &archive.site).emit_into(&mut found);
    let fixed: Vec<_> = static_files::addresses(tree).collect();
    let routes =
        Routes::new(archive, options, trends, &theme.asset_files, &fixed, &cache.addresses).emit_into(&mut found);
    WithDiagnostics::new(Prepared { theme, routes, redactor: Redactor::default() }, found)
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

/// Renders the site of a model: every page and every other file.
///
/// `diagnostics` are all diagnostics of the files that the model was read from. Reasons of waivers are printed on the
/// pages they concern. If the site is built in spite of errors, the errors are printed as well.
#[must_use]
#[allow(clippy::too_many_arguments, reason = "a build is a function of all of them")]
pub(crate) fn render(
    prepared: Prepared,
    archive: &Archive,
    tree: &SourceTree,
    diagnostics: &[Diagnostic],
    options: &Options,
    languages: &Languages,
    extent: RenderExtent,
    cache: &RenderCache,
) -> WithDiagnostics<OutputTree> {
    let Prepared { mut theme, routes, redactor } = prepared;
    let mut found = Vec::new();
    let base_url = format!("{}/{}", root_url(archive, options), languages.folder());
    let base_url = base_url.trim_end_matches('/');
    let resolver = LinkResolver::new(archive, tree, options, !routes.trends.is_empty(), &cache.shelves);
    let words = theme.words.clone();
    let prose = ProseContext::new(&routes, &resolver, &words);
    let notices = Notices::new(archive, tree, &routes, diagnostics, options, &prose);
    let site = SiteContext {
        archive,
        routes: &routes,
        prose,
        terms: TermIndex::new(archive, None),
        words: &words,
        options,
        base_url,
        notices,
        redactor: &redactor,
        languages,
    };

    theme.share("site", &shared::site::view(&site));
    if extent == RenderExtent::Sample {
        let failures = sample::try_out(&site, &theme);
        if failures.is_empty() || theme.is_over() {
            return WithDiagnostics::new(OutputTree::default(), theme::report_failures(failures));
        }
    }
    let (own, links) = follow_links(&site, &resolver, cache);
    let keys = CacheKeys::new(&site, &theme, tree, diagnostics, &links);
    let render_year = |index: usize| {
        remembered(&cache.years, keys.of_year(&routes.years[index]), || render_year::make(&site, &theme, index))
    };
    let (years, failures): (Vec<_>, Vec<_>) = (0..routes.years.len()).into_par_iter().map(render_year).unzip();
    let key = keys.of_shared(tree, &own, &years);
    let (shared, of_shared) = remembered(&cache.years, key, || render_year::make_shared(&site, &theme));
    let mut failures: Vec<_> = failures.into_iter().chain([of_shared]).flatten().collect();

    // Oldest first, which puts the paths in order.
    let all: Vec<&RenderedYear> = years.iter().rev().chain([&shared]).map(Arc::as_ref).collect();
    let files = all.iter().flat_map(|rendered| &rendered.files).cloned();
    let shown: Vec<&ImageUsage> = links.iter().map(|links| &links.shown).chain([&own.shown]).collect();
    let seen = media::published(&site, tree, &shown, diagnostics, &cache.pictures);
    let mut output: OutputTree = files.chain(other_files(&site, &theme, &all)).chain(seen).collect();
    for (old, page) in redirects(&site, &theme, &all) {
        match page {
            Ok(bytes) => _ = output.files.insert(old.file(), bytes),
            Err(failure) => failures.push((old, failure)),
        }
    }
    if languages.folder().is_empty() {
        output.extend(static_files::published(tree, &redactor));
    } else {
        output = below(languages.folder(), output);
    }
    let in_folder =
        |(page, failure): (Address, RenderError)| (Address::new(languages.folder()).join(page.as_str()), failure);
    found.extend(theme::report_failures(failures.into_iter().map(in_folder).collect()));
    WithDiagnostics::new(redactor.sweep_paths(output), found)
}

/// The URL of the site's root, without a `/` at the end.
fn root_url<'a>(archive: &'a Archive, options: &'a Options) -> &'a str {
    options.base_url.as_deref().unwrap_or(&archive.site.base_url).trim_end_matches('/')
}

/// The remembered result, or a new one. A result with failures is not remembered, so they are reported in each build.
fn remembered(
    cache: &Cache<Arc<RenderedYear>>,
    key: Digest,
    make: impl FnOnce() -> YearOutcome,
) -> (Arc<RenderedYear>, Vec<(Address, RenderError)>) {
    if let Some(rendered) = cache.get(key) {
        return (rendered, Vec::new());
    }
    let YearOutcome { rendered, failures } = make();
    if failures.is_empty() {
        cache.insert(key, Arc::clone(&rendered));
    }
    (rendered, failures)
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
        let key = hash_of_hashes(&[fingerprint, resolver.hash_for(report), report.input_hash]);
        cache
            .links
            .get_or_make(key, || Arc::new(ResolvedLinks::new(&report.texts().collect::<Vec<_>>(), resolver, routes)))
    };
    let own = ResolvedLinks::new(&archive.pages.iter().map(|page| &page.body).collect::<Vec<_>>(), resolver, routes);
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

/// The machine-readable files, and those of the theme.
fn other_files<'a>(
    site: &SiteContext<'_>,
    theme: &'a Theme,
    years: &[&RenderedYear],
) -> impl Iterator<Item = (RelPath, Arc<[u8]>)> + use<'a> {
    let root_url = root_url(site.archive, site.options);
    let listed = years.iter().flat_map(|year| &year.pages).filter(|page| page.is_listed).map(|page| &page.address);
    let of_site = [
        ("sitemap.xml", sitemap::sitemap(site.base_url, listed)),
        ("atom.xml", atom::atom(site)),
        ("robots.txt", robots::robots(root_url, site.languages)),
        ("_headers", headers::headers()),
    ];
    let of_site = of_site.into_iter().map(|(name, text)| (Address::new(name), text));
    let trends = export::trends(&site.routes.trends).into_iter();
    let texts = of_site.chain(trends.map(|(name, text)| (route::trends().join(name), text)));
    let texts = texts.map(|(address, text)| {
        let redacted = site.redactor.sweep(address.as_str(), text.into_bytes());
        (address, redacted.into())
    });
    let texts: Vec<(Address, Arc<[u8]>)> = texts.collect();
    let assets = theme.assets.iter().map(|(address, bytes)| (address.clone(), bytes.clone()));
    texts.into_iter().chain(assets).map(|(address, bytes)| (address.file(), bytes))
}

/// The site of another language, in its folder. Files that hosts look for only at the root are left out.
fn below(folder: &str, site: OutputTree) -> OutputTree {
    let is_own = |path: &RelPath| matches!(path.as_str(), "robots.txt" | "_headers" | route::NOT_FOUND);
    let files = site.files.into_iter().filter(|(path, _)| !is_own(path));
    files.map(|(path, bytes)| (RelPath::new(&format!("{folder}{path}")), bytes)).collect()
}
