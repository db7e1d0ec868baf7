//! The page of who received the report, when, and what they decided.

use super::shared::distribution;
use crate::render::context::YearContext;
use crate::render::view::parts::{DistributionView, DistributionsView};

pub(crate) fn view(year: &YearContext<'_>) -> DistributionsView {
    let recipients: Vec<DistributionView> = distribution::views(year);
    DistributionsView {
        has_dates: recipients.iter().any(|sent| !sent.on.is_empty()),
        has_purposes: recipients.iter().any(|sent| !sent.purpose.is_empty()),
        has_considered: recipients.iter().any(|sent| !sent.considered.is_empty() || !sent.minute.is_empty()),
        has_resolved: year.report.distribution.iter().any(|sent| sent.resolved.is_some()),
        recipients,
    }
}
