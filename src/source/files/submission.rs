//! The front matter of submissions.

use super::publication_status::PublicationStatus;
use crate::source::yaml::{Date, Prose, RawYaml, Spanned, Text};
use crate::{choice, record};

record! {
    /// The front matter of a board's or agency's submission.
    pub struct SubmissionFrontMatter {
        /// The page's title; the name in `report.yaml` unless given.
        "title" optional title: Text,
        /// One or two sentences for cards, search engines and feeds.
        "summary" optional summary: Text,
        /// Of boards: the agency that answers for it, an id or a name.
        "sponsor" optional sponsor: Text,
        /// Who wrote it; the email is never published.
        "author" optional author: AuthorEntry,
        /// When it was submitted.
        "submitted" optional submitted: Spanned<Date>,
        /// How far it is; `submitted` unless given.
        "status" optional status: Spanned<PublicationStatus>,
        /// Who signed it off, and when.
        "signed_off" optional signed_off: SignedOffEntry,
        /// The priorities that it is about: ids from `report.yaml`.
        "priorities" optional priorities: Vec<Text>,
        /// The duties that it is evidence for.
        "evidence" optional evidence: Vec<Text>,
        /// What became of last year's commitments.
        "follow_up" optional follow_up: Vec<FollowUpEntry>,
        /// Earlier addresses that must lead here.
        "aliases" optional aliases: Vec<Text>,
        /// Anything, handed to templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// Who wrote a submission.
    pub struct AuthorEntry {
        /// The name.
        "name" optional name: Text,
        /// The role.
        "role" optional role: Text,
        /// The email address, which is never published.
        "email" optional email: Text,
    }
}

record! {
    /// Who signed a submission off, and when.
    pub struct SignedOffEntry {
        /// Who.
        "by" optional by: Text,
        /// When.
        "on" optional on: Spanned<Date>,
    }
}

record! {
    /// What became of a commitment of the year before.
    pub struct FollowUpEntry {
        /// The commitment's slug, or its id with the submission's.
        "commitment" required commitment: Text,
        /// What became of it.
        "outcome" required outcome: Spanned<Outcome>,
        /// More about it; due where the commitment was dropped.
        "note" optional note: Prose,
    }
}

choice! {
    /// What became of a commitment.
    pub enum Outcome {
        /// It was done.
        Delivered = "delivered",
        /// It is being done.
        InProgress = "in-progress",
        /// Nothing was done yet.
        NotStarted = "not-started",
        /// It will not be done.
        Dropped = "dropped",
    }
}
