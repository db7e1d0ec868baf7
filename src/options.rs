//! Options of a build.

use std::collections::BTreeSet;

use jiff::civil::Date;

/// Everything that a build must not look up by itself, so that the same options give the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::struct_excessive_bools, reason = "five independent choices")]
pub struct Options {
    /// Today's date, for embargoes and lateness.
    pub today: Date,
    /// Whether drafts are included.
    pub drafts: bool,
    /// Whether years under embargo are included.
    pub embargoed: bool,
    /// Whether years in preparation are included.
    pub preparing: bool,
    /// The only year to build, by the name of its folder. What it depends on is read too, but not built or judged.
    pub year: Option<String>,
    /// Other years that are built beside `year` and not judged: those that are live already, for `annal publish --year`.
    pub kept_years: BTreeSet<String>,
    /// An address to use instead of the site's `base_url`.
    pub base_url: Option<String>,
    /// Whether the site is built despite errors, with each error shown on its page.
    pub force: bool,
    /// Whether pages show warnings too, as those of a proof do.
    pub show_warnings: bool,
}

impl Options {
    /// The defaults of `annal build` on a given day.
    #[must_use]
    pub fn new(today: Date) -> Self {
        Self {
            today,
            drafts: false,
            embargoed: false,
            preparing: false,
            year: None,
            kept_years: BTreeSet::new(),
            base_url: None,
            force: false,
            show_warnings: false,
        }
    }
}
