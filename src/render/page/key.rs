//! What the pages of a year are made of, as one hash: where it is the same, so are they.

use std::collections::{HashMap, HashSet};

use super::Edition;
use crate::diagnostic::Diagnostic;
use crate::render::route::YearRoutes;
use crate::render::theme::{self, Theme};
use crate::source::SourceTree;
use crate::source::tree::{Hash, hash_on};

/// What the keys of all years share.
pub struct Keys<'a> {
    edition: &'a Edition<'a>,
    /// The files of each folder below `content/`, and what was found in them.
    folders: HashMap<&'a str, Hash>,
    /// Everything else that any page may show.
    common: Hash,
}

impl<'a> Keys<'a> {
    /// Hashes what a site is made of: its theme with the words and what all pages share, what the build was asked for,
    /// what must not be published, where links can lead, every address, and each year's files and faults.
    #[must_use]
    pub fn of(edition: &'a Edition<'a>, theme: &Theme, tree: &'a SourceTree, diagnostics: &'a [Diagnostic]) -> Self {
        let mut folders: HashMap<&str, Hash> = HashMap::new();
        for (path, below, file) in tree.below("content") {
            let entry = folders.entry(folder(below)).or_default();
            *entry = hash_on(*entry, &[path.as_str().as_bytes(), &file.hash.to_le_bytes()]);
        }
        for found in diagnostics {
            let entry = folders.entry(found.place.file.below("content").map_or("", folder)).or_default();
            *entry = hash_on(*entry, &[format!("{found:?}").as_bytes()]);
        }
        let years: Vec<&str> = edition.routes.years.iter().map(YearRoutes::name).collect();
        // What lies in no year's folder may stand on the pages of all.
        let reports: HashSet<&str> = edition.archive.reports.iter().map(|report| report.year.as_str()).collect();
        let mut shared: Vec<_> = folders.iter().filter(|(folder, _)| !reports.contains(*folder)).collect();
        shared.sort_unstable();
        let shared: Vec<_> = shared.into_iter().map(|(folder, hash)| (*folder, hash.to_le_bytes())).collect();
        let withheld: Vec<&[u8]> = edition.withheld.words().collect();
        let built = [edition.targets.fingerprint(), edition.routes.fingerprint()].map(Hash::to_le_bytes);
        let said = format!("{:?} {:?}", edition.options, edition.tongues);
        let common = (theme.fingerprint().to_le_bytes(), years, shared, withheld, built, said, edition.base_url);
        let common = theme::hash_of(&common);
        Self { edition, folders, common }
    }

    /// The key of a year: its own files, those of the year before, whose promises it answers, and what all years share.
    #[must_use]
    pub fn of_year(&self, year: &YearRoutes) -> Hash {
        let before = year.report.checked_sub(1).map(|before| self.edition.archive.reports[before].year.as_str());
        let files = |name: Option<&str>| name.and_then(|name| self.folders.get(name)).copied().unwrap_or_default();
        let parts = [self.common, files(Some(year.name())), files(before)].map(Hash::to_le_bytes);
        theme::hash_of(&(year.name(), before, parts))
    }
}

/// The folder of a path below `content/`; files at its top have none.
fn folder(below: &str) -> &str {
    below.split_once('/').map_or("", |(folder, _)| folder)
}
