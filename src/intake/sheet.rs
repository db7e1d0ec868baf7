//! Takes in spreadsheets: a sheet becomes one of the year's tables, or entries of a list in one of its YAML files. It is
//! recognised by its columns.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::sheet_list::{EntryFormat, list_of};
use super::sheet_text::{SheetText, csv_of};
use crate::charset;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{RelPath, SourceTexts};
use crate::document::DocumentError;
use crate::document::sheet::{self, SheetNote, SheetNoteKind, SheetRow, SheetTable, column_name, position};
use crate::model::Report;
use crate::model::columns::ExpectedColumn;
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

/// A table to write, or a file with a list.
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
    /// No sheet has the columns of a table or list. These are the sheets that were looked at.
    NoTable(Vec<String>),
    /// These sheets are the same table or list.
    Several(&'static str, Vec<String>),
    /// There is no sheet of this name; those there are.
    UnknownSheet(String, Vec<String>),
    /// There is no table or list of this name; those there are.
    UnknownTable(String, Vec<&'static str>),
    /// The site has another version of the table: its path, that text, and the new one.
    Differs(RelPath, String, String),
    /// Entries that the site's list has would change: the path of its file, its text, and the new one.
    ChangesEntries(RelPath, String, String),
    /// The file with the list that the sheet belongs to cannot be read.
    Unreadable(RelPath),
}

/// What a sheet can be taken for.
struct SheetKind {
    file: YearFile,
    columns: Vec<ExpectedColumn>,
    /// Whether its rows may have no figures.
    may_be_words: bool,
    /// The list in the file, if the file is YAML.
    list: Option<EntryFormat>,
}

impl SheetKind {
    fn of_file(file: YearFile) -> Option<Self> {
        if let FileFormat::Table(format) = file.format() {
            let columns = format.columns.to_vec();
            return Some(Self { file, columns, may_be_words: format.has_meetings, list: None });
        }
        let list = EntryFormat::of_file(file)?;
        Some(Self { file, columns: list.columns(), may_be_words: true, list: Some(list) })
    }
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
    let mut found: Vec<(SheetKind, usize, SheetTable)> = Vec::new();
    for sheet in shown {
        match recognised(&sheet, wanted) {
            Some((kind, header)) => found.push((kind, header, sheet)),
            None if sheet.rows.is_empty() => {}
            None => notes.push(SheetNote { kind: SheetNoteKind::OtherSheet, place: format!("sheet {}", sheet.name) }),
        }
    }
    if found.is_empty() {
        return Err(SheetRefusal::NoTable(names));
    }
    if let Some(place) =
        found.iter().find_map(|(kind, header, sheet)| first_without_value(sheet, *header, &kind.columns))
    {
        return Err(SheetRefusal::Document(DocumentError::NoStoredValues(place)));
    }
    for (kind, _, _) in &found {
        let same = found.iter().filter(|(other, _, _)| other.file == kind.file);
        let same: Vec<String> = same.map(|(_, _, sheet)| sheet.name.clone()).collect();
        if same.len() > 1 {
            return Err(SheetRefusal::Several(kind.file.name(), same));
        }
    }
    let mut taken = Vec::new();
    for (kind, header, sheet) in found {
        let path = report.folder.join(kind.file.name());
        let known = tree.text(&path);
        let is_same = |known: &str, text: &str| known.lines().map(str::trim_end).eq(text.lines().map(str::trim_end));
        let (text, changes, own_notes) = if let Some(list) = &kind.list {
            let known = known.as_deref().unwrap_or_default();
            let listed = list_of(&sheet, header, list, known).ok_or_else(|| SheetRefusal::Unreadable(path.clone()))?;
            (listed.text, listed.changes, listed.notes)
        } else {
            let (text, notes) = csv_of(&sheet, header);
            let has_rows =
                known.as_ref().is_some_and(|known| known.lines().filter(|line| !line.trim().is_empty()).count() > 1);
            (text, has_rows, notes)
        };
        let is_known = known.as_ref().is_some_and(|known| is_same(known, &text.text));
        if changes && !is_known && !options.replaces {
            let old = known.unwrap_or_default().to_string();
            let refusal = if kind.list.is_some() { SheetRefusal::ChangesEntries } else { SheetRefusal::Differs };
            return Err(refusal(path, old, text.text));
        }
        let mut notes = std::mem::take(&mut notes);
        notes.extend(own_notes);
        taken.push(SheetIntake { sheet: sheet.name, path, text, is_known, notes });
    }
    Ok(taken)
}

/// The table or list that somebody named: `attendance`, `attendance.csv` or `decisions`.
fn table_named(name: &str) -> Result<YearFile, SheetRefusal> {
    let stem = name.trim().trim_end_matches(".csv").to_lowercase();
    let list = || YearFile::ALL.iter().copied().find(|file| file.list().is_some_and(|list| list.key == stem));
    YearFile::at(&format!("data/{stem}.csv"))
        .or_else(list)
        .ok_or_else(|| SheetRefusal::UnknownTable(name.to_owned(), YearFile::sheets().collect()))
}

/// What a sheet is, and which of its rows names the columns.
fn recognised(sheet: &SheetTable, wanted: Option<YearFile>) -> Option<(SheetKind, usize)> {
    let kinds = YearFile::ALL.iter().copied().filter(|file| wanted.is_none_or(|wanted| wanted == *file));
    let rows = || sheet.rows.iter().enumerate().take(MOST_ABOVE);
    let mut best: Option<(usize, SheetKind, usize)> = None;
    for kind in kinds.filter_map(SheetKind::of_file) {
        let scores = rows().map(|(index, row)| (score(&kind.columns, row), index)).filter(|(score, index)| {
            let below = &sheet.rows[index + 1..];
            let has_figures = || {
                below.iter().any(|row| row.cells.iter().any(|cell| has_digit(&cell.text)))
                    || formulas(sheet).next().is_some()
            };
            *score > 0 && (kind.may_be_words || has_figures())
        });
        let highest = scores.min_by_key(|(score, index)| (Reverse(*score), *index));
        if let Some((score, index)) = highest.filter(|(score, _)| best.as_ref().is_none_or(|(other, ..)| score > other))
        {
            best = Some((score, kind, index));
        }
    }
    // Somebody who says which table it is need not have all of its columns; the checks say which are missing.
    let first = || rows().find(|(_, row)| row.cells.len() > 1).map(|(index, _)| index);
    best.map(|(_, kind, index)| (kind, index)).or_else(|| Some((SheetKind::of_file(wanted?)?, first()?)))
}

/// The cells of a sheet whose formulas have no stored values.
fn formulas(sheet: &SheetTable) -> impl Iterator<Item = (u32, u32)> {
    let notes = sheet.notes.iter().filter(|note| note.kind == SheetNoteKind::Formula);
    notes.filter_map(|note| position(&note.place))
}

/// The first cell of one of the table's columns that has formulas without stored values, and nothing else.
fn first_without_value(sheet: &SheetTable, header: usize, columns: &[ExpectedColumn]) -> Option<String> {
    let (names, below) = sheet.rows[header..].split_first()?;
    let is_known = |column: u32| {
        let name = names.cells.iter().find(|cell| cell.column == column).map(|cell| normalize_name(&cell.text));
        name.is_some_and(|name| nearest(&name, columns.iter().map(|column| column.name)).is_some())
    };
    let filled: BTreeSet<u32> = below.iter().flat_map(|row| &row.cells).map(|cell| cell.column).collect();
    let lost =
        formulas(sheet).find(|(column, row)| *row > names.number && !filled.contains(column) && is_known(*column));
    lost.map(|(column, row)| format!("cell {}{row}", column_name(column)))
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// How well a row names a table's columns: 0 if a required one is missing.
fn score(columns: &[ExpectedColumn], row: &SheetRow) -> usize {
    let cells: Vec<String> = row.cells.iter().map(|cell| normalize_name(&cell.text)).collect();
    let mut score = 0;
    for column in columns {
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
