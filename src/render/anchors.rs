//! Ids and URL fragments of places within pages.

use crate::model::{BodyId, CommitmentId, IndicatorId, Page, Report, SubmitterKind};
use crate::source::slug::slug;

/// A board's or agency's submission, in the print document.
#[must_use]
pub(crate) fn submission_anchor(kind: SubmitterKind, id: &str) -> String {
    format!("{}-{id}", kind.folder())
}

/// A page of text, in the print document.
#[must_use]
pub(crate) fn page_anchor(page: &Page) -> String {
    format!("page-{}", slug(&page.id))
}

/// A commitment, on the page of its submission.
#[must_use]
pub(crate) fn commitment_anchor(id: &CommitmentId) -> String {
    format!("commitment-{}", id.slug())
}

/// The correction at a position among those of a report, on its front page. Later corrections come first, so that what is
/// added does not change the anchors of others.
#[must_use]
pub(crate) fn correction_anchor(report: &Report, position: usize) -> String {
    format!("correction-{}", report.corrections.len() - position)
}

/// A body, on the governance page.
#[must_use]
pub(crate) fn body_anchor(id: &BodyId) -> String {
    format!("body-{id}")
}

/// An indicator, on the page of indicators.
#[must_use]
pub(crate) fn indicator_anchor(id: &IndicatorId) -> String {
    format!("indicator-{id}")
}

/// A duty, on the page of legal duties.
#[must_use]
pub(crate) fn duty_anchor(id: &str) -> String {
    format!("duty-{id}")
}

/// A term, on the glossary page.
#[must_use]
pub(crate) fn term_anchor(term: &str) -> String {
    format!("term-{}", slug(term))
}

/// A letter, in an A to Z list.
#[must_use]
pub(crate) fn letter_anchor(letter: &str) -> String {
    format!("letter-{}", letter.to_ascii_lowercase())
}
