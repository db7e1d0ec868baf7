//! Tables: the cells of a year's CSV files.

use super::Scanner;
use super::columns::ColumnMeaning;
use super::value_location::ValueLocation;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SourceTexts};
use crate::model::columns::{CellContent, TableFormat, read_table};
use crate::source::yaml::Text;

impl Scanner<'_> {
    /// Checks the cells of a CSV file, if it exists.
    pub(super) fn check_table(&self, file: &RelPath, format: &TableFormat, found: &mut Vec<Diagnostic>) {
        let Some(text) = &self.tree.text(file) else { return };
        let table = read_table(file, text, format, &[]).value;
        // A `TBC` in another column has its own diagnostic, `bad-cell`.
        let content = |column: usize| {
            let heading = table.header.get(column).map_or("", |cell| cell.text.trim());
            format.columns.iter().find(|column| column.name.eq_ignore_ascii_case(heading)).map(|column| column.holds)
        };
        let headings: Vec<ColumnMeaning> =
            table.header.iter().map(|cell| ColumnMeaning::from_heading(&cell.text)).collect();
        let rows =
            table.rows.iter().flat_map(|row| (0..table.header.len()).map(move |column| (column, row.cell(column))));
        for (column, cell) in table.header.iter().enumerate().chain(rows).filter(|(_, cell)| !cell.is_blank()) {
            let value = Text::new(cell.text.clone(), cell.span);
            let mut in_cell = Vec::new();
            self.check_text(file, text, &value, true, &mut in_cell);
            // Marks, votes and amounts are not counts of people.
            let heading = Some(headings[column]).filter(|heading| matches!(heading, ColumnMeaning::Personal(_)));
            let by_heading =
                heading.and_then(|heading| self.finding_in_cell(heading, ColumnMeaning::Other, &value.value));
            if let Some(one) = by_heading {
                let located = ValueLocation::new(text, &value);
                in_cell.push(one.diagnostic(Location::new(file, located.span(one.range.clone()))));
            }
            found.extend(in_cell.into_iter().filter(|one| match (one.code, content(column)) {
                (Code::Placeholder, held) => matches!(held, Some(CellContent::Words | CellContent::Label)),
                (code, held) => code != Code::SmallCount || held != Some(CellContent::Label),
            }));
        }
    }
}
