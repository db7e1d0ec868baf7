//! The parts of a report that the tool makes of what it knows, and which of them a year has.

use super::ids::SubmitterKind;
use super::report::Report;
use crate::options::Options;
use crate::source::digest::{Digest, hash};
use crate::source::files::PublicationStatus;

/// A part of a report that the tool makes of what it knows, as against a page that somebody wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The boards and what they sent.
    Boards,
    /// The agencies and what they sent.
    Agencies,
    /// Who did what towards each priority.
    Priorities,
    /// Who came to which meeting.
    Attendance,
    /// Contributions, income and expenditure.
    Budget,
    /// Who sits where, and who reports what to whom.
    Governance,
    /// Reviews, and what became of their findings.
    Reviews,
    /// What was promised, and what became of last year's promises.
    Commitments,
    /// Each duty of the law with its evidence.
    Duties,
}

impl Part {
    /// Every part, in the built-in order of a report.
    pub const ALL: &[Self] = &[
        Self::Boards,
        Self::Agencies,
        Self::Priorities,
        Self::Attendance,
        Self::Budget,
        Self::Governance,
        Self::Reviews,
        Self::Commitments,
        Self::Duties,
    ];

    /// The part's name in `contents`, which is also its folder below the year.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Boards => "boards",
            Self::Agencies => "agencies",
            Self::Priorities => "priorities",
            Self::Attendance => "attendance",
            Self::Budget => "budget",
            Self::Governance => "governance",
            Self::Reviews => "reviews",
            Self::Commitments => "commitments",
            Self::Duties => "duties",
        }
    }

    /// The part that holds submissions of a kind.
    #[must_use]
    pub fn for_submitters(kind: SubmitterKind) -> Self {
        match kind {
            SubmitterKind::Board => Self::Boards,
            SubmitterKind::Agency => Self::Agencies,
        }
    }

    /// Whether a report has anything to show in this part.
    #[must_use]
    pub fn has_content(self, report: &Report, options: &Options) -> bool {
        match self {
            Self::Boards => !report.boards.is_empty(),
            Self::Agencies => !report.agencies.is_empty(),
            Self::Priorities => !report.priorities.is_empty(),
            Self::Attendance => report.attendance.as_ref().is_some_and(|table| !table.members.is_empty()),
            Self::Budget => {
                report.contributions.as_ref().is_some_and(|table| !table.rows.is_empty())
                    || report.budget.as_ref().is_some_and(|budget| {
                        !budget.income.is_empty() || !budget.expenditure.is_empty() || !budget.balances.is_empty()
                    })
            }
            Self::Governance => report.governance.as_ref().is_some_and(|governance| {
                !governance.bodies.is_empty() || !governance.reporting.is_empty() || !governance.themes.is_empty()
            }),
            Self::Reviews => {
                report.reviews.as_ref().is_some_and(|told| !told.reviews.is_empty() || !told.learning.is_empty())
            }
            Self::Commitments => report
                .submissions()
                .filter(|sent| is_built(sent.status, options))
                .any(|sent| !sent.commitments.is_empty() || !sent.follow_ups.is_empty()),
            Self::Duties => !report.duties.is_empty(),
        }
    }
}

/// The hash of what a build is asked for: with it and with what a report is made of, what is built of it is known.
#[must_use]
pub fn hash_of_options(options: &Options) -> Digest {
    hash(format!("{options:?}").as_bytes())
}

/// Whether something of this status is built.
#[must_use]
pub fn is_built(status: PublicationStatus, options: &Options) -> bool {
    status != PublicationStatus::Draft || options.drafts
}
