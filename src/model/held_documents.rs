//! Which documents are published, and which are held back with the drafts that link to them.

use std::collections::BTreeSet;

use super::Archive;
use super::documents::PublishedDocument;
use super::links::linked_file;
use super::report::{Report, is_built};
use crate::diagnostic::RelPath;
use crate::options::Options;
use crate::source::markdown::LinkedText;
use crate::source::spelling::composed;

/// The documents of a year that only texts link to that are not built, so that they are not published either.
#[must_use]
pub(crate) fn held_of_year<'a>(report: &'a Report, options: &Options) -> BTreeSet<&'a RelPath> {
    let pages = report.pages.iter().map(|page| (&page.body.linked, is_built(page.status, options)));
    let submissions = report.submissions().flat_map(|sent| {
        let notes = sent.follow_ups.iter().filter_map(|answer| answer.note.as_ref());
        notes.map(|note| &note.linked).chain([&sent.body.linked]).map(|text| (text, is_built(sent.status, options)))
    });
    let prose = report.prose().map(|text| (&text.linked, true));
    held(&report.documents, pages.chain(submissions).chain(prose), files_linked_by_keys(report))
}

/// The same of the site's own documents.
#[must_use]
pub(crate) fn held_of_site<'a>(archive: &'a Archive, options: &Options) -> BTreeSet<&'a RelPath> {
    let pages = archive.pages.iter().map(|page| (&page.body.linked, is_built(page.status, options)));
    let years = || archive.reports().filter(|report| report.is_built(options));
    let texts = years().flat_map(Report::linked_texts).map(|text| (text, true));
    held(&archive.documents, pages.chain(texts), years().flat_map(files_linked_by_keys))
}

/// The files that links in the year's YAML files lead to, outside texts.
fn files_linked_by_keys(report: &Report) -> impl Iterator<Item = RelPath> {
    report.written_links().map(|(file, link)| linked_file(file, link))
}

/// The documents that are published with a year, without those held back.
pub(crate) fn published_of_year<'a>(
    report: &'a Report,
    options: &Options,
) -> impl Iterator<Item = &'a PublishedDocument> {
    let held = held_of_year(report, options);
    report.documents.iter().filter(move |document| !held.contains(&document.file))
}

/// The same of the site's own documents.
pub(crate) fn published_of_site<'a>(
    archive: &'a Archive,
    options: &Options,
) -> impl Iterator<Item = &'a PublishedDocument> {
    let held = held_of_site(archive, options);
    archive.documents.iter().filter(move |document| !held.contains(&document.file))
}

fn held<'a, 't>(
    documents: &'a [PublishedDocument],
    texts: impl Iterator<Item = (&'t LinkedText, bool)>,
    shown: impl Iterator<Item = RelPath>,
) -> BTreeSet<&'a RelPath> {
    if documents.is_empty() {
        return BTreeSet::new();
    }
    let mut shown: BTreeSet<RelPath> = shown.map(|file| composed(&file)).collect();
    let mut unseen = BTreeSet::new();
    for (text, is_built) in texts {
        let linked = text.links.iter().map(|link| composed(&linked_file(&text.file, &link.target)));
        if is_built { shown.extend(linked) } else { unseen.extend(linked) }
    }
    let files = documents.iter().map(|document| &document.file);
    let is_held = |file: &RelPath| unseen.contains(file) && !shown.contains(file);
    files.filter(|file| is_held(&composed(file))).collect()
}
