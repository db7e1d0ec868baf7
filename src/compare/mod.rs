//! What readers of two published sites would notice: commitments, figures, findings, words.
//!
//! ```text
//! report.json of both ─► pair by id or likeness ─► changes ─► for people, scripts, a page
//! ```
//!
//! Both sides are what was or would be published, never sources: the data of each report and the index of the site's own
//! pages. So a folder, a revision of Git and a release are compared alike, and nothing unpublished can differ. What only
//! looks different (markup, themes, annal's own words) is in neither.

mod change;
mod html;
mod human;
mod json;
mod owed;
mod published;
mod report;
mod shown_elsewhere;
mod words;

pub(crate) use change::SiteChanges;
pub(crate) use html::html;
pub(crate) use human::{Paint, human};
pub(crate) use json::json;
pub(crate) use owed::{OwedCorrection, corrections_owed};
pub(crate) use published::{PublishedSite, is_compared};
pub(crate) use report::compare;
pub(crate) use shown_elsewhere::years_shown_otherwise;
