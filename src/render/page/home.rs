//! The site's front page: the newest report at a glance, and every year's report.

use super::{Edition, front, shared};
use crate::render::view::parts::{CardView, HomeView};
use crate::render::view::shared::LinkView;

pub(super) fn view(edition: &Edition<'_>) -> HomeView {
    let years = 0..edition.routes.years.len();
    let mut cards = years.map(|year| card(edition, year));
    HomeView { newest: cards.next(), earlier: cards.collect() }
}

/// A report as the front page shows it; all but the newest are told in one line.
fn card(edition: &Edition<'_>, year: usize) -> CardView {
    let volume = edition.volume(year);
    let report = volume.report;
    let mut card = CardView {
        title: report.title.clone(),
        year: report.year.to_string(),
        href: volume.routes.front.to_string(),
        period: shared::period(edition, report),
        published: report.published.map(|date| edition.words.date(date)).unwrap_or_default(),
        ..CardView::default()
    };
    if year == 0 {
        let foreword = front::foreword(&volume);
        card.summary =
            foreword.and_then(|page| page.summary.as_ref()).map(|text| text.value.clone()).unwrap_or_default();
        card.figures = front::figures(&volume);
        let link =
            |one: &crate::report::year::Priority| LinkView::new(&one.name, &volume.routes.priority(one.id.as_str()));
        card.priorities = report.priorities.iter().map(link).collect();
    }
    card
}
