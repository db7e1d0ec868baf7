//! The spine: what a build is asked for, and the walk from source files to output files.

use jiff::civil::Date;

/// What a build is asked for: everything that it may not find out for itself, so that it can be repeated.
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
