//! `content/YEAR/reviews.yaml`: reviews, their findings, and what became of them.

use crate::source::yaml::{Prose, RawYaml, Slug, Spanned, Url};
use crate::{choice, record};

record! {
    /// `content/YEAR/reviews.yaml`: reviews, their findings and what became of them.
    pub struct ReviewsFile {
        /// The reviews.
        "reviews" optional reviews: Vec<ReviewEntry>,
        /// What all of them teach, one text each.
        "learning" optional learning: Vec<Prose>,
        /// Anything, handed to templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// A review.
    pub struct ReviewEntry {
        /// Its id.
        "id" required id: Spanned<Slug>,
        /// What kind of review it is.
        "kind" required kind: Spanned<ReviewKind>,
        /// Whether it is over.
        "status" required status: Spanned<ReviewStatus>,
        /// Where it is published.
        "published" optional published: Spanned<Url>,
        /// What it found.
        "findings" optional findings: Vec<FindingEntry>,
    }
}

choice! {
    /// What kind of review it is.
    pub enum ReviewKind {
        /// A safeguarding adults review.
        Sar = "SAR",
        /// A child safeguarding practice review.
        Cspr = "CSPR",
        /// A domestic homicide review.
        Dhr = "DHR",
        /// A rapid review.
        RapidReview = "rapid-review",
        /// A local learning review.
        LocalLearningReview = "local-learning-review",
        /// A child death review.
        ChildDeath = "child-death",
    }
}

choice! {
    /// Whether a review is over.
    pub enum ReviewStatus {
        /// Still going on at the end of the year.
        Ongoing = "ongoing",
        /// Over.
        Concluded = "concluded",
    }
}

record! {
    /// What a review found.
    pub struct FindingEntry {
        /// The finding.
        "finding" required finding: Prose,
        /// What was or will be done about it.
        "action" optional action: Prose,
        /// Why nothing will be done about it.
        "declined" optional declined: Prose,
    }
}
