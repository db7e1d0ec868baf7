//! The content of a part of a report, on its page or as a chapter of the document.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::ViewContent;
use super::commitments::CommitmentsView;
use super::data::{AttendanceView, BudgetView, GovernanceView};
use super::governing::{AgreementsView, DecisionsView};
use super::indicators::IndicatorsView;
use super::parts::{
    DistributionsView, DocumentListView, DutiesView, NarrativeView, PrioritiesView, ReviewsView, SubmittersView,
};
use super::shared::LinkView;
use super::submission::PrintedSubmissionView;
#[cfg(test)]
use super::{Template, View, ViewField, template};
use crate::render::theme::{self, Value};
use crate::view;

/// Declares the content of chapters: the field of [`super::print::ChapterView`], the variant, and the field's type for
/// theme authors.
macro_rules! part_view {
    ($($(#[doc = $doc:literal])+ $field:ident: $variant:ident($type:ty) as $holds:ty,)+) => {
        /// The content of a part of a report, on its page or as a chapter of the document. In the document, pages of
        /// text are chapters too.
        #[derive(Clone, Debug)]
        pub(crate) enum PartView {
            /// The boards, or the agencies, with links to their submissions. The document contains the submissions
            /// instead.
            Submitters(SubmittersView),
            $($(#[doc = $doc])+ $variant($type),)+
        }

        impl PartView {
            /// The `view` of the part's own page.
            #[must_use]
            pub(crate) fn to_value(&self) -> Value {
                match self {
                    Self::Submitters(view) => theme::value_of(view),
                    $(Self::$variant(view) => theme::value_of(view),)+
                }
            }

            /// The fields of a chapter.
            #[cfg(test)]
            #[must_use]
            pub(crate) fn fields() -> Vec<ViewField> {
                vec![$(ViewField::new::<$holds>(stringify!($field), concat!($($doc),+)),)+]
            }
        }

        impl ViewContent for PartView {
            fn charts(&self) -> usize {
                match self {
                    Self::Submitters(view) => view.charts(),
                    $(Self::$variant(view) => view.charts(),)+
                }
            }
        }

        /// All fields of a chapter, so that a template can test each one. Only one has a value.
        impl Serialize for PartView {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut fields = serializer.serialize_map(None)?;
                $(match self {
                    Self::$variant(view) => fields.serialize_entry(stringify!($field), view)?,
                    _ => fields.serialize_entry(stringify!($field), &<$holds>::default())?,
                })+
                fields.end()
            }
        }
    };
}

part_view! {
    /// For a page: its text.
    narrative: Narrative(Box<NarrativeView>) as Option<NarrativeView>,
    /// For boards and agencies: their submissions.
    papers: Papers(Vec<PrintedSubmissionView>) as Vec<PrintedSubmissionView>,
    /// For `priorities`.
    priorities: Priorities(PrioritiesView) as Option<PrioritiesView>,
    /// For `indicators`.
    indicators: Indicators(Box<IndicatorsView>) as Option<IndicatorsView>,
    /// For `attendance`.
    attendance: Attendance(Box<AttendanceView>) as Option<AttendanceView>,
    /// For `budget`.
    budget: Budget(Box<BudgetView>) as Option<BudgetView>,
    /// For `training`.
    training: Training(Box<TrainingView>) as Option<TrainingView>,
    /// For `governance`.
    governance: Governance(Box<GovernanceView>) as Option<GovernanceView>,
    /// For `agreements`.
    agreements: Agreements(AgreementsView) as Option<AgreementsView>,
    /// For `decisions`.
    decisions: Decisions(DecisionsView) as Option<DecisionsView>,
    /// For `reviews`.
    reviews: Reviews(ReviewsView) as Option<ReviewsView>,
    /// For `commitments`.
    commitments: Commitments(Box<CommitmentsView>) as Option<CommitmentsView>,
    /// For `distribution`.
    distribution: Distribution(DistributionsView) as Option<DistributionsView>,
    /// For `documents`.
    documents: Documents(DocumentListView) as Option<DocumentListView>,
    /// For `duties`.
    duties: Duties(DutiesView) as Option<DutiesView>,
}

view! {
    /// Training, by course and by agency.
    pub struct TrainingView {
        /// The courses, in the order of the table.
        courses: Vec<TrainingRowView>,
        /// The agencies, in the order of the table; empty if the table names none.
        agencies: Vec<TrainingRowView>,
        /// The totals of all sessions.
        total: TrainingRowView,
        /// Whether the table gives places.
        has_places: bool,
        /// Whether any session was evaluated.
        has_evaluation: bool,
        /// The differences between stated totals and the sums of the rows, each as a sentence.
        differences: Vec<String>,
        /// The address of the table as a file.
        csv: String,
    }

    /// The totals of one course or one agency.
    pub struct TrainingRowView {
        /// The course, or the agency with a link to its page.
        name: LinkView,
        /// The number of sessions. An agency's share of a session counts as one.
        sessions: String,
        /// The number of places; empty if no row gives it.
        places: String,
        /// The number of people who attended.
        attended: String,
        /// The share of places taken, such as `87.5%`; empty if no row gives places.
        taken: String,
        /// The people who said that it changed their practice, such as `41 of 52`; empty if nobody was asked.
        changed: String,
        /// The same as a percentage.
        changed_share: String,
    }
}

/// A chapter without content.
impl Default for PartView {
    fn default() -> Self {
        Self::Papers(Vec::new())
    }
}

/// The templates of the parts' pages.
#[cfg(test)]
pub(crate) const PART_TEMPLATES: &[Template] = &[
    template("priorities.html", Some(PrioritiesView::reference), "the year's priorities"),
    template("indicators.html", Some(IndicatorsView::reference), "the indicators: numbers that are counted every year"),
    template("attendance.html", Some(AttendanceView::reference), "members' attendance at meetings"),
    template("budget.html", Some(BudgetView::reference), "contributions, income and expenditure"),
    template("training.html", Some(TrainingView::reference), "training, by course and by agency"),
    template("governance.html", Some(GovernanceView::reference), "governing bodies and the reporting between them"),
    template("agreements.html", Some(AgreementsView::reference), "agreements between bodies, and their reviews"),
    template("decisions.html", Some(DecisionsView::reference), "what meetings decided, and what became of it"),
    template("reviews.html", Some(ReviewsView::reference), "reviews, their findings and the actions taken"),
    template("commitments.html", Some(CommitmentsView::reference), "every commitment, and progress on last year's"),
    template("distribution.html", Some(DistributionsView::reference), "who received the report, and what they decided"),
    template("documents.html", Some(DocumentListView::reference), "the documents of a year, or of the site itself"),
    template("duties.html", Some(DutiesView::reference), "each legal duty with its evidence"),
];
