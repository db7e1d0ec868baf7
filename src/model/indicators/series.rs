//! What each report says: its own values, the values of earlier periods that it takes over from earlier reports, and the
//! results of formulas.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::definition::{Indicator, IndicatorSet};
use super::table::{Breakdown, IndicatorRow, IndicatorTable, StatedValue};
use crate::diagnostic::Location;
use crate::model::ids::Year;
use crate::quantity::{Decimal, Fraction};

/// The periods that a report shows: its own year and the nine before it. Values of earlier periods are shown only if the
/// report gives them itself.
const PERIODS: u16 = 10;

/// All values that one year's report has: what it would publish if nothing were suppressed.
#[derive(Clone, Debug)]
pub(crate) struct YearIndicators {
    /// The report's year.
    pub year: Year,
    /// The values: by indicator in the order of the definitions, then by period, the whole before its groups.
    pub cells: Vec<IndicatorCell>,
}

/// A value of an indicator in a report.
#[derive(Clone, Debug)]
pub(crate) struct IndicatorCell {
    /// The position of the indicator in [`IndicatorSet::indicators`].
    pub indicator: usize,
    /// The year that was counted.
    pub period: Year,
    /// The group that was counted; none for the whole.
    pub breakdown: Option<Breakdown>,
    /// The value.
    pub value: CellValue,
    /// The report that gave the value: an earlier one if it was taken over, and for the result of a formula the latest
    /// that gave an operand. Cells that agree in everything but the report that they are in are one and the same value.
    pub edition: Year,
    /// What the table says about it.
    pub note: String,
    /// The place of the value, in the report that gave it; none for the result of a formula that nobody wrote down.
    pub location: Option<Location>,
    /// What a report states about the result of a formula, to be compared with it.
    pub stated: Option<StatedValue>,
}

/// The value of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellValue {
    /// As stated in a table.
    Stated(Decimal),
    /// Suppressed by whoever made the table, or calculated from such a value. annal does not know it.
    Withheld,
    /// The result of the indicator's formula for the same period and group, to one decimal.
    Computed(Decimal),
    /// The formula has no result: it divides by zero, or a number is too large to be held.
    Undefined,
}

impl CellValue {
    /// The number, if there is one and it is known.
    #[must_use]
    pub(crate) fn number(self) -> Option<Decimal> {
        match self {
            Self::Stated(number) | Self::Computed(number) => Some(number),
            Self::Withheld | Self::Undefined => None,
        }
    }
}

impl YearIndicators {
    /// The cell of an indicator, by its position, for a period and group.
    #[must_use]
    pub(crate) fn cell(
        &self,
        indicator: usize,
        period: &Year,
        breakdown: Option<&Breakdown>,
    ) -> Option<&IndicatorCell> {
        let mut of_indicator = self.of_indicator(indicator).iter();
        of_indicator.find(|cell| cell.period == *period && cell.breakdown.as_ref() == breakdown)
    }

    /// The cells of an indicator, by its position.
    #[must_use]
    pub(crate) fn of_indicator(&self, indicator: usize) -> &[IndicatorCell] {
        &self.cells[self.positions_of(indicator)]
    }

    /// The positions of an indicator's cells.
    #[must_use]
    pub(crate) fn positions_of(&self, indicator: usize) -> Range<usize> {
        let start = self.cells.partition_point(|cell| cell.indicator < indicator);
        let end = self.cells.partition_point(|cell| cell.indicator <= indicator);
        start..end
    }
}

/// The cells of one indicator in a report, by period and group.
type CellsByKey<'a> = HashMap<(&'a Year, Option<&'a Breakdown>), &'a IndicatorCell>;

/// Which value is meant: the position of the indicator, the period and the group.
type CellKey = (usize, Year, Option<Breakdown>);

/// A row of a report's table, and the report.
#[derive(Clone, Copy)]
struct GivenRow<'a> {
    row: &'a IndicatorRow,
    edition: &'a Year,
}

