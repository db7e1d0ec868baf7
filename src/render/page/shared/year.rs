//! What all pages of a year are given of it.

use crate::render::context::YearContext;
use crate::render::page::page_list;
use crate::render::route::{ContentsEntry, YearRoutes};
use crate::render::view::Extra;
use crate::render::view::shared::{ContentsView, LinkView, YearView};

/// How many boards, agencies or priorities are listed below their part in the contents beside each page.
const LISTED_IN_CONTENTS: usize = 40;

/// What all pages of a year are told of it.
#[must_use]
pub fn view(volume: &YearContext<'_>) -> YearView {
    let (edition, routes, report, index) = (volume.edition, volume.routes, volume.report, volume.index);
    let neighbour =
        |year: Option<&YearRoutes>| year.map(|year| LinkView::new(edition.report(year).year.as_str(), &year.front));
    YearView {
        name: report.year.to_string(),
        title: report.title.clone(),
        href: routes.front.to_string(),
        print: routes.print().to_string(),
        running_head: routes.running_head().to_string(),
        period: edition.period(report),
        contents: routes.contents().iter().filter_map(|entry| contents(volume, *entry)).collect(),
        earlier: neighbour(edition.routes.years.get(index + 1)),
        later: neighbour(index.checked_sub(1).and_then(|later| edition.routes.years.get(later))),
        extra: Extra::from_yaml(report.extra.as_ref()),
    }
}

/// The style sheet that puts a report's title at the head of every printed page but the first, which has it larger.
/// A style sheet can be given no value but by a page's own styles, which the site's policy forbids.
#[must_use]
pub fn running_head(title: &str, site: &str) -> String {
    let mut text = String::new();
    for c in format!("{title} · {site}").chars() {
        match c {
            '"' | '\\' | '<' => text.extend(['\\', c]),
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    format!("@page{{@top-left{{content:\"{text}\";font:9pt sans-serif}}}}@page:first{{@top-left{{content:none}}}}\n")
}

/// A line of the contents, with what lies below it where that is not too much.
fn contents(volume: &YearContext<'_>, entry: ContentsEntry) -> Option<ContentsView> {
    let (routes, report, edition) = (volume.routes, volume.report, volume.edition);
    let part = match entry {
        ContentsEntry::Page(index) => {
            let page = &report.pages[index];
            let href = edition.routes.page_of(&page.file)?.to_string();
            return Some(ContentsView { title: page.title.value.clone(), href, entries: Vec::new() });
        }
        ContentsEntry::Part(part) => part,
    };
    let below = page_list::below(part, report, edition.routes, routes);
    let is_listed = below.len() <= LISTED_IN_CONTENTS;
    let entries = below.iter().filter(|_| is_listed).map(|page| LinkView::new(page.name, &page.address)).collect();
    let href = routes.part(part)?.to_string();
    Some(ContentsView { title: edition.words.text(part.name()).to_owned(), href, entries })
}
