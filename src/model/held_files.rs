//! Which pictures and documents are held back, because only texts that are not built lead to them.
//!
//! Every text of the site counts, whatever its year and language. A file that no text leads to is published.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::documents::PublishedDocument;
use super::links::linked_file;
use super::report::{Report, is_built};
use super::{Archive, SubmitterKind};
use crate::diagnostic::{RelPath, SourceText, SourceTexts, Span};
use crate::options::Options;
use crate::source::SourceTree;
use crate::source::digest::hash128;
use crate::source::files::PublicationStatus;
use crate::source::markdown::{LinkedText, Markdown};
use crate::source::spelling::composed;
use crate::source::translation::{Translation, draft_of, original_of};

/// Marks in the models of a site, in its own language and in `others`, which files are held back, and names the drafts of
/// translations. `tree` has the files of all languages.
pub(crate) fn hold(own: &mut Archive, others: &mut [(&Translation, Archive)], tree: &SourceTree, options: &Options) {
    let left_out = texts_without_page(own, others, tree);
    own.draft_translations = left_out.iter().filter(|file| draft_of(tree, file).is_some()).cloned().collect();
    let held = held_files(own, others, &left_out, tree, options);
    if held.is_empty() {
        return;
    }
    mark(own, &held);
    for (_, other) in others {
        mark(other, &held);
    }
}

/// The files that only texts lead to which are not built, by their composed paths.
fn held_files(
    own: &Archive,
    others: &[(&Translation, Archive)],
    left_out: &[RelPath],
    tree: &SourceTree,
    options: &Options,
) -> BTreeSet<RelPath> {
    let archives = || std::iter::once(own).chain(others.iter().map(|(_, other)| other));
    let mut held = BTreeSet::new();
    for file in left_out {
        if let Some(text) = tree.text(file) {
            held.extend(files_led_to(&read_whole(file, &text).linked));
        }
    }
    archives().for_each(|archive| follow(archive, options, false, |file| _ = held.insert(file)));
    let known: BTreeSet<RelPath> = archives().flat_map(files_of).map(composed).collect();
    held.retain(|file| known.contains(file));
    if !held.is_empty() {
        archives().for_each(|archive| follow(archive, options, true, |file| _ = held.remove(&file)));
        let brand = &own.site.brand;
        let shown = [&brand.logo, &brand.logo_dark, &brand.cover, &brand.share_image];
        shown.into_iter().flatten().for_each(|picture| _ = held.remove(&composed(&picture.file)));
    }
    held
}

/// Passes on every file that the texts of a site in one language lead to: those that are built, or those that are not.
/// What a build of one year alone leaves out counts as built, so that every build holds back the same.
fn follow(archive: &Archive, options: &Options, built: bool, mut found: impl FnMut(RelPath)) {
    let mut follow = |text: &LinkedText, is_built: bool| {
        if is_built == built {
            files_led_to(text).for_each(&mut found);
        }
    };
    archive.pages.iter().for_each(|page| follow(&page.body.linked, is_built(page.status, options)));
    archive.indicators.definitions.prose().for_each(|text| follow(&text.linked, true));
    for report in archive.reports() {
        let is_seen = report.hold(options).is_none();
        let is_built = |status: PublicationStatus| is_seen && is_built(status, options);
        report.pages.iter().for_each(|page| follow(&page.body.linked, is_built(page.status)));
        for sent in report.submissions() {
            let notes = sent.follow_ups.iter().filter_map(|answer| answer.note.as_ref());
            let texts = notes.map(|note| &note.linked).chain([&sent.body.linked]);
            texts.for_each(|text| follow(text, is_built(sent.status)));
        }
        report.prose().for_each(|text| follow(&text.linked, is_seen));
    }
    for report in archive.reports().filter(|report| report.hold(options).is_none() == built) {
        report.written_links().for_each(|(file, link)| found(composed(&linked_file(file, link))));
    }
}

/// The files that the links of a text lead to, by their composed paths.
fn files_led_to(text: &LinkedText) -> impl Iterator<Item = RelPath> {
    text.links.iter().map(|link| composed(&linked_file(&text.file, &link.target)))
}

/// The pictures and documents of a site.
fn files_of(archive: &Archive) -> impl Iterator<Item = &RelPath> {
    let of_years = archive.reports().flat_map(|report| report.media.iter().chain(paths(&report.documents)));
    archive.media.iter().chain(paths(&archive.documents)).chain(of_years)
}

fn paths(documents: &[PublishedDocument]) -> impl Iterator<Item = &RelPath> {
    documents.iter().map(|document| &document.file)
}

/// A whole file read as Markdown, with its front matter, in which notes have links too.
fn read_whole(file: &RelPath, text: &SourceText) -> Markdown {
    Markdown::of_file(file, text, Span::new(0, text.len())).value
}

/// The texts in the folders of pages and submissions that no model has: drafts of translations, those in a language that
/// the site is not built in, and submissions that nobody expects.
fn texts_without_page(own: &Archive, others: &[(&Translation, Archive)], tree: &SourceTree) -> Vec<RelPath> {
    let of_years = own.reports().flat_map(|report| {
        report.pages.iter().map(|page| &page.file).chain(report.submissions().map(|sent| &sent.file))
    });
    let known: BTreeSet<&RelPath> = own.pages.iter().map(|page| &page.file).chain(of_years).collect();
    let translated: BTreeSet<&RelPath> =
        others.iter().flat_map(|(translation, _)| translation.files.values()).collect();
    let folders = [SubmitterKind::Board, SubmitterKind::Agency].map(SubmitterKind::folder);
    let is_text = |file: &RelPath| {
        let parts: Vec<&str> = file.as_str().split('/').collect();
        let is_in_folder = match parts[..] {
            ["content", "pages", _] | ["content", _, "pages", _] => true,
            ["content", _, folder, _] => folders.contains(&folder),
            _ => false,
        };
        is_in_folder && file.extension() == "md"
    };
    // Of a year whose lists could not be read nobody knows which submissions are expected.
    let in_doubt: Vec<&Report> = own.reports().filter(|report| !report.unreadable_lists.is_empty()).collect();
    let is_in_doubt = |file: &RelPath| {
        original_of(file).is_none() && in_doubt.iter().any(|report| file.below(report.folder.as_str()).is_some())
    };
    let is_left_out =
        |file: &&RelPath| is_text(file) && !known.contains(file) && !translated.contains(file) && !is_in_doubt(file);
    tree.files_under("content").map(|(file, ..)| file).filter(is_left_out).cloned().collect()
}

/// Marks the held files of a site in one language.
fn mark(archive: &mut Archive, held: &BTreeSet<RelPath>) {
    let is_held = |file: &&RelPath| held.contains(&composed(file));
    archive.held_files = archive.media.iter().chain(paths(&archive.documents)).filter(is_held).cloned().collect();
    for report in &mut archive.reports {
        let own: BTreeSet<RelPath> =
            report.media.iter().chain(paths(&report.documents)).filter(is_held).cloned().collect();
        if !own.is_empty() {
            let report = Arc::make_mut(report);
            report.input_hash = hash128(&(report.input_hash, &own));
            report.held_files = own;
        }
    }
}

/// The documents that are published with a year, without those held back.
pub(crate) fn published_of_year(report: &Report) -> impl Iterator<Item = &PublishedDocument> {
    report.documents.iter().filter(|document| !report.held_files.contains(&document.file))
}

/// The same of the site's own documents.
pub(crate) fn published_of_site(archive: &Archive) -> impl Iterator<Item = &PublishedDocument> {
    archive.documents.iter().filter(|document| !archive.held_files.contains(&document.file))
}
