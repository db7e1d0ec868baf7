//! What a part of a report shows, on its page or as a chapter of the document.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::data::{AttendanceView, BudgetView, GovernanceView};
use super::parts::{CommitmentsView, DutiesView, NarrativeView, PrioritiesView, ReviewsView, SubmittersView};
use super::shared::LinkView;
use super::submission::PrintedSubmissionView;
#[cfg(test)]
use super::{Template, View, ViewField, template};
use crate::render::theme::{self, Value};
use crate::view;

/// Declares what a chapter may show: the field of [`super::print::ChapterView`] that holds it, the variant, and how the
/// field is described to writers of themes.
macro_rules! part_view {
    ($($(#[doc = $doc:literal])+ $field:ident: $variant:ident($type:ty) as $holds:ty,)+) => {
        /// What a part of a report shows, on its page or as a chapter of the document, in which a page that somebody
        /// wrote is a chapter as well.
        #[derive(Clone, Debug)]
        pub(crate) enum PartView {
            /// The boards, or the agencies, with links to what they sent. The document has that itself.
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

        /// The fields of a chapter: all of them, so that a template can ask for any, of which one holds something.
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
    /// Of a page: its text.
    narrative: Narrative(Box<NarrativeView>) as Option<NarrativeView>,
    /// Of boards and agencies: what they sent.
    papers: Papers(Vec<PrintedSubmissionView>) as Vec<PrintedSubmissionView>,
    /// Of `priorities`.
    priorities: Priorities(PrioritiesView) as Option<PrioritiesView>,
    /// Of `attendance`.
    attendance: Attendance(Box<AttendanceView>) as Option<AttendanceView>,
    /// Of `budget`.
    budget: Budget(Box<BudgetView>) as Option<BudgetView>,
    /// Of `training`.
    training: Training(Box<TrainingView>) as Option<TrainingView>,
    /// Of `governance`.
    governance: Governance(Box<GovernanceView>) as Option<GovernanceView>,
    /// Of `reviews`.
    reviews: Reviews(ReviewsView) as Option<ReviewsView>,
    /// Of `commitments`.
    commitments: Commitments(Box<CommitmentsView>) as Option<CommitmentsView>,
    /// Of `duties`.
    duties: Duties(DutiesView) as Option<DutiesView>,
}

view! {
    /// Training, by course and by agency.
    pub struct TrainingView {
        /// The courses, in the order of the table.
        courses: Vec<TrainingRowView>,
        /// The agencies, in the order of the table; none where the table names none.
        agencies: Vec<TrainingRowView>,
        /// All sessions together.
        total: TrainingRowView,
        /// Whether the table gives places.
        has_places: bool,
        /// Whether any session was evaluated.
        has_evaluation: bool,
        /// Stated totals that differ from what the rows come to, each as a sentence.
        differences: Vec<String>,
        /// The table as a file.
        csv: String,
    }

    /// What the sessions of one course or of one agency come to.
    pub struct TrainingRowView {
        /// The course, or the agency with the page of what it sent.
        name: LinkView,
        /// How many sessions, or shares of one.
        sessions: String,
        /// How many could come; empty where no row says.
        places: String,
        /// How many came.
        attended: String,
        /// The share of places taken, such as `87.5 %`; empty where no row gives places.
        taken: String,
        /// Who said that it changed their practice, such as `41 of 52`; empty where nobody was asked.
        changed: String,
        /// The same as a share.
        changed_share: String,
    }
}

/// A chapter that shows nothing.
impl Default for PartView {
    fn default() -> Self {
        Self::Papers(Vec::new())
    }
}

/// The templates of the parts' pages.
#[cfg(test)]
pub(crate) const PART_TEMPLATES: &[Template] = &[
    template("priorities.html", Some(PrioritiesView::reference), "the year's priorities"),
    template("attendance.html", Some(AttendanceView::reference), "who came to which meeting"),
    template("budget.html", Some(BudgetView::reference), "contributions, income and expenditure"),
    template("training.html", Some(TrainingView::reference), "training, by course and by agency"),
    template("governance.html", Some(GovernanceView::reference), "who sits where, and who reports what to whom"),
    template("reviews.html", Some(ReviewsView::reference), "reviews, and what became of them"),
    template("commitments.html", Some(CommitmentsView::reference), "every commitment, and what became of last year's"),
    template("duties.html", Some(DutiesView::reference), "each duty of the law with its evidence"),
];
