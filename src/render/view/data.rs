//! Views of the pages with figures: attendance, money, governance.

use super::Html;
use super::shared::{LinkView, NoticeView};
use crate::view;

view! {
    /// Figures and commitments over the years. A figure with fewer than two years is left out.
    pub struct TrendsView {
        /// The years in words: `2018-19 to 2023-24`.
        period: String,
        /// Attendance as a chart.
        attendance: Html,
        /// Contributions by fund as a chart.
        contributions: Html,
        /// Income and expenditure as a chart.
        budget: Html,
        /// Commitments and their outcomes as a chart.
        commitments: Html,
        /// The indicators, each as a chart.
        indicators: Vec<Html>,
        /// Whether a value of an indicator is suppressed.
        has_suppressed: bool,
    }

    /// Members' attendance at meetings.
    pub struct AttendanceView {
        /// The meetings, in order.
        meetings: Vec<MeetingView>,
        /// The members, in order, if the table has more about them than the chart: voting rights or deputies' names.
        members: Vec<AttendanceMemberView>,
        /// Whether the table gives voting rights.
        has_voting: bool,
        /// Members' attendance at each meeting as a chart.
        map: Html,
        /// Attendance rates by meeting as a chart.
        by_meeting: Html,
        /// Attendance rates by organisation as a chart.
        by_organisation: Html,
        /// The rate over all meetings and members.
        overall: RateView,
        /// Notes on meetings.
        footnotes: Vec<FootnoteView>,
        /// The address of the table as a file.
        csv: String,
    }

    /// A meeting: a column of the table.
    pub struct MeetingView {
        /// The heading of the column.
        label: String,
        /// The full date.
        date: String,
        /// The date in ISO format: `2019-06`, `2019-06-12`.
        iso: String,
        /// The number of the meeting's note, or 0.
        footnote: u32,
    }

    /// A member: a row of the table.
    pub struct AttendanceMemberView {
        /// The member's role.
        role: String,
        /// The organisation as written, with a link to the agency's page.
        organisation: LinkView,
        /// Whether the member has a vote: `yes`, `no`, or empty if not given.
        voting: &'static str,
        /// One cell for each meeting.
        cells: Vec<CellView>,
        /// The member's rate.
        rate: RateView,
    }

    /// One cell of the table.
    pub struct CellView {
        /// `present`, `deputy`, `apologies`, `absent`, `no-seat` or `unreadable`.
        presence: &'static str,
        /// The meaning in words.
        text: String,
    }

    /// Attendance, out of the meetings at which a seat was held.
    pub struct RateView {
        /// The agency, organisation or member.
        who: LinkView,
        /// `82 of 95`.
        fraction: String,
        /// `86.3%`; empty if no seat was held.
        per_cent: String,
    }

    /// A note below a table.
    pub struct FootnoteView {
        /// Its number.
        number: u32,
        /// The subject of the note.
        about: String,
        /// The note.
        html: Html,
    }

    /// Contributions, income and expenditure.
    pub struct BudgetView {
        /// Contributions as a chart; may be empty.
        contributions_chart: Html,
        /// Income, expenditure and balance as a chart; may be empty.
        balance_chart: Html,
        /// Contributions, if the report gives them.
        contributions: Option<ContributionsView>,
        /// Income, if the report gives any.
        income: Option<LinesView>,
        /// Expenditure, if the report gives any.
        expenditure: Option<LinesView>,
        /// The balance, if there are lines.
        balance: Option<LineView>,
        /// The address of the contributions as a file; may be empty.
        contributions_csv: String,
        /// The address of the income and expenditure as a file; may be empty.
        budget_csv: String,
    }

    /// The agencies' contributions to the partnership.
    pub struct ContributionsView {
        /// The funds: a column each.
        funds: Vec<String>,
        /// A row for each agency.
        rows: Vec<ContributionView>,
        /// The totals: those stated in the report, or else the sums of the cells.
        totals: ContributionView,
        /// The sums of the cells, in words, where the report states different totals.
        differences: Vec<String>,
        /// Whether any row has a note.
        has_notes: bool,
    }

    /// One agency's contribution.
    pub struct ContributionView {
        /// The agency as written, with a link to its page.
        agency: LinkView,
        /// One amount for each fund; empty if none was given.
        amounts: Vec<String>,
        /// The total of the row.
        total: String,
        /// A note; may be empty.
        note: String,
    }

    /// Lines of income or of expenditure.
    pub struct LinesView {
        /// The lines, in order.
        lines: Vec<LineView>,
        /// Their total.
        total: String,
        /// Whether any line has a note.
        has_notes: bool,
    }

    /// A line of the budget.
    pub struct LineView {
        /// The name of the line.
        line: String,
        /// The amount.
        amount: String,
        /// A note; may be empty.
        note: String,
    }

    /// Governing bodies and the reporting between them.
    pub struct GovernanceView {
        /// The bodies, in order.
        bodies: Vec<BodyView>,
        /// Reporting lines between bodies as a chart; may be empty.
        chart: Html,
        /// Which document goes to which body, if the report gives it.
        reporting: Option<ReportingView>,
        /// Work that several bodies share.
        themes: Vec<ThemeView>,
    }

    /// A board, a committee, a partnership …
    pub struct BodyView {
        /// The fragment of its place on the page.
        id: String,
        /// Its name.
        name: String,
        /// Its short name; may be empty.
        short: String,
        /// The page of its submission, if it is a board that sent one; may be empty.
        href: String,
        /// The kind of body, in words; may be empty.
        kind: String,
        /// Its legal basis; may be empty.
        statute: String,
        /// Its purpose.
        purpose: Html,
        /// Its functions.
        functions: Vec<Html>,
        /// Its chair; may be empty.
        chair: String,
        /// Its sponsor.
        sponsor: Option<LinkView>,
        /// How often it meets, in words; may be empty.
        meetings: String,
        /// How many seats it has, in words; may be empty.
        seats: String,
        /// Its members.
        members: Vec<SeatView>,
        /// Those who attend without a seat.
        in_attendance: Vec<String>,
        /// The bodies that it reports to.
        reports_to: Vec<LinkView>,
        /// Any others that it is accountable to.
        accountable_to: Vec<String>,
        /// Reasons for waived errors in its data.
        notices: Vec<NoticeView>,
    }

    /// A member of a body.
    pub struct SeatView {
        /// The name.
        name: String,
        /// The number of seats.
        seats: u32,
    }

    /// A matrix of documents and recipients.
    pub struct ReportingView {
        /// The recipients: a column each.
        recipients: Vec<RecipientView>,
        /// The documents: a row each.
        documents: Vec<DocumentView>,
    }

    /// A body that receives documents.
    pub struct RecipientView {
        /// The body.
        body: LinkView,
        /// Its short name; may be empty.
        short: String,
    }

    /// A document that one body sends to others.
    pub struct DocumentView {
        /// The document.
        document: String,
        /// The body that sends it.
        from: LinkView,
        /// What each recipient does with it; nothing for bodies that do not receive it.
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
        /// A note.
        note: Html,
    }

    /// Work that several bodies share.
    pub struct ThemeView {
        /// Its name.
        name: String,
        /// The body that leads it.
        lead: Option<LinkView>,
        /// Whether the report says that the lead has not been decided yet.
        undecided: bool,
        /// The other bodies.
        with: Vec<LinkView>,
        /// The work.
        work: Html,
        /// Open questions.
        notes: Html,
    }
}
