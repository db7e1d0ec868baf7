//! Decides which values of a site's indicators are suppressed.

use std::collections::HashMap;

use super::definition::IndicatorSet;
use super::formula::Formula;
use super::series::{CellValue, IndicatorCell, YearIndicators};
use crate::quantity::Decimal;

/// The largest count of people that is suppressed. The smallest is 1: zero gives nobody away.
pub(crate) const LARGEST_SMALL_COUNT: u64 = 4;

/// Which cells are suppressed: for each year, one for each of its cells. All years are decided together, since readers
/// can put all reports of a site beside each other.
#[must_use]
pub(crate) fn suppress(definitions: &IndicatorSet, years: &[YearIndicators]) -> Vec<Vec<bool>> {
    years.iter().map(|year| suppress_year(definitions, year)).collect()
}

/// Suppresses small counts, values that the tables suppress, and what is calculated from either.
fn suppress_year(definitions: &IndicatorSet, year: &YearIndicators) -> Vec<bool> {
    let mut suppressed: Vec<bool> = year.cells.iter().map(|cell| is_sensitive(definitions, cell)).collect();
    let key = |cell: &IndicatorCell, indicator: usize| (indicator, cell.period.clone(), cell.breakdown.clone());
    let places: HashMap<_, usize> =
        year.cells.iter().enumerate().map(|(at, cell)| (key(cell, cell.indicator), at)).collect();
    let positions = definitions.positions();
    for indicator in definitions.calculation_order() {
        let formula = definitions.indicators[indicator].formula.iter().flat_map(Formula::indicators);
        let operands: Vec<usize> = formula.filter_map(|(id, _)| positions.get(id.as_str()).copied()).collect();
        for (at, cell) in year.cells.iter().enumerate().filter(|(_, cell)| cell.indicator == indicator) {
            // What is stated because the operands are missing depends on nothing.
            let is_calculated = matches!(cell.value, CellValue::Computed(_) | CellValue::Undefined);
            let needs = |operand: &usize| places.get(&key(cell, *operand)).is_some_and(|at| suppressed[*at]);
            suppressed[at] |= is_calculated && operands.iter().any(needs);
        }
    }
    suppressed
}

/// Whether a cell must not be published by itself: a small count of people, a value that the table suppresses, or one of
/// an indicator that could not be read completely.
#[must_use]
pub(crate) fn is_sensitive(definitions: &IndicatorSet, cell: &IndicatorCell) -> bool {
    let indicator = &definitions.indicators[cell.indicator];
    let is_small = |number: Decimal| number.as_count().is_none_or(|count| (1..=LARGEST_SMALL_COUNT).contains(&count));
    cell.value == CellValue::Withheld
        || indicator.is_in_doubt
        || (indicator.counts_people && cell.value.number().is_some_and(is_small))
}
