//! The previous year's report as far as readers may see it. It decides which follow-ups are shown and counted, in the
//! same way everywhere.

use std::collections::HashSet;

use super::report::PreviousYear;
use super::{FollowUp, Report, Submission, SubmitterKind, is_built};
use crate::options::Options;

/// The published part of the previous year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreviousReport<'a> {
    /// The report, if it is built.
    pub report: Option<&'a Report>,
    /// Whether the whole previous year is known and public. Only then is a follow-up without a commitment a mistake.
    is_known: bool,
    options: &'a Options,
}

impl<'a> PreviousReport<'a> {
    /// The published part of `before`, the previous year's report, for the follow-ups in `report`.
    #[must_use]
    pub(crate) fn new(report: &Report, before: Option<&'a Report>, options: &'a Options) -> Self {
        let built = before.filter(|before| before.hold(options).is_none());
        let is_known = built.is_some() == before.is_some() && report.before != PreviousYear::Lost;
        Self { report: built, is_known, options }
    }

    /// What a board or agency, named by its id of that year, sent. Drafts and embargoed years are not there for readers.
    pub(crate) fn sent(&self, kind: SubmitterKind, id: &str) -> Option<&'a Submission> {
        let earlier = self.report.and_then(|before| before.submission(kind, id));
        earlier.filter(|earlier| is_built(earlier.status, self.options))
    }

    /// The follow-ups of a submission that readers may see, at most one per commitment. The id of a commitment contains
    /// its words, so a follow-up to a hidden commitment is hidden too.
    pub(crate) fn answers<'s>(&self, sent: &'s Submission) -> impl Iterator<Item = &'s FollowUp> + use<'s> {
        let (shows_found, shows_others) = self.shows(sent);
        let mut taken = HashSet::new();
        sent.follow_ups.iter().filter(move |answer| match &answer.commitment {
            Some(id) => shows_found && taken.insert(id),
            None => shows_others,
        })
    }

    /// Whether readers may see a submission's follow-ups that match a commitment of the previous year, and whether they
    /// may see those that match none.
    fn shows(&self, sent: &Submission) -> (bool, bool) {
        let Some(before) = self.report else { return (false, self.is_known) };
        match before.submission(sent.kind, &sent.earlier_id) {
            Some(earlier) if is_built(earlier.status, self.options) => {
                (true, self.is_known && earlier.knows_commitments)
            }
            Some(_) => (false, false),
            None => {
                let is_lost =
                    before.lost_content(sent.kind, &sent.earlier_id) || before.unreadable_lists.contains(&sent.kind);
                (false, self.is_known && !is_lost)
            }
        }
    }
}
