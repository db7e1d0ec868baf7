//! `content/YEAR/reviews.yaml`: reviews, their findings, and the action taken on them.

use crate::source::yaml::{Prose, RawYaml, Slug, Spanned, Url};
use crate::{choice, record};

record! {
    /// `content/YEAR/reviews.yaml`: reviews, their findings, and the action taken on them.
    pub struct ReviewsFile {
        /// The reviews in this year's report.
        "reviews" optional reviews: Vec<ReviewEntry>,
        /// A sentence that says that no safeguarding adults review finished or was under way in the year.
        "none" optional none: Prose,
        /// What was learned from the reviews as a whole, as a list.
        "learning" optional learning: Vec<Prose>,
        /// Your own data, passed on to the theme's templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// A review, such as a safeguarding adults review, independent scrutiny or an audit.
    pub struct ReviewEntry {
        /// The review's id, used in addresses and links.
        "id" required id: Spanned<Slug>,
        /// The kind of review.
        "kind" required kind: Spanned<ReviewKind>,
        /// Whether the review is still going on at the end of the year.
        "status" required status: Spanned<ReviewStatus>,
        /// The web address at which the review is published.
        "published" optional published: Spanned<Url>,
        /// The findings of the review.
        "findings" optional findings: Vec<FindingEntry>,
    }
}

choice! {
    /// The kind of review.
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
        /// Independent scrutiny. Each of its findings needs an `action` or `declined`.
        Scrutiny = "scrutiny",
        /// An audit, such as a multi-agency audit of cases.
        Audit = "audit",
    }
}

choice! {
    /// Whether a review is still going on at the end of the year.
    pub enum ReviewStatus {
        /// Still going on at the end of the year.
        Ongoing = "ongoing",
        /// Finished.
        Concluded = "concluded",
    }
}

record! {
    /// One finding of a review.
    pub struct FindingEntry {
        /// The finding itself.
        "finding" required finding: Prose,
        /// The action that was or will be taken.
        "action" optional action: Prose,
        /// The reason why no action will be taken.
        "declined" optional declined: Prose,
    }
}
