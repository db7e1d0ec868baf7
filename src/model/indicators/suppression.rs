//! Decides which values of a site's indicators are suppressed: it describes to [`disclosure`](crate::disclosure) what
//! readers of all reports together see, and takes from it which cells to hide.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::definition::{Indicator, IndicatorSet, Unit};
use super::formula::Formula;
use super::quotient::{CellQuotient, CellSum, Operand};
use super::series::{CellValue, IndicatorCell, YearIndicators};
use super::table::{Breakdown, StatedValue};
use crate::disclosure::{CellId, CellStatus, LinkedTables, is_small_count, protect};
use crate::model::ids::Year;
use crate::quantity::Decimal;

/// Among equally few cells, groups are hidden rather than results of formulas, and these rather than totals.
const RESULT: u16 = 1;
const WHOLE: u16 = 2;

/// Which cells are suppressed: for each year, one for each of its cells. All years are decided together, since readers
/// can put all reports of a site beside each other.
#[must_use]
pub(crate) fn suppress(definitions: &IndicatorSet, years: &[YearIndicators]) -> Vec<Vec<bool>> {
    let mut site = SiteTables::new(definitions, years);
    let places: Vec<Vec<CellPlace>> = years.iter().map(|year| site.add_year(year)).collect();
    let pattern = protect(&site.tables);
    let is_suppressed = |(year, places): (&YearIndicators, &Vec<CellPlace>)| {
        let mut suppressed: Vec<bool> = places
            .iter()
            .map(|place| match place {
                CellPlace::Shown | CellPlace::WithOperands(_) => false,
                CellPlace::Hidden => true,
                CellPlace::Count(cell) | CellPlace::Figure(cell) => pattern.is_hidden(*cell),
            })
            .collect();
        for at in results(&site.order, year) {
            if let CellPlace::WithOperands(operands) = &places[at] {
                suppressed[at] = operands.iter().any(|operand| suppressed[*operand]);
            }
        }
        suppressed
    };
    years.iter().zip(&places).map(is_suppressed).collect()
}

/// The positions of the cells of indicators with a formula, operands before what is calculated from them.
fn results(order: &[usize], year: &YearIndicators) -> Vec<usize> {
    let of = |indicator: &usize| year.positions_of(*indicator);
    order.iter().flat_map(of).collect()
}

/// What becomes of a cell of a report.
#[derive(Clone, Debug)]
enum CellPlace {
    /// It is published in any case.
    Shown,
    /// It is suppressed in any case, and readers can learn nothing about it from other cells.
    Hidden,
    /// It is a whole number in the tables.
    Count(CellId),
    /// It is a result in the tables that is not a whole number, such as a percentage.
    Figure(CellId),
    /// It is published if these cells of the same report are. Its formula says more than the tables can.
    WithOperands(Vec<usize>),
}

/// Which value is meant: the position of the indicator, the period and the group.
type ValueKey = (usize, Year, Option<Breakdown>);

/// The tables of all reports, as one problem.
struct SiteTables<'a> {
    definitions: &'a IndicatorSet,
    tables: LinkedTables,
    positions: HashMap<&'a str, usize>,
    order: Vec<usize>,
    /// By position: whether the indicator's counts are protected.
    is_protected: Vec<bool>,
    /// The cells of counts. The same count is one cell, in however many reports it is.
    counts: HashMap<(ValueKey, Option<Decimal>), CellId>,
    /// The latest count that a report gives.
    latest: HashMap<ValueKey, Decimal>,
    /// The cells of results, by value and latest edition of an operand.
    results: HashMap<(ValueKey, Year), CellPlace>,
    numbers: HashMap<CellId, i64>,
    /// Which groups were linked to which wholes.
    linked: HashSet<(Option<CellId>, Vec<Vec<CellId>>)>,
}

