//! Finds and removes a title above the header, as people write in spreadsheets.

use super::{CsvCell, CsvRow, CsvTable};
use crate::diagnostic::{Code, Diagnostic, excerpt, quoted_list};

/// Maximum number of rows above the header.
const ROWS: usize = 10;

/// Whether `row` is the real header of a table whose current header is a title.
///
/// That is so if the current header has none of `names` and `row` has all of them. If the current header is a single
/// cell, one of them is enough.
pub(super) fn is_above(table: &CsvTable, row: &CsvRow, names: &[&str]) -> bool {
    if table.rows.len() >= ROWS || names.is_empty() {
        return false;
    }
    let contains = |cells: &[CsvCell], name: &str| cells.iter().any(|cell| cell.text.eq_ignore_ascii_case(name));
    if names.iter().any(|name| contains(&table.header, name)) {
        return false;
    }
    let is_single = table.header.iter().filter(|cell| !cell.is_blank()).count() == 1;
    let has_columns = row.cells.iter().filter(|cell| !cell.is_blank()).count() > 1;
    has_columns
        && if is_single {
            names.iter().any(|name| contains(&row.cells, name))
        } else {
            names.len() > 1 && names.iter().all(|name| contains(&row.cells, name))
        }
}

/// Removes a title from a table, whose header is `row`. Returns the diagnostic.
pub(super) fn remove(table: &mut CsvTable, row: CsvRow, text: &str) -> Diagnostic {
    let count = 1 + table.rows.len();
    let title = table.header_location();
    let location = table.location(title.span.first_line(text));
    table.rows.clear();
    table.header = row.cells;
    let (message, pronoun) = match count {
        1 => ("this line comes before the column names".to_owned(), "it"),
        _ => (format!("these {count} lines come before the column names"), "them"),
    };
    let names: Vec<String> =
        table.header.iter().filter(|cell| !cell.is_blank()).map(|cell| excerpt(&cell.text)).collect();
    let names: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    let help = format!("remove {pronoun}, so that the file begins with {}", quoted_list(&names));
    Diagnostic::new(Code::BadCsv, location, message)
        .related(table.header_location(), "the columns are named here")
        .help(help)
}
