//! What the front pages, the narrative pages and the parts of a report show.

use super::shared::{ContactView, LinkView, NoticeView};
use super::{Extra, Html};
use crate::view;

view! {
    /// The site's front page.
    pub struct SiteIndexView {
        /// The newest report.
        newest: Option<CardView>,
        /// All other reports, newest first.
        earlier: Vec<CardView>,
    }

    /// The search, and everything from A to Z for those who browse or have no scripts.
    pub struct SearchView {
        /// What can be searched: the reports that are built, newest first.
        reports: Vec<SearchTextView>,
        /// The index of the site's own pages, from the site's root.
        index: String,
        /// Everything there is, by its first letter.
        letters: Vec<EntriesView>,
    }

    /// A report that can be searched.
    pub struct SearchTextView {
        /// The year.
        year: String,
        /// Its index, from the site's root.
        index: String,
    }

    /// Everything that begins with one letter.
    pub struct EntriesView {
        /// The letter, or `0-9`.
        letter: String,
        /// The fragment that leads to it.
        anchor: String,
        /// What begins with it.
        entries: Vec<EntryView>,
    }

    /// A page, or a term of the glossary.
    pub struct EntryView {
        /// What it is called.
        title: String,
        /// Where it is, from the site's root.
        href: String,
        /// The year whose report it is part of; may be empty.
        year: String,
    }

    /// A report on the site's front page.
    pub struct CardView {
        /// The report's title.
        title: String,
        /// The year.
        year: String,
        /// The report's front page.
        href: String,
        /// The period in words; may be empty.
        period: String,
        /// When it was published, in words; may be empty.
        published: String,
        /// One or two sentences: its foreword's summary; may be empty.
        summary: String,
        /// Its key figures.
        figures: Vec<FigureView>,
        /// The year's priorities.
        priorities: Vec<LinkView>,
    }

    /// A report's front page.
    pub struct ReportIndexView {
        /// When it was published, in words; may be empty.
        published: String,
        /// Key figures.
        figures: Vec<FigureView>,
        /// The foreword, or the beginning of a long one.
        foreword: Option<NarrativeView>,
        /// Where the foreword goes on; empty where all of it stands here.
        foreword_href: String,
        /// The year's priorities.
        priorities: Vec<LinkView>,
        /// The boards and what they sent.
        boards: Vec<SubmitterView>,
        /// The agencies and what they sent.
        agencies: Vec<SubmitterView>,
        /// Files to take away.
        downloads: Vec<LinkView>,
        /// Who was sent the report.
        distribution: Vec<DistributionView>,
    }

    /// A headline figure.
    pub struct FigureView {
        /// The figure.
        value: String,
        /// What it counts.
        label: String,
        /// Where to read more; may be empty.
        href: String,
    }

    /// Somebody who was sent the report.
    pub struct DistributionView {
        /// Who.
        to: String,
        /// When, in words; may be empty.
        on: String,
        /// For what; may be empty.
        purpose: String,
    }

    /// A page that somebody wrote.
    pub struct NarrativeView {
        /// Its title.
        title: String,
        /// One or two sentences; may be empty.
        summary: String,
        /// Its text.
        html: Html,
        /// Who signed it; may be empty.
        signed_by: String,
        /// The signer's role; may be empty.
        signed_role: String,
        /// The duties of the law that it is evidence for.
        evidence: Vec<LinkView>,
        /// Its front matter's `extra`.
        extra: Extra,
    }

    /// The boards, or the agencies, of a year.
    pub struct SubmittersView {
        /// `board` or `agency`.
        kind: &'static str,
        /// Each of them, in order.
        members: Vec<SubmitterView>,
    }

    /// A board or agency in a list.
    pub struct SubmitterView {
        /// Its name.
        name: String,
        /// Its short name; may be empty.
        short: String,
        /// The page of what it sent; empty where nothing of it is published.
        href: String,
        /// Whether there is something of it that is not published: a draft, or a file that could not be read.
        is_held_back: bool,
        /// One or two sentences; may be empty.
        summary: String,
        /// Of boards: what it is for.
        purpose: Html,
        /// Of boards: who answers for it.
        sponsor: Option<LinkView>,
        /// How many commitments it made, in words; empty where it made none.
        commitments: String,
    }

    /// The year's priorities.
    pub struct PrioritiesView {
        /// Each of them, in order.
        priorities: Vec<PriorityCardView>,
    }

    /// A priority in a list.
    pub struct PriorityCardView {
        /// Its name.
        name: String,
        /// Its page.
        href: String,
        /// What it is about.
        summary: Html,
        /// How many worked towards it, in words; may be empty.
        count: String,
    }

    /// A priority, and who did what towards it.
    pub struct PriorityView {
        /// Its name.
        name: String,
        /// Its page.
        href: String,
        /// What it is about.
        summary: Html,
        /// How many worked towards it, in words.
        count: String,
        /// The boards that did.
        boards: Vec<PriorityActionView>,
        /// The agencies that did.
        agencies: Vec<PriorityActionView>,
    }

    /// What a board or agency did towards a priority.
    pub struct PriorityActionView {
        /// Its name.
        name: String,
        /// Its page.
        href: String,
        /// One or two sentences; may be empty.
        summary: String,
        /// The fragment of what it did; may be empty.
        done: String,
        /// The fragment of what comes next; may be empty.
        next: String,
    }

    /// Every commitment, and what became of last year's.
    pub struct CommitmentsView {
        /// What the boards promise.
        boards: Vec<CommitmentGroupView>,
        /// What the agencies promise.
        agencies: Vec<CommitmentGroupView>,
        /// How many commitments there are, in words.
        count: String,
        /// The report of the year before, whose commitments are answered here.
        before: Option<LinkView>,
        /// What stands above the answers: that they are to last year's commitments, or to those of which year.
        answers_title: String,
        /// What became of last year's, by board and agency; in the document, where each answer stands with who gives
        /// it, none.
        answers: Vec<CommitmentGroupView>,
        /// How often each outcome stands among the answers.
        outcomes: Vec<OutcomeView>,
    }

    /// What one board or agency promises, or how it answers.
    pub struct CommitmentGroupView {
        /// Its name.
        name: String,
        /// Its page; empty where nothing of it is published.
        href: String,
        /// How many commitments it makes, in words.
        count: String,
        /// Its commitments; in the document, where each stands with who makes it, none.
        commitments: Vec<CommitmentView>,
        /// Its answers to last year's commitments.
        answers: Vec<super::submission::FollowUpView>,
    }

    /// A commitment.
    pub struct CommitmentView {
        /// Its text.
        text: String,
        /// Where it stands.
        href: String,
    }

    /// How often an outcome stands among the answers.
    pub struct OutcomeView {
        /// `delivered`, `in-progress`, `not-started`, `dropped` or `unanswered`.
        outcome: &'static str,
        /// The outcome in words.
        text: String,
        /// How often.
        count: usize,
    }

    /// Each duty of the law with its evidence.
    pub struct DutiesView {
        /// The sets of duties that the report answers to.
        sets: Vec<DutySetView>,
    }

    /// An act or a piece of guidance.
    pub struct DutySetView {
        /// Its id.
        id: String,
        /// What kind of report it asks for.
        title: String,
        /// The act or guidance.
        source: String,
        /// Its duties.
        duties: Vec<DutyView>,
    }

    /// One thing that the law says the report must contain.
    pub struct DutyView {
        /// The fragment that leads to it.
        id: String,
        /// What must be there.
        text: String,
        /// The clause to read.
        source: String,
        /// Whether the report has evidence for it.
        met: bool,
        /// Where the evidence stands.
        evidence: Vec<LinkView>,
        /// Why it is not met, where a waiver says so.
        reason: Html,
    }

    /// Reviews and what became of them.
    pub struct ReviewsView {
        /// The reviews, in order.
        reviews: Vec<ReviewView>,
        /// What all of them teach.
        learning: Vec<Html>,
    }

    /// A review.
    pub struct ReviewView {
        /// The fragment that leads to it.
        id: String,
        /// What it is called: its id in `reviews.yaml`, in words.
        name: String,
        /// What kind of review it is, in words.
        kind: String,
        /// `ongoing` or `concluded`.
        status: &'static str,
        /// The status in words.
        status_text: String,
        /// Where it is published; may be empty.
        published: String,
        /// Reasons for known faults of what is said of it.
        notices: Vec<NoticeView>,
        /// What it found.
        findings: Vec<FindingView>,
    }

    /// What a review found, and what became of it.
    pub struct FindingView {
        /// The finding.
        finding: Html,
        /// What was or will be done.
        action: Html,
        /// Why nothing will be done.
        declined: Html,
    }

    /// The terms from A to Z.
    pub struct GlossaryView {
        /// The letters under which terms stand.
        letters: Vec<GlossaryLetterView>,
    }

    /// The terms of one letter.
    pub struct GlossaryLetterView {
        /// The letter, or `0-9`.
        letter: String,
        /// The fragment that leads to it.
        anchor: String,
        /// Its terms, in order.
        terms: Vec<TermView>,
    }

    /// A term and its meaning.
    pub struct TermView {
        /// The term.
        term: String,
        /// The fragment that leads to it.
        anchor: String,
        /// What it means.
        meaning: String,
        /// Where to read more; may be empty.
        href: String,
    }

    /// Whom to turn to.
    pub struct ContactsView {
        /// Each of them, the urgent first.
        contacts: Vec<ContactView>,
    }

    /// An earlier address of a page.
    pub struct RedirectView {
        /// Where the page stands now.
        href: String,
    }
}
