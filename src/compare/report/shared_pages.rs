//! Compares the pages that belong to no year, such as the accessibility statement and the glossary.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::change::{ChangeKind, Difference, ReaderChange, SiteChanges};
use super::super::published::PublishedSite;
use super::super::words;
use super::items;

/// Pages whose text follows from the reports: the front page, the figures across years, and the search.
const DERIVED: &[&str] = &["", "trends/", "search/"];

/// A page of an index of the search: its title, its address, and its sections.
struct SharedPage<'a> {
    title: &'a str,
    /// Texts by heading.
    sections: Vec<(&'a str, &'a str)>,
}

/// Adds what differs between the shared pages of two sites.
pub(super) fn compare(old: &PublishedSite, new: &PublishedSite, changes: &mut SiteChanges) {
    for (language, new) in &new.indexes {
        let Some(old) = old.indexes.get(language) else { continue };
        let (old, new) = (pages(old), pages(new));
        let prefix = if language.is_empty() { String::new() } else { format!("{language}/") };
        let mut add = |page: &SharedPage<'_>, address: &str, kind, what: &str, difference| {
            changes.list.push(ReaderChange {
                report: None,
                kind,
                subject: page.title.to_owned(),
                what: what.to_owned(),
                address: format!("{prefix}{address}"),
                difference,
                is_about_edition: false,
            });
        };
        for (address, page) in &new {
            let Some(before) = old.get(address) else {
                add(page, address, ChangeKind::Page, "", Difference::Added(page.title.to_owned()));
                continue;
            };
            for (heading, difference) in sections(before, page) {
                add(page, address, ChangeKind::Text, heading, difference);
            }
        }
        for (address, page) in old.iter().filter(|(address, _)| !new.contains_key(*address)) {
            add(page, address, ChangeKind::Page, "", Difference::Removed(page.title.to_owned()));
        }
    }
}

/// What differs between two versions of a page, by heading.
fn sections<'a>(old: &SharedPage<'a>, new: &SharedPage<'a>) -> Vec<(&'a str, Difference)> {
    let mut found = Vec::new();
    let of = |page: &SharedPage<'a>, heading: &str| -> Vec<&'a str> {
        page.sections.iter().filter(|(other, _)| *other == heading).map(|(_, text)| *text).collect()
    };
    let mut headings: Vec<&str> = new.sections.iter().chain(&old.sections).map(|(heading, _)| *heading).collect();
    let mut seen = std::collections::HashSet::new();
    headings.retain(|heading| seen.insert(*heading));
    if words::fold(old.title) != words::fold(new.title) {
        found.push(("title", Difference::Reworded(words::words(old.title, new.title))));
    }
    for heading in headings {
        let changes = words::blocks(&of(old, heading), &of(new, heading));
        found.extend(changes.into_iter().map(|change| (heading, change.into())));
    }
    found
}

/// The pages of an index, by address.
fn pages(index: &Value) -> BTreeMap<&str, SharedPage<'_>> {
    let pages = items(&index["pages"]).map(|page| {
        let sections = items(&page[2]).filter_map(|section| Some((section[0].as_str()?, section[2].as_str()?)));
        let title = page[0].as_str().unwrap_or_default();
        (page[1].as_str().unwrap_or_default(), SharedPage { title, sections: sections.collect() })
    });
    pages.filter(|(address, _)| !DERIVED.contains(address)).collect()
}
