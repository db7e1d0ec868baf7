//! The files of a year that have a name of their own, and what those beside `report.yaml` say.

use super::attendance::{self, AttendanceRecord};
use super::columns::{self, TableFormat};
use super::decisions::{self, DecisionRecord};
use super::governance::{self, Governance};
use super::indicators::table as indicators;
use super::meeting::Meeting;
use super::members::{Agency, Board};
use super::money::{Budget, ContributionTable};
use super::named::named;
use super::reviews::{self, ReviewRecord};
use super::stated_count::StatedCount;
use super::training::{self, Training};
use crate::diagnostic::{Code, Diagnostic, RelPath, SourceTexts, Span};
use crate::source::SourceTree;
use crate::source::files::{DecisionsFile, GovernanceFile, ReportFile, ReviewsFile};
use crate::source::markdown::Markdown;
use crate::source::yaml::{FromYaml, ValueType, read_document};

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
        /// What meetings decided.
        Decisions = "decisions.yaml",
        /// Who came to which meeting.
        Attendance = "data/attendance.csv",
        /// What each agency paid.
        Contributions = "data/contributions.csv",
        /// Income, expenditure and balances.
        Budget = "data/budget.csv",
        /// The partnership's training, and who came.
        Training = "data/training.csv",
        /// The values of the indicators.
        Indicators = "data/indicators.csv",
    }
}

/// How a file of a year is read.
#[derive(Clone, Copy)]
pub(crate) enum FileFormat {
    /// As YAML with these keys.
    Yaml(fn() -> ValueType),
    /// As CSV with these columns.
    Table(&'static TableFormat),
}

impl YearFile {
    /// The file at a path from the year's folder.
    #[must_use]
    pub(crate) fn at(path: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|file| file.name() == path)
    }

    /// How it is read.
    #[must_use]
    pub(crate) fn format(self) -> FileFormat {
        match self {
            Self::Report => FileFormat::Yaml(ReportFile::shape),
            Self::Governance => FileFormat::Yaml(GovernanceFile::shape),
            Self::Reviews => FileFormat::Yaml(ReviewsFile::shape),
            Self::Decisions => FileFormat::Yaml(DecisionsFile::shape),
            Self::Attendance => FileFormat::Table(&columns::ATTENDANCE_TABLE),
            Self::Contributions => FileFormat::Table(&columns::CONTRIBUTIONS_TABLE),
            Self::Budget => FileFormat::Table(&columns::BUDGET_TABLE),
            Self::Training => FileFormat::Table(&training::TABLE),
            Self::Indicators => FileFormat::Table(&indicators::TABLE),
        }
    }

    /// The tables, by their names in `data/`.
    pub(crate) fn tables() -> impl Iterator<Item = &'static str> + Clone {
        Self::ALL.iter().filter_map(|file| file.name().strip_prefix("data/"))
    }

    /// The list in a YAML file that people keep as a spreadsheet.
    #[must_use]
    pub(crate) fn list(self) -> Option<SheetList> {
        match self {
            Self::Governance => Some(SheetList { key: "agreements", identity: "id" }),
            Self::Reviews => Some(SheetList { key: "reviews", identity: "id" }),
            Self::Decisions => Some(SheetList { key: "decisions", identity: "ref" }),
            Self::Report
            | Self::Attendance
            | Self::Contributions
            | Self::Budget
            | Self::Training
            | Self::Indicators => None,
        }
    }

    /// What a spreadsheet can be taken for: the names of tables and of lists.
    pub(crate) fn sheets() -> impl Iterator<Item = &'static str> + Clone {
        let lists = Self::ALL.iter().filter_map(|file| Some(file.list()?.key));
        Self::tables().map(|table| table.trim_end_matches(".csv")).chain(lists)
    }
}

/// The id of the review that `annal new` writes for somebody to replace.
pub(crate) const FIRST_REVIEW: &str = "first-review";

/// A list in a YAML file that people keep as a spreadsheet, with an entry in each row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetList {
    /// The key of the list.
    pub key: &'static str,
    /// The key that says which entry it is.
    pub identity: &'static str,
}

/// What the files say; nothing where the year has no such file.
#[derive(Clone, Debug, Default)]
pub(crate) struct YearData {
    /// Who governs.
    pub governance: Option<Governance>,
    /// Reviews and what became of them.
    pub reviews: Option<ReviewRecord>,
    /// What meetings decided.
    pub decisions: Option<DecisionRecord>,
    /// Who came to which meeting.
    pub attendance: Option<AttendanceRecord>,
    /// Who paid what.
    pub contributions: Option<ContributionTable>,
    /// Income and expenditure.
    pub budget: Option<Budget>,
    /// Training, and who came.
    pub training: Option<Training>,
}

/// What `report.yaml` says that the other files are read by.
pub(crate) struct DataBasis<'a> {
    /// The year's folder.
    pub folder: &'a RelPath,
    /// The boards.
    pub boards: &'a [Board],
    /// Whether all boards are known.
    pub knows_boards: bool,
    /// The agencies.
    pub agencies: &'a [Agency],
    /// The meetings; none where they could not be read whole, so that the columns of the table define them.
    pub meetings: &'a [Meeting],
}

