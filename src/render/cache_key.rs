//! Cache keys: a hash of everything that the pages of a year, or those of the site itself, depend on.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use super::context::SiteContext;
use super::render_year::{self, RenderedYear};
use super::resolved_links::ResolvedLinks;
use crate::diagnostic::Diagnostic;
use crate::render::route::YearRoutes;
use crate::render::theme::{self, Theme};
use crate::source::SourceTree;
use crate::source::digest::{Digest, DigestHasher, hash128};

/// Inputs shared by all keys of a site.
pub(crate) struct CacheKeys<'a> {
    site: &'a SiteContext<'a>,
    /// The diagnostics of each folder below `content/`.
    found: HashMap<&'a str, DigestHasher>,
    /// The resolved links of each report.
    links: &'a [Arc<ResolvedLinks>],
    /// For each report, itself and the earlier ones whose commitments it carries over.
    histories: Vec<Digest>,
    /// Everything else that any page may show.
    common: Digest,
}

impl<'a> CacheKeys<'a> {
    /// Hashes the inputs shared by all pages: the theme and its texts, the site-wide data, the build options, the
    /// redactions, the list of years, and the diagnostics of each folder.
    #[must_use]
    pub(crate) fn new(
        site: &'a SiteContext<'a>,
        theme: &Theme,
        tree: &SourceTree,
        diagnostics: &'a [Diagnostic],
        links: &'a [Arc<ResolvedLinks>],
    ) -> Self {
        let mut found: HashMap<&str, DigestHasher> = HashMap::new();
        for one in diagnostics {
            one.hash(found.entry(folder(one)).or_default());
        }
        let years: Vec<&str> = site.routes.years.iter().map(YearRoutes::name).collect();
        let asked = (site.options, site.languages, site.base_url);
        let shared = (theme.fingerprint(), site.archive.hash_of_shared(tree));
        let common = hash128(&(shared, asked, years, site.redactor.letters()));
        let mut keys = Self { site, found, links, histories: Vec::with_capacity(links.len()), common };
        for (index, report) in site.archive.reports().enumerate() {
            let before = keys.histories.last().filter(|_| report.carries_over());
            let history = hash128(&(keys.of_report(index), before));
            keys.histories.push(history);
        }
        keys
    }

    /// The key of a year. It covers the year and the previous one, whose commitments it reports back on, with their
    /// diagnostics and links, the earlier years whose commitments it carries over, and the shared inputs.
    #[must_use]
    pub(crate) fn of_year(&self, year: &YearRoutes) -> Digest {
        let before = year.report.checked_sub(1).map(|before| self.of_report(before));
        // Each page leads to the same page of the report before and after.
        let years = &self.site.routes.years;
        let at = years.iter().position(|own| own.report == year.report).unwrap_or_default();
        let around = [at.checked_sub(1), Some(at + 1)].map(|at| years.get(at?).map(YearRoutes::fingerprint));
        hash128(&(self.common, self.histories[year.report], before, around))
    }

    /// The inputs of one report.
    fn of_report(&self, index: usize) -> (Digest, Digest, Digest) {
        let report = &self.site.archive.reports[index];
        (report.input_hash, self.found_in(report.year.as_str()), self.links[index].hash)
    }

    /// The key of the site's own pages. It covers their diagnostics and links, the figures of each year that they and
    /// the front page show, and the lists of all pages. The years must be rendered first.
    #[must_use]
    pub(crate) fn of_shared(&self, tree: &SourceTree, links: &ResolvedLinks, years: &[Arc<RenderedYear>]) -> Digest {
        let site = self.site;
        let files: Vec<_> = tree.files_under("content/pages").map(|(_, below, file)| (below, file.hash)).collect();
        let notices =
            render_year::site_plan(site).into_iter().map(|planned| site.notices.on(&planned.address).cloned());
        let notices = theme::hash_of(&notices.collect::<Vec<_>>());
        let terms: Vec<_> = site.terms.all().iter().map(|term| (&term.term, &term.meaning)).collect();
        let card = |(year, rendered): (&YearRoutes, &Arc<RenderedYear>)| {
            let report = site.report(year);
            (rendered.listing, report.period, report.published)
        };
        let cards: Vec<_> = site.routes.years.iter().zip(years).map(card).collect();
        let newest = site.routes.years.first().map(|year| self.of_year(year));
        let found = ["", "pages"].map(|folder| self.found_in(folder));
        let pages = (files, notices, terms, found, links.hash);
        hash128(&(self.common, site.routes.fingerprint(), pages, cards, &site.routes.trends, newest))
    }

    /// The hash of a folder's diagnostics.
    fn found_in(&self, folder: &str) -> Digest {
        self.found.get(folder).map(DigestHasher::digest).unwrap_or_default()
    }
}

/// The folder below `content/` that a diagnostic is in; empty for files directly in `content/`.
fn folder(found: &Diagnostic) -> &str {
    let below = found.location.file.below("content").unwrap_or_default();
    below.split_once('/').map_or("", |(folder, _)| folder)
}
