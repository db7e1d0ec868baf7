//! What a build is asked for.

use jiff::civil::Date;

/// Everything that a build may not find out for itself, so that it can be repeated to the byte.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// Today's date, for embargoes and lateness.
    pub today: Date,
    /// Whether drafts are built.
    pub drafts: bool,
    /// Whether years under embargo are built.
    pub embargoed: bool,
    /// An address to build for in place of the site's own.
    pub base_url: Option<String>,
    /// Whether the site is built in spite of errors, with each fault shown on its page.
    pub force: bool,
}

impl Options {
    /// What `build` does unless it is told otherwise, on a day.
    #[must_use]
    pub fn new(today: Date) -> Self {
        Self { today, drafts: false, embargoed: false, base_url: None, force: false }
    }
}
