//! The site's front page: the newest report at a glance, and every year's report.

use super::shared::key_figures;
use crate::model::report::Priority;
use crate::render::context::{SiteContext, YearContext, YearIndex};
use crate::render::route::YearRoutes;
use crate::render::view::parts::{CardView, SiteIndexView};
use crate::render::view::shared::LinkView;

pub fn view(edition: &SiteContext<'_>) -> SiteIndexView {
    let years = &edition.routes.years;
    SiteIndexView {
        newest: (!years.is_empty()).then(|| newest(edition)),
        earlier: years.iter().skip(1).map(|year| card(edition, year)).collect(),
    }
}

/// A report in one line.
fn card(edition: &SiteContext<'_>, year: &YearRoutes) -> CardView {
    let report = edition.report(year);
    CardView {
        title: report.title.clone(),
        year: report.year.to_string(),
        href: year.front.to_string(),
        period: edition.period(report),
        published: report.published.map(|date| edition.words.date(date)).unwrap_or_default(),
        ..CardView::default()
    }
}

/// The newest report at a glance.
fn newest(edition: &SiteContext<'_>) -> CardView {
    let year = &edition.routes.years[0];
    let lookup = YearIndex::new(edition, edition.report(year));
    let volume = YearContext::new(edition, &lookup, 0);
    let summary = edition.foreword(volume.report).and_then(|page| page.summary.as_ref());
    let link = |one: &Priority| LinkView::new(&one.name, &year.priority(one.id.as_str()));
    CardView {
        summary: summary.map(|text| text.value.clone()).unwrap_or_default(),
        figures: key_figures::view(&volume),
        priorities: volume.report.priorities.iter().map(link).collect(),
        ..card(edition, year)
    }
}
