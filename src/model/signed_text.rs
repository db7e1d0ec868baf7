//! What a sign-off signs: the words and facts of a submission, or of a report as a whole.

use super::ids::{IndicatorId, PriorityId, Sponsor};
use super::item_facts::ItemFacts;
use super::report::{Page, Report};
use super::signed_words::SignedWords;
use super::submission::Submission;
use super::year_data::{FileFormat, YearFile};
use crate::diagnostic::{RelPath, SourceTexts};
use crate::source::SourceTree;
use crate::source::csv::CsvTable;
use crate::source::files::{PublicationStatus, TextHash};
use crate::source::yaml::node;

/// Compares the sign-offs of a year with what they signed off. `tree` has the files that the report was read from.
pub(super) fn compare(report: &mut Report, tree: &SourceTree) {
    for sent in report.submissions_mut() {
        if let Some(mut signed) = sent.signed_off.take() {
            signed.compare(|| hash_of_submission(sent));
            sent.signed_off = Some(signed);
        }
    }
    if let Some(mut signed) = report.signed_off.take() {
        signed.compare(|| hash_of_report(report, tree));
        report.signed_off = Some(signed);
    }
}

/// The hash of a submission's words and facts.
#[must_use]
pub(crate) fn hash_of_submission(sent: &Submission) -> TextHash {
    let mut words = SignedWords::default();
    add_submission(&mut words, sent);
    words.hash()
}

/// The hash of a report's words and facts: `report.yaml`, the year's tables and other files, its submissions and its pages.
/// Drafts do not count, since readers do not get them.
#[must_use]
pub(crate) fn hash_of_report(report: &Report, tree: &SourceTree) -> TextHash {
    let mut words = SignedWords::default();
    for file in YearFile::ALL {
        let path = report.folder.join(file.name());
        if tree.has_text(&path) {
            words.field("file", file.name());
            add_file(&mut words, tree, &path, file.format());
        }
    }
    for sent in report.submissions().filter(|sent| sent.status != PublicationStatus::Draft) {
        words.field("submission", sent.kind.name());
        words.field("of", &sent.id);
        add_submission(&mut words, sent);
    }
    for page in report.pages.iter().filter(|page| page.status != PublicationStatus::Draft) {
        add_page(&mut words, page);
    }
    words.hash()
}

/// What `annal sign` calls a submission: `agencies/police`, or `agencies/police.cy` for its translation.
#[must_use]
pub(crate) fn name_of_submission(report: &Report, sent: &Submission) -> String {
    format!("{}/{}{}", sent.kind.folder(), sent.id, ending(report))
}

/// What `annal sign` calls a report as a whole: `report`, or `report.cy` for its translation.
#[must_use]
pub(crate) fn name_of_report(report: &Report) -> String {
    format!("report{}", ending(report))
}

fn ending(report: &Report) -> String {
    report.translated_into.as_ref().map(|language| format!(".{language}")).unwrap_or_default()
}

fn add_submission(words: &mut SignedWords, sent: &Submission) {
    words.field("title", &sent.title);
    words.optional("summary", sent.summary.as_ref().map(|summary| summary.as_str()));
    words.optional(
        "sponsor",
        sent.sponsor.as_ref().map(|sponsor| match sponsor {
            Sponsor::Agency(id) => id.as_str(),
            Sponsor::Other(name) => name,
        }),
    );
    if let Some((name, role)) = &sent.author {
        words.optional("author", name.as_deref());
        words.optional("role", role.as_deref());
    }
    words.optional("submitted", sent.submitted.as_ref().map(|date| date.value.to_string()).as_deref());
    for priority in &sent.priorities {
        words.field("priority", priority.as_str());
    }
    for duty in &sent.evidence {
        words.field("evidence", duty.as_str());
    }
    for answer in &sent.follow_ups {
        words.field("answer", answer.named(sent).slug());
        words.optional("outcome", answer.outcome.as_ref().map(|outcome| outcome.word()));
        if let Some(note) = &answer.note {
            words.markdown("note", note);
        }
    }
    words.markdown("text", &sent.body.read());
    for item in sent.items_with_facts.iter().filter(|item| item.section == "done") {
        add_facts(words, &item.facts);
    }
    // Two commitments in place of one may have the same words.
    for commitment in &sent.commitments {
        words.field("commitment", &commitment.text);
        add_facts(words, &commitment.facts);
    }
    if let Some(extra) = &sent.extra {
        words.yaml("extra", &extra.0, &|_| false);
    }
}

fn add_facts(words: &mut SignedWords, facts: &ItemFacts) {
    words.optional("by", facts.by.as_ref().map(|by| by.value.to_string()).as_deref());
    words.optional("owner", facts.owner.as_ref().map(|owner| owner.as_str()));
    words.optional("for", facts.priority.as_ref().map(PriorityId::as_str));
    words.optional("measure", facts.measure.as_ref().map(IndicatorId::as_str));
}

fn add_page(words: &mut SignedWords, page: &Page) {
    words.field("page", &page.id);
    words.field("title", page.title.as_str());
    words.optional("summary", page.summary.as_ref().map(|summary| summary.as_str()));
    for duty in &page.evidence {
        words.field("evidence", duty.as_str());
    }
    if let Some((name, role)) = &page.signed_by {
        words.field("signed", name);
        words.optional("role", role.as_deref());
    }
    words.markdown("text", &page.body);
    if let Some(extra) = &page.extra {
        words.yaml("extra", &extra.0, &|_| false);
    }
}

/// Keys that say how the year is worked on, or what happens once it is signed off. Readers get none of them, or only after
/// that.
const LEFT_OUT: &[&str] =
    &["aliases", "contact", "distribution", "due", "embargo", "limits", "published", "signed_off", "state"];

/// Adds a file of a year as it is written, without its comments.
fn add_file(words: &mut SignedWords, tree: &SourceTree, path: &RelPath, format: FileFormat) {
    let Some(text) = &tree.text(path) else { return };
    match format {
        FileFormat::Yaml(_) => {
            if let Some(root) = node::parse(path, text, 0).value {
                words.yaml("", &root, &|key| LEFT_OUT.contains(&key));
            }
        }
        FileFormat::Table(_) => {
            let table = CsvTable::parse(path, text, &[]).value;
            words.row(table.header.iter().map(|cell| cell.text.as_str()));
            for row in &table.rows {
                words.row(row.cells().map(|cell| cell.text.as_str()));
            }
        }
    }
}
