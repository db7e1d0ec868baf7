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

pub use extract::{IndexSection, sections};

use super::route::Address;

/// The name of the index of the site's own pages, where a year's is called after the year.
pub const SITE: &str = "site";

/// What is kept of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndexEntry(String, String, Vec<IndexSection>);

impl IndexEntry {
    /// A page with its title, and its sections as `html` has them.
    #[must_use]
    pub fn new(title: &str, address: &Address, html: &str) -> Self {
        Self(title.to_owned(), address.to_string(), sections(html))
    }

    /// A page that only repeats what others say: it is found by its title alone.
    #[must_use]
    pub fn titled(title: &str, address: &Address) -> Self {
        Self(title.to_owned(), address.to_string(), Vec::new())
    }
}

/// The index of some pages.
#[must_use]
pub fn index(pages: &[IndexEntry]) -> Vec<u8> {
    #[derive(Serialize)]
    struct SearchIndex<'a> {
        pages: &'a [IndexEntry],
    }
    serde_json::to_vec(&SearchIndex { pages }).unwrap_or_default()
}
