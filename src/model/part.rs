//! The parts of a report that annal makes from what it knows: which files and facts each is made from, and whether a
//! year has it. Whoever maps a file to a part or a part to a file asks here; nobody keeps a list of their own.

use super::duties::Fact;
use super::held_files::published_of_year;
use super::ids::SubmitterKind;
use super::named::named;
use super::report::{Report, is_built};
use super::year_data::YearFile;
use crate::options::Options;

named! {
    /// A part of a report that annal makes from what it knows, as against a page that somebody wrote. In the built-in
    /// order of a report; the name is the one in `contents`, and the part's folder below the year.
    pub enum Part {
        /// The boards and what they sent.
        Boards = "boards",
        /// The agencies and what they sent.
        Agencies = "agencies",
        /// Who did what towards each priority.
        Priorities = "priorities",
        /// What is counted every year.
        Indicators = "indicators",
        /// Who came to which meeting.
        Attendance = "attendance",
        /// Contributions, income and expenditure.
        Budget = "budget",
        /// Who was trained, by course and by agency.
        Training = "training",
        /// Who sits where, and who reports what to whom.
        Governance = "governance",
        /// Who has agreed what with whom.
        Agreements = "agreements",
        /// Reviews, and what became of their findings.
        Reviews = "reviews",
        /// What meetings decided.
        Decisions = "decisions",
        /// What was promised, and what became of last year's promises.
        Commitments = "commitments",
        /// Who received the report, when, and what they decided.
        Distribution = "distribution",
        /// Documents such as PDFs, which are published beside the pages.
        Documents = "documents",
        /// Each duty of the law with its evidence.
        Duties = "duties",
    }
}

impl Part {
    /// The part of the report that shows what a file says; none for what every part rests on.
    #[must_use]
    pub(crate) fn of_file(file: YearFile) -> Option<Self> {
        match file {
            YearFile::Report => None,
            YearFile::Governance => Some(Self::Governance),
            YearFile::Reviews => Some(Self::Reviews),
            YearFile::Decisions => Some(Self::Decisions),
            YearFile::Attendance => Some(Self::Attendance),
            YearFile::Contributions | YearFile::Budget => Some(Self::Budget),
            YearFile::Training => Some(Self::Training),
            YearFile::Indicators => Some(Self::Indicators),
        }
    }

    /// The part of the report that says what a duty asks for.
    #[must_use]
    pub(crate) fn of_fact(fact: Fact) -> Self {
        match fact {
            Fact::PriorityWork => Self::Priorities,
            Fact::Contributions | Fact::Expenditure => Self::Budget,
            Fact::Findings
            | Fact::Ongoing
            | Fact::Actions
            | Fact::Declined
            | Fact::ReviewActions
            | Fact::Learning
            | Fact::ScrutinyAnswers
            | Fact::Themes
            | Fact::IncidentLearning => Self::Reviews,
            Fact::DecisionsAndActions => Self::Decisions,
            Fact::Shortfall => Self::Commitments,
        }
    }

    /// The part that holds submissions of a kind.
    #[must_use]
    pub(crate) fn for_submitters(kind: SubmitterKind) -> Self {
        match kind {
            SubmitterKind::Board => Self::Boards,
            SubmitterKind::Agency => Self::Agencies,
        }
    }

    /// Whether a report has anything to show in this part.
    #[must_use]
    pub(crate) fn has_content(self, report: &Report, options: &Options) -> bool {
        match self {
            Self::Boards => !report.boards.is_empty(),
            Self::Agencies => !report.agencies.is_empty(),
            Self::Priorities => !report.priorities.is_empty(),
            Self::Indicators => report.indicators.is_some(),
            Self::Attendance => report.data.attendance.as_ref().is_some_and(|table| !table.members.is_empty()),
            Self::Budget => {
                report.data.contributions.as_ref().is_some_and(|table| !table.rows.is_empty())
                    || report.data.budget.as_ref().is_some_and(|budget| {
                        !budget.income.is_empty() || !budget.expenditure.is_empty() || !budget.balances.is_empty()
                    })
            }
            Self::Training => report.data.training.as_ref().is_some_and(|training| !training.sessions.is_empty()),
            Self::Governance => report.data.governance.as_ref().is_some_and(|governance| {
                !governance.bodies.is_empty() || !governance.reporting.is_empty() || !governance.themes.is_empty()
            }),
            Self::Agreements => {
                report.data.governance.as_ref().is_some_and(|governance| !governance.agreements.is_empty())
            }
            Self::Decisions => report
                .data
                .decisions
                .as_ref()
                .is_some_and(|record| !record.decisions.is_empty() || !record.answers.is_empty()),
            Self::Reviews => report.data.reviews.as_ref().is_some_and(|record| {
                !record.reviews.is_empty() || !record.learning.is_empty() || record.none.is_some()
            }),
            Self::Commitments => report
                .submissions()
                .filter(|sent| is_built(sent.status, options))
                .any(|sent| !sent.commitments.is_empty() || !sent.follow_ups.is_empty()),
            Self::Distribution => !report.distribution.is_empty(),
            Self::Documents => published_of_year(report).any(|document| !document.is_report()),
            Self::Duties => !report.duties.is_empty(),
        }
    }
}
