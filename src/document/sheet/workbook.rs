//! Reads Excel workbooks: `.xlsx`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cell_value::{NumberLook, symbol, truth};
use super::{
    MOST_CELLS, SheetBudget, SheetCell, SheetNoteKind, SheetRow, SheetTable, column_name, position, too_many_cells,
};
use crate::document::error::DocumentError;
use crate::document::package::Package;
use crate::document::relationships::{Relationships, part_beside};
use crate::document::xml::{Tag, XmlEvent, XmlPart};

/// What the sheets of a workbook share.
#[derive(Default)]
struct Workbook {
    /// The texts that cells refer to by number.
    texts: Vec<String>,
    /// For each cell format, how it shows numbers, and the name of its font.
    looks: Vec<(NumberLook, String)>,
    counts_from_1904: bool,
}

/// Reads the sheets, in order.
pub(super) fn read(package: &mut Package<'_>) -> Result<Vec<SheetTable>, DocumentError> {
    let root = Relationships::read(package, "")?;
    let name = root.first_of("officeDocument").map_or("xl/workbook.xml".to_owned(), |target| part_beside("", target));
    let Some(text) = package.text(&name)? else {
        return Err(DocumentError::damaged("it has no workbook"));
    };
    let relationships = Relationships::read(package, &name)?;
    let part_of = |kind: &str| relationships.first_of(kind).map(|target| part_beside(&name, target));
    let mut book = Workbook::default();
    if let Some(text) = part_of("sharedStrings").map(|part| package.text(&part)).transpose()?.flatten() {
        book.texts = shared_texts(&text)?;
    }
    if let Some(text) = part_of("styles").map(|part| package.text(&part)).transpose()?.flatten() {
        book.looks = looks(&text)?;
    }
    let mut listed = Vec::new();
    let mut part = XmlPart::new("workbook", &text);
    while let Some(event) = part.next()? {
        let XmlEvent::Start(tag) = event else { continue };
        match tag.name() {
            "workbookPr" => book.counts_from_1904 = is_on(&tag, "date1904"),
            "sheet" => {
                let name = tag.attribute("name").unwrap_or_default();
                let is_hidden = tag.attribute("state").is_some_and(|state| state != "visible");
                listed.push((name, tag.attribute("id").unwrap_or_default(), is_hidden));
            }
            _ => {}
        }
    }
    let (mut sheets, mut budget) = (Vec::new(), SheetBudget::new());
    for (title, id, is_hidden) in listed {
        let mut sheet = SheetTable { name: title, is_hidden, ..SheetTable::default() };
        if let Some(target) = relationships.part(&id).filter(|_| !is_hidden) {
            let part = part_beside(&name, target);
            if let Some(text) = package.text(&part)? {
                SheetReader { book: &book, sheet: &mut sheet, budget: &mut budget }.read(&text)?;
            }
            comments(package, &part, &mut sheet)?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn is_on(tag: &Tag<'_>, name: &str) -> bool {
    tag.attribute(name).is_some_and(|value| matches!(value.as_str(), "1" | "true"))
}

/// The texts that cells share.
fn shared_texts(xml: &str) -> Result<Vec<String>, DocumentError> {
    let mut texts = Vec::new();
    let mut part = XmlPart::new("shared strings", xml);
    while let Some(event) = part.next()? {
        if matches!(&event, XmlEvent::Start(tag) if tag.name() == "si") {
            if texts.len() >= MOST_CELLS {
                return Err(too_many_cells());
            }
            texts.push(rich_text(&mut part, "si")?);
        }
    }
    Ok(texts)
}

/// The text of the element that has just begun, from its `t` elements. Readings of Japanese words are left out.
fn rich_text(part: &mut XmlPart<'_>, element: &str) -> Result<String, DocumentError> {
    let mut text = String::new();
    while let Some(event) = part.next()? {
        match event {
            XmlEvent::Start(tag) if tag.name() == "rPh" => {
                part.skip()?;
            }
            XmlEvent::Start(tag) if tag.name() == "t" => text.push_str(&part.element_text()?),
            XmlEvent::End(tag) if tag.name() == element => break,
            _ => {}
        }
    }
    Ok(text)
}

/// How the cell formats show numbers, and their fonts.
fn looks(xml: &str) -> Result<Vec<(NumberLook, String)>, DocumentError> {
    let mut codes = HashMap::new();
    let (mut fonts, mut looks): (Vec<String>, _) = (Vec::new(), Vec::new());
    let (mut is_in_fonts, mut is_in_cells) = (false, false);
    let mut part = XmlPart::new("styles", xml);
    while let Some(event) = part.next()? {
        let is_start = matches!(event, XmlEvent::Start(_));
        match &event {
            XmlEvent::Start(tag) => match tag.name() {
                "fonts" => is_in_fonts = true,
                "cellXfs" => is_in_cells = true,
                "numFmt" => {
                    if let (Some(id), Some(code)) = (number(tag, "numFmtId"), tag.attribute("formatCode")) {
                        codes.insert(id, code);
                    }
                }
                "font" if is_in_fonts => fonts.push(String::new()),
                "name" if is_in_fonts => {
                    if let (Some(font), Some(name)) = (fonts.last_mut(), tag.attribute("val")) {
                        *font = name;
                    }
                }
                "xf" if is_in_cells => {
                    let id = number(tag, "numFmtId").unwrap_or(0);
                    let look = NumberLook::of_format(id, codes.get(&id).map(String::as_str));
                    let font = number(tag, "fontId")
                        .and_then(|font| fonts.get(font as usize))
                        .map(|font| font.chars().take(20).collect());
                    looks.push((look, font.unwrap_or_default()));
                }
                _ => {}
            },
            XmlEvent::End(tag) => match tag.name() {
                "fonts" => is_in_fonts = false,
                "cellXfs" => is_in_cells = false,
                _ => {}
            },
            XmlEvent::Text(_) => {}
        }
        if is_start && looks.len() + fonts.len() + codes.len() > MOST_CELLS {
            return Err(too_many_cells());
        }
    }
    Ok(looks)
}

fn number(tag: &Tag<'_>, name: &str) -> Option<u32> {
    tag.attribute(name)?.parse().ok()
}

/// Reads one sheet.
struct SheetReader<'a> {
    book: &'a Workbook,
    sheet: &'a mut SheetTable,
    /// What all sheets may still have.
    budget: &'a mut SheetBudget,
}

impl SheetReader<'_> {
    fn read(&mut self, xml: &str) -> Result<(), DocumentError> {
        let mut hidden_columns: Vec<(u32, u32)> = Vec::new();
        let mut merged: Vec<(String, String)> = Vec::new();
        let mut rows: BTreeMap<u32, SheetRow> = BTreeMap::new();
        let mut hidden_rows = BTreeSet::new();
        let mut row = 0;
        let mut part = XmlPart::new("sheet", xml);
        while let Some(event) = part.next()? {
            let XmlEvent::Start(tag) = event else { continue };
            match tag.name() {
                "col" if is_on(&tag, "hidden") && hidden_columns.len() < 1_000 => {
                    if let (Some(min), Some(max)) = (number(&tag, "min"), number(&tag, "max")) {
                        hidden_columns.push((min.saturating_sub(1), max.saturating_sub(1)));
                    }
                }
                "row" => {
                    row = number(&tag, "r").unwrap_or(row + 1);
                    if is_on(&tag, "hidden") && hidden_rows.len() < MOST_CELLS {
                        hidden_rows.insert(row);
                    }
                }
                "c" => {
                    let next = rows.get(&row).and_then(|row| row.cells.last()).map_or(0, |cell| cell.column + 1);
                    let name = tag.attribute("r").and_then(|name| position(&name));
                    let (column, row) = name.unwrap_or((next, row));
                    let text = self.cell(&mut part, &tag, column, row)?;
                    if !text.trim().is_empty() {
                        self.budget.take(&text)?;
                        let row = rows.entry(row).or_insert_with(|| SheetRow { number: row, cells: Vec::new() });
                        row.cells.push(SheetCell { column, text, is_merged: false });
                    }
                }
                "mergeCell" if merged.len() < MOST_CELLS => {
                    let range = tag.attribute("ref").unwrap_or_default();
                    merged.extend(range.split_once(':').map(|(from, to)| (from.to_owned(), to.to_owned())));
                }
                _ => {}
            }
        }
        for row in rows.values_mut() {
            row.cells.sort_by_key(|cell| cell.column);
        }
        for (from, to) in merged {
            if let (Some(from), Some(to)) = (position(&from), position(&to)) {
                fill(&mut rows, from, to, self.budget)?;
            }
        }
        leave_out_hidden(self.sheet, rows, &hidden_rows, &hidden_columns);
        Ok(())
    }

    /// The text of the cell that has just begun.
    fn cell(&mut self, part: &mut XmlPart<'_>, tag: &Tag<'_>, column: u32, row: u32) -> Result<String, DocumentError> {
        let kind = tag.attribute("t").unwrap_or_default();
        let default = (NumberLook::Number, String::new());
        let style = number(tag, "s").and_then(|style| self.book.looks.get(style as usize));
        let (look, font) = style.unwrap_or(&default);
        let (mut value, mut is_formula) = (None, false);
        while let Some(event) = part.next()? {
            match event {
                XmlEvent::Start(tag) if tag.name() == "v" => value = Some(part.element_text()?),
                XmlEvent::Start(tag) if tag.name() == "is" => value = Some(rich_text(part, "is")?),
                XmlEvent::Start(tag) if tag.name() == "f" => is_formula = true,
                XmlEvent::End(tag) if tag.name() == "c" => break,
                _ => {}
            }
        }
        let Some(value) = value.filter(|value| !is_formula || !value.is_empty()) else {
            if is_formula {
                let place = format!("{}{row}", column_name(column));
                self.sheet.note(SheetNoteKind::Formula, place);
            }
            return Ok(String::new());
        };
        let text = match kind.as_str() {
            "s" => value.trim().parse().ok().and_then(|index: usize| self.book.texts.get(index)).cloned(),
            "b" => Some(truth(value.trim() == "1").to_owned()),
            "str" | "inlineStr" | "e" => Some(value),
            "d" => Some(value.get(..10).unwrap_or(&value).to_owned()),
            _ => Some(match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => look.show(number, self.book.counts_from_1904),
                _ => value,
            }),
        };
        let text = text.unwrap_or_default();
        Ok(symbol(font, &text).map_or(text, str::to_owned))
    }
}

