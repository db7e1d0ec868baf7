//! Updates on commitments of the previous year.

use super::item_facts;
use crate::model::{Commitment, CommitmentId, FollowUp, Submission, ids};
use crate::render::anchors::commitment_anchor;
use crate::render::context::YearContext;
use crate::render::view::submission::FollowUpView;
use crate::source::files::Outcome;

/// Every outcome, in the order of a tally. `None` means a commitment without an update.
pub(crate) const OUTCOMES: [Option<Outcome>; 5] =
    [Some(Outcome::Delivered), Some(Outcome::InProgress), Some(Outcome::NotStarted), Some(Outcome::Dropped), None];

/// An update on a commitment of the previous year.
#[must_use]
pub(crate) fn view(year: &YearContext<'_>, sent: &Submission, answer: &FollowUp) -> FollowUpView {
    let made = answer.commitment.as_ref().and_then(|id| earlier_commitment(year, sent, id));
    let outcome = answer.outcome.as_ref().map(|outcome| outcome.value);
    let of_commitment = match made {
        Some((maker, commitment, href)) => FollowUpView {
            text: commitment.text.to_string(),
            only_in: year.site.only_in(&maker.file),
            href,
            facts: item_facts::of_answered(year, commitment, outcome),
            ..FollowUpView::default()
        },
        None => FollowUpView { text: ids::in_words(answer.named(sent).slug()), ..FollowUpView::default() },
    };
    FollowUpView {
        outcome: outcome.map_or("unanswered", Outcome::word),
        outcome_text: outcome_text(year, outcome).to_owned(),
        note: year.prose_of(answer.note.as_ref()),
        note_only_in: year.site.only_in(&sent.file),
        ..of_commitment
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

/// A commitment of the previous year that is built: the submission of the same board or agency, the commitment and its
/// address.
fn earlier_commitment<'a>(
    year: &YearContext<'a>,
    sent: &Submission,
    id: &CommitmentId,
) -> Option<(&'a Submission, &'a Commitment, String)> {
    let (before, routes) = year.before()?;
    let maker = before.submission(sent.kind, &sent.earlier_id).filter(|maker| year.site.is_built(maker))?;
    let commitment = maker.commitments.iter().find(|commitment| commitment.id == *id)?;
    let page = routes.submission(maker.kind, &maker.id);
    Some((maker, commitment, format!("{page}#{}", commitment_anchor(id))))
}
