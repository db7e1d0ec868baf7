//! Finds the columns of a table by their headings.

use std::collections::HashMap;

use super::normalize::normalize_name;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{
    Code, Diagnostic, Location, RelPath, SourceText, SubjectKind, WithDiagnostics, excerpt, quoted_list,
};
use crate::quantity::Money;
use crate::source::csv::{CsvCell, CsvRow, CsvTable};
use crate::source::yaml::dates;

/// A column with a fixed name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExpectedColumn {
    /// Its heading, in lower case.
    pub name: &'static str,
    /// Whether the table must have it.
    pub is_required: bool,
    pub holds: CellContent,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellContent {
    /// Words, in which a placeholder such as `TBC` is reported.
    Words,
    /// Names of groups, such as `household: 2 adults`, in which a number counts nobody.
    Label,
    /// Amounts of money or counts.
    Number,
    /// Other values, such as a date or a mark.
    Value,
}

impl ExpectedColumn {
    /// A column that the table must have.
    #[must_use]
    pub(crate) const fn required(name: &'static str, holds: CellContent) -> Self {
        Self { name, is_required: true, holds }
    }

    /// A column that the table may have.
    #[must_use]
    pub(crate) const fn optional(name: &'static str, holds: CellContent) -> Self {
        Self { name, is_required: false, holds }
    }
}

/// The format of one of a year's tables.
#[derive(Debug)]
pub(crate) struct TableFormat {
    /// Its columns with fixed names.
    pub columns: &'static [ExpectedColumn],
    /// A header to suggest if the table has none.
    pub example: &'static str,
    /// Whether it has a column for each of the year's meetings.
    pub has_meetings: bool,
}

/// The columns of `attendance.csv` apart from its meetings.
pub(crate) const ATTENDANCE: [ExpectedColumn; 3] = [
    ExpectedColumn::required("member", CellContent::Words),
    ExpectedColumn::required("organisation", CellContent::Words),
    ExpectedColumn::optional("voting", CellContent::Value),
];
/// `attendance.csv`.
pub(crate) const ATTENDANCE_TABLE: TableFormat =
    TableFormat { columns: &ATTENDANCE, example: "member,organisation,2023-06,2023-09", has_meetings: true };

/// The columns of `contributions.csv` apart from its funds.
pub(crate) const CONTRIBUTIONS: [ExpectedColumn; 3] = [
    ExpectedColumn::required("agency", CellContent::Words),
    ExpectedColumn::optional("total", CellContent::Number),
    ExpectedColumn::optional("note", CellContent::Words),
];
/// `contributions.csv`.
pub(crate) const CONTRIBUTIONS_TABLE: TableFormat =
    TableFormat { columns: &CONTRIBUTIONS, example: "agency,children,adults,total", has_meetings: false };

/// The columns of `budget.csv`.
pub(crate) const BUDGET: [ExpectedColumn; 4] = [
    ExpectedColumn::required("kind", CellContent::Value),
    ExpectedColumn::required("line", CellContent::Words),
    ExpectedColumn::required("amount", CellContent::Number),
    ExpectedColumn::optional("note", CellContent::Words),
];
/// `budget.csv`.
pub(crate) const BUDGET_TABLE: TableFormat =
    TableFormat { columns: &BUDGET, example: "kind,line,amount", has_meetings: false };

/// Reads one of a year's tables. If its first row holds data instead of column names, that is reported and the table is
/// not read, since nothing in it is certain. The suggested header names `meetings`, the headings of the year's
/// meetings, if they are known.
#[must_use]
pub(crate) fn read_table(
    file: &RelPath,
    text: &SourceText,
    format: &TableFormat,
    meetings: &[String],
) -> WithDiagnostics<CsvTable> {
    let columns = format.columns;
    let required = columns.iter().filter(|column| column.is_required);
    let names: Vec<&str> = required.map(|column| column.name).collect();
    let mut read = CsvTable::parse(file, text, &names);
    let table = &mut read.value;
    if is_data(&table.header, columns) {
        let message = "the first row of this table holds data, not the names of its columns";
        let missing = Diagnostic::new(Code::MissingColumn, table.header_location(), message);
        // Diagnostics about these headings have the same cause.
        read.diagnostics.retain(|diagnostic| diagnostic.code != Code::UnknownColumn);
        let example = if format.has_meetings && !meetings.is_empty() {
            // One cell more than the names and meetings need is the column that says who may vote.
            let voting = if table.header.len() == 3 + meetings.len() { ",voting" } else { "" };
            format!("member,organisation{voting},{}", meetings.join(","))
        } else {
            format.example.to_owned()
        };
        read.diagnostics.push(missing.help(format!("the first row must name the columns: `{example}`")));
        table.header.clear();
        table.rows.clear();
        table.is_complete = false;
    }
    read
}

