//! The site's front page: the latest report at a glance, and every year's report.

use super::shared::key_figures;
use crate::model::report::Priority;
use crate::render::context::{SiteContext, YearContext, YearIndex};
use crate::render::route::YearRoutes;
use crate::render::view::parts::{CardView, SiteIndexView};
use crate::render::view::shared::LinkView;

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
    let summary = site.foreword(year.report).and_then(|page| page.summary.as_ref());
    let link = |one: &Priority| LinkView::new(&one.name, &routes.priority(one.id.as_str()));
    CardView {
        summary: summary.map(|text| text.value.clone()).unwrap_or_default(),
        figures: key_figures::view(&year),
        priorities: year.report.priorities.iter().map(link).collect(),
        ..card(site, routes)
    }
}
