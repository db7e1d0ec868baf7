//! `content/YEAR/report.yaml`: one year's report.

use super::distribution::DistributionEntry;
use super::documents::DocumentEntry;
use super::sign_off::SignedOffEntry;
use crate::quantity::MonthOrDate;
use crate::source::yaml::scalar::{Count, Scalar};
use crate::source::yaml::{
    Date, DateOrTime, FromYaml, Prose, RawYaml, Slug, Spanned, Text, ValueType, YamlNode, YamlReader,
};
use crate::{choice, record};

record! {
    /// `content/YEAR/report.yaml`: one year's report, who must submit to it, and its rules.
    pub struct ReportFile {
        /// The report's title.
        "title" required title: Text,
        /// The period that the report covers.
        "period" required period: PeriodEntry,
        /// The date of publication.
        "published" optional published: Spanned<Date>,
        /// The date, or date and time, before which the year is not published.
        "embargo" optional embargo: Spanned<DateOrTime>,
        /// `preparing` while the report is being written: the year can be previewed and checked, but it is not built until
        /// this line is removed.
        "state" optional state: Spanned<YearState>,
        /// The finding that the front page opens with: one sentence that says what changed.
        "headline" optional headline: Text,
        /// Three to five findings below the headline.
        "key_messages" optional key_messages: Vec<KeyMessageEntry>,
        /// The figures on the front page, in order, at most five: names of figures, and ids of indicators. All figures
        /// except indicators by default.
        "figures" optional figures: Vec<FrontFigureEntry>,
        /// At most two quotations for the front page.
        "quotations" optional quotations: Vec<QuotationEntry>,
        /// The partnership's priorities for the year.
        "priorities" optional priorities: Vec<PriorityEntry>,
        /// The boards that must submit, in the order of the report; `[]` if there are none.
        "boards" required boards: Vec<BoardEntry>,
        /// The agencies that must submit, in the order of the report; `[]` if there are none.
        "agencies" required agencies: Vec<AgencyEntry>,
        /// The meetings in the attendance table, in order.
        "meetings" optional meetings: Vec<MeetingEntry>,
        /// The order of the report: ids of pages and names of parts. Anything not listed follows in the usual order.
        "contents" optional contents: Vec<Text>,
        /// Rules for the sections of submissions, by kind of submission.
        "sections" optional sections: SectionsEntry,
        /// Limits for submissions. Going over one is a warning.
        "limits" optional limits: LimitsEntry,
        /// The sets of legal duties that the report must meet.
        "duties" optional duties: Vec<Text>,
        /// Duties of those sets that do not apply to the partnership, each with the reason.
        "not_applicable" optional not_applicable: Vec<NotApplicableEntry>,
        /// Titles of the documents in the year's `documents/`, in the order of the list.
        "documents" optional documents: Vec<DocumentEntry>,
        /// Who received the report, when, and what they decided.
        "distribution" optional distribution: Vec<DistributionEntry>,
        /// What was wrong in the report as it was first published, and is right now.
        "corrections" optional corrections: Vec<CorrectionEntry>,
        /// The deadline for submissions.
        "due" optional due: Spanned<Date>,
        /// Who signed off the report as a whole, and when.
        "signed_off" optional signed_off: SignedOffEntry,
        /// Known errors that are published with an explanation.
        "waivers" optional waivers: Vec<WaiverEntry>,
        /// Your own data, passed on to the theme's templates.
        "extra" optional extra: RawYaml,
    }
}

choice! {
    /// Where a year's report is.
    pub enum YearState {
        /// It is being written, and is not built yet.
        Preparing = "preparing",
    }
}

record! {
    /// A finding on the front page.
    pub struct KeyMessageEntry {
        /// What changed, in a sentence.
        "text" required text: Text,
        /// The figure that shows it, such as `2,361` or `86%`.
        "figure" optional figure: Text,
        /// Whether the figure went up or down since the year before, or is the same.
        "direction" optional direction: Spanned<Direction>,
        /// Where to read more: a file of the site as in Markdown, an address in the site, or a web address.
        "link" optional link: Text,
    }
}

choice! {
    /// How a figure changed since the year before.
    pub enum Direction {
        /// It is higher.
        Up = "up",
        /// It is lower.
        Down = "down",
        /// It is the same.
        Same = "same",
    }
}

choice! {
    /// A figure that the front page can show.
    pub enum FrontFigure {
        /// The number of boards.
        Boards = "boards",
        /// The number of agencies.
        Agencies = "agencies",
        /// What agencies paid in.
        Contributions = "contributions",
        /// Attendance at meetings.
        Attendance = "attendance",
        /// The number of commitments for the year ahead.
        Commitments = "commitments",
    }
}

/// A figure for the front page as written: a word of [`FrontFigure`], or the id of an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FrontFigureEntry(pub Text);

impl FromYaml for FrontFigureEntry {
    fn shape() -> ValueType {
        ValueType::Either(vec![ValueType::Choice(FrontFigure::WORDS), Slug::shape()])
    }

    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self> {
        Text::read(node, reader).map(Self)
    }
}

