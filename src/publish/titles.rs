//! The titles of pages, as the search indexes of a published site have them.

use std::collections::{BTreeSet, HashMap};

use serde::Deserialize;
use serde_json::Value;

use super::release::FileHashes;
use super::stage::year_of;

/// Titles by the pages' files, with the year of a page that belongs to one.
#[derive(Debug, Default)]
pub(crate) struct PageTitles(HashMap<String, String>);

/// A search index, as far as it is read: each page's title and address, and then what it says.
#[derive(Deserialize)]
struct TitleIndex {
    pages: Vec<(String, String, Value)>,
}

impl PageTitles {
    /// The title of a page. Redirects and pages that only lead to others have none.
    #[must_use]
    pub(crate) fn title(&self, page: &str) -> Option<&str> {
        self.0.get(page).map(String::as_str)
    }

    /// Adds what the search index `file` says. One that cannot be read adds nothing.
    pub(super) fn add(&mut self, file: &str, bytes: &[u8]) {
        let Ok(index) = serde_json::from_slice::<TitleIndex>(bytes) else { return };
        // Addresses in the index of a language are relative to its folder.
        let folder = file.split_once("search/").map_or("", |(folder, _)| folder);
        self.0.extend(index.pages.into_iter().map(|(title, address, _)| {
            let page = format!("{folder}{address}index.html");
            let title = match year_of(&page) {
                Some(year) if !title.contains(year) => format!("{title} – {year}"),
                _ => title,
            };
            (page, title)
        }));
    }
}

/// The search indexes of a site that have some of its pages.
pub(super) fn search_indexes<'a>(pages: impl Iterator<Item = &'a str>, files: &FileHashes) -> BTreeSet<String> {
    let index = |page: &str| {
        let name = year_of(page).unwrap_or("site");
        let folder = page.split_once('/').map(|(folder, _)| format!("{folder}/search/{name}.json"));
        let of_language = folder.filter(|file| files.contains_key(file));
        of_language.or_else(|| Some(format!("search/{name}.json")).filter(|file| files.contains_key(file)))
    };
    pages.filter_map(index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_those_of_the_language_and_year() {
        let files = ["search/site.json", "search/2023-24.json", "cy/search/2023-24.json", "search/index.html"];
        let files: FileHashes = files.iter().map(|file| ((*file).to_owned(), String::new())).collect();
        let pages =
            ["index.html", "2023-24/a/index.html", "cy/2023-24/a/index.html", "2022-23/a/index.html", "404.html"];
        let indexes = search_indexes(pages.into_iter(), &files);
        assert_eq!(
            indexes.iter().collect::<Vec<_>>(),
            ["cy/search/2023-24.json", "search/2023-24.json", "search/site.json"]
        );
        let mut titles = PageTitles::default();
        titles.add("search/site.json", br#"{"pages": [["Site", "", []]]}"#);
        titles
            .add("search/2023-24.json", br#"{"pages": [["Report 2023-24", "2023-24/", []], ["A", "2023-24/a/", []]]}"#);
        titles.add("cy/search/2023-24.json", br#"{"pages": [["B", "2023-24/a/", [["", "", "x"]]]]}"#);
        titles.add("search/2022-23.json", b"<html>");
        let shown = [pages[0], "2023-24/index.html", pages[1], pages[2], pages[3]].map(|page| titles.title(page));
        assert_eq!(shown, [Some("Site"), Some("Report 2023-24"), Some("A – 2023-24"), Some("B – 2023-24"), None]);
    }
}
