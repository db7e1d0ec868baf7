//! The page of indicators: each with its latest value, how it changed, how it compares with its target, and where it comes
//! from. Everything here is made from what is published: see [`crate::model::indicators::published`].

use super::shared::indicator_value::{amount, figure_of};
use crate::chart::{self, ChartContext, IndicatorPoint, IndicatorSeries};
use crate::locale::Locale;
use crate::model::indicators::definition::{Indicator, Target, TargetState, Tolerance, Unit};
use crate::model::indicators::published::{PublishedCell, PublishedSeries, PublishedValue, PublishedYear};
use crate::model::indicators::table::{Breakdown, SUPPRESSED};
use crate::model::{PriorityId, Year};
use crate::quantity::Decimal;
use crate::render::anchors::indicator_anchor;
use crate::render::context::YearContext;
use crate::render::view::Html;
use crate::render::view::indicators::{IndicatorGroupView, IndicatorView, IndicatorsView};
use crate::render::view::shared::LinkView;
use crate::source::files::Better;
use crate::source::slug::slug;

pub(crate) fn view(year: &YearContext<'_>) -> IndicatorsView {
    let Some(published) = &year.report.indicators else { return IndicatorsView::default() };
    let mut groups: Vec<IndicatorGroupView> = Vec::new();
    for series in &published.series {
        let title = series.indicator.group.clone().unwrap_or_default();
        let shown = indicator(year, published, series);
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.indicators.push(shown),
            None => {
                let anchor = format!("group-{}", slug(&title));
                groups.push(IndicatorGroupView { title, anchor, indicators: vec![shown] });
            }
        }
    }
    let mut cells = published.series.iter().flat_map(|series| &series.cells);
    IndicatorsView {
        groups,
        has_suppressed: cells.any(|cell| cell.value == PublishedValue::Suppressed),
        csv: year.routes.data("indicators.csv").to_string(),
    }
}

fn indicator(year: &YearContext<'_>, published: &PublishedYear, series: &PublishedSeries) -> IndicatorView {
    let (indicator, words) = (&*series.indicator, year.site.words);
    let wholes: Vec<&PublishedCell> = series.wholes().collect();
    let latest = wholes.last().copied();
    let change = change(&wholes);
    let state = series.target_state();
    let judgement = match (indicator.better, change) {
        (Better::Neither, _) | (_, None) => "",
        (_, Some((_, difference))) if difference == Decimal::default() => "",
        (better, Some((_, difference))) if (better == Better::Up) == difference.is_negative() => "worse",
        _ => "better",
    };
    let notes = series.cells.iter().filter(|cell| !cell.note.is_empty()).map(|cell| note(words, cell));
    IndicatorView {
        name: indicator.name.clone(),
        anchor: indicator_anchor(&indicator.id),
        value: latest.map(|cell| cell_text(words, indicator, cell.value)).unwrap_or_default(),
        unit: match latest.map(|cell| cell.value) {
            Some(PublishedValue::Shown(_)) if indicator.unit != Unit::Percent => unit_text(words, &indicator.unit),
            _ => String::new(),
        },
        period: latest.map(|cell| cell.period.to_string()).unwrap_or_default(),
        is_suppressed: latest.is_some_and(|cell| cell.value == PublishedValue::Suppressed),
        change: change
            .map(|(before, difference)| change_text(words, indicator, before, difference))
            .unwrap_or_default(),
        direction: match change {
            None => "",
            Some((_, difference)) if difference == Decimal::default() => "same",
            Some((_, difference)) if difference.is_negative() => "down",
            Some(_) => "up",
        },
        judgement,
        target: indicator.target.map(|target| target_text(words, indicator, &target)).unwrap_or_default(),
        target_state: state.map_or("", TargetState::word),
        target_text: state.map(|state| words.text(state_key(state, indicator.better)).to_owned()).unwrap_or_default(),
        chart: chart(year, series, &wholes),
        notes: notes.collect(),
        definition: year.prose_of(indicator.definition.as_ref()),
        formula: formula(published, indicator),
        source: indicator
            .source
            .as_ref()
            .map(|source| LinkView { title: source.name.clone(), href: source.url.clone().unwrap_or_default() }),
        priority: indicator.priority.as_ref().and_then(|id| {
            let priority = year.report.priority(&PriorityId::new(id))?;
            Some(LinkView { title: priority.name.clone(), href: year.priority_href(priority.id.as_str()) })
        }),
    }
}

/// The change between the last two values of the whole, with the year of the first; nothing where one of them is not shown.
fn change<'a>(wholes: &[&'a PublishedCell]) -> Option<(&'a Year, Decimal)> {
    let [.., before, latest] = wholes else { return None };
    Some((&before.period, latest.value.shown()?.minus(before.value.shown()?)))
}

fn change_text(words: &Locale, indicator: &Indicator, before: &Year, difference: Decimal) -> String {
    let key = match difference {
        zero if zero == Decimal::default() => "indicator_same",
        less if less.is_negative() => "indicator_down",
        _ => "indicator_up",
    };
    let number = figure_of(difference.abs(), indicator.decimals());
    let difference =
        if indicator.unit == Unit::Percent { words.say("indicator_points", &[("number", &number)]) } else { number };
    words.say(key, &[("difference", &difference), ("year", before.as_str())])
}

fn target_text(words: &Locale, indicator: &Indicator, target: &Target) -> String {
    let value = amount(words, indicator, target.value);
    match target.tolerance {
        None => words.say("indicator_target", &[("value", &value)]),
        Some(tolerance) => {
            let tolerance = match tolerance {
                Tolerance::Percent(percent) => words.say("chart.percent", &[("number", &figure_of(percent, 0))]),
                Tolerance::Units(units) => figure_of(units, 0),
            };
            words.say("indicator_target_within", &[("value", &value), ("tolerance", &tolerance)])
        }
    }
}

