//! `indicators.csv`: the values of one year's report as written.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind, WithDiagnostics, excerpt};
use crate::model::columns::{self, CellContent, Columns, ExpectedColumn, RowCells, TableFormat};
use crate::model::ids::Year;
use crate::model::normalize::normalize_name;
use crate::quantity::Decimal;
use crate::quantity::decimal::ParseDecimalError;
use crate::source::csv::CsvTable;

/// The columns of `indicators.csv`.
pub(crate) const COLUMNS: [ExpectedColumn; 5] = [
    ExpectedColumn::required("indicator", CellContent::Value),
    ExpectedColumn::required("period", CellContent::Value),
    ExpectedColumn::optional("breakdown", CellContent::Label),
    ExpectedColumn::required("value", CellContent::Value),
    ExpectedColumn::optional("note", CellContent::Words),
];
/// The indices of these columns.
const INDICATOR: usize = 0;
const PERIOD: usize = 1;
const BREAKDOWN: usize = 2;
const VALUE: usize = 3;
const NOTE: usize = 4;
/// `indicators.csv`.
pub(crate) const TABLE: TableFormat =
    TableFormat { columns: &COLUMNS, example: "indicator,period,breakdown,value,note", has_meetings: false };
/// How a suppressed value is written.
pub(crate) const SUPPRESSED: &str = "c";

/// The values of a year's report, in the order of the file.
#[derive(Clone, Debug)]
pub(crate) struct IndicatorTable {
    pub rows: Vec<IndicatorRow>,
    /// Whether every row could be read. If not, what seems to be missing may be in it.
    pub is_complete: bool,
}

/// A value as written.
#[derive(Clone, Debug)]
pub(crate) struct IndicatorRow {
    /// The id of the indicator, as written.
    pub indicator: String,
    pub period: Year,
    /// The part of the whole that is counted; none for the whole.
    pub breakdown: Option<Breakdown>,
    pub value: StatedValue,
    pub note: String,
    /// The place of the indicator's id.
    pub location: Location,
    /// The place of the value.
    pub value_location: Location,
}

/// A value that a table gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatedValue {
    Number(Decimal),
    /// `c`: whoever made the table suppressed it already.
    Suppressed,
}

/// A part of the whole: a group of one breakdown, such as `age: 18 to 64`. Two are the same whatever their capitals and
/// spaces.
#[derive(Clone, Debug)]
pub(crate) struct Breakdown {
    /// By what the whole is broken down: `age`.
    pub dimension: String,
    /// The group: `18 to 64`.
    pub group: String,
    /// Both, as they are compared.
    key: (String, String),
}

impl Breakdown {
    /// Parses `age: 18 to 64`.
    #[must_use]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (dimension, group) = text.split_once(':')?;
        let (dimension, group) = (dimension.trim().to_owned(), group.trim().to_owned());
        let key = (normalize_name(&dimension), normalize_name(&group));
        (!key.0.is_empty() && !key.1.is_empty()).then_some(Self { dimension, group, key })
    }

    /// The dimension, as it is compared.
    #[must_use]
    pub(crate) fn dimension_key(&self) -> &str {
        &self.key.0
    }
}

