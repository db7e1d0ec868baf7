//! Views of the front pages, the pages of text and the parts of a report.

use super::commitments::OutcomeView;
use super::shared::{ContactView, FileLinkView, LinkView, NoticeView};
use super::{Extra, Html};
use crate::view;

view! {
    /// The site's front page.
    pub struct SiteIndexView {
        /// The latest report.
        newest: Option<CardView>,
        /// All other reports, newest first.
        earlier: Vec<CardView>,
    }

    /// The search, with an A to Z of everything for readers who browse or have no scripts.
    pub struct SearchView {
        /// The reports that can be searched, newest first.
        reports: Vec<SearchTextView>,
        /// The address of the index of the site's own pages, from the site's root.
        index: String,
        /// Everything on the site, by first letter.
        letters: Vec<EntriesView>,
    }

    /// A report that can be searched.
    pub struct SearchTextView {
        /// The year.
        year: String,
        /// The address of its index, from the site's root.
        index: String,
    }

    /// Everything that begins with one letter.
    pub struct EntriesView {
        /// The letter, or `0-9`.
        letter: String,
        /// The fragment of the letter.
        anchor: String,
        /// The entries that begin with it.
        entries: Vec<EntryView>,
    }

    /// A page, or a term of the glossary.
    pub struct EntryView {
        /// Its title.
        title: String,
        /// Its address from the site's root.
        href: String,
        /// The year of its report; may be empty.
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
        /// What its front page opens with; nothing for earlier reports.
        front: Option<FrontView>,
    }

    /// What a report's front page opens with, which the site's front page shows too.
    pub struct FrontView {
        /// One sentence that says what changed; may be empty.
        headline: String,
        /// The summary of the foreword, if there is no headline; may be empty.
        summary: String,
        /// The BCP 47 tag of the language of the summary if not translated into the language of the page; otherwise empty.
        only_in: String,
        /// The findings below the headline.
        key_messages: Vec<KeyMessageView>,
        /// Key figures.
        figures: Vec<FigureView>,
        /// What became of the commitments in the previous report, if there is one.
        outcomes: Option<OutcomeBarView>,
        /// The year's priorities.
        priorities: Vec<PriorityChangeView>,
    }

    /// A finding.
    pub struct KeyMessageView {
        /// What changed, in a sentence.
        text: String,
        /// The figure that shows it; may be empty.
        figure: String,
        /// `up`, `down` or `same`; empty if not given.
        direction: &'static str,
        /// The direction in words; may be empty.
        direction_text: String,
        /// Where to read more, as seen from the page, so write it as it is; may be empty.
        href: String,
    }

    /// What became of the commitments in the previous report, as one bar.
    pub struct OutcomeBarView {
        /// The heading.
        title: String,
        /// The page with all of them; may be empty.
        href: String,
        /// The number with each outcome.
        outcomes: Vec<OutcomeView>,
    }

    /// A priority, and what changed.
    pub struct PriorityChangeView {
        /// Its name.
        name: String,
        /// Its page.
        href: String,
        /// What changed, in a line; may be empty.
        change: String,
    }

    /// A quotation.
    pub struct QuotationView {
        /// The words, without quotation marks.
        text: String,
        /// Who said or wrote them.
        by: String,
        /// Where to read more, as seen from the page, so write it as it is; may be empty.
        href: String,
    }

    /// A report's front page.
    pub struct ReportIndexView {
        /// When it was published, in words; may be empty.
        published: String,
        /// Who signed off the report as a whole, and when; may be empty.
        signed_off: String,
        /// What it opens with.
        front: FrontView,
        /// At most two quotations.
        quotations: Vec<QuotationView>,
        /// The foreword with its first paragraph.
        foreword: Option<NarrativeView>,
        /// The address of the full foreword; may be empty.
        foreword_href: String,
        /// The boards and their submissions.
        boards: Vec<SubmitterView>,
        /// The agencies and their submissions.
        agencies: Vec<SubmitterView>,
        /// Files to download.
        downloads: Vec<FileLinkView>,
        /// The page of who received the report; nothing if nobody is listed.
        distribution: Option<LinkView>,
    }

    /// A headline figure.
    pub struct FigureView {
        /// The figure.
        value: String,
        /// The label.
        label: String,
        /// The address of the details; may be empty.
        href: String,
    }

    /// Documents to download.
    pub struct DocumentListView {
        /// The documents, in order.
        documents: Vec<FileLinkView>,
    }

    /// A recipient of the report.
    pub struct DistributionView {
        /// The recipient.
        to: String,
        /// The date in words; may be empty.
        on: String,
        /// The purpose; may be empty.
        purpose: String,
        /// The date on which the recipient considered the report, in words; may be empty.
        considered: String,
        /// The address of the minutes; may be empty.
        minute: String,
        /// What the recipient decided.
        resolved: Html,
    }

    /// Who received the report, when, and what they decided.
    pub struct DistributionsView {
        /// The recipients, in order.
        recipients: Vec<DistributionView>,
        /// Whether it is known of any of them when the report was sent.
        has_dates: bool,
        /// Whether it is known of any of them why the report was sent.
        has_purposes: bool,
        /// Whether any of them considered the report or has minutes.
        has_considered: bool,
        /// Whether any of them decided something.
        has_resolved: bool,
    }

    /// A page of text.
    pub struct NarrativeView {
        /// Its title.
        title: String,
        /// One or two sentences; may be empty.
        summary: String,
        /// Its text.
        html: Html,
        /// The BCP 47 tag of the language of its text if not translated into the language of the page; otherwise empty.
        only_in: String,
        /// The name of the person who signed it; may be empty.
        signed_by: String,
        /// The signer's role; may be empty.
        signed_role: String,
        /// The legal duties that it is evidence for.
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
        /// The page of its submission; empty if none is published.
        href: String,
        /// Whether there is a submission that is not published: a draft, or a file that could not be read.
        is_held_back: bool,
        /// One or two sentences; may be empty.
        summary: String,
        /// The BCP 47 tag of the language of the summary if not translated into the language of the page; otherwise empty.
        only_in: String,
        /// The purpose (boards only).
        purpose: Html,
        /// The sponsor (boards only).
        sponsor: Option<LinkView>,
        /// The number of its commitments, in words; empty if there are none.
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
        /// Its description.
        summary: Html,
        /// The number of boards and agencies that reported on it, in words.
        count: String,
        /// How much progress was made on it, if the report says so.
        progress: Option<ProgressView>,
    }

    /// How much progress was made on a priority.
    pub struct ProgressView {
        /// `good`, `some`, `little` or `none`.
        state: &'static str,
        /// The same in words.
        state_text: String,
        /// What was achieved, or why not more was.
        text: Html,
    }

    /// A priority and the work on it.
    pub struct PriorityView {
        /// Its name.
        name: String,
        /// Its page.
        href: String,
        /// Its description.
        summary: Html,
        /// The number of boards and agencies that reported on it, in words.
        count: String,
        /// How much progress was made on it, if the report says so.
        progress: Option<ProgressView>,
        /// The latest values of the indicators that show it.
        measures: Vec<FigureView>,
        /// What was done towards it, if any submission marks items with it.
        done: Vec<PriorityItemView>,
        /// What happens next, likewise.
        next: Vec<PriorityItemView>,
        /// The boards that reported on it and marked none of these items.
        boards: Vec<PriorityActionView>,
        /// The agencies that did.
        agencies: Vec<PriorityActionView>,
    }

    /// An item of a submission that is marked with a priority.
    pub struct PriorityItemView {
        /// Its text without markup.
        text: String,
        /// The BCP 47 tag of the language of its text if not translated into the language of the page; otherwise empty.
        only_in: String,
        /// Its place on the page of its submission.
        href: String,
        /// The board or agency, with a link to its submission.
        who: LinkView,
        /// By when and who, as far as it says so.
        facts: super::submission::ItemFactsView,
    }

    /// A board's or agency's work on a priority.
    pub struct PriorityActionView {
        /// Its name.
        name: String,
        /// Its page.
        href: String,
        /// One or two sentences; may be empty.
        summary: String,
        /// The BCP 47 tag of the language of the summary if not translated into the language of the page; otherwise empty.
        only_in: String,
        /// The fragment of the section on what was done; may be empty.
        done: String,
        /// The fragment of the section on what happens next; may be empty.
        next: String,
    }

    /// Each legal duty with its evidence.
    pub struct DutiesView {
        /// The sets of duties that apply to the report.
        sets: Vec<DutySetView>,
    }

    /// An act or a piece of guidance.
    pub struct DutySetView {
        /// Its id.
        id: String,
        /// The kind of report that it requires.
        title: String,
        /// The act or guidance.
        source: String,
        /// Whether somebody has compared the duties with the text of the act or guidance.
        is_checked: bool,
        /// Its duties.
        duties: Vec<DutyView>,
    }

    /// Something that the report must contain by law.
    pub struct DutyView {
        /// The fragment of its place on the page.
        id: String,
        /// The required content.
        text: String,
        /// The clause in the law.
        source: String,
        /// Whether the report has evidence for it.
        met: bool,
        /// Whether it applies to the partnership.
        applies: bool,
        /// Why it does not apply.
        why_not_applicable: Html,
        /// Links to the evidence.
        evidence: Vec<LinkView>,
        /// Whom the report has to be sent to, if that is the duty and only some are known to have received it in time.
        recipients: Vec<DutyRecipientView>,
        /// Why it is not met, if a waiver gives a reason.
        reason: Html,
    }

    /// Somebody to whom the law requires the report to be sent.
    pub struct DutyRecipientView {
        /// Who it is.
        name: String,
        /// Whether it is known to have been sent, in time where the law says when.
        received: bool,
        /// What is known of it, in words.
        text: String,
    }

    /// Reviews, their findings and the actions taken.
    pub struct ReviewsView {
        /// The reviews, in order.
        reviews: Vec<ReviewView>,
        /// The statement that there was no safeguarding adults review; may be empty.
        none: Html,
        /// Learning from all reviews.
        learning: Vec<Html>,
    }

    /// A review.
    pub struct ReviewView {
        /// The fragment of its place on the page.
        id: String,
        /// Its name: the id in `reviews.yaml`, in words.
        name: String,
        /// The kind of review, in words.
        kind: String,
        /// `ongoing` or `concluded`.
        status: &'static str,
        /// The status in words.
        status_text: String,
        /// The address where it is published; may be empty.
        published: String,
        /// Reasons for waived errors in its data.
        notices: Vec<NoticeView>,
        /// Its findings.
        findings: Vec<FindingView>,
    }

    /// A finding of a review, and the response to it.
    pub struct FindingView {
        /// The finding.
        finding: Html,
        /// The action taken or planned.
        action: Html,
        /// Why no action will be taken.
        declined: Html,
    }

    /// The glossary, from A to Z.
    pub struct GlossaryView {
        /// The letters with their terms.
        letters: Vec<GlossaryLetterView>,
    }

    /// The terms of one letter.
    pub struct GlossaryLetterView {
        /// The letter, or `0-9`.
        letter: String,
        /// The fragment of the letter.
        anchor: String,
        /// Its terms, in order.
        terms: Vec<TermView>,
    }

    /// A term and its meaning.
    pub struct TermView {
        /// The term.
        term: String,
        /// The fragment of the term.
        anchor: String,
        /// The meaning.
        meaning: String,
        /// The address of further reading; may be empty.
        href: String,
    }

    /// The contacts.
    pub struct ContactsView {
        /// The contacts, urgent ones first.
        contacts: Vec<ContactView>,
    }

    /// An earlier address of a page.
    pub struct RedirectView {
        /// The page's current address.
        href: String,
    }
}
