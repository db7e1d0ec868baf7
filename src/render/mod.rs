//! The model becomes pages: addresses, views, the theme, and the files for machines beside them.
//!
//! From below: [`route`] decides where everything stands, [`view`] says what templates are given, [`context`] has what
//! pages are made from, each file of [`page`] makes one kind of view, [`compose`] knows which page is of which kind, and
//! [`theme`] makes bytes of them.

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
    /// What links can lead to, of each year.
    pub shelves: Cache<Arc<LinkIndex>>,
    addresses: Cache<Arc<YearAddresses>>,
    links: Cache<Arc<ResolvedLinks>>,
    years: Cache<Arc<RenderedYear>>,
    /// Pictures as they are published, by the hashes of their files.
    pictures: media::PictureCache,
}

impl RenderCache {
    /// Drops what was not asked for since the last sweep.
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
    /// What must not be published, in any of the site's languages.
    redactor: Redactor,
}

impl Prepared {
    /// Keeps what some diagnostics flag, and nobody waived, out of what is rendered.
    pub(crate) fn withhold(&mut self, diagnostics: &[Diagnostic]) {
        self.redactor = Redactor::from_diagnostics(diagnostics, self.theme.words.text("withheld"));
    }
}

impl Prepared {
    /// The places of what stands in a folder of the site, or at an earlier address there.
    pub(crate) fn below(&self, folder: &str) -> impl Iterator<Item = &Location> {
        self.routes.below(folder)
    }
}

/// Loads the theme and gives every page its address; what is wrong with either is known before anything is rendered.
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
    let routes = Routes::new(archive, options, trends, &theme.asset_files, &cache.addresses).emit_into(&mut found);
    WithDiagnostics::new(Prepared { theme, routes, redactor: Redactor::default() }, found)
}

/// How much of a site is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RenderExtent {
    /// All of it.
    Whole,
    /// Pages of every kind, to see whether they can be; nothing is given but what is wrong. Where one cannot be, all
    /// others are tried as well, so that the same is said as of the whole.
    Sample,
}

/// Makes the site of a model: every page and every file that stands beside them.
///
/// `diagnostics` is all that was found in the files that the model was made of: reasons for what is waived are
/// printed on the pages that it concerns, and on a site that is built in spite of errors so are the errors.
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

    // Oldest first, so that the paths come in their order.
    let all: Vec<&RenderedYear> = years.iter().rev().chain([&shared]).map(Arc::as_ref).collect();
    let files = all.iter().flat_map(|made| &made.files).cloned();
    let shown: Vec<&ImageUsage> = links.iter().map(|links| &links.shown).chain([&own.shown]).collect();
    let seen = media::published(&site, tree, &shown, diagnostics, &cache.pictures);
    let mut output: OutputTree = files.chain(beside(&site, &theme, &all)).chain(seen).collect();
    for (old, page) in redirects(&site, &theme, &all) {
        match page {
            Ok(bytes) => _ = output.files.insert(old.file(), bytes),
            Err(failure) => failures.push((old, failure)),
        }
    }
    if !languages.folder().is_empty() {
        output = below(languages.folder(), output);
    }
    let in_folder =
        |(page, failure): (Address, RenderError)| (Address::new(languages.folder()).join(page.as_str()), failure);
    found.extend(theme::report_failures(failures.into_iter().map(in_folder).collect()));
    WithDiagnostics::new(redactor.sweep_paths(output), found)
}

/// The address of the site's root, without a `/` at its end.
fn root_url<'a>(archive: &'a Archive, options: &'a Options) -> &'a str {
    options.base_url.as_deref().unwrap_or(&archive.site.base_url).trim_end_matches('/')
}

/// What was made before, or is made now. What failed in part is made each time, so that it is told each time.
fn remembered(
    cache: &Cache<Arc<RenderedYear>>,
    key: Digest,
    make: impl FnOnce() -> YearOutcome,
) -> (Arc<RenderedYear>, Vec<(Address, RenderError)>) {
    if let Some(made) = cache.get(key) {
        return (made, Vec::new());
    }
    let YearOutcome { made, failures } = make();
    if failures.is_empty() {
        cache.insert(key, Arc::clone(&made));
    }
    (made, failures)
}

/// Where the links of the site's own pages lead, and those of each report.
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

/// A page, or why there is none.
type PageResult = Result<Arc<[u8]>, RenderError>;

/// The pages at earlier addresses, which lead on. An earlier address is the path of a file, from which nothing can be
/// taken out.
fn redirects(site: &SiteContext<'_>, theme: &Theme, made: &[&RenderedYear]) -> Vec<(Address, PageResult)> {
    let redirects = &site.routes.redirects;
    if redirects.is_empty() {
        return Vec::new();
    }
    let pages = made.iter().flat_map(|made| &made.pages);
    let titles: HashMap<&Address, &str> = pages.map(|page| (&page.address, page.title.as_str())).collect();
    let renderer = PageRenderer { site, theme, year: None };
    let built = redirects.iter().filter(|(old, _)| !site.redactor.is_in(old.as_str()));
    let redirect = |(old, now): (&Address, &Address)| {
        let title = titles.get(now).copied().unwrap_or_default();
        (old.clone(), renderer.render(compose::redirect(site, old, now, title), &ChromeView::default()))
    };
    built.map(redirect).collect()
}

/// The files for machines, and those of the theme.
fn beside<'a>(
    site: &SiteContext<'_>,
    theme: &'a Theme,
    made: &[&RenderedYear],
) -> impl Iterator<Item = (RelPath, Arc<[u8]>)> + use<'a> {
    let root_url = root_url(site.archive, site.options);
    let listed = made.iter().flat_map(|made| &made.pages).filter(|page| page.is_listed).map(|page| &page.address);
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
        let swept = site.redactor.sweep(address.as_str(), text.into_bytes());
        (address, swept.into())
    });
    let texts: Vec<(Address, Arc<[u8]>)> = texts.collect();
    let assets = theme.assets.iter().map(|(address, bytes)| (address.clone(), bytes.clone()));
    texts.into_iter().chain(assets).map(|(address, bytes)| (address.file(), bytes))
}

/// The site of another language, in its folder. What a host looks for at its root alone stays with the site's own.
fn below(folder: &str, site: OutputTree) -> OutputTree {
    let is_own = |path: &RelPath| matches!(path.as_str(), "robots.txt" | "_headers" | route::NOT_FOUND);
    let files = site.files.into_iter().filter(|(path, _)| !is_own(path));
    files.map(|(path, bytes)| (RelPath::new(&format!("{folder}{path}")), bytes)).collect()
}
