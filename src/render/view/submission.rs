//! Views of a board's or agency's submission.

use super::shared::{LinkView, NoticeView};
use super::{Extra, Html};
use crate::view;

view! {
    /// A board's or agency's submission for one year.
    pub struct SubmissionView {
        /// `board` or `agency`.
        kind: &'static str,
        /// Its id in `report.yaml`.
        id: String,
        /// The name in `report.yaml`.
        name: String,
        /// Its short name; may be empty.
        short: String,
        /// One or two sentences; may be empty.
        summary: String,
        /// The purpose (boards only).
        purpose: Html,
        /// The sponsor (boards only).
        sponsor: Option<LinkView>,
        /// The boards that it sponsors (agencies only).
        sponsors: Vec<LinkView>,
        /// The author, with the role; may be empty.
        author: String,
        /// When it was submitted, in words; may be empty.
        submitted: String,
        /// The status: `draft`, `submitted` or `signed-off`.
        status: &'static str,
        /// Who signed it off and when, in words; empty if nobody did.
        signed_off: String,
        /// The priorities that it names.
        priorities: Vec<LinkView>,
        /// The legal duties that it is evidence for.
        evidence: Vec<LinkView>,
        /// The text before the first section.
        opening: Html,
        /// Its sections, in order, including missing required ones.
        sections: Vec<SectionView>,
        /// The footnotes of all sections.
        footnotes: Html,
        /// The heading above the updates. It says "last year" or names the year.
        follow_ups_title: String,
        /// The updates on last year's commitments.
        follow_ups: Vec<FollowUpView>,
        /// The contribution for the year (agencies only); may be empty.
        contribution: String,
        /// The address of the page of contributions (agencies only); may be empty.
        budget: String,
        /// The attendance rate (agencies only); nothing if it held no seat.
        attendance: Option<super::data::RateView>,
        /// Its front matter's `extra`.
        extra: Extra,
    }

    /// A section of a submission.
    pub struct SectionView {
        /// `done`, `next`, another id from the year's settings, or empty for an extra section.
        id: String,
        /// Its heading.
        title: String,
        /// The fragment of the section.
        anchor: String,
        /// The text below the heading; empty if the section is missing.
        html: Html,
        /// Whether the section is required and missing. A note is shown in its place.
        missing: bool,
    }

    /// An update on a commitment of the previous year.
    pub struct FollowUpView {
        /// The commitment.
        text: String,
        /// The BCP 47 tag of the language of the commitment if not translated into the language of the page; otherwise empty.
        only_in: String,
        /// The address of the commitment; may be empty.
        href: String,
        /// `delivered`, `in-progress`, `not-started`, `dropped`, or `unanswered`.
        outcome: &'static str,
        /// The outcome in words.
        outcome_text: String,
        /// A note.
        note: Html,
        /// The BCP 47 tag of the language of the note if not translated into the language of the page; otherwise empty.
        note_only_in: String,
        /// By when, who and for which priority.
        facts: ItemFactsView,
    }

    /// The facts at the end of an item: by when it is to be done, who is responsible for it, which priority it serves.
    pub struct ItemFactsView {
        /// The month or day by which it is to be done, in words; may be empty.
        by: String,
        /// Whether that has passed and nothing says that it was delivered or dropped. Always false in an old report.
        is_overdue: bool,
        /// Who is responsible for it; may be empty.
        owner: String,
        /// The priority that it serves.
        priority: Option<LinkView>,
        /// The indicator that shows whether it works.
        measure: Option<LinkView>,
    }

    /// A board's or agency's submission, in the document.
    pub struct PrintedSubmissionView {
        /// Its number.
        number: String,
        /// Its title.
        title: String,
        /// The fragment of the submission.
        anchor: String,
        /// Reasons for waived errors in its content.
        notices: Vec<NoticeView>,
        /// The submission; nothing if none is published.
        submission: Option<SubmissionView>,
        /// The BCP 47 tag of the language of the submission if not translated into the language of the page; otherwise empty.
        only_in: String,
        /// Whether there is a submission that is not published: a draft, or a file that could not be read.
        is_held_back: bool,
        /// The purpose of the board or agency, if nothing is published.
        purpose: Html,
    }
}
