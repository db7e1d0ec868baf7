//! Views of the page of commitments.

use super::shared::LinkView;
use super::submission::{FollowUpView, ItemFactsView};
use crate::view;

view! {
    /// Every commitment, and progress on last year's.
    pub struct CommitmentsView {
        /// How many commitments of last year have updates here and how many were made, in words.
        summary: String,
        /// The previous year's report, whose commitments have updates here.
        before: Option<LinkView>,
        /// The heading above the updates. It says "last year" or names the year.
        answers_title: String,
        /// The number of updates with each outcome.
        outcomes: Vec<OutcomeView>,
        /// The outcomes of each board and agency, in the same order; empty if there is only one.
        bodies: Vec<BodyOutcomesView>,
        /// The updates on last year's commitments, by outcome. Empty in the document, where the updates are part of the
        /// submissions.
        answers: Vec<AnswerGroupView>,
        /// The boards' commitments.
        boards: Vec<CommitmentGroupView>,
        /// The agencies' commitments.
        agencies: Vec<CommitmentGroupView>,
        /// What the list can be filtered by; nothing if it is short.
        filters: Option<CommitmentFiltersView>,
    }

    /// The number of commitments with an outcome, and its part of a bar.
    pub struct OutcomeView {
        /// `delivered`, `in-progress`, `not-started`, `dropped` or `unanswered`.
        outcome: &'static str,
        /// The outcome in words.
        text: String,
        /// The number.
        count: usize,
        /// Where its part of the bar begins, in percent.
        start: String,
        /// The width of its part of the bar, in percent.
        width: String,
        /// The middle of its part of the bar, in percent.
        middle: String,
        /// Whether its part is wide enough for the number.
        fits: bool,
    }

    /// The outcomes of one board's or agency's commitments.
    pub struct BodyOutcomesView {
        /// The board or agency, with the place of its updates.
        body: LinkView,
        /// The number of its commitments.
        total: usize,
        /// The number with each outcome of the whole list, in the same order.
        outcomes: Vec<OutcomeView>,
    }

    /// The updates with one outcome.
    pub struct AnswerGroupView {
        /// `delivered`, `in-progress`, `not-started`, `dropped` or `unanswered`.
        outcome: &'static str,
        /// The outcome in words.
        text: String,
        /// The number of commitments, in words.
        count: String,
        /// Whether the list is shown unfolded.
        is_open: bool,
        /// Whether any of them has a note.
        has_notes: bool,
        /// Whether any of them says by when it was to be done.
        has_dates: bool,
        /// Whether any of them says who is responsible for it.
        has_owners: bool,
        /// The updates, in the order of the boards and agencies.
        rows: Vec<AnsweredView>,
    }

    /// A commitment of last year and what happened.
    pub struct AnsweredView {
        /// The board or agency, with the place of its updates.
        body: LinkView,
        /// The value of the filter for its board or agency.
        body_key: String,
        /// The value of the filter for its priority; may be empty.
        priority_key: String,
        /// The update.
        answer: FollowUpView,
    }

    /// The commitments of one board or agency.
    pub struct CommitmentGroupView {
        /// Its name.
        name: String,
        /// Its page; empty if none is published.
        href: String,
        /// The value of the filter for it.
        key: String,
        /// The number of its commitments, in words.
        count: String,
        /// Whether the list is shown unfolded.
        is_open: bool,
        /// Its commitments. Empty in the document, where commitments are part of the submissions.
        commitments: Vec<CommitmentView>,
    }

    /// A commitment.
    pub struct CommitmentView {
        /// Its text.
        text: String,
        /// The BCP 47 tag of the language of its text if not translated into the language of the page; otherwise empty.
        only_in: String,
        /// Its address.
        href: String,
        /// The value of the filter for its priority; may be empty.
        priority_key: String,
        /// By when, who and for which priority.
        facts: ItemFactsView,
        /// The earlier years in which it was made already, newest first.
        carried_over: Vec<LinkView>,
    }

    /// What the list of commitments can be filtered by.
    pub struct CommitmentFiltersView {
        /// The outcomes.
        outcomes: Vec<ChoiceView>,
        /// The boards and agencies.
        bodies: Vec<ChoiceView>,
        /// The priorities that commitments name.
        priorities: Vec<ChoiceView>,
    }

    /// A value of a filter.
    pub struct ChoiceView {
        /// The value.
        key: String,
        /// What readers see.
        text: String,
    }
}
