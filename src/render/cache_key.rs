//! Cache keys: a hash of everything that the pages of a year, or those of the site itself, depend on.

use std::collections::HashMap;
use std::sync::Arc;

use super::context::SiteContext;
use super::render_year::{self, RenderedYear};
use super::resolved_links::ResolvedLinks;
use crate::diagnostic::Diagnostic;
use crate::render::route::YearRoutes;
use crate::render::theme::{self, Theme};
use crate::source::SourceTree;
use crate::source::digest::{Digest, DigestHasher, hash_of_hashes};

/// Inputs shared by all keys of a site.
pub(crate) struct CacheKeys<'a> {
    site: &'a SiteContext<'a>,
    /// The diagnostics of each folder below `content/`.
    found: HashMap<&'a str, DigestHasher>,
    /// The resolved links of each report.
    links: &'a [Arc<ResolvedLinks>],
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
            found.entry(folder(one)).or_default().add(format!("{one:?}").as_bytes());
        }
        let years: Vec<&str> = site.routes.years.iter().map(YearRoutes::name).collect();
        let redactor = site.redactor.letters();
        let shared = site.archive.hash_of_shared(tree).to_le_bytes();
        let options = format!("{:?} {:?}", site.options, site.languages);
        let common = (theme.fingerprint().to_le_bytes(), years, shared, redactor, options, site.base_url);
        let common = theme::hash_of(&common);
        Self { site, found, links, common }
    }

    /// The key of a year. It covers the year and the previous one, whose commitments it reports back on, with their
    /// diagnostics and links, and the shared inputs.
    #[must_use]
    pub(crate) fn of_year(&self, year: &YearRoutes) -> Digest {
        let of_report = |index: usize| {
            let report = &self.site.archive.reports[index];
            hash_of_hashes(&[report.input_hash, self.found_in(report.year.as_str()), self.links[index].hash])
        };
        let before = year.report.checked_sub(1).map(of_report).unwrap_or_default();
        hash_of_hashes(&[self.common, of_report(year.report), before])
    }

    /// The key of the site's own pages. It covers their diagnostics and links, the figures of each year that they and
    /// the front page show, and the lists of all pages. The years must be rendered first.
    #[must_use]
    pub(crate) fn of_shared(&self, tree: &SourceTree, links: &ResolvedLinks, years: &[Arc<RenderedYear>]) -> Digest {
        let site = self.site;
        let mut pages = DigestHasher::default();
        tree.files_under("content/pages").for_each(|(path, _, file)| pages.add_file(path, file.hash));
        for planned in render_year::site_plan(site) {
            pages.add(format!("{:?}", site.notices.on(&planned.address)).as_bytes());
        }
        for term in site.terms.all() {
            pages.add(term.term.as_bytes());
            pages.add(term.meaning.as_bytes());
        }
        let mut cards = DigestHasher::default();
        for (year, rendered) in site.routes.years.iter().zip(years) {
            let report = site.report(year);
            cards.add(&rendered.listing.to_le_bytes());
            cards.add(format!("{:?} {:?}", report.period, report.published).as_bytes());
        }
        let newest = site.routes.years.first().map(|year| self.of_year(year)).unwrap_or_default();
        let found = ["", "pages"].map(|folder| self.found_in(folder));
        let trends = theme::hash_of(&format!("{:?}", site.routes.trends));
        let own = [pages.finish(), cards.finish(), found[0], found[1], links.hash, trends, newest];
        hash_of_hashes(&[&[self.common, site.routes.fingerprint()], &own[..]].concat())
    }

    /// The hash of a folder's diagnostics.
    fn found_in(&self, folder: &str) -> Digest {
        self.found.get(folder).map(DigestHasher::finish).unwrap_or_default()
    }
}

/// The folder below `content/` that a diagnostic is in; empty for files directly in `content/`.
fn folder(found: &Diagnostic) -> &str {
    let below = found.location.file.below("content").unwrap_or_default();
    below.split_once('/').map_or("", |(folder, _)| folder)
}
