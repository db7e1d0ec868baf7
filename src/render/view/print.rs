//! What the whole report as one document shows.

use super::Html;
use super::data::{AttendanceView, BudgetView, GovernanceView};
use super::parts::{CommitmentsView, DutiesView, FigureView, NarrativeView, PrioritiesView, ReviewsView};
use super::shared::NoticeView;
use super::submission::SubmissionView;
use crate::view;

view! {
    /// The whole report as one document.
    pub struct PrintView {
        /// When the report was published, in words; may be empty.
        published: String,
        /// Key figures.
        figures: Vec<FigureView>,
        /// Its chapters, in order.
        chapters: Vec<ChapterView>,
    }

    /// A chapter: a page or a part. One of its fields from `narrative` on holds what it shows.
    pub struct ChapterView {
        /// Its number.
        number: String,
        /// Its title.
        title: String,
        /// The fragment that leads to it.
        anchor: String,
        /// What it is: `page`, or a part's name.
        kind: &'static str,
        /// Reasons for known faults of what it shows.
        notices: Vec<NoticeView>,
        /// Of a page: its text.
        narrative: Option<NarrativeView>,
        /// Of boards and agencies: what they sent.
        papers: Vec<PrintedSubmissionView>,
        /// Of `priorities`.
        priorities: Option<PrioritiesView>,
        /// Of `attendance`.
        attendance: Option<AttendanceView>,
        /// Of `budget`.
        budget: Option<BudgetView>,
        /// Of `governance`.
        governance: Option<GovernanceView>,
        /// Of `reviews`.
        reviews: Option<ReviewsView>,
        /// Of `commitments`.
        commitments: Option<CommitmentsView>,
        /// Of `duties`.
        duties: Option<DutiesView>,
    }

    /// What one board or agency sent, in the document.
    pub struct PrintedSubmissionView {
        /// Its number.
        number: String,
        /// Its title.
        title: String,
        /// The fragment that leads to it.
        anchor: String,
        /// Reasons for known faults of what it shows.
        notices: Vec<NoticeView>,
        /// What it sent; nothing where nothing of it is published.
        submission: Option<SubmissionView>,
        /// Whether there is something of it that is not published: a draft, or a file that could not be read.
        is_held_back: bool,
        /// What it is for, where nothing of it is published.
        purpose: Html,
    }
}
