//! The site's front page: the latest report at a glance, and every year's report.

use super::shared::front_page;
use crate::render::context::{SiteContext, YearContext, YearIndex};
use crate::render::route::{Address, YearRoutes};
use crate::render::view::parts::{CardView, SiteIndexView};

/// The number of findings of the latest report: the rest are on its own front page.
const FINDINGS: usize = 3;

pub(crate) fn view(site: &SiteContext<'_>) -> SiteIndexView {
    let years = &site.routes.years;
    SiteIndexView {
        newest: (!years.is_empty()).then(|| newest(site)),
        earlier: years.iter().skip(1).map(|routes| card(site, routes)).collect(),
    }
}

/// A report in one line.
fn card(site: &SiteContext<'_>, routes: &YearRoutes) -> CardView {
    let report = site.report(routes);
    CardView {
        title: report.title.clone(),
        year: report.year.to_string(),
        href: routes.front.to_string(),
        period: site.period(report),
        published: report.published.map(|date| site.words.date(date)).unwrap_or_default(),
        ..CardView::default()
    }
}

/// The latest report at a glance.
fn newest(site: &SiteContext<'_>) -> CardView {
    let routes = &site.routes.years[0];
    let index = YearIndex::new(site, site.report(routes));
    let year = YearContext::new(site, &index, 0);
    let mut front = front_page::view(&year, &Address::home());
    front.key_messages.truncate(FINDINGS);
    CardView { front: Some(front), ..card(site, routes) }
}
