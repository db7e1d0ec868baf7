//! The recipients of a report, on its front page and on their own page.

use crate::render::context::YearContext;
use crate::render::view::parts::DistributionView;

/// The recipients, in order.
#[must_use]
pub(crate) fn views(year: &YearContext<'_>) -> Vec<DistributionView> {
    let words = year.site.words;
    let date = |date: Option<jiff::civil::Date>| date.map(|date| words.date(date)).unwrap_or_default();
    let recipients = year.report.distribution.iter().map(|sent| DistributionView {
        to: sent.recipient.map_or_else(|| sent.to.clone(), |recipient| words.text(recipient.text_key()).to_owned()),
        on: date(sent.on),
        purpose: sent.purpose.clone().unwrap_or_default(),
        considered: date(sent.considered),
        minute: sent.minute.clone().unwrap_or_default(),
        resolved: year.prose_of(sent.resolved.as_ref()),
    });
    recipients.collect()
}
