//! What one side of a comparison published.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::output::OutputTree;

/// The language and year of a report. The language is empty for the site's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ReportId {
    pub language: String,
    pub year: String,
}

impl ReportId {
    /// The heading above the changes of a report: `2024-25`, `2024-25 (cy)`.
    pub(super) fn heading(&self) -> String {
        if self.language.is_empty() { self.year.clone() } else { format!("{} ({})", self.year, self.language) }
    }
}

/// The data of a site's reports, and the texts of the pages that belong to no year.
#[derive(Clone, Debug, Default)]
pub(crate) struct PublishedSite {
    /// `report.json` of each year.
    pub(super) reports: BTreeMap<ReportId, Value>,
    /// `search/site.json` of each language.
    pub(super) indexes: BTreeMap<String, Value>,
}

/// A file that is compared.
enum ComparedFile {
    Report(ReportId),
    Index(String),
}

impl ComparedFile {
    /// The file at a path from the root of a built site, if it is one of those.
    fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts[..] {
            [year, "data", "report.json"] => {
                Some(Self::Report(ReportId { language: String::new(), year: year.into() }))
            }
            [language, year, "data", "report.json"] => {
                Some(Self::Report(ReportId { language: language.into(), year: year.into() }))
            }
            ["search", "site.json"] => Some(Self::Index(String::new())),
            [language, "search", "site.json"] => Some(Self::Index(language.into())),
            _ => None,
        }
    }
}

/// Whether a file of a built site is among those that are compared.
pub(crate) fn is_compared(path: &str) -> bool {
    ComparedFile::parse(path).is_some()
}

impl PublishedSite {
    /// What the pages of a site say that was built in memory.
    pub(crate) fn from_output(output: &OutputTree) -> Self {
        let mut site = Self::default();
        for (path, bytes) in output.files.iter().filter(|(path, _)| is_compared(path.as_str())) {
            site.add(path.as_str(), bytes);
        }
        site
    }

    /// Adds a file of the site. One that is not compared, or is not JSON, changes nothing.
    pub(crate) fn add(&mut self, path: &str, bytes: &[u8]) {
        if let Ok(value) = serde_json::from_slice(bytes) {
            self.add_value(path, value);
        }
    }

    /// The same for a file that was parsed before.
    pub(crate) fn add_value(&mut self, path: &str, value: Value) {
        match ComparedFile::parse(path) {
            Some(ComparedFile::Report(key)) => _ = self.reports.insert(key, value),
            Some(ComparedFile::Index(language)) => _ = self.indexes.insert(language, value),
            None => {}
        }
    }

    /// Whether nothing is known of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.reports.is_empty() && self.indexes.is_empty()
    }

    /// Whether it has a report of the year, in whichever language.
    pub(crate) fn has_year(&self, year: &str) -> bool {
        self.reports.keys().any(|key| key.year == year)
    }

    /// Leaves out all reports but those of one year, and the site's own pages.
    pub(crate) fn only_year(&mut self, year: &str) {
        self.reports.retain(|key, _| key.year == year);
        self.indexes.clear();
    }

    /// The corrections of a year, in the site's own language.
    pub(super) fn corrections(&self, year: &str) -> Vec<&Value> {
        let report = self.reports.get(&ReportId { language: String::new(), year: year.to_owned() });
        report.and_then(|report| report["corrections"].as_array()).into_iter().flatten().collect()
    }
}