impl<'a> SiteTables<'a> {
    fn new(definitions: &'a IndicatorSet, years: &[YearIndicators]) -> Self {
        let mut is_protected: Vec<bool> =
            definitions.indicators.iter().map(|indicator| indicator.counts_people).collect();
        let positions = definitions.positions();
        // A result that a table gives as suppressed can only be protected by its operands.
        let is_given = |cell: &&IndicatorCell| {
            let is_count = definitions.indicators[cell.indicator].formula.is_none();
            cell.value == CellValue::Withheld && is_count || cell.stated == Some(StatedValue::Suppressed)
        };
        let given = years.iter().flat_map(|year| &year.cells).filter(is_given).map(|cell| cell.indicator);
        let mut pending: Vec<usize> = given.collect();
        let mut is_seen = vec![false; is_protected.len()];
        while let Some(at) = pending.pop() {
            is_protected[at] = true;
            if !std::mem::replace(&mut is_seen[at], true) {
                let operands = definitions.indicators[at].formula.iter().flat_map(Formula::indicators);
                pending.extend(operands.filter_map(|(id, _)| positions.get(id.as_str())));
            }
        }
        Self {
            definitions,
            tables: LinkedTables::default(),
            positions,
            order: definitions.calculation_order(),
            is_protected,
            counts: HashMap::new(),
            latest: HashMap::new(),
            results: HashMap::new(),
            numbers: HashMap::new(),
            linked: HashSet::new(),
        }
    }

    /// Adds the cells of a report and what links them.
    fn add_year(&mut self, year: &YearIndicators) -> Vec<CellPlace> {
        let mut places: Vec<CellPlace> = year.cells.iter().map(|cell| self.given(cell)).collect();
        for at in results(&self.order, year) {
            let cell = &year.cells[at];
            if !matches!(cell.value, CellValue::Stated(_)) {
                let key = (key(cell), cell.edition.clone());
                places[at] = match self.results.get(&key) {
                    Some(place) => place.clone(),
                    None => self.result(year, cell, &places),
                };
                // The positions of operands are those of one report.
                if !matches!(places[at], CellPlace::WithOperands(_)) {
                    self.results.insert(key, places[at].clone());
                }
            }
        }
        self.link_groups(year, &places);
        places
    }

    /// The place of a value that a table gives.
    fn given(&mut self, cell: &IndicatorCell) -> CellPlace {
        let indicator = &self.definitions.indicators[cell.indicator];
        if indicator.is_in_doubt {
            return CellPlace::Hidden;
        }
        match cell.value {
            CellValue::Computed(_) | CellValue::Undefined => CellPlace::Hidden,
            CellValue::Withheld if indicator.formula.is_some() => CellPlace::Hidden,
            CellValue::Withheld => CellPlace::Count(self.withheld(cell)),
            CellValue::Stated(_) if !self.is_protected[cell.indicator] => CellPlace::Shown,
            CellValue::Stated(number) => match whole(number) {
                Some(count) if !indicator.counts_people || count >= 0 => {
                    CellPlace::Count(self.count(cell, number, count))
                }
                _ if indicator.counts_people => CellPlace::Hidden,
                _ => CellPlace::Shown,
            },
        }
    }

    /// The cell of a count.
    fn count(&mut self, cell: &IndicatorCell, number: Decimal, count: i64) -> CellId {
        let key = key(cell);
        self.latest.insert(key.clone(), number);
        let counts_people = self.definitions.indicators[cell.indicator].counts_people;
        let status = if counts_people { CellStatus::People(count) } else { CellStatus::Number(count) };
        let (tables, numbers) = (&mut self.tables, &mut self.numbers);
        *self.counts.entry((key, Some(number))).or_insert_with(|| {
            let id = tables.add(status, reluctance(cell));
            numbers.insert(id, count);
            id
        })
    }

