//! Reads spreadsheets of `LibreOffice` and others: `.ods`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::cell_value::truth;
use super::workbook::leave_out_hidden;
use super::{
    MOST_CELLS, MOST_TEXT, SheetBudget, SheetCell, SheetNoteKind, SheetRow, SheetTable, column_name, too_many_cells,
};
use crate::document::error::DocumentError;
use crate::document::package::Package;
use crate::document::xml::{Tag, Vocabulary, XmlEvent, XmlPart};

/// How often a row or cell with text may be repeated. Programs repeat empty ones a million times.
const MOST_REPEATED: u32 = 1_000;

/// Reads the sheets, in order.
pub(super) fn read(package: &mut Package<'_>) -> Result<Vec<SheetTable>, DocumentError> {
    let Some(text) = package.text("content.xml")? else {
        return Err(DocumentError::damaged("it has no content"));
    };
    if package.has("META-INF/manifest.xml")
        && package.text("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data"))
    {
        return Err(DocumentError::Encrypted);
    }
    let mut reader = OpenSheetReader {
        budget: SheetBudget::new(),
        sheets: Vec::new(),
        hiding: HashSet::new(),
        style: String::new(),
        months: HashSet::new(),
        rows: BTreeMap::new(),
        hidden_rows: BTreeSet::new(),
        hidden_columns: Vec::new(),
        described: 0,
        row: 0,
        repeated: 1,
        is_row_hidden: false,
        cells: Vec::new(),
        column: 0,
        merged: Vec::new(),
    };
    let mut part = XmlPart::new("content.xml", &text);
    while let Some(event) = part.next()? {
        match event {
            XmlEvent::Start(tag) => reader.start(&mut part, &tag)?,
            XmlEvent::End(tag) if tag.vocabulary == Vocabulary::Table => reader.end(tag.name())?,
            XmlEvent::End(_) | XmlEvent::Text(_) => {}
        }
    }
    Ok(reader.sheets)
}

/// The state of reading `content.xml`.
struct OpenSheetReader {
    /// What all sheets may still have.
    budget: SheetBudget,
    sheets: Vec<SheetTable>,
    /// Table styles that hide their sheets, by name.
    hiding: HashSet<String>,
    /// The style that is being read.
    style: String,
    /// Styles of dates that show no day, by name, and the styles of cells that use them.
    months: HashSet<String>,
    rows: BTreeMap<u32, SheetRow>,
    hidden_rows: BTreeSet<u32>,
    hidden_columns: Vec<(u32, u32)>,
    /// The next column that `table-column` describes.
    described: u32,
    /// The number of the current row, and how often it comes.
    row: u32,
    repeated: u32,
    is_row_hidden: bool,
    cells: Vec<SheetCell>,
    column: u32,
    /// Cells merged downwards: column, text and last row.
    merged: Vec<(u32, String, u32)>,
}

