//! How many commitments had which outcome, as counts and as the parts of a bar.

use super::follow_up::{self, OUTCOMES};
use crate::model::trends::CommitmentOutcomes;
use crate::render::context::YearContext;
use crate::render::view::commitments::OutcomeView;
use crate::source::files::Outcome;

/// Parts of a bar that are narrower than this, in tenths of a percent, have no room for a number.
const ROOM_FOR_A_NUMBER: usize = 60;

/// The number of commitments with each of [`OUTCOMES`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OutcomeTally([usize; OUTCOMES.len()]);

impl OutcomeTally {
    /// The counts of a whole report, as the trends show them.
    #[must_use]
    pub(crate) fn from_report(kept: &CommitmentOutcomes) -> Self {
        Self(OUTCOMES.map(|outcome| outcome.map_or(kept.unanswered, |one| kept.outcomes[one as usize])))
    }

    /// Counts one commitment with the outcome that has this word.
    pub(crate) fn add(&mut self, word: &str) {
        if let Some(at) = OUTCOMES.iter().position(|outcome| outcome.map_or("unanswered", Outcome::word) == word) {
            self.0[at] += 1;
        }
    }

    /// Adds the counts of another tally.
    pub(crate) fn add_all(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(own, more)| *own += more);
    }

    /// The number of commitments.
    #[must_use]
    pub(crate) fn total(self) -> usize {
        self.0.iter().sum()
    }

    /// The counts as a bar, of the outcomes that `whole` has: a part of a list shows the same ones as the whole list.
    #[must_use]
    pub(crate) fn view(self, whole: Self, year: &YearContext<'_>) -> Vec<OutcomeView> {
        let total = self.total().max(1);
        // Edges are rounded, not widths, so that the parts fill the bar.
        let edge = |before: usize| before * 1_000 / total;
        let mut before = 0;
        let mut views = Vec::new();
        for ((outcome, count), of_whole) in OUTCOMES.into_iter().zip(self.0).zip(whole.0) {
            let (start, end) = (edge(before), edge(before + count));
            before += count;
            if of_whole == 0 {
                continue;
            }
            views.push(OutcomeView {
                outcome: outcome.map_or("unanswered", Outcome::word),
                text: follow_up::outcome_text(year, outcome).to_owned(),
                count,
                start: tenths(start),
                width: tenths(end - start),
                middle: tenths(usize::midpoint(start, end)),
                fits: end - start >= ROOM_FOR_A_NUMBER,
            });
        }
        views
    }
}

/// Tenths as a decimal number: 125 gives `12.5`.
fn tenths(tenths: usize) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}