    /// The cell of a count that is given as suppressed. Where an earlier report has the number, that is suppressed too.
    fn withheld(&mut self, cell: &IndicatorCell) -> CellId {
        let key = key(cell);
        let number = self.latest.get(&key).copied();
        let tables = &mut self.tables;
        let id = *self
            .counts
            .entry((key, number))
            .or_insert_with(|| tables.add(CellStatus::Withheld(None), reluctance(cell)));
        tables.withhold(id);
        id
    }

    /// The place of the result of a formula.
    fn result(&mut self, year: &YearIndicators, cell: &IndicatorCell, places: &[CellPlace]) -> CellPlace {
        let indicator = &self.definitions.indicators[cell.indicator];
        let Some(formula) = indicator.formula.as_ref().filter(|_| !indicator.is_in_doubt) else {
            return CellPlace::Hidden;
        };
        let operands = self.operands(year, cell, formula);
        let is_withheld = cell.value == CellValue::Withheld;
        let is_sensitive = |number: Decimal| whole(number).is_none_or(is_small_count);
        let is_sensitive = indicator.counts_people && cell.value.number().is_some_and(is_sensitive);
        let operand = |at: usize| match places[at] {
            CellPlace::Shown => Some(Operand::Number(year.cells[at].value.number()?)),
            CellPlace::Count(cell) => Some(Operand::Cell(cell)),
            CellPlace::Figure(_) | CellPlace::Hidden | CellPlace::WithOperands(_) => None,
        };
        let quotient = CellQuotient::from_formula(formula, |id| operand(*operands.get(id.as_str())?));
        if let Some(quotient) = &quotient
            && let Some(place) = self.linked_result(cell, indicator, quotient, is_sensitive)
        {
            return place;
        }
        if is_sensitive || is_withheld {
            CellPlace::Hidden
        } else {
            CellPlace::WithOperands(operands.into_values().collect())
        }
    }

