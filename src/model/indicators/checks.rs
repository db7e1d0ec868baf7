//! What is wrong in the tables of indicators: values that do not fit their definition, each other, or an earlier report.
//!
//! A message names figures only where readers may see them: diagnostics that are waived are published.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::definition::{Indicator, IndicatorSet};
use super::series::{CellValue, IndicatorCell, YearIndicators};
use super::table::{Breakdown, IndicatorRow, IndicatorTable, StatedValue};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind, excerpt};
use crate::model::ids::Year;
use crate::quantity::{Decimal, Fraction};

/// Checks the tables of all years, which are oldest first. `suppressed` says which cells of `years` are not published.
#[must_use]
pub(super) fn check(
    definitions: &IndicatorSet,
    tables: &[(&Year, &IndicatorTable)],
    years: &[YearIndicators],
    suppressed: &[Vec<bool>],
) -> Vec<Diagnostic> {
    let secret = years.iter().zip(suppressed).flat_map(|(year, suppressed)| {
        let hidden = year.cells.iter().zip(suppressed).filter(|(_, is_suppressed)| **is_suppressed);
        hidden.filter_map(|(cell, _)| cell.location.as_ref())
    });
    let mut checks = TableChecks { definitions, secret: secret.collect(), found: Vec::new() };
    for (_, table) in tables {
        checks.unknown_ids(table);
        checks.counts(table);
    }
    checks.restated(tables);
    for year in years {
        let is_complete = tables.iter().any(|(of, table)| **of == year.year && table.is_complete);
        checks.formulas(year);
        if is_complete {
            checks.totals(year);
        }
    }
    checks.found
}

/// The checks, and what they found.
struct TableChecks<'a> {
    definitions: &'a IndicatorSet,
    /// The places of values that are not published.
    secret: HashSet<&'a Location>,
    found: Vec<Diagnostic>,
}

/// The cells of one breakdown and period: the dimension as written, the sum of what is known, whether all is known, and
/// the places of the cells.
struct GroupSum<'a> {
    dimension: &'a str,
    sum: Option<Fraction>,
    is_all: bool,
    cells: Vec<&'a IndicatorCell>,
}

