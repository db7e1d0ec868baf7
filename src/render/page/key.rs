//! What the pages of a year are made of, as one hash: where it is the same, so are they.

use std::collections::HashMap;

use super::Edition;
use crate::diagnostic::Diagnostic;
use crate::render::route::YearRoutes;
use crate::render::theme::{self, Theme};
use crate::source::SourceTree;
use crate::source::tree::{Hash, Hasher};

/// What the keys of all years share.
pub struct Keys<'a> {
    edition: &'a Edition<'a>,
    /// What was found in the files of each folder below `content/`.
    found: HashMap<&'a str, Hasher>,
    /// Everything else that the pages of any year may show.
    common: Hash,
}

impl<'a> Keys<'a> {
    /// Hashes what a site is made of: its theme with the words and what all pages share, what the build was asked for,
    /// what must not be published, where links can lead, every address, and the faults of each year.
    #[must_use]
    pub fn of(edition: &'a Edition<'a>, theme: &Theme, tree: &SourceTree, diagnostics: &'a [Diagnostic]) -> Self {
        let mut found: HashMap<&str, Hasher> = HashMap::new();
        for one in diagnostics {
            found.entry(folder(one)).or_default().add(format!("{one:?}").as_bytes());
        }
        let years: Vec<&str> = edition.routes.years.iter().map(YearRoutes::name).collect();
        let withheld: Vec<&[u8]> = edition.withheld.words().collect();
        let built = [edition.archive.hash_of_shared(tree), edition.targets.fingerprint(), edition.routes.fingerprint()]
            .map(Hash::to_le_bytes);
        let said = format!("{:?} {:?}", edition.options, edition.tongues);
        let common = (theme.fingerprint().to_le_bytes(), years, withheld, built, said, edition.base_url);
        let common = theme::hash_of(&common);
        Self { edition, found, common }
    }

    /// The key of a year: the year and the one before, whose promises it answers, with their faults, and what all years
    /// share.
    #[must_use]
    pub fn of_year(&self, year: &YearRoutes) -> Hash {
        let before = year.report.checked_sub(1).map(|before| self.edition.archive.reports[before].year.as_str());
        let found = |name: &str| self.found.get(name).map(Hasher::finish).unwrap_or_default();
        let made_of = self.edition.archive.reports[year.report].made_of;
        let parts = [self.common, made_of, found(year.name()), before.map(found).unwrap_or_default()];
        theme::hash_of(&(year.name(), before, parts.map(Hash::to_le_bytes)))
    }
}

/// The folder below `content/` in whose files something was found; files at its top have none.
fn folder(found: &Diagnostic) -> &str {
    let below = found.place.file.below("content").unwrap_or_default();
    below.split_once('/').map_or("", |(folder, _)| folder)
}