/// Whether a header is really a row of data: no cell is a column's name or close to one, and some cell is an amount, an
/// attendance mark or a kind of budget line.
fn is_data(header: &[CsvCell], columns: &[ExpectedColumn]) -> bool {
    let cells = || header.iter().filter(|cell| !cell.is_blank()).map(|cell| cell.text.as_str());
    let is_name = |cell: &str| nearest(cell, columns.iter().map(|column| column.name)).is_some();
    let is_date = |cell: &str| cell.len() == 4 || dates::meant(cell).is_some();
    let is_value = |cell: &str| {
        (cell.parse::<Money>().is_ok() && !is_date(cell))
            || matches!(
                normalize_name(cell).as_str(),
                "yes" | "no" | "✓" | "✗" | "x" | "apologies" | "income" | "expenditure"
            )
    };
    !columns.is_empty() && !cells().any(is_name) && cells().any(is_value)
}

/// The columns of a table, identified by their headings.
#[derive(Debug)]
pub(crate) struct Columns<const N: usize> {
    /// Where the named columns are.
    pub named: [Option<usize>; N],
    /// The other columns that have a heading, in order.
    pub others: Vec<usize>,
}

impl<const N: usize> Columns<N> {
    /// Finds the named columns of a table, ignoring case and spaces.
    ///
    /// A heading that is close to a name is reported, and its column is used for that name. A required name without a
    /// column is reported at the header. A repeated heading is reported at its second place.
    #[must_use]
    pub(crate) fn find(table: &CsvTable, wanted: [ExpectedColumn; N], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut others: Vec<(usize, String)> = Vec::new();
        let mut first: HashMap<String, usize> = HashMap::new();
        for (column, heading) in table.header.iter().enumerate().filter(|(_, heading)| !heading.is_blank()) {
            let folded = normalize_name(&heading.text);
            if let Some(first) = first.get(&folded) {
                let message = format!("two columns are called `{}`", excerpt(&heading.text));
                let twice = Diagnostic::new(Code::UnknownColumn, table.location(heading.span), message);
                let first = table.location(table.header[*first].span);
                diagnostics
                    .push(twice.related(first, "the first is here").help("remove one of the two, or rename one"));
            } else {
                first.insert(folded.clone(), column);
                others.push((column, folded));
            }
        }
        let mut found = wanted.map(|column| {
            let at = others.iter().position(|(_, heading)| heading == column.name)?;
            Some(others.remove(at).0)
        });
        for (index, column) in
            wanted.iter().enumerate().filter(|(index, _)| found[*index].is_none()).collect::<Vec<_>>()
        {
            if let Some(suggestion) = nearest(column.name, others.iter().map(|(_, heading)| heading.as_str())) {
                let suggestion = suggestion.to_owned();
                let Some(at) = others.iter().position(|(_, heading)| *heading == suggestion) else { continue };
                let (slip, _) = others.remove(at);
                report_unknown(table, slip, &format!("did you mean `{}`?", column.name), diagnostics);
                found[index] = Some(slip);
            } else if column.is_required && !table.header.is_empty() {
                let message = format!("this table has no column `{}`", column.name);
                let missing = Diagnostic::new(Code::MissingColumn, table.header_location(), message)
                    .about(SubjectKind::Column, column.name);
                // A column in the expected place with an unknown name is most likely the one that was meant.
                let instead = others.iter().position(|(at, _)| *at == index && may_be(table, *at, *column));
                diagnostics.push(if let Some((at, _)) = instead.map(|at| others.remove(at)) {
                    found[index] = Some(at);
                    let heading = &table.header[at];
                    let help =
                        format!("did you mean `{}`? Rename that column to `{}`", excerpt(&heading.text), column.name);
                    missing.related(table.location(heading.span), "this column is used instead").help(help)
                } else {
                    missing.help(format!("add a column `{}`", column.name))
                });
            }
        }
        Self { named: found, others: others.into_iter().map(|(column, _)| column).collect() }
    }
}

/// Whether a column's cells fit the wanted one: amounts, or anything else. Headings with digits are dates of meetings.
fn may_be(table: &CsvTable, column: usize, wanted: ExpectedColumn) -> bool {
    let first = table.rows.iter().map(|row| row.cell(column)).find(|cell| !cell.is_blank());
    let holds_amounts = first.is_some_and(|cell| cell.text.parse::<Money>().is_ok());
    holds_amounts == (wanted.holds == CellContent::Number)
        && !table.header[column].text.contains(|c: char| c.is_ascii_digit())
}

/// One row of a table, with its cells by the index of their named column.
#[derive(Clone, Copy)]
pub(crate) struct RowCells<'a, const N: usize> {
    pub table: &'a CsvTable,
    pub row: &'a CsvRow,
    pub columns: &'a Columns<N>,
}

