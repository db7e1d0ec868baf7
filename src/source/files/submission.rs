//! What stands in Markdown files beside the text: the front matter of submissions and pages, and charts.

use crate::source::yaml::shape::Free;
use crate::source::yaml::{Anything, Date, Number, OneOr, Prose, Spanned, Text};
use crate::{choice, record};

record! {
    /// The front matter of a board's or agency's submission.
    pub struct SubmissionFront {
        /// The page's title; the name in `report.yaml` unless given.
        "title" may title: Text,
        /// One or two sentences for cards, search engines and feeds.
        "summary" may summary: Text,
        /// Of boards: the agency that answers for it, an id or a name.
        "sponsor" may sponsor: Text,
        /// Who wrote it; the email is never published.
        "author" may author: AuthorEntry,
        /// When it was submitted.
        "submitted" may submitted: Spanned<Date>,
        /// How far it is; `submitted` unless given.
        "status" may status: Spanned<Status>,
        /// Who signed it off, and when.
        "signed_off" may signed_off: SignedOffEntry,
        /// The priorities that it is about: ids from `report.yaml`.
        "priorities" may priorities: Vec<Text>,
        /// The duties that it is evidence for.
        "evidence" may evidence: Vec<Text>,
        /// What became of last year's commitments.
        "follow_up" may follow_up: Vec<FollowUpEntry>,
        /// Earlier addresses that must lead here.
        "aliases" may aliases: Vec<Text>,
        /// Anything, handed to templates.
        "extra" may extra: Anything,
    }
}

record! {
    /// Who wrote a submission.
    pub struct AuthorEntry {
        /// The name.
        "name" may name: Text,
        /// The role.
        "role" may role: Text,
        /// The email address, which is never published.
        "email" may email: Text,
    }
}

record! {
    /// Who signed a submission off, and when.
    pub struct SignedOffEntry {
        /// Who.
        "by" may by: Text,
        /// When.
        "on" may on: Spanned<Date>,
    }
}

record! {
    /// What became of a commitment of the year before.
    pub struct FollowUpEntry {
        /// The commitment's slug, or its id with the submission's.
        "commitment" due commitment: Text,
        /// What became of it.
        "outcome" due outcome: Spanned<Outcome>,
        /// More about it; due where the commitment was dropped.
        "note" may note: Prose,
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

choice! {
    /// How far a submission or page is.
    pub enum Status {
        /// Not to be built unless asked for.
        Draft = "draft",
        /// Sent in.
        Submitted = "submitted",
        /// Signed off by who answers for it.
        SignedOff = "signed-off",
    }
}

record! {
    /// The front matter of a page.
    pub struct PageFront {
        /// The page's title.
        "title" due title: Text,
        /// One or two sentences for cards, search engines and feeds.
        "summary" may summary: Text,
        /// Its place among the pages: the smallest number first.
        "order" may order: Spanned<Number>,
        /// The duties that it is evidence for.
        "evidence" may evidence: Vec<Text>,
        /// Earlier addresses that must lead here.
        "aliases" may aliases: Vec<Text>,
        /// How far it is; `submitted` unless given.
        "status" may status: Spanned<Status>,
        /// Who signed it, for a foreword.
        "signed_by" may signed_by: SignedByEntry,
        /// Anything, handed to templates.
        "extra" may extra: Anything,
    }
}

record! {
    /// Who signed a page.
    pub struct SignedByEntry {
        /// The name.
        "name" due name: Text,
        /// The role.
        "role" may role: Text,
    }
}

record! {
    /// The YAML of a `chart` block.
    pub struct ChartFile {
        /// The kind of chart; `bar` unless given.
        "kind" may kind: Spanned<ChartKind>,
        /// The headline, which says the finding.
        "title" due title: Text,
        /// What somebody hears who cannot see the chart.
        "description" due description: Text,
        /// What the numbers count.
        "unit" may unit: Text,
        /// The names of the series, where a row has several numbers.
        "series" may series: Vec<Text>,
        /// The rows: a label with a number, or with a number for each series.
        "rows" due rows: Free<NumberOr<Vec<Spanned<Number>>>>,
    }
}

choice! {
    /// The kind of a chart.
    pub enum ChartKind {
        /// Bars from left to right.
        Bar = "bar",
        /// Bars from bottom to top.
        Column = "column",
        /// A line.
        Line = "line",
    }
}

/// One number, or several.
pub type NumberOr<T> = OneOr<Spanned<Number>, T>;
