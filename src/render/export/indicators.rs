//! The indicators in `report.json`: what is published of them, with everything that is needed to calculate them again.

use serde::Serialize;

use super::object::object;
use crate::diagnostic::Span;
use crate::model::indicators::definition::{Indicator, IndicatorTarget, TargetState, Tolerance};
use crate::model::indicators::published::{PublishedCell, PublishedSeries, PublishedValue, PublishedYear};
use crate::model::indicators::table::SUPPRESSED;
use crate::quantity::Decimal;
use crate::source::markdown::readable_blocks;

/// A value as readers get it.
#[derive(Serialize)]
#[serde(untagged)]
enum WrittenValue {
    Count(u64),
    Measure(f64),
    Word(&'static str),
}

/// The indicators of a year, each with its values.
#[must_use]
pub(super) fn indicators(published: &PublishedYear) -> impl Serialize {
    published.series.iter().map(series).collect::<Vec<_>>()
}

fn series(series: &PublishedSeries) -> impl Serialize {
    let indicator: &Indicator = &series.indicator;
    let state = series.target_state();
    object! {
        "id": indicator.id.as_str(),
        "name": &indicator.name,
        "unit": indicator.unit.as_str(),
        "group": &indicator.group,
        "better": indicator.better.word(),
        "people": indicator.counts_people,
        "overlapping": indicator.is_overlapping,
        "formula": indicator.formula.as_ref().map(|formula| &formula.text),
        "target": indicator.target.as_ref().map(target),
        "target_state": state.map(TargetState::word),
        "source": indicator.source.as_ref().map(|source| object! {"name": &source.name, "url": &source.url}),
        "definition": indicator
            .definition
            .as_ref()
            .map(|text| readable_blocks(text, Span::new(0, text.text().len())))
            .unwrap_or_default(),
        "priority": indicator.priority.as_ref().map(|id| &id.value),
        "values": series.cells.iter().map(value).collect::<Vec<_>>(),
    }
}

fn target(target: &IndicatorTarget) -> impl Serialize + use<> {
    let tolerance = target.tolerance.map(|tolerance| match tolerance {
        Tolerance::Percent(percent) => format!("{percent}%"),
        Tolerance::Units(units) => units.to_string(),
    });
    object! {"value": number(target.value), "tolerance": tolerance}
}

fn value(cell: &PublishedCell) -> impl Serialize {
    object! {
        "period": cell.period.as_str(),
        "breakdown": cell.breakdown.as_ref().map(|breakdown| &breakdown.dimension),
        "group": cell.breakdown.as_ref().map(|breakdown| &breakdown.group),
        "value": match cell.value {
            PublishedValue::Shown(shown) => Some(number(shown)),
            PublishedValue::Suppressed => Some(WrittenValue::Word(SUPPRESSED)),
            PublishedValue::Undefined => None,
        },
        "note": (!cell.note.is_empty()).then_some(&cell.note),
    }
}

/// A whole number without decimals, and any other with those that it has.
fn number(number: Decimal) -> WrittenValue {
    number.as_count().map_or_else(|| WrittenValue::Measure(number.measure()), WrittenValue::Count)
}
