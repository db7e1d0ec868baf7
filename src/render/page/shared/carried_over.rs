//! Commitments that were carried over from year to year.

use crate::model::{Commitment, Submission};
use crate::render::anchors::commitment_anchor;
use crate::render::context::YearContext;
use crate::render::view::shared::LinkView;

/// The earlier years in which a submission's commitment was made in the same words, newest first, as far as readers may
/// see them. Each leads to the commitment.
#[must_use]
pub(crate) fn earlier_years(year: &YearContext<'_>, sent: &Submission, commitment: &Commitment) -> Vec<LinkView> {
    let site = year.site;
    let mut years = Vec::new();
    let (mut sent, mut commitment) = (sent, commitment);
    for (index, routes) in site.routes.years.iter().enumerate().skip(year.position + 1) {
        // Only the very next report carries a commitment over.
        let is_next = site.routes.years[index - 1].report == routes.report + 1;
        if !commitment.is_carried_over || !is_next {
            break;
        }
        let report = site.report(routes);
        let Some(before) = report.submission(sent.kind, &sent.earlier_id).filter(|before| site.is_built(before)) else {
            break;
        };
        let Some(same) = before.commitments.iter().find(|other| other.id.slug() == commitment.id.slug()) else { break };
        let page = routes.submission(before.kind, &before.id);
        let href = format!("{page}#{}", commitment_anchor(&same.id));
        years.push(LinkView { title: report.year.to_string(), href });
        (sent, commitment) = (before, same);
    }
    years
}
