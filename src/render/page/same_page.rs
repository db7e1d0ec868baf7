//! The same page in the report of another year.

use super::page_list::YearPage;
use crate::model::Report;
use crate::model::members::Submitter;
use crate::render::context::SiteContext;
use crate::render::route::{Address, YearRoutes};

/// Where `kind`, a page of `report`, is in the report of the year directly before or after it. A board or agency is
/// followed through a change of its id.
#[must_use]
pub(crate) fn in_year(
    site: &SiteContext<'_>,
    report: &Report,
    kind: YearPage,
    other: &YearRoutes,
    is_earlier: bool,
) -> Option<Address> {
    let other_report = site.report(other);
    match kind {
        YearPage::Index => Some(other.front.clone()),
        YearPage::Print => Some(other.print()),
        YearPage::Part(part) => other.part(part),
        YearPage::Narrative(at) => {
            let id = &report.pages[at].id;
            let same = other_report.pages.iter().find(|page| page.id == *id)?;
            site.routes.page_of(&same.file).cloned()
        }
        YearPage::Priority(at) => {
            let id = &report.priorities[at].id;
            other_report.priority(id).map(|priority| other.priority(priority.id.as_str()))
        }
        YearPage::Submission(kind, at) => {
            let own = report.submitters_of(kind).nth(at)?;
            let is_same = |party: &Submitter<'_>| {
                if is_earlier { party.id == own.earlier_id() } else { party.earlier_id() == own.id }
            };
            let sent = other_report.submitters_of(kind).find(is_same)?.submission?;
            site.routes.page_of(&sent.file).cloned()
        }
    }
}