    /// The positions of the operands of a formula in a report.
    fn operands<'f>(
        &self,
        year: &YearIndicators,
        cell: &IndicatorCell,
        formula: &'f Formula,
    ) -> BTreeMap<&'f str, usize> {
        let find = |id: &'f str| {
            let indicator = *self.positions.get(id)?;
            let is_operand = |at: &usize| {
                let operand = &year.cells[*at];
                operand.period == cell.period && operand.breakdown == cell.breakdown
            };
            Some((id, year.positions_of(indicator).find(is_operand)?))
        };
        formula.indicators().filter_map(|(id, _)| find(id.as_str())).collect()
    }

    /// Links a result to its operands. Nothing, if it cannot be said in whole numbers of a bearable size.
    fn linked_result(
        &mut self,
        cell: &IndicatorCell,
        indicator: &Indicator,
        quotient: &CellQuotient,
        is_sensitive: bool,
    ) -> Option<CellPlace> {
        let CellQuotient { above, below } = quotient;
        if above.as_number().is_some() && below.as_number().is_some() {
            return Some(if is_sensitive { CellPlace::Hidden } else { CellPlace::Shown });
        }
        if cell.value == CellValue::Undefined {
            // The only thing to learn is that the divisor is zero.
            let id = self.tables.add(CellStatus::Figure, RESULT);
            self.tables.add_relation(&below.terms()?, Some(-below.number), Some(-below.number), Some(id));
            return Some(CellPlace::Figure(id));
        }
        let sign = below.value(|cell| self.numbers.get(&cell).copied())?.signum();
        let (above, below) = (above.times(sign)?, below.times(sign)?);
        let is_whole = below.as_number() == Some(1) && indicator.unit.factor() == Decimal::whole(1);
        let number = cell.value.number();
        let status = match number.map(whole) {
            None => Some(CellStatus::WithheldResult),
            Some(Some(count)) if indicator.counts_people => Some(CellStatus::People(count)),
            Some(count) => count.map(CellStatus::Number),
        };
        if let Some(status) = status.filter(|_| is_whole) {
            let mut terms = above.terms()?;
            let id = self.tables.add(status, RESULT);
            self.numbers.extend(number.and_then(whole).map(|count| (id, count)));
            terms.push((id, -1));
            self.tables.add_relation(&terms, Some(-above.number), Some(-above.number), None);
            return Some(CellPlace::Count(id));
        }
        let number = number.filter(|_| !is_sensitive)?;
        let tenths = i128::from(number.ten_thousandths() / 1_000);
        let factor = i128::from(indicator.unit.factor().ten_thousandths() / 10_000);
        // Rounded to `tenths` means `2 * tenths - 1 <= 20 * factor * above / below < 2 * tenths + 1`.
        let scaled = above.times(20 * factor)?;
        let from: CellSum = scaled.plus(&below.times(1 - 2 * tenths)?)?;
        let to: CellSum = scaled.plus(&below.times(-1 - 2 * tenths)?)?;
        let (from_terms, to_terms) = (from.terms()?, to.terms()?);
        let id = self.tables.add(CellStatus::Figure, RESULT);
        self.tables.add_relation(&from_terms, Some(-from.number), None, Some(id));
        self.tables.add_relation(&to_terms, None, Some(-1 - to.number), Some(id));
        Some(CellPlace::Figure(id))
    }

    /// Links the groups of a report to their wholes.
    fn link_groups(&mut self, year: &YearIndicators, places: &[CellPlace]) {
        for (at, indicator) in self.definitions.indicators.iter().enumerate() {
            if !self.is_protected[at] || indicator.formula.is_some() || !matches!(indicator.unit, Unit::Other(_)) {
                continue;
            }
            let mut periods: BTreeMap<&Year, PeriodTables<'_>> = BTreeMap::new();
            for position in year.positions_of(at) {
                let cell = &year.cells[position];
                let period = periods.entry(&cell.period).or_default();
                let id = if let CellPlace::Count(id) = places[position] { Some(id) } else { None };
                match &cell.breakdown {
                    None => period.whole = id,
                    Some(group) => period.groups.entry(group.dimension_key()).or_default().push(id),
                }
            }
            for period in periods.into_values() {
                self.link_period(&period, indicator.is_overlapping);
            }
        }
    }

    fn link_period(&mut self, period: &PeriodTables<'_>, is_overlapping: bool) {
        // Where a group is not a number, its breakdown adds up to nothing.
        let known = period.groups.values().filter_map(|groups| groups.iter().copied().collect::<Option<Vec<_>>>());
        let breakdowns: Vec<Vec<CellId>> = known.collect();
        if !self.linked.insert((period.whole, breakdowns.clone())) {
            return;
        }
        match period.whole {
            Some(whole) if is_overlapping => {
                breakdowns.iter().flatten().for_each(|&group| self.tables.add_part(whole, group));
            }
            Some(whole) => breakdowns.iter().for_each(|groups| self.tables.add_sum(whole, groups)),
            None if !is_overlapping && breakdowns.len() > 1 => {
                let whole = self.tables.add(CellStatus::Latent, WHOLE);
                for groups in &breakdowns {
                    self.tables.add_sum(whole, groups);
                }
            }
            None => {}
        }
    }
}

/// The cells of one indicator and period: the whole, and the groups by dimension; no cell for what is not a whole number.
#[derive(Default)]
struct PeriodTables<'a> {
    whole: Option<CellId>,
    groups: BTreeMap<&'a str, Vec<Option<CellId>>>,
}

fn key(cell: &IndicatorCell) -> ValueKey {
    (cell.indicator, cell.period.clone(), cell.breakdown.clone())
}

fn reluctance(cell: &IndicatorCell) -> u16 {
    if cell.breakdown.is_none() { WHOLE } else { 0 }
}

/// The number, if it is whole.
fn whole(number: Decimal) -> Option<i64> {
    let units = number.ten_thousandths();
    (units % 10_000 == 0).then_some(units / 10_000)
}
