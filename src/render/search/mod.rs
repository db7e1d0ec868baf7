//! The search index: the text of the finished pages, by page and heading.
//!
//! An index is made from the finished pages, so it never contains anything that a page withholds. There is a JSON file
//! for each year and one for the pages of the site itself. The theme's `assets/search.js` loads them:
//!
//! ```json
//! {"pages": [["Risk Board", "2019-20/boards/risk/", [["What next", "what-next", "Train every officer …"]]]]}
//! ```
//!
//! A page is its title, its address relative to the site's root, and its sections: a heading, its fragment, and the
//! text below it. The heading of text before the first heading is empty.

mod extract;

use serde::Serialize;

pub(crate) use extract::{IndexSection, sections};

use super::route::Address;

/// What the search index includes of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SearchScope {
    /// Its title and its text.
    Text,
    /// Only its title, because other pages contain the same text.
    Title,
    /// Nothing.
    Nothing,
}

/// A page's entry in the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct IndexEntry(String, String, Vec<IndexSection>);

impl IndexEntry {
    /// The entry of a finished page, if it is to be searched.
    #[must_use]
    pub(crate) fn from_page(scope: SearchScope, title: &str, address: &Address, html: &[u8]) -> Option<Self> {
        let sections = match scope {
            SearchScope::Text => sections(std::str::from_utf8(html).unwrap_or_default()),
            SearchScope::Title => Vec::new(),
            SearchScope::Nothing => return None,
        };
        Some(Self(title.to_owned(), address.to_string(), sections))
    }
}

/// The index of some pages.
#[must_use]
pub(crate) fn index(pages: &[IndexEntry]) -> Vec<u8> {
    #[derive(Serialize)]
    struct SearchIndex<'a> {
        pages: &'a [IndexEntry],
    }
    serde_json::to_vec(&SearchIndex { pages }).unwrap_or_default()
}