impl OpenSheetReader {
    fn start(&mut self, part: &mut XmlPart<'_>, tag: &Tag<'_>) -> Result<(), DocumentError> {
        match (tag.vocabulary, tag.name()) {
            (Vocabulary::Style, "style") => {
                self.style = tag.attribute("name").unwrap_or_default();
                if tag.attribute("data-style-name").is_some_and(|name| self.months.contains(&name)) {
                    self.months.insert(self.style.clone());
                }
            }
            (Vocabulary::Style, "table-properties") if tag.attribute("display").as_deref() == Some("false") => {
                self.hiding.insert(std::mem::take(&mut self.style));
            }
            (_, "date-style") => {
                self.style = tag.attribute("name").unwrap_or_default();
                self.months.insert(self.style.clone());
            }
            // A format with a day is a day's.
            (_, "day") => {
                self.months.remove(&self.style);
            }
            (Vocabulary::Table, "table") => {
                let is_hidden = tag.attribute("style-name").is_some_and(|style| self.hiding.contains(&style));
                let name = tag.attribute("name").unwrap_or_default();
                self.sheets.push(SheetTable { name, is_hidden, ..SheetTable::default() });
                (self.row, self.described) = (0, 0);
            }
            (Vocabulary::Table, "table-column") => {
                let count = repeated(tag, "number-columns-repeated");
                if is_invisible(tag) && self.hidden_columns.len() < 1_000 {
                    self.hidden_columns.push((self.described, self.described.saturating_add(count - 1)));
                }
                self.described = self.described.saturating_add(count);
            }
            (Vocabulary::Table, "table-row") => {
                self.repeated = repeated(tag, "number-rows-repeated");
                self.is_row_hidden = is_invisible(tag);
                self.column = 0;
            }
            (Vocabulary::Table, "table-cell" | "covered-table-cell") => self.cell(part, tag)?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), DocumentError> {
        match name {
            "table-row" => self.end_row()?,
            "table" => {
                let rows = std::mem::take(&mut self.rows);
                if let Some(sheet) = self.sheets.last_mut() {
                    leave_out_hidden(sheet, rows, &self.hidden_rows, &self.hidden_columns);
                }
                self.hidden_rows.clear();
                self.hidden_columns.clear();
                self.merged.clear();
            }
            _ => {}
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), DocumentError> {
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            if self.repeated > MOST_REPEATED {
                return Err(too_many_cells());
            }
            for number in self.row.saturating_add(1)..=self.row.saturating_add(self.repeated) {
                cells.iter().try_for_each(|cell| self.budget.take(&cell.text))?;
                let mut row = SheetRow { number, cells: cells.clone() };
                let above = self.merged.iter().find(|(column, _, last)| {
                    *last >= number && row.cells.first().is_some_and(|cell| cell.column > *column)
                });
                if let Some((column, text, _)) = above {
                    self.budget.take(text)?;
                    row.cells.insert(0, SheetCell { column: *column, text: text.clone(), is_merged: true });
                }
                self.rows.insert(number, row);
                if self.is_row_hidden {
                    self.hidden_rows.insert(number);
                }
            }
        }
        self.row = self.row.saturating_add(self.repeated);
        self.merged.retain(|(_, _, last)| *last > self.row);
        Ok(())
    }

    /// Reads the cell that has just begun.
    fn cell(&mut self, part: &mut XmlPart<'_>, tag: &Tag<'_>) -> Result<(), DocumentError> {
        let count = repeated(tag, "number-columns-repeated");
        let (mut shown, mut has_comment) = (String::new(), false);
        let (element, mut paragraphs) = (tag.name().to_owned(), 0);
        while let Some(event) = part.next()? {
            match event {
                XmlEvent::Start(inner) if inner.name() == "annotation" => {
                    has_comment = true;
                    part.skip()?;
                }
                XmlEvent::Start(inner) if inner.vocabulary == Vocabulary::Text && inner.name() == "p" => {
                    if paragraphs > 0 {
                        shown.push('\n');
                    }
                    paragraphs += 1;
                }
                XmlEvent::Start(inner) if inner.vocabulary == Vocabulary::Text && inner.name() == "s" => {
                    shown.push(' ');
                }
                XmlEvent::Text(text) if paragraphs > 0 => shown.push_str(&text),
                XmlEvent::End(inner) if inner.vocabulary == Vocabulary::Table && inner.name() == element => break,
                _ => {}
            }
        }
        let is_month = tag.attribute("style-name").is_some_and(|style| self.months.contains(&style));
        let text = match tag.attribute("value-type").as_deref() {
            Some("float" | "currency") => tag.attribute("value").unwrap_or(shown),
            Some("date") => {
                let day = tag.attribute("date-value").unwrap_or(shown);
                day.get(..if is_month { 7 } else { 10 }).unwrap_or(&day).to_owned()
            }
            Some("boolean") => truth(tag.attribute("boolean-value").as_deref() == Some("true")).to_owned(),
            _ => shown,
        };
        let is_empty = text.trim().is_empty();
        let place = format!("{}{}", column_name(self.column), self.row.saturating_add(1));
        if let Some(sheet) = self.sheets.last_mut() {
            if is_empty && tag.attribute("formula").is_some() && tag.attribute("value-type").is_none() {
                sheet.note(SheetNoteKind::Formula, place.clone());
            }
            if has_comment {
                sheet.note(SheetNoteKind::Comment, place);
            }
        }
        if !is_empty {
            let repeats = text.len().saturating_mul(count as usize);
            if count > MOST_REPEATED || self.cells.len() > MOST_CELLS || repeats > MOST_TEXT {
                return Err(too_many_cells());
            }
            let below = repeated(tag, "number-rows-spanned");
            if below > 1 && self.merged.len() < MOST_REPEATED as usize {
                self.merged.push((self.column, text.clone(), self.row.saturating_add(below)));
            }
            self.cells.extend((self.column..self.column.saturating_add(count)).map(|column| SheetCell {
                column,
                text: text.clone(),
                is_merged: false,
            }));
        }
        self.column = self.column.saturating_add(count);
        Ok(())
    }
}

/// How often an element comes, at least once.
fn repeated(tag: &Tag<'_>, name: &str) -> u32 {
    tag.attribute(name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// Whether a row or column is hidden or filtered out.
fn is_invisible(tag: &Tag<'_>) -> bool {
    tag.attribute("visibility").is_some_and(|visibility| visibility != "visible")
}