impl TableChecks<'_> {
    fn indicator(&self, row: &IndicatorRow) -> Option<&Indicator> {
        self.definitions.indicators.iter().find(|known| known.id.as_str() == row.indicator).map(AsRef::as_ref)
    }

    /// Whether a message may name the value at a place.
    fn may_name(&self, location: Option<&Location>) -> bool {
        location.is_none_or(|location| !self.secret.contains(location))
    }

    /// Ids that are not defined, each once.
    fn unknown_ids(&mut self, table: &IndicatorTable) {
        if !self.definitions.is_complete {
            return;
        }
        let mut unknown: BTreeMap<&str, (&Location, usize)> = BTreeMap::new();
        for row in table.rows.iter().filter(|row| self.indicator(row).is_none()) {
            unknown.entry(&row.indicator).or_insert((&row.location, 0)).1 += 1;
        }
        for (id, (location, rows)) in unknown {
            let others = match rows {
                1 => String::new(),
                2 => ", and another row has it too".to_owned(),
                _ => format!(", and {} other rows have it too", rows - 1),
            };
            let message = format!("there is no indicator `{}`{others}", excerpt(id));
            let known = self.definitions.indicators.iter().map(|known| known.id.as_str());
            let help =
                did_you_mean(id, known).unwrap_or_else(|| format!("add it to {}, or correct the id", super::FILE));
            self.found.push(Diagnostic::new(Code::UnknownId, location.clone(), message).help(help));
        }
    }

    /// Values of people that are not counts.
    fn counts(&mut self, table: &IndicatorTable) {
        let is_no_count = |value| matches!(value, StatedValue::Number(number) if number.as_count().is_none());
        for row in table.rows.iter().filter(|row| is_no_count(row.value)) {
            if self.indicator(row).is_some_and(|indicator| indicator.counts_people) {
                let message = format!("`{}` counts people, but this is not a count", row.indicator);
                let bad = Diagnostic::new(Code::BadCell, row.value_location.clone(), message);
                self.found.push(bad.help("write a whole number, 0 or more, or `c` if it is suppressed"));
            }
        }
    }

    /// Values for which an earlier report has another number, unless a note says why.
    fn restated(&mut self, tables: &[(&Year, &IndicatorTable)]) {
        let mut known: HashMap<(&str, &Year, Option<&Breakdown>), (&Year, &IndicatorRow)> = HashMap::new();
        for (year, table) in tables {
            for row in &table.rows {
                let Some(indicator) = self.indicator(row).filter(|indicator| indicator.formula.is_none()) else {
                    continue;
                };
                let key = (row.indicator.as_str(), &row.period, row.breakdown.as_ref());
                let Some((before, earlier)) = known.insert(key, (year, row)) else { continue };
                let (StatedValue::Number(now), StatedValue::Number(then)) = (row.value, earlier.value) else {
                    continue;
                };
                if now == then || !row.note.is_empty() {
                    continue;
                }
                let places = [&row.value_location, &earlier.value_location];
                let may_name = places.iter().all(|place| self.may_name(Some(place)));
                let figures = if may_name {
                    format!(": {} there, {} here", then.grouped(), now.grouped())
                } else {
                    String::new()
                };
                let name = &indicator.name;
                let message =
                    format!("the report of {before} has another value of `{name}` for {}{figures}", row.period);
                let restated = Diagnostic::new(Code::RestatedFigure, row.value_location.clone(), message);
                let restated = restated.related(earlier.value_location.clone(), "the earlier value is here");
                let restated = restated.help("say in the column `note` why it changed, or correct the value");
                let figures = may_name.then_some([then, now]).into_iter().flatten();
                self.found.push(figures.fold(restated, |restated, one| restated.about(SubjectKind::Figure, one)));
            }
        }
    }

    /// Stated values that differ from the result of their formula.
    fn formulas(&mut self, year: &YearIndicators) {
        for cell in &year.cells {
            let (Some(StatedValue::Number(stated)), Some(location)) = (cell.stated, &cell.location) else { continue };
            let is_wrong = match cell.value {
                CellValue::Computed(computed) => computed != stated,
                CellValue::Undefined => true,
                CellValue::Stated(_) | CellValue::Withheld => false,
            };
            // What an earlier report states was compared with the operands of that report.
            if !is_wrong || !is_of(location, &year.year) {
                continue;
            }
            let indicator = &self.definitions.indicators[cell.indicator];
            let formula = indicator.formula.as_ref().map(|formula| formula.text.as_str()).unwrap_or_default();
            let about = format!("`{}` for {}", indicator.name, cell.period);
            let (message, help) = match cell.value.number().filter(|_| self.may_name(Some(location))) {
                Some(computed) => (
                    format!("{about} is {}, but `{formula}` is {}", stated.grouped(), computed.grouped()),
                    format!("write {computed}, or remove the row: annal calculates it"),
                ),
                None => (
                    format!("{about} is not what `{formula}` comes to"),
                    "remove the row: annal calculates it".to_owned(),
                ),
            };
            let mismatch = Diagnostic::new(Code::TotalMismatch, location.clone(), message).help(help);
            self.found.push(mismatch.about(SubjectKind::Row, &indicator.id));
        }
    }

    /// Groups of a breakdown that do not add up to the whole.
    fn totals(&mut self, year: &YearIndicators) {
        for (at, indicator) in self.definitions.indicators.iter().enumerate() {
            if indicator.adds_up() {
                self.totals_of(year, at, indicator);
            }
        }
    }

    fn totals_of(&mut self, year: &YearIndicators, at: usize, indicator: &Indicator) {
        let mut wholes: BTreeMap<&Year, (&IndicatorCell, Decimal)> = BTreeMap::new();
        let mut sums: BTreeMap<(&Year, &str), GroupSum<'_>> = BTreeMap::new();
        for cell in year.of_indicator(at) {
            let number = cell.value.number();
            let Some(breakdown) = &cell.breakdown else {
                wholes.extend(number.map(|number| (&cell.period, (cell, number))));
                continue;
            };
            let empty = || GroupSum {
                dimension: &breakdown.dimension,
                sum: Some(Decimal::default().into()),
                is_all: true,
                cells: Vec::new(),
            };
            let sum = sums.entry((&cell.period, breakdown.dimension_key())).or_insert_with(empty);
            match number {
                Some(number) => sum.sum = sum.sum.and_then(|sum| sum.plus(number.into())),
                None => sum.is_all = false,
            }
            sum.cells.push(cell);
        }
        for ((period, _), groups) in sums {
            let Some((whole, number)) = wholes.get(period) else { continue };
            let Some(rest) = groups.sum.and_then(|sum| Fraction::from(*number).minus(sum)) else { continue };
            // Groups that are suppressed in the table have the rest, if there is any.
            let adds_up = if groups.is_all { rest.is_zero() } else { !rest.is_negative() };
            if adds_up {
                continue;
            }
            let cells = || std::iter::once(*whole).chain(groups.cells.iter().copied());
            let is_own = |cell: &&IndicatorCell| cell.location.as_ref().is_some_and(|place| is_of(place, &year.year));
            let Some(place) = cells().find(is_own).and_then(|cell| cell.location.clone()) else { continue };
            let may_name = groups.is_all && cells().all(|cell| self.may_name(cell.location.as_ref()));
            let sum = groups.sum.and_then(Fraction::to_decimal).filter(|_| may_name);
            let (dimension, name) = (excerpt(groups.dimension), &indicator.name);
            let mismatch = match sum {
                Some(sum) => {
                    let message = format!(
                        "`{name}` for {period} is {}, but its groups by `{dimension}` add up to {}",
                        number.grouped(),
                        sum.grouped()
                    );
                    let figures = [*number, sum, number.minus(sum).abs()];
                    let mismatch = Diagnostic::new(Code::TotalMismatch, place, message);
                    figures.into_iter().fold(mismatch, |mismatch, one| mismatch.about(SubjectKind::Figure, one))
                }
                None if groups.is_all => {
                    let message =
                        format!("the groups of `{name}` by `{dimension}` for {period} do not add up to the whole");
                    Diagnostic::new(Code::TotalMismatch, place, message)
                }
                None => {
                    let message =
                        format!("the groups of `{name}` by `{dimension}` for {period} are more than the whole");
                    Diagnostic::new(Code::TotalMismatch, place, message)
                }
            };
            let mismatch = mismatch.about(SubjectKind::Row, &indicator.id);
            self.found.push(mismatch.help(
                "correct the value that is wrong, or write `overlapping: true` in indicators.yaml if one person or case \
                 can be in two groups",
            ));
        }
    }
}

/// Whether a place is in the table of a year.
fn is_of(location: &Location, year: &Year) -> bool {
    location.file == super::table_file(year)
}
