//! The lists of documents of a year, and of the site itself.

use super::shared::documents;
use crate::render::context::{OutputMode, SiteContext, YearContext};
use crate::render::view::parts::DocumentListView;

/// The documents of a year. The printed report does not list itself.
pub(crate) fn of_year(year: &YearContext<'_>) -> DocumentListView {
    let is_shown = |is_report: bool| !is_report || year.mode == OutputMode::Pages;
    let documents = documents::of_year(year).filter(|document| is_shown(document.is_report()));
    DocumentListView { documents: documents.map(|document| documents::link(year.site, document)).collect() }
}

/// The site's own documents.
pub(crate) fn of_site(site: &SiteContext<'_>) -> DocumentListView {
    DocumentListView { documents: documents::of_site(site).map(|document| documents::link(site, document)).collect() }
}
