//! Submissions: their sections, their commitments, and their follow-ups to last year's commitments.

use std::sync::Arc;

use jiff::civil::Date;

use super::ids::{CommitmentId, DutyId, PriorityId, Sponsor, SubmitterKind};
use super::item_facts::{ItemFacts, ItemWithFacts};
use super::sections::SubmissionSection;
use super::sign_off::SignOff;
use crate::diagnostic::{RelPath, Span};
use crate::source::files::{Outcome, PublicationStatus};
use crate::source::markdown::{Markdown, MarkdownBlockKind, MarkdownFile};
use crate::source::yaml::{RawYaml, Spanned, Text};

/// What one board or agency submitted for one year.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    /// Whether it is a board's or an agency's.
    pub kind: SubmitterKind,
    /// The id of the board or agency.
    pub id: String,
    /// The id that it had in the year before.
    pub earlier_id: String,
    pub file: RelPath,
    /// The page's title: its own, or the name in `report.yaml`.
    pub title: String,
    /// One or two sentences about it.
    pub summary: Option<Text>,
    /// Who is responsible for the board; `None` for agencies.
    pub sponsor: Option<Sponsor>,
    /// Who wrote it: name and role. The email is not kept.
    pub author: Option<(Option<String>, Option<String>)>,
    /// When it was submitted.
    pub submitted: Option<Spanned<Date>>,
    /// The publication status; a draft if it could not be read.
    pub status: PublicationStatus,
    /// Whether the status could be read.
    pub is_status_known: bool,
    /// Who signed it off, when, and which words.
    pub signed_off: Option<SignOff>,
    /// The priorities that it works on.
    pub priorities: Vec<PriorityId>,
    /// The duties that it is evidence for.
    pub evidence: Vec<DutyId>,
    /// Its follow-ups to last year's commitments.
    pub follow_ups: Vec<FollowUp>,
    /// The place of its follow-ups: the first of them, or the start of the file.
    pub follow_up_span: Span,
    /// Whether all its follow-ups could be read. If not, it is unknown what it reports back on.
    pub knows_answers: bool,
    /// Whether its commitments could be found. They are unknown if its text could not be separated from its front
    /// matter, or if a required `next` section is missing.
    pub knows_commitments: bool,
    /// Earlier addresses.
    pub aliases: Vec<Text>,
    pub body: MarkdownFile,
    /// The text before the first section, as a span of the body's Markdown, if there is any.
    pub opening: Option<Span>,
    /// Its sections, in order.
    pub sections: Vec<SubmissionSection>,
    /// Its commitments under `next`.
    pub commitments: Vec<Commitment>,
    /// The items under `done` and `next` that end with facts, in order.
    pub items_with_facts: Vec<ItemWithFacts>,
    /// Free data for templates.
    pub extra: Option<RawYaml>,
}

impl Submission {
    /// The first section with this id, such as `done`.
    #[must_use]
    pub(crate) fn section(&self, id: &str) -> Option<&SubmissionSection> {
        self.sections.iter().find(|section| section.id.as_deref() == Some(id))
    }

    /// The first thing that it says was done: the first item under `done`, or else the first paragraph.
    #[must_use]
    pub(crate) fn first_achievement(&self) -> Option<String> {
        let done = self.section("done")?;
        let body = self.body.read();
        let blocks = || body.blocks_in(done.text);
        let list = blocks().find(|block| matches!(block.kind, MarkdownBlockKind::List(_)));
        let paragraph = || blocks().find(|block| matches!(block.kind, MarkdownBlockKind::Paragraph { .. }));
        // The items of a list are not kept; the first is what is read before another block begins.
        let text = body.first_text_at(list.or_else(paragraph)?.span);
        (!text.is_empty()).then_some(text)
    }

    /// Whether it says anything: it has words, or the outcome of a commitment.
    #[must_use]
    pub(crate) fn says_anything(&self) -> bool {
        self.words() > 0 || self.follow_ups.iter().any(|answer| answer.outcome.is_some() || answer.note.is_some())
    }

    /// Whether it is signed off, but its words or facts have changed since.
    #[must_use]
    pub(crate) fn has_changed_since_sign_off(&self) -> bool {
        self.status == PublicationStatus::SignedOff && self.signed_off.as_ref().is_some_and(|signed| signed.is_stale)
    }

    /// The number of words in its text.
    #[must_use]
    pub(crate) fn words(&self) -> usize {
        self.body.words
    }
}

/// A commitment made under `next`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commitment {
    /// `SUBMISSION/SLUG`.
    pub id: CommitmentId,
    /// The text without markup.
    pub text: Box<str>,
    /// Its place in the body's Markdown.
    pub span: Span,
    /// By when, who and for which priority, as far as it says so.
    pub facts: Arc<ItemFacts>,
    /// Whether the same was promised in the previous year, and neither delivered nor dropped.
    pub is_carried_over: bool,
}

/// A follow-up to a commitment of the previous year.
#[derive(Clone, Debug)]
pub(crate) struct FollowUp {
    /// The commitment's slug, as written.
    pub written: Text,
    /// The commitment that it follows up, if there is one with the written id.
    pub commitment: Option<CommitmentId>,
    /// What happened to the commitment.
    pub outcome: Option<Spanned<Outcome>>,
    pub note: Option<Markdown>,
}

impl FollowUp {
    /// The id that it names in the submission `sent`, whether or not that commitment exists. It was made under the id of
    /// the year before.
    #[must_use]
    pub(crate) fn named(&self, sent: &Submission) -> CommitmentId {
        let written = self.written.trim();
        let of = |id: &String| written.strip_prefix(id.as_str()).and_then(|rest| rest.strip_prefix('/'));
        let slug = of(&sent.earlier_id).or_else(|| of(&sent.id)).unwrap_or(written);
        CommitmentId::new(&format!("{}/{slug}", sent.earlier_id))
    }
}
