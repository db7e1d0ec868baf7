//! The `year` that all pages of a year receive.

use crate::render::context::YearContext;
use crate::render::page::page_list;
use crate::render::route::{ContentsEntry, YearRoutes};
use crate::render::view::Extra;
use crate::render::view::shared::{ContentsView, LinkView, YearView};

/// The most boards, agencies or priorities that are listed below their part in the contents beside each page.
const LISTED_IN_CONTENTS: usize = 40;

/// The `year` that all pages of a year receive.
#[must_use]
pub(crate) fn view(year: &YearContext<'_>) -> YearView {
    let (site, routes, report, at) = (year.site, year.routes, year.report, year.position);
    let neighbour =
        |routes: Option<&YearRoutes>| routes.map(|one| LinkView::new(site.report(one).year.as_str(), &one.front));
    let updated = report.corrections.iter().map(|correction| correction.on).chain(report.published).max();
    let updated = updated.map(|date| site.words.say("updated", &[("date", &site.words.date(date))]));
    YearView {
        name: report.year.to_string(),
        title: report.title.clone(),
        href: routes.front.to_string(),
        print: routes.print().to_string(),
        running_head: routes.running_head().to_string(),
        period: site.period(report),
        updated: updated.unwrap_or_default(),
        contents: routes.contents().iter().filter_map(|entry| contents(year, *entry)).collect(),
        earlier: neighbour(site.routes.years.get(at + 1)),
        later: neighbour(at.checked_sub(1).and_then(|later| site.routes.years.get(later))),
        extra: Extra::from_yaml(report.extra.as_ref()),
    }
}

/// The style sheet that prints a report's title at the top of every page except the first, which has a larger one. It
/// is a separate file because the site's security policy forbids styles within a page.
#[must_use]
pub(crate) fn running_head(title: &str, site: &str) -> String {
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

/// An entry of the contents, with its sub-entries unless there are too many.
fn contents(year: &YearContext<'_>, entry: ContentsEntry) -> Option<ContentsView> {
    let (routes, report, site) = (year.routes, year.report, year.site);
    let part = match entry {
        ContentsEntry::Page(index) => {
            let page = &report.pages[index];
            let href = site.routes.page_of(&page.file)?.to_string();
            return Some(ContentsView { title: page.title.value.clone(), href, entries: Vec::new() });
        }
        ContentsEntry::Part(part) => part,
    };
    let below = page_list::below(part, report, site.routes, routes);
    let is_listed = below.len() <= LISTED_IN_CONTENTS;
    let entries = below.iter().filter(|_| is_listed).map(|page| LinkView::new(page.name, &page.address)).collect();
    let href = routes.part(part)?.to_string();
    Some(ContentsView { title: site.words.text(part.name()).to_owned(), href, entries })
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::pipeline::{BuildCache, build_in_memory};
    use crate::source::SourceTree;

    /// When the pages of a report say it was last updated, and whether they have a date of change for search engines.
    fn updated(report: &str) -> (String, bool) {
        let report =
            format!("title: T\nperiod: {{from: 2023-04-01, to: 2024-03-31}}\nboards: []\nagencies: []\n{report}");
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: S\nbase_url: https://s.example\n"),
            ("content/2023-24/report.yaml", &report),
        ]);
        let built = build_in_memory(&tree, &Options::new(jiff::civil::date(2025, 9, 1)), &mut BuildCache::none());
        let page = built.output.files.iter().find(|(file, _)| file.as_str() == "2023-24/index.html");
        let page = String::from_utf8(page.expect("the year is built").1.to_vec()).unwrap();
        let date = page.split_once("Last updated ").map_or("", |(_, rest)| &rest[..rest.find('<').unwrap()]);
        (date.to_owned(), page.contains("\"dateModified\":\"2025-01-02\""))
    }

    #[test]
    fn a_correction_is_an_update() {
        let corrections = "corrections: [{on: 2024-11-30, what: A.}, {on: 2025-01-02, what: B.}]\n";
        assert_eq!(updated(""), (String::new(), false));
        assert_eq!(updated("published: 2024-10-01\n"), ("1 October 2024".to_owned(), false));
        assert_eq!(updated(&format!("published: 2024-10-01\n{corrections}")), ("2 January 2025".to_owned(), true));
        assert_eq!(updated(corrections), ("2 January 2025".to_owned(), true));
    }
}
