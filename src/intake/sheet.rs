//! Takes in spreadsheets: a sheet becomes one of the year's tables, recognised by its columns.

use super::sheet_text::{SheetText, csv_of};
use crate::charset;
use crate::diagnostic::RelPath;
use crate::diagnostic::suggest::nearest;
use crate::document::DocumentError;
use crate::document::sheet::{self, SheetNote, SheetNoteKind, SheetRow, SheetTable};
use crate::model::Report;
use crate::model::columns::TableFormat;
use crate::model::normalize::normalize_name;
use crate::model::year_data::{FileFormat, YearFile};
use crate::source::SourceTree;

/// How many rows may be above the names of the columns.
const MOST_ABOVE: usize = 15;

/// How a spreadsheet is to be taken in.
#[derive(Clone, Copy, Default)]
pub(crate) struct SheetOptions<'a> {
    /// Which table it is, as written after `--table`: `attendance`.
    pub table: Option<&'a str>,
    /// Which sheet to take, by its name.
    pub sheet: Option<&'a str>,
    /// Whether a table that is there already may be replaced.
    pub replaces: bool,
}

/// A table to write.
#[derive(Debug)]
pub(crate) struct SheetIntake {
    /// The name of the sheet; empty for a CSV file.
    pub sheet: String,
    pub path: RelPath,
    pub text: SheetText,
    /// Whether the site has exactly this table already.
    pub is_known: bool,
    /// What is not in it, or not as it was.
    pub notes: Vec<SheetNote>,
}

