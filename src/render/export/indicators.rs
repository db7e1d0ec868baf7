//! The indicators in `report.json`: what is published of them, with everything that is needed to calculate them again.

use serde_json::{Value, json};

use crate::diagnostic::Span;
use crate::model::indicators::definition::{Indicator, IndicatorTarget, TargetState, Tolerance};
use crate::model::indicators::published::{PublishedCell, PublishedSeries, PublishedValue, PublishedYear};
use crate::model::indicators::table::SUPPRESSED;
use crate::quantity::Decimal;
use crate::source::markdown::readable_blocks;

/// The indicators of a year, each with its values.
#[must_use]
pub(super) fn indicators(published: &PublishedYear) -> Value {
    published.series.iter().map(series).collect()
}

fn series(series: &PublishedSeries) -> Value {
    let indicator: &Indicator = &series.indicator;
    let state = series.target_state();
    json!({
        "id": indicator.id.as_str(),
        "name": indicator.name,
        "unit": indicator.unit.as_str(),
        "group": indicator.group,
        "better": indicator.better.word(),
        "people": indicator.counts_people,
        "overlapping": indicator.is_overlapping,
        "formula": indicator.formula.as_ref().map(|formula| &formula.text),
        "target": indicator.target.as_ref().map(target),
        "target_state": state.map(TargetState::word),
        "source": indicator.source.as_ref().map(|source| json!({"name": source.name, "url": source.url})),
        "definition": indicator
            .definition
            .as_ref()
            .map(|text| readable_blocks(text, Span::new(0, text.text().len())))
            .unwrap_or_default(),
        "priority": indicator.priority.as_ref().map(|id| &id.value),
        "values": series.cells.iter().map(value).collect::<Value>(),
    })
}

fn target(target: &IndicatorTarget) -> Value {
    let tolerance = target.tolerance.map(|tolerance| match tolerance {
        Tolerance::Percent(percent) => format!("{percent}%"),
        Tolerance::Units(units) => units.to_string(),
    });
    json!({"value": number(target.value), "tolerance": tolerance})
}

fn value(cell: &PublishedCell) -> Value {
    json!({
        "period": cell.period.as_str(),
        "breakdown": cell.breakdown.as_ref().map(|breakdown| &breakdown.dimension),
        "group": cell.breakdown.as_ref().map(|breakdown| &breakdown.group),
        "value": match cell.value {
            PublishedValue::Shown(shown) => number(shown),
            PublishedValue::Suppressed => json!(SUPPRESSED),
            PublishedValue::Undefined => Value::Null,
        },
        "note": (!cell.note.is_empty()).then_some(&cell.note),
    })
}

/// A whole number without decimals, and any other with those that it has.
fn number(number: Decimal) -> Value {
    match number.as_count() {
        Some(count) => json!(count),
        None => json!(number.measure()),
    }
}
