//! Which corrections readers are owed: a published report says something else now, and no correction says so.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{ChangeKind, Difference, ReaderChange, SiteChanges};
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
    let came_later = |change: &&ReaderChange| change.readable().is_some_and(|(before, now)| !before && now);
    let late: BTreeSet<&str> = changes.iter().filter(came_later).map(|change| change.address.as_str()).collect();
    let mut owed: BTreeMap<String, Vec<ReaderChange>> = BTreeMap::new();
    for change in changes.iter().filter(|change| is_correction(change) && !late.contains(change.address.as_str())) {
        let Some(year) = change.year() else { continue };
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

/// Whether a change of a published report is one that readers are owed a correction for. What is new beside what the report
/// said is none, unless it is in its texts and tables.
fn is_correction(change: &ReaderChange) -> bool {
    match change.kind {
        ChangeKind::Commitment
        | ChangeKind::Outcome
        | ChangeKind::Finding
        | ChangeKind::Figure
        | ChangeKind::Section
        | ChangeKind::Text => true,
        ChangeKind::Page => matches!(change.difference, Difference::Removed(_)),
        ChangeKind::State => change.readable().is_some_and(|(before, now)| before && !now),
        ChangeKind::Fact => !change.is_about_edition && !is_new(&change.difference),
        ChangeKind::Report => false,
    }
}

/// Whether nothing was said before of what a change is about.
fn is_new(difference: &Difference) -> bool {
    matches!(difference, Difference::Added(_) | Difference::Value { was: None, .. })
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

    /// The front page and one agency's submission.
    fn front(figure: &str, more: &str, submission: &str) -> PublishedSite {
        let mut site = PublishedSite::default();
        let message = format!("{{\"text\": \"More.\", \"figure\": {figure}, \"direction\": \"up\"}}");
        let report = format!(
            "{{\"year\": \"2024-25\", \"boards\": [], \"agencies\": [{{\"id\": \"a\", \"name\": \"A\", \"submission\": \
             {submission}}}], \"pages\": [], \"key_messages\": [{message}], \"corrections\": [], {more}}}"
        );
        site.add("2024-25/data/report.json", report.as_bytes());
        site
    }

    fn sent(status: &str, words: &str) -> String {
        format!(
            "{{\"status\": \"{status}\", \"summary\": \"{words}\", \"submitted\": null, \"signed_off\": null, \
             \"sections\": [], \"commitments\": [{{\"id\": \"a/b\", \"text\": \"Act.\"}}], \"follow_ups\": []}}"
        )
    }

    #[test]
    fn only_submissions_that_came_later_are_spared() {
        let with = |submission: &str| front("null", "\"published\": null", submission);
        let live = with(&sent("submitted", "four words"));
        assert_eq!(check(&live, &with(&sent("signed-off", "four words"))), "");
        let owed = "2024-25: 1 text on agencies/a, others: false";
        assert_eq!(check(&live, &with(&sent("signed-off", "five words"))), owed);
        assert_eq!(check(&with(&sent("signed-off", "four words")), &with(&sent("submitted", "five words"))), owed);
        assert_eq!(check(&with("null"), &live), "", "it came later");
        let withdrawn = check(&live, &with("null"));
        assert_eq!(withdrawn, "2024-25: 1 submission, 1 commitment on agencies/a, others: false");
    }

    #[test]
    fn what_the_report_stated_otherwise_is_owed() {
        let state = |figure: &str, published: &str, decision: &str| {
            let decision = format!("{{\"ref\": \"1\", \"due\": null, \"state\": \"{decision}\"}}");
            let more = format!("\"published\": {published}, \"decisions\": {{\"decisions\": [{decision}]}}");
            front(figure, &more, "null")
        };
        let live = state("\"92%\"", "null", "open");
        assert_eq!(check(&live, &state("\"29%\"", "null", "open")), "2024-25: 1 figure on , others: false");
        assert_eq!(check(&live, &state("\"92%\"", "\"2025-01-01\"", "open")), "", "the edition's own date");
        assert_eq!(
            check(&live, &state("\"92%\"", "null", "done")),
            "2024-25: 1 other fact on decisions, others: false"
        );
        let due = front("null", "\"period\": {\"from\": null}", "null");
        assert_eq!(check(&due, &front("null", "\"period\": {\"from\": \"2024-04-01\"}", "null")), "", "said now only");
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