/// Why a spreadsheet was not taken in.
#[derive(Debug)]
pub(crate) enum SheetRefusal {
    Document(DocumentError),
    /// No sheet has the columns of a table. These are the sheets that were looked at.
    NoTable(Vec<String>),
    /// These sheets are the same table.
    Several(&'static str, Vec<String>),
    /// There is no sheet of this name; those there are.
    UnknownSheet(String, Vec<String>),
    /// There is no table of this name; those there are.
    UnknownTable(String, Vec<&'static str>),
    /// The site has another version of the table: its path, that text, and the new one.
    Differs(RelPath, String, String),
}

/// Works out which tables to write for a spreadsheet or CSV file.
///
/// # Errors
///
/// If it cannot be read, it is not certain which table it is, or another version of the table would be replaced.
pub(crate) fn take_in_sheets(
    tree: &SourceTree,
    report: &Report,
    bytes: &[u8],
    options: SheetOptions<'_>,
) -> Result<Vec<SheetIntake>, SheetRefusal> {
    let wanted = options.table.map(table_named).transpose()?;
    let sheets = if bytes.starts_with(b"PK") {
        sheet::read(bytes).map_err(SheetRefusal::Document)?
    } else if std::str::from_utf8(bytes).is_ok() || charset::may_be_windows_1252(bytes) {
        let text = charset::decode(bytes);
        vec![SheetText::read(&text)]
    } else {
        return Err(SheetRefusal::Document(DocumentError::damaged(
            "its text is in an encoding that annal does not know",
        )));
    };
    let mut notes: Vec<SheetNote> = Vec::new();
    let mut shown: Vec<SheetTable> = Vec::new();
    for sheet in sheets {
        if sheet.is_hidden && options.sheet.is_none() {
            notes.extend(sheet.notes);
        } else if !sheet.is_hidden && options.sheet.is_none_or(|name| name.eq_ignore_ascii_case(&sheet.name)) {
            shown.push(sheet);
        } else if !sheet.is_hidden {
            notes.push(SheetNote { kind: SheetNoteKind::OtherSheet, place: format!("sheet {}", sheet.name) });
        }
    }
    if let Some(name) = options.sheet.filter(|_| shown.is_empty()) {
        let names = notes.iter().filter(|note| note.kind == SheetNoteKind::OtherSheet);
        let names = names.filter_map(|note| note.place.strip_prefix("sheet ")).map(str::to_owned);
        return Err(SheetRefusal::UnknownSheet(name.to_owned(), names.collect()));
    }
    let names: Vec<String> = shown.iter().map(|sheet| sheet.name.clone()).collect();
    let mut found: Vec<(YearFile, usize, SheetTable)> = Vec::new();
    for sheet in shown {
        match recognised(&sheet, wanted) {
            Some((file, header)) => found.push((file, header, sheet)),
            None if sheet.rows.is_empty() => {}
            None => notes.push(SheetNote { kind: SheetNoteKind::OtherSheet, place: format!("sheet {}", sheet.name) }),
        }
    }
    if found.is_empty() {
        return Err(SheetRefusal::NoTable(names));
    }
    for (file, _, _) in &found {
        let same: Vec<String> =
            found.iter().filter(|(other, _, _)| other == file).map(|(_, _, sheet)| sheet.name.clone()).collect();
        if same.len() > 1 {
            return Err(SheetRefusal::Several(file.name(), same));
        }
    }
    let mut taken = Vec::new();
    for (file, header, sheet) in found {
        let path = report.folder.join(file.name());
        let (text, own_notes) = csv_of(&sheet, header);
        let known = tree.shared_text(path.as_str());
        let is_same = |known: &str| known.lines().map(str::trim_end).eq(text.text.lines().map(str::trim_end));
        let is_known = known.is_some_and(|known| is_same(known));
        let has_rows = known.is_some_and(|known| known.lines().filter(|line| !line.trim().is_empty()).count() > 1);
        if has_rows && !is_known && !options.replaces {
            let old = known.map(|known| known.to_string()).unwrap_or_default();
            return Err(SheetRefusal::Differs(path, old, text.text));
        }
        let mut notes = std::mem::take(&mut notes);
        notes.extend(own_notes);
        taken.push(SheetIntake { sheet: sheet.name, path, text, is_known, notes });
    }
    Ok(taken)
}

/// The table that somebody named: `attendance` or `attendance.csv`.
fn table_named(name: &str) -> Result<YearFile, SheetRefusal> {
    let stem = name.trim().trim_end_matches(".csv").to_lowercase();
    YearFile::at(&format!("data/{stem}.csv")).ok_or_else(|| {
        let known = YearFile::tables().map(|table| table.trim_end_matches(".csv"));
        SheetRefusal::UnknownTable(name.to_owned(), known.collect())
    })
}

/// The table that a sheet is, and which of its rows names the columns.
fn recognised(sheet: &SheetTable, wanted: Option<YearFile>) -> Option<(YearFile, usize)> {
    let formats = YearFile::ALL.iter().copied().filter_map(|file| match file.format() {
        FileFormat::Table(format) => Some((file, format)),
        FileFormat::Yaml(_) => None,
    });
    let rows = || sheet.rows.iter().enumerate().take(MOST_ABOVE);
    let mut best: Option<(usize, YearFile, usize)> = None;
    for (file, format) in formats.filter(|(file, _)| wanted.is_none_or(|wanted| wanted == *file)) {
        for (index, row) in rows() {
            let score = score(format, row);
            let has_figures =
                sheet.rows[index + 1..].iter().any(|row| row.cells.iter().any(|cell| has_digit(&cell.text)));
            let is_likely = score > 0 && (has_figures || format.has_meetings);
            if is_likely && best.is_none_or(|(other, _, _)| score > other) {
                best = Some((score, file, index));
            }
        }
    }
    // Somebody who says which table it is need not have all of its columns; the checks say which are missing.
    let first = || rows().find(|(_, row)| row.cells.len() > 1).map(|(index, _)| index);
    best.map(|(_, file, index)| (file, index)).or_else(|| Some((wanted?, first()?)))
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// How well a row names a table's columns: 0 if a required one is missing.
fn score(format: &TableFormat, row: &SheetRow) -> usize {
    let cells: Vec<String> = row.cells.iter().map(|cell| normalize_name(&cell.text)).collect();
    let mut score = 0;
    for column in format.columns {
        if cells.iter().any(|cell| cell == column.name) {
            score += 3;
        } else if cells.iter().any(|cell| nearest(cell, [column.name]).is_some()) {
            score += 1;
        } else if column.is_required {
            return 0;
        }
    }
    if row.cells.len() > 1 { score } else { 0 }
}
