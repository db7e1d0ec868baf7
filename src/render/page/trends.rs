//! Attendance, money and commitments over the years.

use super::shared::indicator_chart;
use crate::chart::{self, BudgetYear, ChartContext, CommitmentYear, CommitmentYears, ContributionYears};
use crate::locale::capitalised;
use crate::model::indicators::published::{PublishedSeries, PublishedValue};
use crate::render::anchors::indicator_anchor;
use crate::render::context::SiteContext;
use crate::render::route::YearRoutes;
use crate::render::view::Html;
use crate::render::view::data::TrendsView;
use crate::source::files::Outcome;

/// The possible outcomes of a commitment, in the order of [`crate::model::trends::CommitmentOutcomes`].
const OUTCOMES: [&str; Outcome::WORDS.len() + 2] = [
    "outcome_delivered",
    "outcome_in_progress",
    "outcome_not_started",
    "outcome_dropped",
    "outcome_unanswered",
    "outcome_not_due",
];

pub(crate) fn view(site: &SiteContext<'_>) -> TrendsView {
    let (trends, words) = (&site.routes.trends, site.words);
    let period = |first: Option<&String>, last: Option<&String>| {
        let (from, to) = (first.map_or("", String::as_str), last.map_or("", String::as_str));
        words.say("period", &[("from", from), ("to", to)])
    };
    let figure = |name: &str, years: &[&String], draw: &dyn Fn(&ChartContext<'_>) -> Option<String>| {
        let (csv, picture) = (format!("{name}.csv"), format!("{name}.svg"));
        let period = period(years.first().copied(), years.last().copied());
        let frame = ChartContext {
            id: name,
            period: &period,
            level: 3,
            source: Some("chart.source.reports"),
            csv: Some(&csv),
            picture: Some(&picture),
            words,
        };
        Html::from_chart(draw(&frame))
    };
    let years: Vec<&String> = trends.attendance.iter().map(|(year, _)| year).collect();
    let attendance = figure("attendance", &years, &|frame| chart::attendance_trend(&trends.attendance, frame));

    let years: Vec<&String> = trends.contributions.iter().map(|(year, _)| year).collect();
    let funds = trends.funds.iter().map(|fund| capitalised(fund)).collect();
    let paid = ContributionYears { funds, years: trends.contributions.clone() };
    let contributions = figure("contributions", &years, &|frame| chart::contributions_trend(&paid, frame));

    let years: Vec<&String> = trends.budgets.iter().map(|(year, ..)| year).collect();
    let budgets = trends.budgets.iter().map(|(year, income, expenditure)| BudgetYear {
        year: year.clone(),
        income: *income,
        expenditure: *expenditure,
    });
    let budgets: Vec<BudgetYear> = budgets.collect();
    let budget = figure("budget", &years, &|frame| chart::budget_trend(&budgets, frame));

    let years: Vec<&String> = trends.commitments.iter().map(|(year, _)| year).collect();
    let of_year = trends.commitments.iter().map(|(year, kept)| CommitmentYear {
        year: year.clone(),
        counts: kept.outcomes.into_iter().chain([kept.unanswered, kept.not_due]).collect(),
        silent: kept.unanswered,
        is_due: kept.not_due == 0,
    });
    let outcomes = OUTCOMES.iter().map(|key| words.text(key).to_owned());
    let kept = CommitmentYears { outcomes: outcomes.collect(), years: of_year.collect() };
    let commitments = figure("commitments", &years, &|frame| chart::commitments_trend(&kept, frame));

    let mut cells = trends.indicators.iter().flat_map(|series| &series.cells);
    let built = &site.routes.years;
    let year = |at: Option<&YearRoutes>| at.map(|year| site.report(year).year.to_string());
    TrendsView {
        period: period(year(built.last()).as_ref(), year(built.first()).as_ref()),
        attendance,
        contributions,
        budget,
        commitments,
        indicators: indicators(site),
        has_suppressed: cells.any(|cell| cell.value == PublishedValue::Suppressed),
    }
}

/// The indicators, each as a chart of all years.
fn indicators(site: &SiteContext<'_>) -> Vec<Html> {
    let draw = |series: &PublishedSeries| {
        let id = indicator_anchor(&series.indicator.id);
        let picture = format!("{id}.svg");
        let frame = ChartContext {
            id: &id,
            period: "",
            level: 3,
            source: None,
            csv: Some("indicators.csv"),
            picture: Some(&picture),
            words: site.words,
        };
        indicator_chart::draw(series, &frame)
    };
    site.routes.trends.indicators.iter().map(draw).collect()
}
