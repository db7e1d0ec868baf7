//! The text of a CSV file made from a sheet, with the cell that each of its cells comes from.

use std::collections::BTreeSet;

use crate::diagnostic::{RelPath, Span};
use crate::document::sheet::{SheetCell, SheetNote, SheetNoteKind, SheetRow, SheetTable, column_name};
use crate::model::normalize::normalize_name;
use crate::source::csv::CsvTable;
use crate::source::one_line::one_line;

/// The most cells that a table may have, empty ones included: more than the checks read.
const MOST_CELLS: usize = 100_000;

/// The text of a CSV file made from a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SheetText {
    pub text: String,
    /// The first byte of each cell, in order, and the name of the cell in the sheet, or the number of its row; empty for
    /// what does not come from the sheet.
    places: Vec<(usize, String)>,
}

impl SheetText {
    /// A text with the first byte of each cell and its name, in order.
    pub(super) fn with_places(text: String, places: Vec<(usize, String)>) -> Self {
        Self { text, places }
    }

    /// Where a span of the text comes from: `cell B7` of the sheet, or `row 7`.
    #[must_use]
    pub(crate) fn place_of(&self, span: Span) -> Option<String> {
        let name = |byte: u32| {
            let after = self.places.partition_point(|(start, _)| *start <= byte as usize);
            self.places[..after].last().map(|(_, name)| name.as_str())
        };
        let (first, last) = (name(span.start)?, name(span.end.saturating_sub(1).max(span.start))?);
        let row = first.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let is_cell = first == last && row != first;
        (!row.is_empty()).then(|| if is_cell { format!("cell {first}") } else { format!("row {row}") })
    }

    /// A CSV file as a sheet.
    pub(super) fn read(text: &str) -> SheetTable {
        let text = text.into();
        let table = CsvTable::parse(&RelPath::new(""), &text, &[]).value;
        let row = |number: u32, cells: &mut dyn Iterator<Item = String>| SheetRow {
            number,
            cells: (0..)
                .zip(cells)
                .filter(|(_, text)| !text.is_empty())
                .map(|(column, text)| SheetCell { column, text, is_merged: false })
                .collect(),
        };
        let header = row(1, &mut table.header.iter().map(|cell| cell.text.clone()));
        let rows =
            (2..).zip(&table.rows).map(|(number, cells)| row(number, &mut cells.cells().map(|cell| cell.text.clone())));
        SheetTable { rows: std::iter::once(header).chain(rows).collect(), ..SheetTable::default() }
    }
}

/// The CSV file of a sheet whose row `header` names the columns, and what was left out or filled in.
///
/// The first column is filled down where its cells are empty or merged: it says to which group a row belongs.
pub(super) fn csv_of(sheet: &SheetTable, header: usize) -> (SheetText, Vec<SheetNote>) {
    let mut notes = sheet.notes.clone();
    for row in &sheet.rows[..header] {
        let place =
            row.cells.first().map_or_else(String::new, |cell| format!("{}{}", column_name(cell.column), row.number));
        notes.push(SheetNote { kind: SheetNoteKind::Title, place });
    }
    let rows = &sheet.rows[header..];
    let first = rows[0].cells.first().map_or(0, |cell| cell.column);
    // A column without any text is not one of the table's, such as one that is hidden.
    let columns: BTreeSet<u32> =
        rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column).filter(|column| *column >= first).collect();
    // The same agency does not pay twice: a row without one is a total or a mistake, for the checks to name.
    let groups = rows[0].cells.first().is_some_and(|cell| normalize_name(&cell.text) != "agency");
    let mut above: Option<String> = None;
    let mut csv = SheetText::default();
    let most_rows = (MOST_CELLS / columns.len().max(1)).max(1);
    for (index, row) in rows.iter().enumerate() {
        if index == most_rows {
            notes.push(SheetNote { kind: SheetNoteKind::MoreRows, place: format!("row {}", row.number) });
            break;
        }
        let own = row.cells.iter().find(|cell| cell.column == first);
        let is_balance = row.cells.iter().any(|cell| normalize_name(&cell.text).starts_with("balance"));
        let filled = above.clone().filter(|_| index > 1 && own.is_none() && groups && !is_balance);
        if filled.is_some() || own.is_some_and(|cell| cell.is_merged) {
            notes.push(SheetNote {
                kind: SheetNoteKind::FilledDown,
                place: format!("{}{}", column_name(first), row.number),
            });
        }
        if let Some(cell) = own.filter(|_| index > 0) {
            above = Some(cell.text.clone());
        }
        let mut cells = row.cells.iter().filter(|cell| cell.column >= first).peekable();
        for &column in &columns {
            if column > first {
                csv.text.push(',');
            }
            csv.places.push((csv.text.len(), format!("{}{}", column_name(column), row.number)));
            let cell = cells.next_if(|cell| cell.column == column);
            let text = cell.map(|cell| cell.text.as_str()).or(filled.as_deref().filter(|_| column == first));
            csv.text.push_str(&quoted(text.unwrap_or_default()));
        }
        csv.text.push('\n');
    }
    (csv, notes)
}

/// A cell of a CSV file, on one line, in quotation marks where it needs them.
fn quoted(text: &str) -> String {
    let text = one_line(text);
    if text.contains([',', '"', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> SheetTable {
        SheetText::read(text)
    }

    #[test]
    fn the_first_column_is_filled_down() {
        let (csv, notes) = csv_of(&sheet("kind,line,amount\nincome,Grants,5\n,Fees,\"1,000\"\n,Balance,7\n"), 0);
        assert_eq!(csv.text, "kind,line,amount\nincome,Grants,5\nincome,Fees,\"1,000\"\n,Balance,7\n");
        assert_eq!(notes, [SheetNote { kind: SheetNoteKind::FilledDown, place: "A3".to_owned() }]);
        let at = csv.text.find("1,000").unwrap();
        assert_eq!(csv.place_of(Span::new(at, at + 5)).as_deref(), Some("cell C3"));
        assert_eq!(csv.place_of(Span::new(0, 16)).as_deref(), Some("row 1"));
        let (csv, _) = csv_of(&sheet("agency,total\nPolice,5\n,5\n"), 0);
        assert_eq!(csv.text, "agency,total\nPolice,5\n,5\n");
    }
    #[test]
    fn rows_beyond_the_limit_are_noted() {
        let row = |number: u32| SheetRow {
            number,
            cells: (0..2).map(|column| SheetCell { column, text: "x".to_owned(), is_merged: false }).collect(),
        };
        let most = u32::try_from(MOST_CELLS / 2).unwrap();
        let mut sheet = SheetTable { rows: (1..=most).map(row).collect(), ..SheetTable::default() };
        assert_eq!(csv_of(&sheet, 0).1, []);
        sheet.rows.extend([row(most + 1), row(most + 2)]);
        let (csv, notes) = csv_of(&sheet, 0);
        assert_eq!(csv.text.lines().count(), most as usize);
        assert_eq!(notes, [SheetNote { kind: SheetNoteKind::MoreRows, place: format!("row {}", most + 1) }]);
    }
}
