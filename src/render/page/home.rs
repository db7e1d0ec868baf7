//! The site's front page: the newest report at a glance, and every year's report.

use super::lookup::Lookup;
use super::{Edition, Volume, front, shared};
use crate::model::report::Priority;
use crate::render::route::YearRoutes;
use crate::render::view::parts::{CardView, HomeView};
use crate::render::view::shared::LinkView;

pub(super) fn view(edition: &Edition<'_>) -> HomeView {
    let years = &edition.routes.years;
    HomeView {
        newest: (!years.is_empty()).then(|| newest(edition)),
        earlier: years.iter().skip(1).map(|year| card(edition, year)).collect(),
    }
}

/// A report in one line.
fn card(edition: &Edition<'_>, year: &YearRoutes) -> CardView {
    let report = edition.report(year);
    CardView {
        title: report.title.clone(),
        year: report.year.to_string(),
        href: year.front.to_string(),
        period: shared::period(edition, report),
        published: report.published.map(|date| edition.words.date(date)).unwrap_or_default(),
        ..CardView::default()
    }
}

/// The newest report at a glance.
fn newest(edition: &Edition<'_>) -> CardView {
    let year = &edition.routes.years[0];
    let lookup = Lookup::of(edition, edition.report(year));
    let volume = Volume::of(edition, &lookup, 0);
    let summary = front::foreword(&volume).and_then(|page| page.summary.as_ref());
    let link = |one: &Priority| LinkView::new(&one.name, &year.priority(one.id.as_str()));
    CardView {
        summary: summary.map(|text| text.value.clone()).unwrap_or_default(),
        figures: front::figures(&volume),
        priorities: volume.report.priorities.iter().map(link).collect(),
        ..card(edition, year)
    }
}
