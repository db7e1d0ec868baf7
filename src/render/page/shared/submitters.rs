//! The boards, or the agencies, of a year.

use crate::model::{Submission, SubmitterKind};
use crate::render::context::YearContext;
use crate::render::view::Html;
use crate::render::view::parts::SubmitterView;

/// Each board or agency, in order.
#[must_use]
pub(crate) fn view(year: &YearContext<'_>, kind: SubmitterKind) -> Vec<SubmitterView> {
    let report = year.report;
    match kind {
        SubmitterKind::Board => report
            .boards
            .iter()
            .map(|board| {
                let sent = board.submission.as_ref();
                let sponsor = sent.and_then(|sent| sent.sponsor.as_ref()).or(board.sponsor.as_ref());
                SubmitterView {
                    purpose: year.prose_of(board.purpose.as_deref()),
                    sponsor: sponsor.map(|sponsor| year.sponsor_link(sponsor)),
                    ..member(year, kind, &board.name, board.short.as_deref(), board.id.as_str(), sent)
                }
            })
            .collect(),
        SubmitterKind::Agency => report
            .agencies
            .iter()
            .map(|agency| {
                let sent = agency.submission.as_ref();
                member(year, kind, &agency.name, agency.short.as_deref(), agency.id.as_str(), sent)
            })
            .collect(),
    }
}

fn member(
    year: &YearContext<'_>,
    kind: SubmitterKind,
    name: &str,
    short: Option<&str>,
    id: &str,
    sent: Option<&Submission>,
) -> SubmitterView {
    let is_there = sent.is_some() || year.report.lost_content(kind, id);
    let sent = sent.filter(|sent| year.site.is_built(sent));
    let count = sent.map_or(0, |sent| sent.commitments.len());
    SubmitterView {
        name: name.to_owned(),
        short: short.unwrap_or_default().to_owned(),
        href: year.submission_href(kind, id),
        is_held_back: is_there && sent.is_none(),
        summary: sent.and_then(|sent| sent.summary.as_ref()).map(|text| text.value.clone()).unwrap_or_default(),
        only_in: sent.map(|sent| year.site.only_in(&sent.file)).unwrap_or_default(),
        purpose: Html::default(),
        sponsor: None,
        commitments: if count > 0 { year.site.words.count("commitments_count", count) } else { String::new() },
    }
}
