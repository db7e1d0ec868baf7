//! What the pages of a year are made of, or those of the site itself, as one hash: where it is the same, so are they.

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

/// What the keys of a site share.
pub(crate) struct CacheKeys<'a> {
    site: &'a SiteContext<'a>,
    /// What was found in the files of each folder below `content/`.
    found: HashMap<&'a str, DigestHasher>,
    /// Where the links of each report lead.
    links: &'a [Arc<ResolvedLinks>],
    /// Everything else that any page may show.
    common: Digest,
}

impl<'a> CacheKeys<'a> {
    /// Hashes what all pages share: the theme with the words and what is on all pages, what the build was asked for, what
    /// must not be published, and which years there are; and the faults of each folder.
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
        let said = format!("{:?} {:?}", site.options, site.languages);
        let common = (theme.fingerprint().to_le_bytes(), years, shared, redactor, said, site.base_url);
        let common = theme::hash_of(&common);
        Self { site, found, links, common }
    }

    /// The key of a year: the year and the one before, whose promises it answers, with their faults and links, and what
    /// all years share.
    #[must_use]
    pub(crate) fn of_year(&self, year: &YearRoutes) -> Digest {
        let of_report = |index: usize| {
            let report = &self.site.archive.reports[index];
            hash_of_hashes(&[report.input_hash, self.found_in(report.year.as_str()), self.links[index].hash])
        };
        let before = year.report.checked_sub(1).map(of_report).unwrap_or_default();
        hash_of_hashes(&[self.common, of_report(year.report), before])
    }

    /// The key of what is of no year: the site's own pages with their faults and links, what they and the front page
    /// show of the years, which were made before, and the lists of everything.
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
        for (year, made) in site.routes.years.iter().zip(years) {
            let report = site.report(year);
            cards.add(&made.listing.to_le_bytes());
            cards.add(format!("{:?} {:?}", report.period, report.published).as_bytes());
        }
        let newest = site.routes.years.first().map(|year| self.of_year(year)).unwrap_or_default();
        let found = ["", "pages"].map(|folder| self.found_in(folder));
        let trends = theme::hash_of(&format!("{:?}", site.routes.trends));
        let own = [pages.finish(), cards.finish(), found[0], found[1], links.hash, trends, newest];
        hash_of_hashes(&[&[self.common, site.routes.fingerprint()], &own[..]].concat())
    }

    /// The hash of what was found in a folder.
    fn found_in(&self, folder: &str) -> Digest {
        self.found.get(folder).map(DigestHasher::finish).unwrap_or_default()
    }
}

/// The folder below `content/` in whose files something was found; files at its top have none.
fn folder(found: &Diagnostic) -> &str {
    let below = found.location.file.below("content").unwrap_or_default();
    below.split_once('/').map_or("", |(folder, _)| folder)
}
