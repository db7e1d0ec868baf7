//! Updates on commitments of the previous year.

use crate::model::{CommitmentId, FollowUp, Submission, SubmitterKind, ids};
use crate::render::anchors::commitment_anchor;
use crate::render::context::YearContext;
use crate::render::view::submission::FollowUpView;
use crate::source::files::Outcome;

/// Every outcome, in the order of a tally. `None` means a commitment without an update.
pub(crate) const OUTCOMES: &[Option<Outcome>] =
    &[Some(Outcome::Delivered), Some(Outcome::InProgress), Some(Outcome::NotStarted), Some(Outcome::Dropped), None];

/// An update on a commitment of the previous year.
#[must_use]
pub(crate) fn view(year: &YearContext<'_>, sent: &Submission, answer: &FollowUp) -> FollowUpView {
    let (text, href) = answer
        .commitment
        .as_ref()
        .and_then(|id| earlier_commitment(year, sent.kind, &sent.earlier_id, id))
        .unwrap_or_else(|| (ids::in_words(answer.named(sent).slug()), String::new()));
    let outcome = answer.outcome.as_ref().map(|outcome| outcome.value);
    FollowUpView {
        text,
        href,
        outcome: outcome.map_or("unanswered", Outcome::word),
        outcome_text: outcome_text(year, outcome).to_owned(),
        note: year.prose_of(answer.note.as_ref()),
    }
}

/// The outcome of a commitment, in words.
#[must_use]
pub(crate) fn outcome_text<'a>(year: &YearContext<'a>, outcome: Option<Outcome>) -> &'a str {
    year.site.words.text(match outcome {
        Some(Outcome::Delivered) => "outcome_delivered",
        Some(Outcome::InProgress) => "outcome_in_progress",
        Some(Outcome::NotStarted) => "outcome_not_started",
        Some(Outcome::Dropped) => "outcome_dropped",
        None => "outcome_unanswered",
    })
}

/// A commitment of the previous year that is built: its text and address. It was made by the same board or agency.
fn earlier_commitment(
    year: &YearContext<'_>,
    kind: SubmitterKind,
    own: &str,
    id: &CommitmentId,
) -> Option<(String, String)> {
    let (before, routes) = year.before()?;
    let sent = before.submission(kind, own).filter(|sent| year.site.is_built(sent))?;
    let commitment = sent.commitments.iter().find(|commitment| commitment.id == *id)?;
    let page = routes.submission(sent.kind, &sent.id);
    Some((commitment.text.clone(), format!("{page}#{}", commitment_anchor(id))))
}
