//! The reviews page: reviews, their findings, and the actions taken.

use crate::model::Part;
use crate::model::reviews::{self, Review, ReviewFinding};
use crate::render::context::YearContext;
use crate::render::view::parts::{FindingView, ReviewView, ReviewsView};
use crate::source::files::{ReviewKind, ReviewStatus};

pub(crate) fn view(year: &YearContext<'_>) -> ReviewsView {
    let Some(record) = &year.report.data.reviews else { return ReviewsView::default() };
    ReviewsView {
        reviews: record.reviews.iter().map(|one| review(year, one)).collect(),
        none: year.prose_of(record.none.as_ref()),
        learning: record.learning.iter().map(|text| year.prose(text)).collect(),
    }
}

fn review(year: &YearContext<'_>, review: &Review) -> ReviewView {
    let words = year.site.words;
    let kind = match review.kind {
        ReviewKind::Sar => "review_sar",
        ReviewKind::Cspr => "review_cspr",
        ReviewKind::Dhr => "review_dhr",
        ReviewKind::RapidReview => "review_rapid",
        ReviewKind::LocalLearningReview => "review_local",
        ReviewKind::ChildDeath => "review_child_death",
        ReviewKind::Scrutiny => "review_scrutiny",
        ReviewKind::Audit => "review_audit",
    };
    let status = match review.status {
        ReviewStatus::Ongoing => "status_ongoing",
        ReviewStatus::Concluded => "status_concluded",
    };
    let anchor = reviews::anchor(&review.id);
    ReviewView {
        notices: year.notices_at(Part::Reviews, &anchor),
        id: anchor,
        name: reviews::name(&review.id),
        kind: words.text(kind).to_owned(),
        status: review.status.word(),
        status_text: words.text(status).to_owned(),
        published: review.published.clone().unwrap_or_default(),
        findings: review.findings.iter().map(|one| finding(year, one)).collect(),
    }
}

fn finding(year: &YearContext<'_>, finding: &ReviewFinding) -> FindingView {
    FindingView {
        finding: year.prose(&finding.finding),
        action: year.prose_of(finding.action.as_ref()),
        declined: year.prose_of(finding.declined.as_ref()),
    }
}