/// What each report says, oldest first. Reports without values of their own are left out.
#[must_use]
pub(crate) fn assemble(definitions: &IndicatorSet, tables: &[(&Year, &IndicatorTable)]) -> Vec<YearIndicators> {
    let positions = definitions.positions();
    let order = definitions.calculation_order();
    let mut known: BTreeMap<CellKey, GivenRow<'_>> = BTreeMap::new();
    let mut years = Vec::new();
    for (year, table) in tables {
        // What is too old for this report is too old for all that follow.
        known.retain(|(_, period, _), _| year.first().saturating_sub(period.first()) < PERIODS);
        let mut own: HashMap<(usize, &Breakdown), usize> = HashMap::new();
        let mut has_own = false;
        for row in &table.rows {
            let Some(&indicator) = positions.get(row.indicator.as_str()) else { continue };
            has_own = true;
            let next = own.len();
            if let Some(breakdown) = &row.breakdown {
                own.entry((indicator, breakdown)).or_insert(next);
            }
            known.insert((indicator, row.period.clone(), row.breakdown.clone()), GivenRow { row, edition: year });
        }
        if !has_own {
            continue;
        }
        let mut year = YearIndicators { year: (*year).clone(), cells: known.iter().map(given_cell).collect() };
        for at in &order {
            let computed = computed_cells(&year, *at, &definitions.indicators[*at], &positions);
            let keys: BTreeSet<_> = computed.iter().map(|cell| (cell.period.clone(), cell.breakdown.clone())).collect();
            year.cells
                .retain(|cell| cell.indicator != *at || !keys.contains(&(cell.period.clone(), cell.breakdown.clone())));
            year.cells.extend(computed);
            year.cells.sort_by_key(|one| one.indicator);
        }
        // Groups are in the order of this report's table. Those that it does not have come after them.
        year.cells.sort_by_cached_key(|cell| {
            let group = cell.breakdown.as_ref().map(|breakdown| {
                let operands =
                    definitions.indicators[cell.indicator].formula.iter().flat_map(super::formula::Formula::indicators);
                let operands = operands.filter_map(|(id, _)| positions.get(id.as_str()).copied());
                let place =
                    std::iter::once(cell.indicator).chain(operands).find_map(|at| own.get(&(at, breakdown)).copied());
                (place.unwrap_or(usize::MAX), breakdown.clone())
            });
            (cell.indicator, cell.period.clone(), group)
        });
        years.push(year);
    }
    years
}

fn given_cell((key, given): (&CellKey, &GivenRow<'_>)) -> IndicatorCell {
    let (indicator, period, _) = key;
    IndicatorCell {
        indicator: *indicator,
        period: period.clone(),
        breakdown: given.row.breakdown.clone(),
        value: match given.row.value {
            StatedValue::Number(number) => CellValue::Stated(number),
            StatedValue::Suppressed => CellValue::Withheld,
        },
        edition: given.edition.clone(),
        note: given.row.note.clone(),
        location: Some(given.row.value_location.clone()),
        stated: None,
    }
}

/// The results of an indicator's formula: one for each period and group for which the report has all operands. What the
/// tables state is kept beside them.
fn computed_cells(
    year: &YearIndicators,
    at: usize,
    indicator: &Indicator,
    positions: &HashMap<&str, usize>,
) -> Vec<IndicatorCell> {
    let Some(formula) = &indicator.formula else { return Vec::new() };
    let mut operands: Vec<(&str, CellsByKey<'_>)> = Vec::new();
    for (id, _) in formula.indicators() {
        let Some(&position) = positions.get(id.as_str()) else { return Vec::new() };
        if !operands.iter().any(|(known, _)| *known == id.as_str()) {
            let cells = year.of_indicator(position).iter();
            operands.push((id.as_str(), cells.map(|cell| ((&cell.period, cell.breakdown.as_ref()), cell)).collect()));
        }
    }
    let Some(((_, first), others)) = operands.split_first() else { return Vec::new() };
    let mut computed = Vec::new();
    for (key, cell) in first {
        let Some(rest) = others.iter().map(|(_, cells)| cells.get(key).copied()).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let cells: Vec<&IndicatorCell> = std::iter::once(*cell).chain(rest).collect();
        let value_of = |id: &str| {
            let which = operands.iter().position(|(operand, _)| *operand == id)?;
            cells[which].value.number().map(Fraction::from)
        };
        let stated = year.cell(at, key.0, key.1);
        let is_withheld = |cell: &&IndicatorCell| cell.value == CellValue::Withheld;
        let value = if cells.iter().any(is_withheld) || stated.as_ref().is_some_and(is_withheld) {
            CellValue::Withheld
        } else {
            let result = formula.calculate(|id| value_of(id.as_str())).ok();
            let result = result.and_then(|result| result.times(indicator.unit.factor().into()));
            result.and_then(Fraction::to_tenths).map_or(CellValue::Undefined, CellValue::Computed)
        };
        let editions = cells.iter().map(|cell| &cell.edition);
        computed.push(IndicatorCell {
            indicator: at,
            period: cell.period.clone(),
            breakdown: cell.breakdown.clone(),
            value,
            edition: editions.max().unwrap_or(&year.year).clone(),
            note: stated.map(|stated| stated.note.clone()).unwrap_or_default(),
            location: stated.and_then(|stated| stated.location.clone()),
            stated: stated.and_then(|stated| match stated.value {
                CellValue::Stated(number) => Some(StatedValue::Number(number)),
                CellValue::Withheld => Some(StatedValue::Suppressed),
                CellValue::Computed(_) | CellValue::Undefined => None,
            }),
        });
    }
    computed
}
