//! What the pages of figures show: attendance, money, governance.

use super::Html;
use super::shared::{LinkView, NoticeView};
use crate::view;

view! {
    /// What became of figures and commitments over the years. What has fewer than two years is left out.
    pub struct TrendsView {
        /// The years in words: `2018-19 to 2023-24`.
        period: String,
        /// Attendance as a chart.
        attendance: Html,
        /// Contributions by fund as a chart.
        contributions: Html,
        /// Income and expenditure as a chart.
        budget: Html,
        /// Commitments and what became of them as a chart.
        commitments: Html,
    }

    /// Who came to which meeting.
    pub struct AttendanceView {
        /// The meetings, in order.
        meetings: Vec<MeetingView>,
        /// The members, in order, where the table says more of them than the chart: who votes, who deputised.
        members: Vec<AttendanceMemberView>,
        /// Whether the table says who votes.
        has_voting: bool,
        /// Who came to which meeting as a chart.
        map: Html,
        /// How full each meeting was as a chart.
        by_meeting: Html,
        /// How often each organisation's members came as a chart.
        by_organisation: Html,
        /// The rate over all meetings and members.
        overall: RateView,
        /// Notes on meetings.
        footnotes: Vec<FootnoteView>,
        /// The table as a file.
        csv: String,
    }

    /// A meeting: a column of the table.
    pub struct MeetingView {
        /// What the column is headed with.
        label: String,
        /// Its date in full.
        date: String,
        /// Its date for machines: `2019-06`, `2019-06-12`.
        iso: String,
        /// The number of its note, or 0.
        footnote: u32,
    }

    /// A member: a row of the table.
    pub struct AttendanceMemberView {
        /// The member's role.
        role: String,
        /// The organisation as written, with the page of the agency that it is.
        organisation: LinkView,
        /// Whether the member votes: `yes`, `no`, or an empty text.
        voting: &'static str,
        /// One cell for each meeting.
        cells: Vec<CellView>,
        /// The member's rate.
        rate: RateView,
    }

    /// What one cell of the table says.
    pub struct CellView {
        /// `present`, `deputy`, `apologies`, `absent`, `no-seat` or `unreadable`.
        presence: &'static str,
        /// What it means, in words.
        text: String,
    }

    /// How often somebody came, out of the meetings at which a seat was held.
    pub struct RateView {
        /// Whose rate it is.
        who: LinkView,
        /// `82 of 95`.
        fraction: String,
        /// `86.3%`; empty where no seat was held.
        per_cent: String,
    }

    /// A note below a table.
    pub struct FootnoteView {
        /// Its number.
        number: u32,
        /// What it is about.
        about: String,
        /// The note.
        html: Html,
    }

    /// Contributions, income and expenditure.
    pub struct BudgetView {
        /// What agencies pay as a chart; may be empty.
        contributions_chart: Html,
        /// What came in and was spent as a chart; may be empty.
        balance_chart: Html,
        /// What agencies pay, where that is known.
        contributions: Option<ContributionsView>,
        /// Income, where any is told.
        income: Option<LinesView>,
        /// Expenditure, where any is told.
        expenditure: Option<LinesView>,
        /// The balance, where there are lines.
        balance: Option<LineView>,
        /// The table of contributions as a file; may be empty.
        contributions_csv: String,
        /// The table of income and expenditure as a file; may be empty.
        budget_csv: String,
    }

    /// What agencies pay into the partnership.
    pub struct ContributionsView {
        /// The funds: a column each.
        funds: Vec<String>,
        /// A row for each agency.
        rows: Vec<ContributionView>,
        /// The totals: as the report states them, or else of the cells.
        totals: ContributionView,
        /// What the cells add up to, where the report states something else; in words.
        differences: Vec<String>,
        /// Whether any row has a note.
        has_notes: bool,
    }

    /// What one agency pays.
    pub struct ContributionView {
        /// Who, as written, with the page of the agency that it is.
        agency: LinkView,
        /// One amount for each fund; empty where nothing was given.
        amounts: Vec<String>,
        /// The sum of the row.
        total: String,
        /// A note; may be empty.
        note: String,
    }

    /// Lines of income or of expenditure.
    pub struct LinesView {
        /// The lines, in order.
        lines: Vec<LineView>,
        /// Their sum.
        total: String,
        /// Whether any line has a note.
        has_notes: bool,
    }

    /// A line of the budget.
    pub struct LineView {
        /// What it is for.
        line: String,
        /// How much.
        amount: String,
        /// A note; may be empty.
        note: String,
    }

    /// Who governs, and who reports what to whom.
    pub struct GovernanceView {
        /// The bodies, in order.
        bodies: Vec<BodyView>,
        /// Which body reports to which as a chart; may be empty.
        chart: Html,
        /// Which document goes to whom, where that is told.
        reporting: Option<ReportingView>,
        /// Work that several bodies share.
        themes: Vec<ThemeView>,
    }

    /// A board, a committee, a partnership …
    pub struct BodyView {
        /// The fragment that leads to it.
        id: String,
        /// Its name.
        name: String,
        /// Its short name; may be empty.
        short: String,
        /// The page of what it sent, where it is a board that did; may be empty.
        href: String,
        /// What kind of body it is, in words; may be empty.
        kind: String,
        /// The law that it rests on; may be empty.
        statute: String,
        /// What it is for.
        purpose: Html,
        /// What it does.
        functions: Vec<Html>,
        /// Who chairs it; may be empty.
        chair: String,
        /// Who answers for it.
        sponsor: Option<LinkView>,
        /// How often it meets, in words; may be empty.
        meetings: String,
        /// How many seats it has, in words; may be empty.
        seats: String,
        /// Its members.
        members: Vec<SeatView>,
        /// Who comes without a seat.
        in_attendance: Vec<String>,
        /// The bodies that it reports to.
        reports_to: Vec<LinkView>,
        /// Anyone else whom it answers to.
        accountable_to: Vec<String>,
        /// Reasons for known faults of what is said of it.
        notices: Vec<NoticeView>,
    }

    /// A member of a body.
    pub struct SeatView {
        /// Who.
        name: String,
        /// How many seats.
        seats: u32,
    }

    /// Which document goes to whom, as a matrix.
    pub struct ReportingView {
        /// The bodies that get something: a column each.
        recipients: Vec<RecipientView>,
        /// The documents: a row each.
        documents: Vec<DocumentView>,
    }

    /// A body that gets documents.
    pub struct RecipientView {
        /// The body.
        body: LinkView,
        /// Its short name; may be empty.
        short: String,
    }

    /// A document that one body gives to others.
    pub struct DocumentView {
        /// The document.
        document: String,
        /// The body that it comes from.
        from: LinkView,
        /// What each of the recipients does with it; nothing for those that do not get it.
        receipts: Vec<Option<DocumentActionView>>,
    }

    /// What a body does with a document.
    pub struct DocumentActionView {
        /// `inform`, `consult`, `receive` or `approve`.
        action: &'static str,
        /// The action in words.
        text: String,
        /// When; may be empty.
        when: String,
        /// More about it.
        note: Html,
    }

    /// Work that several bodies share.
    pub struct ThemeView {
        /// Its name.
        name: String,
        /// Who leads.
        lead: Option<LinkView>,
        /// Whether the report says that the lead is still to be settled.
        undecided: bool,
        /// The other bodies.
        with: Vec<LinkView>,
        /// What is done.
        work: Html,
        /// Open questions.
        notes: Html,
    }
}
