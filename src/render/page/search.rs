//! The search page, with the A to Z of everything.

use super::page_list::{self, PageKind};
use super::shared::letters::letter;
use crate::render::anchors::{letter_anchor, term_anchor};
use crate::render::context::SiteContext;
use crate::render::route;
use crate::render::view::parts::{EntriesView, EntryView, SearchTextView, SearchView};
use crate::source::slug::slug;

/// How many years are listed when the page is only tried out.
const SAMPLE_YEARS: usize = 20;

pub(crate) fn view(site: &SiteContext<'_>) -> SearchView {
    let years = &site.routes.years;
    let mut entries: Vec<(String, EntryView)> = Vec::new();
    let mut add = |title: &str, href: String, year: &str| {
        entries.push((slug(title), EntryView { title: title.to_owned(), href, year: year.to_owned() }));
    };
    for planned in page_list::of_site(site.archive, site.routes, site.words).iter().filter(|one| one.kind.is_listed()) {
        add(&planned.title, planned.address.to_string(), "");
    }
    // Trying out the page with what is new in hundreds of years would take most of the memory of a check.
    let listed = if site.is_sample { &years[..years.len().min(SAMPLE_YEARS)] } else { &years[..] };
    for year in listed {
        for planned in page_list::of_year(site.report(year), site.routes, year, site.words)
            .iter()
            .filter(|one| one.kind.is_listed())
        {
            add(&planned.title, planned.address.to_string(), year.name());
        }
    }
    for term in &site.archive.glossary.terms {
        add(&term.term, format!("{}#{}", route::glossary(), term_anchor(&term.term)), "");
    }
    // Two spellings of a term share an address; no two pages do.
    entries.sort_by(|(a, one), (b, other)| (a, &other.year, &one.href).cmp(&(b, &one.year, &other.href)));
    entries.dedup_by(|(_, one), (_, other)| one.href == other.href);
    let mut letters: Vec<EntriesView> = Vec::new();
    for (slug, entry) in entries {
        let letter = letter(&slug);
        match letters.last_mut().filter(|group| group.letter == letter) {
            Some(group) => group.entries.push(entry),
            None => letters.push(EntriesView { anchor: letter_anchor(&letter), letter, entries: vec![entry] }),
        }
    }
    let searched = |year: &route::YearRoutes| SearchTextView {
        year: year.name().to_owned(),
        index: route::index(year.name()).to_string(),
    };
    SearchView {
        reports: years.iter().map(searched).collect(),
        index: route::index(route::SITE_INDEX).to_string(),
        letters,
    }
}
