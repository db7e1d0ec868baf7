//! What can be searched: the text of the finished pages, by page and heading.
//!
//! An index is made of what readers get, so that nothing is found in it that a page withholds. It is a JSON file for
//! each year and one for the pages of the site itself, which `assets/search.js` of the theme loads:
//!
//! ```json
//! {"pages": [["Risk Board", "2019-20/boards/risk/", [["What next", "what-next", "Train every officer …"]]]]}
//! ```
//!
//! A page is its title, its address from the site's root, and its sections: a heading, the fragment that leads to it,
//! and the text below it. What stands before the first heading has an empty one.

mod extract;

use serde::Serialize;

pub(crate) use extract::{IndexSection, sections};

use super::route::Address;

/// What the search finds of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SearchScope {
    /// Its title and its text.
    Text,
    /// Its title, since it only repeats what other pages say.
    Title,
    /// Nothing.
    Nothing,
}

/// What is kept of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct IndexEntry(String, String, Vec<IndexSection>);

impl IndexEntry {
    /// What is kept of a finished page, if it is to be found.
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
