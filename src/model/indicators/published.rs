//! What readers get of a report's indicators. Everything that is published is made from this and nothing else.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::definition::{Indicator, IndicatorSet, TargetState};
use super::series::{CellValue, YearIndicators};
use super::table::Breakdown;
use crate::model::ids::{IndicatorId, Year};
use crate::quantity::Decimal;

/// The indicators of one report.
#[derive(Clone, Debug, Hash)]
pub(crate) struct PublishedYear {
    /// The report's year.
    pub year: Year,
    /// The indicators that have a value, in the order of the definitions.
    pub series: Vec<PublishedSeries>,
}

/// The values of an indicator in one report.
#[derive(Clone, Debug)]
pub(crate) struct PublishedSeries {
    /// What is counted.
    pub indicator: Arc<Indicator>,
    /// The values by period, the whole before its groups.
    pub cells: Vec<PublishedCell>,
}

/// A value as readers get it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PublishedCell {
    /// The year that was counted.
    pub period: Year,
    /// The group that was counted; none for the whole.
    pub breakdown: Option<Breakdown>,
    /// The value.
    pub value: PublishedValue,
    /// What the table says about it.
    pub note: String,
}

/// A value, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PublishedValue {
    /// The value.
    Shown(Decimal),
    /// It would give away how many people were counted.
    Suppressed,
    /// The formula has no result: it divides by zero, or a number is too large to be held.
    Undefined,
}

impl PartialEq for PublishedSeries {
    fn eq(&self, other: &Self) -> bool {
        (&self.indicator.id, &self.cells) == (&other.indicator.id, &other.cells)
    }
}

impl Eq for PublishedSeries {}

impl Hash for PublishedSeries {
    /// The definition has a file of its own, whose hash is beside this one where both matter.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.indicator.id, &self.cells).hash(state);
    }
}

impl PublishedValue {
    /// The number, if it is shown.
    #[must_use]
    pub(crate) fn shown(self) -> Option<Decimal> {
        match self {
            Self::Shown(number) => Some(number),
            Self::Suppressed | Self::Undefined => None,
        }
    }
}

impl PublishedSeries {
    /// The values of the whole, oldest first.
    pub(crate) fn wholes(&self) -> impl Iterator<Item = &PublishedCell> {
        self.cells.iter().filter(|cell| cell.breakdown.is_none())
    }

    /// The latest value of the whole.
    #[must_use]
    pub(crate) fn latest(&self) -> Option<&PublishedCell> {
        self.wholes().last()
    }

    /// How the latest value compares with the target, if readers may see it.
    #[must_use]
    pub(crate) fn target_state(&self) -> Option<TargetState> {
        let value = self.latest()?.value.shown()?;
        Some(self.indicator.target?.state(value, self.indicator.better))
    }
}

impl PublishedYear {
    /// The values of an indicator.
    #[must_use]
    pub(crate) fn series_of(&self, id: &IndicatorId) -> Option<&PublishedSeries> {
        self.series.iter().find(|series| series.indicator.id == *id)
    }

    /// What is left of a report's values; `suppressed` has one entry for each of its cells.
    #[must_use]
    pub(super) fn new(definitions: &IndicatorSet, year: &YearIndicators, suppressed: &[bool]) -> Self {
        let mut series: Vec<PublishedSeries> = Vec::new();
        for (cell, is_suppressed) in year.cells.iter().zip(suppressed) {
            let value = match cell.value {
                _ if *is_suppressed => PublishedValue::Suppressed,
                CellValue::Stated(number) | CellValue::Computed(number) => PublishedValue::Shown(number),
                CellValue::Withheld => PublishedValue::Suppressed,
                CellValue::Undefined => PublishedValue::Undefined,
            };
            let indicator = &definitions.indicators[cell.indicator];
            if series.last().is_none_or(|last| last.indicator.id != indicator.id) {
                series.push(PublishedSeries { indicator: Arc::clone(indicator), cells: Vec::new() });
            }
            if let Some(last) = series.last_mut() {
                let (period, breakdown, note) = (cell.period.clone(), cell.breakdown.clone(), cell.note.clone());
                last.cells.push(PublishedCell { period, breakdown, value, note });
            }
        }
        Self { year: year.year.clone(), series }
    }
}
