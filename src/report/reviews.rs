//! Reviews, their findings and what became of them.

use crate::source::files::{ReviewKind, ReviewStatus};
use crate::source::markdown::Markdown;

/// What `reviews.yaml` means.
#[derive(Clone, Debug, Default)]
pub struct Reviews {
    /// The reviews, in order.
    pub reviews: Vec<Review>,
    /// What all of them teach.
    pub learning: Vec<Markdown>,
}

/// A review.
#[derive(Clone, Debug)]
pub struct Review {
    /// Its id.
    pub id: String,
    /// What kind of review it is.
    pub kind: ReviewKind,
    /// Whether it is over.
    pub status: ReviewStatus,
    /// Where it is published.
    pub published: Option<String>,
    /// What it found.
    pub findings: Vec<Finding>,
}

/// What a review found, and what became of it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The finding.
    pub finding: Markdown,
    /// What was or will be done.
    pub action: Option<Markdown>,
    /// Why nothing will be done.
    pub declined: Option<Markdown>,
}
