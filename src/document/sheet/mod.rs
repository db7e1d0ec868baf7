//! Reads spreadsheets: `.xlsx` and `.ods`. Each cell becomes the text that has the same meaning in a CSV file.
//!
//! Only what a sheet shows is read. Hidden rows, columns and sheets, comments, and formulas without a stored value are
//! noted. Sheets are sparse, so that one cell at the far end of a sheet takes no memory for those before it.

mod cell_value;
mod open_sheet;
mod workbook;

use super::error::DocumentError;
use super::package::Package;

/// The most cells with text in a file.
const MOST_CELLS: usize = 200_000;
/// The most text in all cells together, in bytes; the most that a file of the site may have.
const MOST_TEXT: usize = 4 * 1024 * 1024;
/// The most notes of a sheet. Nobody reads more.
const MOST_NOTES: usize = 1_000;

/// A sheet as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SheetTable {
    /// Its name.
    pub name: String,
    /// Whether the sheet is hidden. It then has no rows.
    pub is_hidden: bool,
    /// The rows that have text, in order.
    pub rows: Vec<SheetRow>,
    /// What is left out, in order.
    pub notes: Vec<SheetNote>,
}

/// A row of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SheetRow {
    /// Its number, from 1.
    pub number: u32,
    /// The cells that have text, in order of their columns.
    pub cells: Vec<SheetCell>,
}

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetCell {
    /// Its column, from 0.
    pub column: u32,
    pub text: String,
    /// Whether it has its text from a merged cell that begins above it.
    pub is_merged: bool,
}

/// Something of a sheet that is not in its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetNote {
    pub kind: SheetNoteKind,
    /// A cell, row, column or sheet: `B7`, `row 7`, `column B`.
    pub place: String,
}

/// A kind of content that is left out of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SheetNoteKind {
    HiddenRow,
    HiddenColumn,
    HiddenSheet,
    /// A sheet that is no table of the report.
    OtherSheet,
    /// A column that has no place in the report.
    OtherColumn,
    Comment,
    /// A formula without a stored value.
    Formula,
    /// The first of more rows than are taken in.
    MoreRows,
    /// Text above the names of the columns.
    Title,
    /// A cell that was empty or merged, and has the text of the one above it.
    FilledDown,
}

impl SheetNoteKind {
    /// The name in JSON.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::HiddenRow => "hidden-row",
            Self::HiddenColumn => "hidden-column",
            Self::HiddenSheet => "hidden-sheet",
            Self::OtherSheet => "other-sheet",
            Self::OtherColumn => "other-column",
            Self::Comment => "comment",
            Self::Formula => "formula",
            Self::MoreRows => "more-rows",
            Self::Title => "title",
            Self::FilledDown => "filled-down",
        }
    }

    /// What it is, for people.
    #[must_use]
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::HiddenRow => "hidden row",
            Self::HiddenColumn => "hidden column",
            Self::HiddenSheet => "hidden sheet",
            Self::OtherSheet => "sheet that was not taken in",
            Self::OtherColumn => "column that was not taken in",
            Self::Comment => "comment",
            Self::Formula => "formula without a stored value",
            Self::MoreRows => "this row and those below it, since there are too many",
            Self::Title => "text above the table",
            Self::FilledDown => "empty cell filled from the cell above",
        }
    }
}

impl SheetTable {
    fn note(&mut self, kind: SheetNoteKind, place: String) {
        if self.notes.len() < MOST_NOTES {
            self.notes.push(SheetNote { kind, place });
        }
    }
}

/// What a file may still have.
struct SheetBudget {
    cells: usize,
    bytes: usize,
}

impl SheetBudget {
    fn new() -> Self {
        Self { cells: MOST_CELLS, bytes: MOST_TEXT }
    }

    /// Counts a cell with a text.
    fn take(&mut self, text: &str) -> Result<(), DocumentError> {
        let (cells, bytes) = (self.cells.checked_sub(1), self.bytes.checked_sub(text.len()));
        (self.cells, self.bytes) = cells.zip(bytes).ok_or_else(too_many_cells)?;
        Ok(())
    }
}

/// Reads the sheets of a file, in order.
///
/// # Errors
///
/// If it is damaged, encrypted, too large, or of another kind.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<SheetTable>, DocumentError> {
    let mut package = Package::new(bytes)?;
    let mut sheets =
        if package.has("content.xml") { open_sheet::read(&mut package)? } else { workbook::read(&mut package)? };
    for sheet in &mut sheets {
        sheet.rows.retain(|row| !row.cells.is_empty());
        if sheet.is_hidden {
            sheet.rows.clear();
            sheet.notes = vec![SheetNote { kind: SheetNoteKind::HiddenSheet, place: format!("sheet {}", sheet.name) }];
        }
    }
    Ok(sheets)
}

/// The name of a column: 0 is `A`, 26 is `AA`.
#[must_use]
pub(crate) fn column_name(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        name.push(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0));
        rest = (rest - 1) / 26;
    }
    name.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// The column, from 0, and the row, from 1, of a cell's name such as `B7`.
pub(crate) fn position(name: &str) -> Option<(u32, u32)> {
    let letters = name.find(|c: char| !c.is_ascii_alphabetic())?;
    let column = name[..letters].bytes().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    Some((column.checked_sub(1)?, name[letters..].parse().ok()?))
}

fn too_many_cells() -> DocumentError {
    DocumentError::TooLarge(format!(
        "it has more than {MOST_CELLS} cells, or more than {} MiB of text",
        MOST_TEXT >> 20
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_names() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_name(column), name);
            assert_eq!(position(&format!("{name}7")), Some((column, 7)));
        }
        for name in ["7", "B", "", "ZZZZZZZZZ1", "B7x"] {
            assert_eq!(position(name), None, "{name}");
        }
    }
}