record! {
    /// A quotation on the front page.
    pub struct QuotationEntry {
        /// The words, without quotation marks.
        "text" required text: Text,
        /// Who said or wrote them, such as `A carer` or `Chair of the Youth Council`.
        "by" required by: Text,
        /// Where to read more: a file of the site as in Markdown, an address in the site, or a web address.
        "link" optional link: Text,
    }
}

record! {
    /// The first and last day of a report's period.
    pub struct PeriodEntry {
        /// The first day.
        "from" required from: Spanned<Date>,
        /// The last day.
        "to" required to: Spanned<Date>,
    }
}

record! {
    /// One of the partnership's priorities for the year.
    pub struct PriorityEntry {
        /// The priority's id, which submissions name under `priorities`.
        "id" required id: Spanned<Slug>,
        /// The priority's name.
        "name" required name: Text,
        /// What the priority is about.
        "summary" optional summary: Prose,
        /// How much progress was made on it during the year.
        "progress" optional progress: ProgressEntry,
    }
}

record! {
    /// How much progress was made on a priority during the year.
    pub struct ProgressEntry {
        /// How much: `good`, `some`, `little` or `none`.
        "state" required state: Spanned<ProgressState>,
        /// What was achieved, or why little or nothing was. Required for `little` and `none`.
        "text" optional text: Prose,
        /// The ids of the indicators that show it.
        "measures" optional measures: Vec<Text>,
    }
}

choice! {
    /// How much progress was made on a priority during the year.
    pub enum ProgressState {
        /// Good progress.
        Good = "good",
        /// Some progress.
        Some = "some",
        /// Little progress, which `text` explains.
        Little = "little",
        /// No progress, which `text` explains.
        None = "none",
    }
}

record! {
    /// A board that must submit.
    pub struct BoardEntry {
        /// The board's id, which is also the name of its file: `boards/ID.md`.
        "id" required id: Spanned<Slug>,
        /// The board's full name.
        "name" required name: Text,
        /// A short name, such as an abbreviation.
        "short" optional short: Text,
        /// The agency that is responsible for the board: an agency's id, or a name.
        "sponsor" optional sponsor: Text,
        /// What the board is for.
        "purpose" optional purpose: Prose,
        /// The id that the board had in the year before, if it was renamed.
        "formerly" optional formerly: Spanned<Slug>,
        /// The email address that letters to the board go to. It is never published.
        "contact" optional contact: Text,
    }
}

record! {
    /// An agency that must submit.
    pub struct AgencyEntry {
        /// The agency's id, which is also the name of its file: `agencies/ID.md`.
        "id" required id: Spanned<Slug>,
        /// The agency's full name.
        "name" required name: Text,
        /// A short name, such as an abbreviation.
        "short" optional short: Text,
        /// Other names for the agency in tables.
        "aliases" optional aliases: Vec<Text>,
        /// The id that the agency had in the year before, if it was renamed.
        "formerly" optional formerly: Spanned<Slug>,
        /// The email address that letters to the agency go to. It is never published.
        "contact" optional contact: Text,
    }
}

record! {
    /// A meeting in the attendance table.
    pub struct MeetingEntry {
        /// The month or day of the meeting.
        "date" required date: Spanned<MonthOrDate>,
        /// The heading of the meeting's column.
        "label" optional label: Text,
        /// A note that is printed under the attendance table.
        "note" optional note: Prose,
    }
}

record! {
    /// Rules for the sections of submissions, by kind of submission.
    pub struct SectionsEntry {
        /// Sections of boards' submissions.
        "board" optional board: Vec<SectionRule>,
        /// Sections of agencies' submissions.
        "agency" optional agency: Vec<SectionRule>,
    }
}

record! {
    /// A section of submissions.
    pub struct SectionRule {
        /// The section's id: `done`, `next`, or one of your own.
        "id" required id: Spanned<Slug>,
        /// The heading that the page shows.
        "title" required title: Text,
        /// Other headings that start this section, in addition to its title and the built-in ones.
        "headings" optional headings: Vec<Text>,
        /// Whether every submission must have it.
        "required" optional required: Spanned<bool>,
    }
}

record! {
    /// Limits for submissions.
    pub struct LimitsEntry {
        /// The most words that a submission should have.
        "words" optional words: Spanned<Count>,
    }
}

record! {
    /// A legal duty that does not apply to the partnership.
    pub struct NotApplicableEntry {
        /// The duty's id, as on the report's page of legal duties.
        "duty" required duty: Text,
        /// Why it does not apply, which is printed on that page.
        "reason" required reason: Prose,
    }
}

record! {
    /// What was wrong in a published report, and has been corrected.
    pub struct CorrectionEntry {
        /// The date of the correction.
        "on" required on: Spanned<Date>,
        /// What was wrong, and what is right, in a sentence.
        "what" required what: Prose,
        /// The page that was corrected: the id of a page, the name of a part, `boards/ID`, `agencies/ID` or `priorities/ID`.
        "where" optional place: Text,
    }
}

record! {
    /// A known error that is published with an explanation.
    pub struct WaiverEntry {
        /// The code of the error or warning, such as `missing-submission`.
        "code" required code: Text,
        /// The file that the message is about, relative to the year's folder.
        "file" required file: Text,
        /// Words at the problem's place, or the name, id or figure that it is about.
        "text" optional text: Text,
        /// The reason, which is printed on the page.
        "reason" required reason: Prose,
    }
}