impl PartialEq for Breakdown {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Breakdown {}

impl PartialOrd for Breakdown {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Breakdown {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl Hash for Breakdown {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl std::fmt::Display for Breakdown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.dimension, self.group)
    }
}

impl IndicatorTable {
    /// Gives the `indicators.csv` of a year's report its meaning, apart from which indicators there are.
    #[must_use]
    pub(crate) fn assemble(table: &CsvTable, year: &Year) -> WithDiagnostics<Self> {
        let mut diagnostics = Vec::new();
        let columns = Columns::find(table, COLUMNS, &mut diagnostics);
        columns::report_others(table, &columns, COLUMNS, &mut diagnostics);
        let mut read = Self { rows: Vec::new(), is_complete: table.is_complete };
        let mut seen: HashMap<(String, Year, Option<Breakdown>), Location> = HashMap::new();
        for row in &table.rows {
            let cells = RowCells { table, row, columns: &columns };
            let mut reader = ValueReader { cells, year, diagnostics: &mut diagnostics };
            let Some(row) = reader.row() else {
                read.is_complete = false;
                continue;
            };
            let key = (row.indicator.clone(), row.period.clone(), row.breakdown.clone());
            if let Some(first) = seen.get(&key) {
                let message = format!("a second row has `{}` with this period and breakdown", excerpt(&row.indicator));
                let twice = Diagnostic::new(Code::DuplicateRow, row.location, message);
                diagnostics.push(twice.related(first.clone(), "the first is here").help("remove one of the two"));
                read.is_complete = false;
                continue;
            }
            seen.insert(key, row.location.clone());
            read.rows.push(row);
        }
        WithDiagnostics::new(read, diagnostics)
    }
}

/// Reads the values of one row.
struct ValueReader<'a> {
    cells: RowCells<'a, 5>,
    year: &'a Year,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl ValueReader<'_> {
    fn bad_cell(&mut self, index: usize, message: impl Into<String>, help: impl Into<String>) {
        let bad = self.cells.bad_cell(index, message, help);
        self.diagnostics.extend(bad.map(|bad| bad.about(SubjectKind::Column, COLUMNS[index].name)));
    }

    fn row(&mut self) -> Option<IndicatorRow> {
        let (period, breakdown, value) = (self.period(), self.breakdown(), self.value());
        let indicator = self.cells.text(INDICATOR).to_owned();
        if indicator.is_empty() {
            self.bad_cell(INDICATOR, "this row does not name its indicator", "write the indicator's id");
            return None;
        }
        Some(IndicatorRow {
            indicator,
            period: period?,
            breakdown: breakdown?,
            value: value?,
            note: self.cells.text(NOTE).to_owned(),
            location: self.cells.location(INDICATOR),
            value_location: self.cells.location(VALUE),
        })
    }

    fn period(&mut self) -> Option<Year> {
        let text = self.cells.text(PERIOD);
        let Some(period) = Year::parse(text) else {
            let example = written_otherwise(text).unwrap_or_else(|| self.year.clone());
            let message = if text.is_empty() {
                "this row does not say which period it is of".to_owned()
            } else {
                format!("`{}` is not a period", excerpt(text))
            };
            self.bad_cell(PERIOD, message, format!("write a year such as `{example}`"));
            return None;
        };
        if period > *self.year {
            let message = format!("the period `{period}` is after this report's year, {}", self.year);
            self.bad_cell(PERIOD, message, "correct it, or move the row to the report of that year");
            return None;
        }
        Some(period)
    }

    /// The breakdown, if the cell can be read: `Some(None)` for the whole.
    #[allow(clippy::option_option, reason = "what cannot be read is not the whole")]
    fn breakdown(&mut self) -> Option<Option<Breakdown>> {
        let text = self.cells.text(BREAKDOWN);
        if text.is_empty() {
            return Some(None);
        }
        let breakdown = Breakdown::parse(text);
        if breakdown.is_none() {
            let message = format!("`{}` does not say which group of which breakdown is meant", excerpt(text));
            self.bad_cell(BREAKDOWN, message, "write both with a colon between them, such as `age: 18 to 64`");
        }
        breakdown.map(Some)
    }

    /// The value. Messages do not repeat it: it may be a number that must not be published.
    fn value(&mut self) -> Option<StatedValue> {
        let text = self.cells.text(VALUE);
        // Government statistics write it in brackets.
        let symbol = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        if symbol.eq_ignore_ascii_case(SUPPRESSED) {
            return Some(StatedValue::Suppressed);
        }
        let (message, help) = match text.parse() {
            Ok(number) => return Some(StatedValue::Number(number)),
            Err(_) if text.is_empty() => {
                ("this row has no value", "write the value, or `c` if it is suppressed, or remove the row")
            }
            Err(_) if text.ends_with('%') => {
                ("this value has a `%` in it", "leave it out: the unit is in indicators.yaml")
            }
            Err(ParseDecimalError::NoNumber) => {
                ("this value is not a number", "write a number such as `1905`, or `c` if it is suppressed")
            }
            Err(ParseDecimalError::TooFine) => {
                ("this value has more than four decimals", "write at most four digits after the point")
            }
            Err(ParseDecimalError::TooLarge) => ("this value is too large", "check for extra digits"),
        };
        self.bad_cell(VALUE, message, help);
        None
    }
}

/// The year that a text such as `2024/25` or `2024-2025` means.
fn written_otherwise(text: &str) -> Option<Year> {
    let (from, to) = text.split_once(['-', '/', '\u{2013}'])?;
    let (from, to) = (from.trim(), to.trim());
    Year::parse(&format!("{from}-{}", to.strip_prefix("20").filter(|to| to.len() == 2).unwrap_or(to)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;

    fn check(text: &str) -> (IndicatorTable, String) {
        let table = columns::read_table(&RelPath::new("indicators.csv"), &text.into(), &TABLE, &[]).value;
        let checked = IndicatorTable::assemble(&table, &Year::parse("2024-25").unwrap());
        let reported = checked.diagnostics.iter();
        let reported =
            reported.map(|found| format!("{} {}: {}", found.code, found.location.span.slice(text), found.message));
        (checked.value, reported.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn rows_are_values_of_the_whole_or_of_a_group() {
        let (table, reported) = check(
            "indicator,period,breakdown,value,note\nconcerns,2023-24,,\"1,905\",\nconcerns,2024-25,Age : 18 to 64,[c],from the council\n",
        );
        assert_eq!(reported, "");
        assert!(table.is_complete);
        assert_eq!(table.rows[0].value, StatedValue::Number(Decimal::whole(1905)));
        assert_eq!((table.rows[1].value, table.rows[1].note.as_str()), (StatedValue::Suppressed, "from the council"));
        assert_eq!(
            table.rows[1].breakdown,
            Breakdown::parse("age: 18 TO 64"),
            "capitals and spaces make no difference"
        );
    }

    #[test]
    fn all_that_is_wrong_is_reported_at_its_cell() {
        let (table, reported) = check(
            "indicator,period,breakdown,value\na,2025-26,,1\na,last year,18 to 64,five\n,2024-25,,2\na,2024-25,,\na,2024-25,,1\nA,2024-25,,2\na,2024-25,,40%\n",
        );
        assert_eq!(
            reported.lines().collect::<Vec<_>>(),
            [
                "bad-cell 2025-26: the period `2025-26` is after this report's year, 2024-25",
                "bad-cell last year: `last year` is not a period",
                "bad-cell 18 to 64: `18 to 64` does not say which group of which breakdown is meant",
                "bad-cell five: this value is not a number",
                "bad-cell : this row does not name its indicator",
                "bad-cell : this row has no value",
                "bad-cell 40%: this value has a `%` in it",
            ]
        );
        assert!(!table.is_complete);
        assert_eq!(table.rows.len(), 2, "ids with other capitals are other ids");
    }

    #[test]
    fn a_year_that_is_written_otherwise_is_named_as_it_must_be() {
        for (written, year) in [("2023/24", "2023-24"), ("2023\u{2013}2024", "2023-24"), ("2023 - 24", "2023-24")] {
            assert_eq!(written_otherwise(written), Year::parse(year), "{written}");
        }
        assert_eq!(written_otherwise("2023-04-01"), None);
    }

    #[test]
    fn a_value_is_given_once() {
        let (table, reported) = check("indicator,period,breakdown,value\na,2024-25,sex: F,1\na,2024-25,Sex: f,1\n");
        assert_eq!(reported, "duplicate-row a: a second row has `a` with this period and breakdown");
        assert_eq!(table.rows.len(), 1);
    }
}
