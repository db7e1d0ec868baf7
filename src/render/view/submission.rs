//! What a board's or agency's page shows.

use super::shared::{LinkView, NoticeView};
use super::{Extra, Html};
use crate::view;

view! {
    /// What one board or agency sent for one year.
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
        /// Of boards: what it is for.
        purpose: Html,
        /// Of boards: who answers for it.
        sponsor: Option<LinkView>,
        /// Of agencies: the boards that it answers for.
        sponsors: Vec<LinkView>,
        /// Who wrote it, with the role; may be empty.
        author: String,
        /// When it was submitted, in words; may be empty.
        submitted: String,
        /// How far it is: `draft`, `submitted` or `signed-off`.
        status: &'static str,
        /// Who signed it off and when, in words; empty where nobody did.
        signed_off: String,
        /// The priorities that it is about.
        priorities: Vec<LinkView>,
        /// The duties of the law that it is evidence for.
        evidence: Vec<LinkView>,
        /// The text before the first section.
        opening: Html,
        /// Its sections, in their order; a required one that is missing stands in its place.
        sections: Vec<SectionView>,
        /// The footnotes of all sections.
        footnotes: Html,
        /// What stands above the answers: that they are to last year's commitments, or to those of which year.
        follow_ups_title: String,
        /// What became of last year's commitments.
        follow_ups: Vec<FollowUpView>,
        /// Of agencies: its contribution in the year; empty where it made none.
        contribution: String,
        /// Of agencies: the page of contributions, where there is one.
        budget: String,
        /// Of agencies: its rate of attendance; nothing where it held no seat.
        attendance: Option<super::data::RateView>,
        /// Its front matter's `extra`.
        extra: Extra,
    }

    /// A headed part of a submission.
    pub struct SectionView {
        /// `done`, `next`, another id that the year's rules give, or an empty text for an extra section.
        id: String,
        /// Its heading.
        title: String,
        /// The fragment that leads to it.
        anchor: String,
        /// What stands below the heading; empty where the section is missing.
        html: Html,
        /// Whether the section is due and missing: a gap is shown in its place.
        missing: bool,
    }

    /// What became of a commitment of the year before.
    pub struct FollowUpView {
        /// The commitment.
        text: String,
        /// Where the commitment stands; may be empty.
        href: String,
        /// `delivered`, `in-progress`, `not-started`, `dropped`, or `unanswered`.
        outcome: &'static str,
        /// The outcome in words.
        outcome_text: String,
        /// More about it.
        note: Html,
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