/// Gives the cells below the first one of a merged cell its text, in its first column only: amounts are not repeated.
fn fill(
    rows: &mut BTreeMap<u32, SheetRow>,
    from: (u32, u32),
    to: (u32, u32),
    budget: &mut SheetBudget,
) -> Result<(), DocumentError> {
    let (column, first) = from;
    if to.1 <= first {
        return Ok(());
    }
    let text = rows.get(&first).and_then(|row| row.cells.iter().find(|cell| cell.column == column));
    let Some(text) = text.map(|cell| cell.text.clone()) else { return Ok(()) };
    for (_, row) in rows.range_mut(first + 1..=to.1) {
        // Also bounds how many rows overlapping ranges may pass over.
        budget.take(&text)?;
        if row.cells.first().is_some_and(|cell| cell.column > column) {
            row.cells.insert(0, SheetCell { column, text: text.clone(), is_merged: true });
        }
    }
    Ok(())
}

/// Puts the rows into the sheet without those rows and columns that are hidden, and notes them.
pub(super) fn leave_out_hidden(
    sheet: &mut SheetTable,
    rows: BTreeMap<u32, SheetRow>,
    hidden_rows: &BTreeSet<u32>,
    hidden_columns: &[(u32, u32)],
) {
    let is_hidden = |column: u32| hidden_columns.iter().any(|(from, to)| (*from..=*to).contains(&column));
    let mut columns = BTreeSet::new();
    for (number, mut row) in rows {
        if hidden_rows.contains(&number) {
            sheet.note(SheetNoteKind::HiddenRow, format!("row {number}"));
            continue;
        }
        columns.extend(row.cells.iter().map(|cell| cell.column).filter(|column| is_hidden(*column)));
        row.cells.retain(|cell| !is_hidden(cell.column));
        sheet.rows.push(row);
    }
    for column in columns {
        sheet.note(SheetNoteKind::HiddenColumn, format!("column {}", column_name(column)));
    }
}

/// Notes the comments of a sheet.
fn comments(package: &mut Package<'_>, part: &str, sheet: &mut SheetTable) -> Result<(), DocumentError> {
    let relationships = Relationships::read(package, part)?;
    let Some(target) = relationships.first_of("comments") else { return Ok(()) };
    let Some(text) = package.text(&part_beside(part, target))? else { return Ok(()) };
    let mut comments = XmlPart::new("comments", &text);
    while let Some(event) = comments.next()? {
        if let XmlEvent::Start(tag) = event
            && tag.name() == "comment"
        {
            sheet.note(SheetNoteKind::Comment, tag.attribute("ref").unwrap_or_default());
        }
    }
    Ok(())
}
