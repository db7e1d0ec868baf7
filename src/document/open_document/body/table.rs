//! Tables in an `OpenDocument` text, without their hidden rows and columns.

use super::{AtOdfEnd, OdfReader};
use crate::document::error::DocumentError;
use crate::document::left_out::LeftOutKind;
use crate::document::xml::{Tag, XmlPart};

/// The most cells that one element may be short for.
const MOST_REPEATED: usize = 63;
/// The most columns of a table that may be hidden. What is further to the right counts as the last of them.
const MOST_COLUMNS: usize = 1_000;

/// A table that is open.
#[derive(Default)]
pub(super) struct OdfTable {
    /// Whether each column is hidden, as far as they are described.
    hidden: Vec<bool>,
    /// The column that the next cell is in.
    column: usize,
    /// How many covered cells belong to the wide cell before them.
    covered: usize,
}

impl OdfTable {
    /// Takes in the description of some columns.
    fn describe(&mut self, count: usize, is_hidden: bool) {
        let end = self.hidden.len().saturating_add(count).min(MOST_COLUMNS);
        self.hidden.resize(end, is_hidden);
    }

    /// Moves on by some columns, and returns how many of them readers see.
    fn shown_of(&mut self, columns: usize) -> usize {
        let is_hidden = |column: &usize| {
            let known = self.hidden.get(*column);
            let last = || self.hidden.last().filter(|_| self.hidden.len() == MOST_COLUMNS);
            known.or_else(last).copied().unwrap_or(false)
        };
        let end = self.column.saturating_add(columns);
        let hidden = (self.column..end).filter(is_hidden).count();
        self.column = end;
        columns - hidden
    }
}

impl OdfReader<'_, '_> {
    /// Begins a table or a part of one. `None` if it has been read to its end already.
    pub(super) fn start_table(
        &mut self,
        tag: &Tag<'_>,
        part: &mut XmlPart<'_>,
    ) -> Result<Option<AtOdfEnd>, DocumentError> {
        let number = |name: &str| tag.attribute(name).and_then(|value| value.parse::<usize>().ok());
        let repeated = || number("number-columns-repeated").unwrap_or(1).clamp(1, MOST_REPEATED);
        // Rows and columns may be `collapse` or `filter`; groups of them may not be displayed.
        let is_hidden = tag.attribute("visibility").is_some_and(|visibility| visibility != "visible")
            || tag.attribute("display").is_some_and(|display| display == "false" || display == "none");
        Ok(Some(match tag.name() {
            "table" if self.is_hidden() => {
                part.skip()?;
                return Ok(None);
            }
            "table" => {
                self.tree.begin_table();
                self.tables.push(OdfTable::default());
                AtOdfEnd::Table
            }
            "table-column" => {
                if let Some(table) = self.tables.last_mut() {
                    table.describe(number("number-columns-repeated").unwrap_or(1).max(1), is_hidden);
                }
                AtOdfEnd::Nothing
            }
            "table-column-group" if is_hidden => {
                part.each_inside(|tag, _| {
                    if let Some(table) = self.tables.last_mut().filter(|_| tag.name() == "table-column") {
                        let count = tag.attribute("number-columns-repeated").and_then(|count| count.parse().ok());
                        table.describe(count.unwrap_or(1_usize).max(1), true);
                    }
                    Ok(())
                })?;
                return Ok(None);
            }
            "table-row" | "table-row-group" if is_hidden => {
                part.skip()?;
                self.tree.leave_out(LeftOutKind::HiddenText);
                return Ok(None);
            }
            "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.column, table.covered) = (0, 0);
                }
                self.tree.begin_row();
                AtOdfEnd::Frame
            }
            "table-cell" => {
                let columns = number("number-columns-spanned").unwrap_or(1).clamp(1, MOST_REPEATED);
                return self.begin_cell(columns, repeated(), part);
            }
            "covered-table-cell" => {
                part.skip()?;
                self.covered_cells(repeated())?;
                return Ok(None);
            }
            "shapes" | "dde-source" | "scenarios" => {
                part.skip()?;
                return Ok(None);
            }
            _ => AtOdfEnd::Nothing,
        }))
    }

    /// Begins a cell, unless all its columns are hidden.
    fn begin_cell(
        &mut self,
        columns: usize,
        repeated: usize,
        part: &mut XmlPart<'_>,
    ) -> Result<Option<AtOdfEnd>, DocumentError> {
        let (mut shown, mut times) = (columns, repeated);
        if let Some(table) = self.tables.last_mut() {
            // Some programs leave the covered cells out.
            table.column = table.column.saturating_add(table.covered);
            if columns > 1 {
                // The covered cells that follow move on by the rest.
                let begun = table.column;
                shown = table.shown_of(columns);
                table.column = begun + 1;
            } else {
                times = table.shown_of(repeated);
            }
            table.covered = columns - 1;
        }
        if shown == 0 || times == 0 {
            if part.skip()? {
                self.tree.leave_out(LeftOutKind::HiddenText);
            }
            return Ok(None);
        }
        self.tree.begin_cell();
        self.tree.set_columns(shown);
        Ok(Some(AtOdfEnd::Cell(times)))
    }

    /// Adds the cells that others cover. Covered from the left they are part of a wider cell, and from above of a higher one.
    fn covered_cells(&mut self, repeated: usize) -> Result<(), DocumentError> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let from_left = table.covered.min(repeated);
        table.covered -= from_left;
        table.column = table.column.saturating_add(from_left);
        for _ in 0..table.shown_of(repeated - from_left) {
            self.tree.begin_cell();
            self.tree.set_continues_above();
            self.tree.end()?;
        }
        Ok(())
    }
}
