//! The columns of a table that the site offers for download.

use crate::diagnostic::RelPath;
use crate::source::csv::{CsvRow, CsvTable};

/// The rows of a table, each with the texts of these columns. A column that is missing is blank.
pub(super) fn rows<const N: usize>(file: &RelPath, text: &str, columns: [&str; N]) -> Vec<[String; N]> {
    let table = CsvTable::parse(file, &text.into(), &columns).value;
    let places = columns.map(|name| table.header.iter().position(|cell| cell.text == name));
    let cell = |row: &CsvRow, place: Option<usize>| place.map(|place| row.cell(place).text.clone()).unwrap_or_default();
    table.rows.iter().map(|row| places.map(|place| cell(row, place))).collect()
}