impl YearData {
    /// Reads the files of a year, and says which could not be read to their end.
    pub(crate) fn read(
        tree: &SourceTree,
        basis: &DataBasis<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Self, Vec<RelPath>) {
        let headings: Vec<String> = basis.meetings.iter().map(|meeting| meeting.date.to_string()).collect();
        let (mut data, mut incomplete) = (Self::default(), Vec::new());
        for file in YearFile::ALL {
            let path = basis.folder.join(file.name());
            let mut table = |format: &TableFormat| {
                let text = tree.text(&path)?;
                let table = columns::read_table(&path, &text, format, &headings).emit_into(diagnostics);
                incomplete.extend(Some(&path).filter(|_| !table.is_complete).cloned());
                Some(table)
            };
            match file {
                // The values of all years are read at once, by [`super::indicators`].
                YearFile::Report | YearFile::Indicators => {}
                YearFile::Governance => {
                    let (written, was_read) = read_yaml::<GovernanceFile>(tree, &path, diagnostics);
                    let assembled = was_read.then(|| {
                        governance::assemble(&path, &written, basis.boards, basis.knows_boards, basis.agencies)
                    });
                    data.governance = assembled.map(|assembled| assembled.emit_into(diagnostics));
                }
                YearFile::Reviews => {
                    let (written, was_read) = read_yaml::<ReviewsFile>(tree, &path, diagnostics);
                    data.reviews = was_read.then(|| reviews::assemble(&path, &written).emit_into(diagnostics));
                }
                YearFile::Decisions => {
                    let (written, was_read) = read_yaml::<DecisionsFile>(tree, &path, diagnostics);
                    let assembled = was_read.then(|| decisions::assemble(&path, &written, basis.meetings));
                    data.decisions = assembled.map(|assembled| assembled.emit_into(diagnostics));
                }
                YearFile::Attendance => {
                    let assembled = table(&columns::ATTENDANCE_TABLE)
                        .map(|table| attendance::assemble(&table, basis.meetings, basis.agencies));
                    data.attendance = assembled.map(|assembled| assembled.emit_into(diagnostics));
                }
                YearFile::Contributions => {
                    let assembled = table(&columns::CONTRIBUTIONS_TABLE)
                        .map(|table| ContributionTable::assemble(&table, basis.agencies));
                    data.contributions = assembled.map(|assembled| assembled.emit_into(diagnostics));
                }
                YearFile::Budget => {
                    let assembled = table(&columns::BUDGET_TABLE).map(|table| Budget::assemble(&table));
                    data.budget = assembled.map(|assembled| assembled.emit_into(diagnostics));
                }
                YearFile::Training => {
                    let assembled = table(&training::TABLE).map(|table| Training::assemble(&table, basis.agencies));
                    data.training = assembled.map(|assembled| assembled.emit_into(diagnostics));
                }
            }
        }
        (data, incomplete)
    }

    /// The counts that the files state, each with what was counted.
    #[must_use]
    pub(crate) fn stated_counts(&self) -> Vec<StatedCount> {
        let seats = self.governance.iter().flat_map(Governance::stated_counts);
        seats.chain(self.training.iter().flat_map(Training::stated_counts)).collect()
    }

    /// The Markdown in these files.
    pub(crate) fn prose(&self) -> impl Iterator<Item = &Markdown> {
        let governance = self.governance.iter().flat_map(|governance| {
            let bodies = governance.bodies.iter().flat_map(|body| body.purpose.iter().chain(&body.functions));
            let recipients = governance.reporting.iter().flat_map(|reporting| &reporting.to);
            let notes = recipients.filter_map(|recipient| recipient.note.as_ref());
            let agreements = governance.agreements.iter().filter_map(|agreement| agreement.text.as_ref());
            bodies
                .chain(notes)
                .chain(agreements)
                .chain(governance.themes.iter().flat_map(|theme| theme.work.iter().chain(&theme.notes)))
        });
        let reviews = self.reviews.iter().flat_map(|reviews| {
            let findings = reviews.reviews.iter().flat_map(|review| &review.findings);
            let texts = findings
                .flat_map(|finding| std::iter::once(&finding.finding).chain(&finding.action).chain(&finding.declined));
            texts.chain(&reviews.learning).chain(&reviews.none)
        });
        governance.chain(reviews).chain(self.decisions.iter().flat_map(DecisionRecord::prose))
    }
}

/// Reads a YAML file; `false` where it is not there or is no YAML.
pub(crate) fn read_yaml<T: FromYaml + Default>(
    tree: &SourceTree,
    file: &RelPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> (T, bool) {
    let Some(text) = &tree.text(file) else { return (T::default(), false) };
    let checked = read_document::<T>(file, text, Span::new(0, text.len()));
    let is_yaml = !checked.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::BadYaml);
    (checked.emit_into(diagnostics), is_yaml)
}
