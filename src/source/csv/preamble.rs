//! A title above the header, as people write it into a spreadsheet.

use super::{CsvCell, CsvRow, CsvTable};
use crate::diagnostic::{Code, Diagnostic, excerpt, quoted_list};

/// How many rows a title may take, and what was written below it.
const ROWS: usize = 10;

/// Whether `row` is the header of a table that has taken a title for it: `row` holds all of `names`, or one of them
/// where what was taken for the header is a single cell, and that itself holds none.
pub(super) fn is_above(table: &CsvTable, row: &CsvRow, names: &[&str]) -> bool {
    if table.rows.len() >= ROWS || names.is_empty() {
        return false;
    }
    let holds = |cells: &[CsvCell], name: &str| cells.iter().any(|cell| cell.text.eq_ignore_ascii_case(name));
    if names.iter().any(|name| holds(&table.header, name)) {
        return false;
    }
    let is_single = table.header.iter().filter(|cell| !cell.is_blank()).count() == 1;
    let has_columns = row.cells.iter().filter(|cell| !cell.is_blank()).count() > 1;
    has_columns
        && if is_single {
            names.iter().any(|name| holds(&row.cells, name))
        } else {
            names.len() > 1 && names.iter().all(|name| holds(&row.cells, name))
        }
}

/// Takes a title off a table, whose header is `row`, and says so.
pub(super) fn remove(table: &mut CsvTable, row: CsvRow, text: &str) -> Diagnostic {
    let count = 1 + table.rows.len();
    let title = table.header_location();
    let location = table.location(title.span.first_line(text));
    table.rows.clear();
    table.header = row.cells;
    let (message, what) = match count {
        1 => ("this line stands above the line that names the columns".to_owned(), "it"),
        _ => (format!("these {count} lines stand above the line that names the columns"), "them"),
    };
    let names: Vec<String> =
        table.header.iter().filter(|cell| !cell.is_blank()).map(|cell| excerpt(&cell.text)).collect();
    let names: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    let help = format!("take {what} away, so that the file begins with {}", quoted_list(&names));
    Diagnostic::new(Code::BadCsv, location, message)
        .related(table.header_location(), "the columns are named here")
        .help(help)
}
