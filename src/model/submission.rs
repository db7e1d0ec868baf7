//! What a board or agency sent: its sections, its commitments, and its answers to last year's.

use jiff::civil::Date;

use super::ids::{CommitmentId, DutyId, PriorityId, Sponsor, SubmitterKind};
use super::sections::SubmissionSection;
use crate::diagnostic::{RelPath, Span};
use crate::source::files::{Outcome, PublicationStatus};
use crate::source::markdown::Markdown;
use crate::source::yaml::{RawYaml, Spanned, Text};

/// What one board or agency sent for one year.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    /// Whether a board's or an agency's.
    pub kind: SubmitterKind,
    /// The id of the board or agency.
    pub id: String,
    /// Its file.
    pub file: RelPath,
    /// The page's title: its own, or the name in `report.yaml`.
    pub title: String,
    /// One or two sentences about it.
    pub summary: Option<Text>,
    /// Of boards: who answers for it.
    pub sponsor: Option<Sponsor>,
    /// Who wrote it: name and role. The email is not kept.
    pub author: Option<(Option<String>, Option<String>)>,
    /// When it was submitted.
    pub submitted: Option<Spanned<Date>>,
    /// How far it is; a draft where that could not be read.
    pub status: PublicationStatus,
    /// Whether how far it is could be read.
    pub is_status_known: bool,
    /// Who signed it off, and when.
    pub signed_off: Option<(Option<String>, Option<Date>)>,
    /// The priorities that it is about.
    pub priorities: Vec<PriorityId>,
    /// The duties that it is evidence for.
    pub evidence: Vec<DutyId>,
    /// Its answers to last year's commitments.
    pub follow_ups: Vec<FollowUp>,
    /// Where its answers stand, or would: the first of them, or the file's start.
    pub follow_up_span: Span,
    /// Whether its answers could be read whole: where they could not, nobody knows what it answers for.
    pub knows_answers: bool,
    /// Whether what it promises could be found: where its text could not be told from its front matter, or has no such
    /// section though it must, nobody knows what it promised.
    pub knows_commitments: bool,
    /// Earlier addresses.
    pub aliases: Vec<Text>,
    /// Its text.
    pub body: Markdown,
    /// The text before the first section, as a span of the body's Markdown.
    pub opening: Span,
    /// Its sections, in the order in which they stand.
    pub sections: Vec<SubmissionSection>,
    /// What it promised under `next`.
    pub commitments: Vec<Commitment>,
    /// Free data for templates.
    pub extra: Option<RawYaml>,
}

impl Submission {
    /// The first section with an id such as `done`.
    #[must_use]
    pub(crate) fn section(&self, id: &str) -> Option<&SubmissionSection> {
        self.sections.iter().find(|section| section.id.as_deref() == Some(id))
    }

    /// How many words its text has.
    #[must_use]
    pub(crate) fn words(&self) -> usize {
        self.body.words
    }
}

/// One thing promised under `next`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commitment {
    /// `SUBMISSION/SLUG`.
    pub id: CommitmentId,
    /// The text without markup.
    pub text: String,
    /// Where it stands in the body's Markdown.
    pub span: Span,
}

/// An answer to a commitment of the year before.
#[derive(Clone, Debug)]
pub(crate) struct FollowUp {
    /// The commitment's slug, as written.
    pub written: Text,
    /// The commitment that it answers for, where there is such a one.
    pub commitment: Option<CommitmentId>,
    /// What became of it.
    pub outcome: Option<Spanned<Outcome>>,
    /// More about it.
    pub note: Option<Markdown>,
}

impl FollowUp {
    /// The id that it names, in what the board or agency `submission` sends, whether there is such a commitment or not.
    #[must_use]
    pub(crate) fn named(&self, submission: &str) -> CommitmentId {
        let written = self.written.trim();
        let slug = written.strip_prefix(submission).and_then(|rest| rest.strip_prefix('/')).unwrap_or(written);
        CommitmentId::new(&format!("{submission}/{slug}"))
    }
}
