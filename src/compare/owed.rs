//! Which corrections readers are owed: a published report says something else now, and no correction says so.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{ChangeKind, ReaderChange, SiteChanges};
use super::published::PublishedSite;

/// A published year whose words or figures have changed.
pub(crate) struct OwedCorrection {
    pub year: String,
    /// What has changed.
    pub changes: SiteChanges,
    /// The pages that it is on, as `where` in `report.yaml` names them. Empty for the front page.
    pub pages: BTreeSet<String>,
    /// Whether the report has earlier corrections.
    pub has_others: bool,
}

/// The years of `live` whose words or figures are others in `new`, and that have no new correction. Years that only one of
/// them has are not among them, nor are submissions that came later.
#[must_use]
pub(crate) fn corrections_owed(live: &PublishedSite, new: &PublishedSite) -> Vec<OwedCorrection> {
    let changes = super::compare(live, new).list;
    let late: BTreeSet<(Option<&str>, &str)> = changes
        .iter()
        .filter(|change| change.kind == ChangeKind::State)
        .map(|change| (change.year(), change.subject.as_str()))
        .collect();
    let mut owed: BTreeMap<String, Vec<ReaderChange>> = BTreeMap::new();
    for change in changes.iter().filter(|change| is_correction(change.kind)) {
        let Some(year) = change.year().filter(|year| !late.contains(&(Some(year), &change.subject))) else { continue };
        let said = live.corrections(year);
        if new.corrections(year).iter().all(|correction| said.contains(correction)) {
            owed.entry(year.to_owned()).or_default().push(change.clone());
        }
    }
    let owed = owed.into_iter().rev().map(|(year, list)| OwedCorrection {
        pages: list.iter().map(|change| page_of(&change.address, &year)).collect(),
        has_others: !new.corrections(&year).is_empty(),
        changes: SiteChanges { list, ..SiteChanges::default() },
        year,
    });
    owed.collect()
}

/// Whether a change of a published report is one that readers are owed a correction for.
fn is_correction(kind: ChangeKind) -> bool {
    match kind {
        ChangeKind::Commitment
        | ChangeKind::Outcome
        | ChangeKind::Finding
        | ChangeKind::Figure
        | ChangeKind::Section
        | ChangeKind::Text => true,
        ChangeKind::Report | ChangeKind::State | ChangeKind::Page | ChangeKind::Fact => false,
    }
}

/// The name of a page below its year: `cy/2024-25/agencies/police/` is `agencies/police`.
fn page_of(address: &str, year: &str) -> String {
    let below = address.split_once(&format!("{year}/")).map_or(address, |(_, below)| below);
    below.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(figure: u32, words: &str, corrections: &str) -> PublishedSite {
        let mut site = PublishedSite::default();
        let report = format!(
            "{{\"year\": \"2024-25\", \"boards\": [], \"agencies\": [], \"pages\": [{{\"id\": \"foreword\", \"title\": \"F\", \
             \"summary\": null, \"text\": [\"{words}\"]}}], \"budget\": {{\"balance\": {figure}}}, \"corrections\": {corrections}}}"
        );
        site.add("2024-25/data/report.json", report.as_bytes());
        site
    }

    fn check(live: &PublishedSite, new: &PublishedSite) -> String {
        let owed = corrections_owed(live, new).into_iter().map(|owed| {
            let pages = owed.pages.into_iter().collect::<Vec<_>>().join(" and ");
            format!("{}: {} on {pages}, others: {}", owed.year, owed.changes.summary(), owed.has_others)
        });
        owed.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn changes_without_a_new_correction_are_owed() {
        let (first, second) = (r#"{"on": "2025-01-01", "what": ["a"]}"#, r#"{"on": "2025-02-01", "what": ["b"]}"#);
        let live = site(1, "four words are here", "[]");
        assert_eq!(check(&live, &live), "");
        let new = site(2, "five words are here", "[]");
        assert_eq!(check(&live, &new), "2024-25: 1 figure, 1 text on budget and foreword, others: false");
        assert_eq!(check(&live, &site(2, "four words are here", &format!("[{first}]"))), "");
        let live = site(1, "four words are here", &format!("[{first}]"));
        assert_eq!(
            check(&live, &site(2, "four words are here", &format!("[{first}]"))),
            "2024-25: 1 figure on budget, others: true"
        );
        assert_eq!(check(&live, &site(2, "four words are here", &format!("[{second}, {first}]"))), "");
        assert_eq!(check(&PublishedSite::default(), &new), "", "a year that was not live");
    }
}