impl<'a, const N: usize> RowCells<'a, N> {
    /// The cell, if the table has the column.
    #[must_use]
    pub(crate) fn cell(&self, index: usize) -> Option<&'a CsvCell> {
        self.columns.named[index].map(|column| self.row.cell(column))
    }

    /// Its text, without spaces around it.
    #[must_use]
    pub(crate) fn text(&self, index: usize) -> &'a str {
        self.cell(index).map_or("", |cell| cell.text.trim())
    }

    /// Its place, or that of the row.
    #[must_use]
    pub(crate) fn location(&self, index: usize) -> Location {
        self.table.location(self.cell(index).map_or_else(|| self.row.span(), |cell| cell.span))
    }

    /// The diagnostic for a cell that cannot be read; none if its column is missing or it is malformed, as both are
    /// reported already.
    #[must_use]
    pub(crate) fn bad_cell(
        &self,
        index: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<Diagnostic> {
        self.cell(index).filter(|cell| !cell.is_malformed)?;
        Some(Diagnostic::new(Code::BadCell, self.location(index), message).help(help))
    }
}

/// Reports every column of a table that allows no others.
pub(crate) fn report_others<const N: usize>(
    table: &CsvTable,
    columns: &Columns<N>,
    wanted: [ExpectedColumn; N],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for column in &columns.others {
        let help =
            format!("remove it, or rename it: the columns are {}", quoted_list(&wanted.map(|column| column.name)));
        report_unknown(table, *column, &help, diagnostics);
    }
}

/// Reports a column that the table should not have.
pub(crate) fn report_unknown(table: &CsvTable, column: usize, help: &str, diagnostics: &mut Vec<Diagnostic>) {
    let heading = &table.header[column];
    let message = format!("`{}` is not a column of this table", excerpt(&heading.text));
    diagnostics.push(Diagnostic::new(Code::UnknownColumn, table.location(heading.span), message).help(help));
}

/// Whether a row or line of this name holds totals.
#[must_use]
pub(crate) fn is_total(name: &str) -> bool {
    matches!(
        normalize_name(name).trim_end_matches([':', '.']),
        "total" | "totals" | "grand total" | "grand totals" | "overall total"
    )
}

#[cfg(test)]
mod tests {
    use super::{ATTENDANCE_TABLE, BUDGET_TABLE, CONTRIBUTIONS_TABLE, read_table};
    use crate::diagnostic::RelPath;
    use crate::model::agency_index::tests::agencies;
    use crate::model::attendance;
    use crate::model::money::{Budget, ContributionTable};

    /// Fragments of tables, valid and invalid.
    const PIECES: &[&str] = &[
        ",",
        ",",
        ",",
        "\n",
        "\n",
        ";",
        "\"",
        "\"\"",
        "\r\n",
        " ",
        "member",
        "organisation",
        "agency",
        "total",
        "kind",
        "line",
        "amount",
        "note",
        "income",
        "balance",
        "2019-06",
        "Jun-19",
        "01/06/2019",
        "£1,234",
        "-5",
        "(7)",
        "x",
        "✓",
        "d: who",
        "TVP",
        "Thames Valley Polcie",
        "é🎈",
        "999999999999.99",
        "1e9",
        ".",
        "-",
        "=1+1",
        "\t",
        "\0",
    ];

    #[test]
    fn any_table_can_be_read() {
        let agencies = agencies();
        let mut seed: u32 = 1;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % below
        };
        for (format, head) in [
            (&ATTENDANCE_TABLE, "member,organisation,2019-06\n"),
            (&ATTENDANCE_TABLE, "a title\n"),
            (&CONTRIBUTIONS_TABLE, "agency,a,b,total\n"),
            (&BUDGET_TABLE, "kind,line,amount\n"),
        ] {
            for _ in 0..1500 {
                let pieces = next(30);
                let text: String =
                    std::iter::once(head).chain((0..pieces).map(|_| PIECES[next(PIECES.len())])).collect();
                let table = read_table(&RelPath::new("a.csv"), &text.as_str().into(), format, &[]);
                let attendance = attendance::assemble(&table.value, &[], &agencies);
                let contributions = ContributionTable::assemble(&table.value, &agencies);
                let budget = Budget::assemble(&table.value);
                let of_tables = attendance.diagnostics.iter().chain(&contributions.diagnostics);
                for diagnostic in of_tables.chain(&budget.diagnostics).chain(&table.diagnostics) {
                    let span = diagnostic.location.span;
                    assert!(text.get(span.range()).is_some(), "{span:?} is not within {text:?}: {diagnostic:?}");
                }
                assert!(!table.diagnostics.is_empty() || table.value.is_complete, "{text:?}");
            }
        }
    }
}
