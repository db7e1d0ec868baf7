//! Front matter of submissions.

use super::publication_status::PublicationStatus;
use super::sign_off::SignedOffEntry;
use crate::quantity::MonthOrDate;
use crate::source::yaml::{Date, Prose, RawYaml, Spanned, Text};
use crate::{choice, record};

record! {
    /// The front matter of a board's or agency's submission.
    pub struct SubmissionFrontMatter {
        /// The title of the page; the name in `report.yaml` by default.
        "title" optional title: Text,
        /// One or two sentences for lists of pages, search engines and feeds.
        "summary" optional summary: Text,
        /// For a board: the agency that is responsible for it, as an agency's id or a name.
        "sponsor" optional sponsor: Text,
        /// Who wrote the submission. The email address is never published.
        "author" optional author: AuthorEntry,
        /// The date on which it was submitted.
        "submitted" optional submitted: Spanned<Date>,
        /// `draft`, `submitted` or `signed-off`; `submitted` by default.
        "status" optional status: Spanned<PublicationStatus>,
        /// Who signed off the submission, and when.
        "signed_off" optional signed_off: SignedOffEntry,
        /// The priorities that the submission is about: ids from `report.yaml`.
        "priorities" optional priorities: Vec<Text>,
        /// The ids of legal duties for which the submission is evidence.
        "evidence" optional evidence: Vec<Text>,
        /// What happened to last year's commitments.
        "follow_up" optional follow_up: Vec<FollowUpEntry>,
        /// Earlier addresses of this page, which redirect to it.
        "aliases" optional aliases: Vec<Text>,
        /// Your own data, passed on to the theme's templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// Who wrote a submission.
    pub struct AuthorEntry {
        /// The author's name.
        "name" optional name: Text,
        /// The author's role.
        "role" optional role: Text,
        /// The author's email address, which is never published.
        "email" optional email: Text,
    }
}

record! {
    /// What happened to a commitment of the previous year.
    pub struct FollowUpEntry {
        /// The id of the commitment, with or without the id of the submission: `annal commitments` lists them.
        "commitment" required commitment: Text,
        /// What happened to the commitment.
        "outcome" required outcome: Spanned<Outcome>,
        /// A note. Required if the commitment was dropped.
        "note" optional note: Prose,
    }
}

record! {
    /// The facts in braces at the end of an item under `done` or `next`.
    pub struct ItemFactsEntry {
        /// The month or date by which it is to be done.
        "by" optional by: Spanned<MonthOrDate>,
        /// Who is responsible for it, by role or name.
        "owner" optional owner: Text,
        /// The priority that it serves: an id from `report.yaml`.
        "priority" optional priority: Text,
        /// The indicator that shows whether it works: an id from `indicators.yaml`.
        "measure" optional measure: Text,
    }
}

choice! {
    /// What happened to a commitment.
    pub enum Outcome {
        /// Done.
        Delivered = "delivered",
        /// Under way.
        InProgress = "in-progress",
        /// Not yet started.
        NotStarted = "not-started",
        /// Will not be done.
        Dropped = "dropped",
    }
}
