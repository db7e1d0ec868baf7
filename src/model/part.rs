//! The parts of a report that annal makes from what it knows, the files of a year that they are made from, and which
//! of them a year has. Whoever maps a file to a part or a part to a file asks here; nobody keeps a list of their own.

use super::columns::{self, TableFormat};
use super::ids::SubmitterKind;
use super::report::Report;
use crate::options::Options;
use crate::source::digest::{Digest, hash};
use crate::source::files::{GovernanceFile, PublicationStatus, ReportFile, ReviewsFile};
use crate::source::yaml::{FromYaml, ValueType};

/// Declares an enum of things that each have one name, with the list of them all: a variant cannot be left out of it.
macro_rules! named {
    ($(#[$about:meta])* pub enum $enum:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum {
            $($(#[$doc])* $variant,)+
        }

        impl $enum {
            /// Every one of them, in the order of this declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

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
        /// Who came to which meeting.
        Attendance = "attendance",
        /// Contributions, income and expenditure.
        Budget = "budget",
        /// Who sits where, and who reports what to whom.
        Governance = "governance",
        /// Reviews, and what became of their findings.
        Reviews = "reviews",
        /// What was promised, and what became of last year's promises.
        Commitments = "commitments",
        /// Each duty of the law with its evidence.
        Duties = "duties",
    }
}

named! {
    /// A file of a year with a name of its own, as against texts and pictures; the name is its path from the year's
    /// folder. A file that is not listed here is not read, and one that is listed is checked for personal data.
    pub enum YearFile {
        /// Who must submit, and what the report is called.
        Report = "report.yaml",
        /// Who sits where, and who reports what to whom.
        Governance = "governance.yaml",
        /// Reviews and their findings.
        Reviews = "reviews.yaml",
        /// Who came to which meeting.
        Attendance = "data/attendance.csv",
        /// What each agency paid.
        Contributions = "data/contributions.csv",
        /// Income, expenditure and balances.
        Budget = "data/budget.csv",
    }
}

/// How a file of a year is read.
#[derive(Clone, Copy)]
pub enum FileFormat {
    /// As YAML with these keys.
    Yaml(fn() -> ValueType),
    /// As CSV with these columns.
    Table(&'static TableFormat),
}

impl YearFile {
    /// The file at a path from the year's folder.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|file| file.name() == path)
    }

    /// How it is read.
    #[must_use]
    pub fn format(self) -> FileFormat {
        match self {
            Self::Report => FileFormat::Yaml(ReportFile::shape),
            Self::Governance => FileFormat::Yaml(GovernanceFile::shape),
            Self::Reviews => FileFormat::Yaml(ReviewsFile::shape),
            Self::Attendance => FileFormat::Table(&columns::ATTENDANCE_TABLE),
            Self::Contributions => FileFormat::Table(&columns::CONTRIBUTIONS_TABLE),
            Self::Budget => FileFormat::Table(&columns::BUDGET_TABLE),
        }
    }

    /// The part of the report that shows what it says; none for what every part rests on.
    #[must_use]
    pub fn part(self) -> Option<Part> {
        match self {
            Self::Report => None,
            Self::Governance => Some(Part::Governance),
            Self::Reviews => Some(Part::Reviews),
            Self::Attendance => Some(Part::Attendance),
            Self::Contributions | Self::Budget => Some(Part::Budget),
        }
    }

    /// The tables, by their names in `data/`.
    pub fn tables() -> impl Iterator<Item = &'static str> + Clone {
        Self::ALL.iter().filter_map(|file| file.name().strip_prefix("data/"))
    }
}

impl Part {
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
