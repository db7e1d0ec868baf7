//! What the pages of decisions and of agreements are given.

use super::Html;
use super::shared::LinkView;
use crate::view;

view! {
    /// What meetings decided, and what became of last year's open decisions.
    pub struct DecisionsView {
        /// The meetings that decided something, in order.
        meetings: Vec<MeetingDecisionsView>,
        /// The number of decisions that are still to be carried out, in words; empty if there are none.
        open: String,
        /// The heading above the updates.
        answers_title: String,
        /// What became of the decisions that were open a year ago.
        answers: Vec<DecisionAnswerView>,
    }

    /// The decisions of one meeting.
    pub struct MeetingDecisionsView {
        /// The fragment of its place on the page.
        id: String,
        /// Its date in words.
        meeting: String,
        /// Its decisions, in order.
        decisions: Vec<DecisionView>,
    }

    /// A decision of a meeting.
    pub struct DecisionView {
        /// Its reference in the minutes.
        reference: String,
        /// What was decided.
        decision: Html,
        /// Who carries it out; may be empty.
        owner: String,
        /// By when, in words; may be empty.
        due: String,
        /// Whether it was due before the end of the year and is still open.
        is_overdue: bool,
        /// `open`, `done` or `closed`.
        state: &'static str,
        /// The state in words.
        state_text: String,
        /// What has become of it so far.
        note: Html,
    }

    /// What became of a decision that was open a year ago.
    pub struct DecisionAnswerView {
        /// Its reference in the minutes.
        reference: String,
        /// What was decided, without markup.
        decision: String,
        /// `delivered`, `in-progress`, `not-started` or `dropped`.
        outcome: &'static str,
        /// The outcome in words.
        outcome_text: String,
        /// More about it.
        note: Html,
    }

    /// Who has agreed what with whom.
    pub struct AgreementsView {
        /// The agreements, in order.
        agreements: Vec<AgreementView>,
    }

    /// An agreement between bodies.
    pub struct AgreementView {
        /// The fragment of its place on the page.
        id: String,
        /// Its name.
        name: String,
        /// The bodies, with links to their places on the governance page.
        between: Vec<LinkView>,
        /// Its version; may be empty.
        version: String,
        /// `draft` or `agreed`.
        state: &'static str,
        /// The state in words.
        state_text: String,
        /// The date on which it was agreed, in words; may be empty.
        agreed: String,
        /// The date of its next review, in words; may be empty.
        review_due: String,
        /// Whether that date was before the end of the year.
        is_overdue: bool,
        /// Who approved it.
        approved_by: Vec<LinkView>,
        /// What it says, in short.
        text: Html,
        /// The address of its text; may be empty.
        document: String,
        /// The kind, size and number of pages of its text, if it is a document of this site; may be empty.
        document_facts: String,
    }
}
