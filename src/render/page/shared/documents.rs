//! Links to documents, with what kind of file each is.

use crate::model::documents::PublishedDocument;
use crate::model::held_files::{published_of_site, published_of_year};
use crate::render::context::{SiteContext, YearContext, document_facts};
use crate::render::route;
use crate::render::view::shared::FileLinkView;

/// The documents of a year, that of the report itself first.
pub(crate) fn of_year<'a>(year: &YearContext<'a>) -> impl Iterator<Item = &'a PublishedDocument> {
    let mut documents: Vec<_> = published_of_year(year.report).collect();
    documents.sort_by_key(|document| !document.is_report());
    documents.into_iter()
}

/// The site's own documents.
pub(crate) fn of_site<'a>(site: &SiteContext<'a>) -> impl Iterator<Item = &'a PublishedDocument> {
    published_of_site(site.archive)
}

/// A link to a document.
pub(crate) fn link(site: &SiteContext<'_>, document: &PublishedDocument) -> FileLinkView {
    let title = match &document.title {
        None if document.is_report() => site.words.text("report_pdf").to_owned(),
        _ => document.title(),
    };
    FileLinkView {
        title,
        href: route::media(&document.file).map(|address| address.to_string()).unwrap_or_default(),
        facts: document_facts::in_words(&document.facts, site.words),
    }
}