fn state_key(state: TargetState, better: Better) -> &'static str {
    match (state, better) {
        (TargetState::Met, Better::Neither) => "indicator_within",
        (TargetState::Met, _) => "indicator_met",
        (TargetState::Near, _) => "indicator_near",
        (TargetState::Missed, Better::Neither) => "indicator_outside",
        (TargetState::Missed, _) => "indicator_missed",
    }
}

/// What the table says about a value.
fn note(words: &Locale, cell: &PublishedCell) -> String {
    let about = match &cell.breakdown {
        Some(breakdown) => format!("{}, {breakdown}", cell.period),
        None => cell.period.to_string(),
    };
    words.say("indicator_note", &[("about", &about), ("note", &cell.note)])
}

/// The formula with names in place of ids.
fn formula(published: &PublishedYear, indicator: &Indicator) -> String {
    let name = |id: &_| published.of(id).map(|series| series.indicator.name.clone());
    indicator.formula.as_ref().map(|formula| formula.in_words(name)).unwrap_or_default()
}

fn unit_text(words: &Locale, unit: &Unit) -> String {
    match unit {
        Unit::Percent => words.text("indicator_percent").to_owned(),
        Unit::Days => words.text("indicator_days").to_owned(),
        Unit::PerTenThousand => words.text("indicator_per_ten_thousand").to_owned(),
        Unit::Other(unit) => unit.clone(),
    }
}

fn cell_text(words: &Locale, indicator: &Indicator, value: PublishedValue) -> String {
    match value {
        PublishedValue::Shown(number) => amount(words, indicator, number),
        PublishedValue::Suppressed => SUPPRESSED.to_owned(),
        PublishedValue::Undefined => words.text("chart.none").to_owned(),
    }
}

/// The finding: how the value changed between the last two years.
fn headline(words: &Locale, indicator: &Indicator, wholes: &[&PublishedCell]) -> String {
    let Some(latest) = wholes.last() else { return words.say("indicator_parts_only", &[("name", &indicator.name)]) };
    let text = |cell: &PublishedCell| cell_text(words, indicator, cell.value);
    let (to, year) = (text(latest), latest.period.to_string());
    let before = wholes.iter().rev().nth(1);
    let (key, from, from_year) = match (latest.value, before.map(|cell| (cell, cell.value))) {
        (PublishedValue::Suppressed, _) => ("indicator_headline.suppressed", String::new(), ""),
        (PublishedValue::Undefined, _) => ("indicator_headline.undefined", String::new(), ""),
        (PublishedValue::Shown(now), Some((cell, PublishedValue::Shown(then)))) => {
            let key = match now.cmp(&then) {
                std::cmp::Ordering::Greater => "indicator_headline.rose",
                std::cmp::Ordering::Less => "indicator_headline.fell",
                std::cmp::Ordering::Equal => "indicator_headline.stayed",
            };
            (key, text(cell), cell.period.as_str())
        }
        (PublishedValue::Shown(_), _) => ("indicator_headline.once", String::new(), ""),
    };
    let arguments =
        [("name", indicator.name.as_str()), ("to", &to), ("to-year", &year), ("from", &from), ("from-year", from_year)];
    words.say(key, &arguments)
}

fn chart(year: &YearContext<'_>, series: &PublishedSeries, wholes: &[&PublishedCell]) -> Html {
    let (indicator, words) = (&*series.indicator, year.site.words);
    let points = wholes.iter().map(|cell| IndicatorPoint {
        period: cell.period.to_string(),
        value: cell.value.shown().map(Decimal::measure),
        text: cell_text(words, indicator, cell.value),
    });
    let mut periods: Vec<&Year> = series.cells.iter().map(|cell| &cell.period).collect();
    periods.sort();
    periods.dedup();
    // Groups are in the order of the newest period that has them.
    let mut rows: Vec<Option<&Breakdown>> = Vec::new();
    for cell in series.cells.iter().rev() {
        if !rows.contains(&cell.breakdown.as_ref()) {
            rows.push(cell.breakdown.as_ref());
        }
    }
    rows.reverse();
    rows.sort_by_key(Option::is_some);
    let row = |breakdown: Option<&Breakdown>| {
        let name = breakdown.map_or_else(|| words.text("indicator_all").to_owned(), ToString::to_string);
        let cell = |period: &&Year| {
            let mut cells = series.cells.iter();
            let found = cells.find(|cell| cell.period == **period && cell.breakdown.as_ref() == breakdown);
            found.map_or_else(|| words.text("chart.none").to_owned(), |cell| cell_text(words, indicator, cell.value))
        };
        std::iter::once(name).chain(periods.iter().map(cell)).collect()
    };
    let head = std::iter::once(words.text("indicator_group").to_owned());
    let input = IndicatorSeries {
        name: indicator.name.clone(),
        headline: headline(words, indicator, wholes),
        unit: if indicator.unit == Unit::Percent { String::new() } else { unit_text(words, &indicator.unit) },
        points: points.collect(),
        target: indicator.target.map(|target| target.value.measure()),
        rows: rows.into_iter().map(row).collect(),
        head: head.chain(periods.iter().map(ToString::to_string)).collect(),
        is_percent: indicator.unit == Unit::Percent,
    };
    let id = format!("{}-chart", indicator_anchor(&indicator.id));
    let frame = ChartContext { id: &id, period: year.report.year.as_str(), level: 4, source: None, csv: None, words };
    Html::from_chart(chart::indicator(&input, &frame))
}
