//! The chart of an indicator. It is made from what is published: see [`crate::model::indicators::published`].

use super::indicator_value::amount;
use crate::chart::{self, ChartContext, IndicatorPoint, IndicatorSeries};
use crate::locale::Locale;
use crate::model::Year;
use crate::model::indicators::definition::{Indicator, Unit};
use crate::model::indicators::published::{PublishedCell, PublishedSeries, PublishedValue};
use crate::model::indicators::table::{Breakdown, SUPPRESSED};
use crate::quantity::Decimal;
use crate::render::view::Html;

/// What the values are in, in the page's language.
#[must_use]
pub(crate) fn unit_text(words: &Locale, unit: &Unit) -> String {
    match unit {
        Unit::Percent => words.text("indicator_percent").to_owned(),
        Unit::Days => words.text("indicator_days").to_owned(),
        Unit::PerTenThousand => words.text("indicator_per_ten_thousand").to_owned(),
        Unit::Other(unit) => unit.clone(),
    }
}

/// A value as readers see it, or what is in its place.
#[must_use]
pub(crate) fn cell_text(words: &Locale, indicator: &Indicator, value: PublishedValue) -> String {
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

/// The chart of an indicator with its headline and the table of all its values.
#[must_use]
pub(crate) fn draw(series: &PublishedSeries, frame: &ChartContext<'_>) -> Html {
    let (indicator, words) = (&*series.indicator, frame.words);
    let wholes: Vec<&PublishedCell> = series.wholes().collect();
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
        headline: headline(words, indicator, &wholes),
        unit: if indicator.unit == Unit::Percent { String::new() } else { unit_text(words, &indicator.unit) },
        points: points.collect(),
        target: indicator.target.map(|target| target.value.measure()),
        rows: rows.into_iter().map(row).collect(),
        head: head.chain(periods.iter().map(ToString::to_string)).collect(),
        is_percent: indicator.unit == Unit::Percent,
    };
    Html::from_chart(chart::indicator(&input, frame))
}
