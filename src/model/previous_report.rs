//! The year before a report's, as far as readers may see it: by it each answer to a commitment is shown or held back,
//! and counted, everywhere alike.

use std::collections::HashSet;

use super::report::PreviousYear;
use super::{Commitment, FollowUp, Report, Submission, SubmitterKind, is_built};
use crate::options::Options;

/// What is published of the year before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreviousReport<'a> {
    /// Its report, where that is built.
    pub report: Option<&'a Report>,
    /// Whether all of it is known and may be seen: an answer that is for nothing in it is for nothing at all.
    is_known: bool,
    options: &'a Options,
}

impl<'a> PreviousReport<'a> {
    /// What is published of `before`, the report of the year before `report`'s, where there is one.
    #[must_use]
    pub(crate) fn new(report: &Report, before: Option<&'a Report>, options: &'a Options) -> Self {
        let built = before.filter(|before| !before.is_embargoed(options));
        let is_known = built.is_some() == before.is_some() && report.before != PreviousYear::Lost;
        Self { report: built, is_known, options }
    }

    /// What a board or agency promised in it. A draft, and a year under embargo, promises nothing to readers.
    pub(crate) fn promised(&self, kind: SubmitterKind, id: &str) -> impl Iterator<Item = &'a Commitment> + use<'a> {
        let earlier = self.report.and_then(|before| before.submission(kind, id));
        earlier.filter(|earlier| is_built(earlier.status, self.options)).into_iter().flat_map(|own| &own.commitments)
    }

    /// The answers of a submission that readers may see, one for each commitment. The id of a commitment holds its
    /// words, so that an answer to one that is held back is held back with it.
    pub(crate) fn answers<'s>(&self, sent: &'s Submission) -> impl Iterator<Item = &'s FollowUp> + use<'s> {
        let (shows_found, shows_others) = self.shows(sent);
        let mut taken = HashSet::new();
        sent.follow_ups.iter().filter(move |answer| match &answer.commitment {
            Some(id) => shows_found && taken.insert(id),
            None => shows_others,
        })
    }

    /// Whether answers of a submission are shown that are for a commitment of the year before, and whether those are
    /// that are for none of them.
    fn shows(&self, sent: &Submission) -> (bool, bool) {
        let Some(before) = self.report else { return (false, self.is_known) };
        match before.submission(sent.kind, &sent.id) {
            Some(earlier) if is_built(earlier.status, self.options) => {
                (true, self.is_known && earlier.knows_commitments)
            }
            Some(_) => (false, false),
            None => {
                let is_lost = before.lost_content(sent.kind, &sent.id) || before.unreadable_lists.contains(&sent.kind);
                (false, self.is_known && !is_lost)
            }
        }
    }
}
