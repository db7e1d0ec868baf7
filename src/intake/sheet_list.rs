//! Entries of a list in a YAML file, made from a sheet: decisions, reviews and agreements, which people keep in spreadsheets.
//!
//! Nothing that somebody wrote in the file is removed. Entries are added, and of one that is there, what a cell says is set;
//! the rest of the file stays as it is.

use std::collections::{HashMap, HashSet, VecDeque};

use super::markdown::escape_lines;
use super::sheet_text::SheetText;
use crate::diagnostic::RelPath;
use crate::diagnostic::suggest::nearest;
use crate::document::sheet::{SheetNote, SheetNoteKind, SheetRow, SheetTable, column_name};
use crate::edit::front_matter::{set_each_in_file, set_in_file};
use crate::edit::yaml_content::{YamlContent, YamlStep};
use crate::model::columns::{CellContent, ExpectedColumn};
use crate::model::normalize::normalize_name;
use crate::model::year_data::{FIRST_REVIEW, FileFormat, SheetList, YearFile};
use crate::source::FILL_IN;
use crate::source::yaml::node::parse;
use crate::source::yaml::{FromYaml, Prose, Record, RecordField, ValueType, YamlNode, YamlValue};

/// The most entries that are taken in at once.
const MOST_ENTRIES: usize = 1_000;

/// A list in a YAML file, with what its entries have.
pub(super) struct EntryFormat {
    /// Its key, and the key that says which entry it is.
    pub list: SheetList,
    /// What an entry has.
    record: Record,
}

impl EntryFormat {
    /// The list of a file that can come as a sheet.
    pub(super) fn of_file(file: YearFile) -> Option<Self> {
        let (list, FileFormat::Yaml(shape)) = (file.list()?, file.format()) else { return None };
        let ValueType::Record(whole) = shape() else { return None };
        let field = whole.fields.into_iter().find(|field| field.key == list.key)?;
        let ValueType::List(entry) = field.shape else { return None };
        let ValueType::Record(record) = *entry else { return None };
        Some(Self { list, record })
    }

    /// The columns that a sheet of it can have: a key each. Of an entry with a list of its own, such as the findings of a
    /// review, each row has one item.
    pub(super) fn columns(&self) -> Vec<ExpectedColumn> {
        let own = self.record.fields.iter().filter(|field| is_cell(&field.shape));
        let own =
            own.map(|field| ExpectedColumn { name: field.key, is_required: field.required, holds: CellContent::Words });
        let inner = self.inner().into_iter().flat_map(|(_, record)| &record.fields);
        let inner = inner.map(|field| ExpectedColumn::optional(field.key, CellContent::Words));
        own.chain(inner).collect()
    }

    /// The list of records that an entry has, with its key.
    fn inner(&self) -> Option<(&'static str, &Record)> {
        self.record.fields.iter().find_map(|field| match &field.shape {
            ValueType::List(item) => match &**item {
                ValueType::Record(record) => Some((field.key, record)),
                _ => None,
            },
            _ => None,
        })
    }

    /// Whether an entry is as `annal new` wrote it for somebody to fill in.
    fn is_starter(&self, item: &YamlContent) -> bool {
        let is_named =
            |name: &YamlContent| matches!(name, YamlContent::Text(name) if name != FIRST_REVIEW && !is_mark(name));
        has_mark(item) && is_unfilled(item, &self.record) && !value_of(item, self.list.identity).is_some_and(is_named)
    }
}

/// The key that a column's heading names.
fn key_of(heading: &str, columns: &[ExpectedColumn]) -> Option<&'static str> {
    let heading = normalize_name(heading);
    let names = || columns.iter().map(|column| column.name);
    names().find(|name| *name == heading).or_else(|| nearest(&heading, names()))
}

/// Whether a value can be in one cell.
fn is_cell(shape: &ValueType) -> bool {
    match shape {
        ValueType::Text { .. } | ValueType::Number | ValueType::Bool | ValueType::Choice(_) => true,
        ValueType::List(item) => matches!(**item, ValueType::Text { .. }),
        ValueType::Map(_) | ValueType::Record(_) | ValueType::Either(_) | ValueType::Anything => false,
    }
}

/// A file with the entries of a sheet.
pub(super) struct ListedSheet {
    /// The text of the whole file.
    pub text: SheetText,
    /// Whether something that the file had is another now.
    pub changes: bool,
    /// What was left out.
    pub notes: Vec<SheetNote>,
}

/// An entry, or an item of its own list.
struct SheetEntry {
    row: u32,
    fields: Vec<SheetField>,
}

struct SheetField {
    key: &'static str,
    /// The name of its cell; that of the first item for a list of records.
    cell: String,
    value: SheetValue,
}

enum SheetValue {
    Text(String),
    List(Vec<String>),
    Entries(Vec<SheetEntry>),
}

/// The file with the entries of a sheet whose row `header` names the columns. `known` is what the site has.
///
/// `None` if the file cannot be read.
pub(super) fn list_of(sheet: &SheetTable, header: usize, format: &EntryFormat, known: &str) -> Option<ListedSheet> {
    let mut notes = sheet.notes.clone();
    let entries = entries(sheet, header, format, &mut notes);
    let (mut text, mut changes) = (known.to_owned(), false);
    let SheetList { key, identity } = format.list;
    let mut there = items(&text, key)?;
    let mut kept: Vec<YamlContent> = there.iter().filter(|item| !format.is_starter(item)).cloned().collect();
    if !entries.is_empty() && (kept.is_empty() || kept.len() < there.len()) {
        // What `annal new` wrote for somebody to replace is replaced.
        let are_there: HashSet<EntryKey> = kept.iter().map(|item| EntryKey::of_item(item, identity)).collect();
        let new = entries.iter().filter(|entry| !are_there.contains(&EntryKey::of_entry(entry, identity)));
        kept.extend(new.map(SheetEntry::content));
        text = set_in_file(&text, &[YamlStep::Key(key)], &YamlContent::List(kept.clone()))?;
        there = kept;
    }
    // Where each entry is in the list. Two rows are never the same entry: the checks name what is there twice.
    let mut free: HashMap<EntryKey, VecDeque<usize>> = HashMap::new();
    for (at, item) in there.iter().enumerate() {
        free.entry(EntryKey::of_item(item, identity)).or_default().push_back(at);
    }
    let (mut taken, mut values, mut added) = (Vec::with_capacity(entries.len()), Vec::new(), Vec::new());
    for entry in &entries {
        let Some(at) = free.get_mut(&EntryKey::of_entry(entry, identity)).and_then(VecDeque::pop_front) else {
            let at = there.len() + added.len();
            taken.push(at);
            added.push((vec![YamlStep::Key(key), YamlStep::Item(at)], entry.content()));
            continue;
        };
        taken.push(at);
        for field in &entry.fields {
            let (value, known) = (field.value.content(), value_of(&there[at], field.key));
            if known != Some(&value) {
                changes |= known.is_some();
                values.push((vec![YamlStep::Key(key), YamlStep::Item(at), YamlStep::Key(field.key)], value));
            }
        }
    }
    values.append(&mut added);
    if !values.is_empty() {
        text = set_each_in_file(&text, &values)?;
    }
    let places = places(&nodes(&text, key)?, &taken, &entries);
    Some(ListedSheet { text: SheetText::with_places(text, places), changes, notes })
}

/// The entries of a sheet.
fn entries(sheet: &SheetTable, header: usize, format: &EntryFormat, notes: &mut Vec<SheetNote>) -> Vec<SheetEntry> {
    notes.extend(sheet.rows[..header].iter().filter_map(|row| {
        let place = format!("{}{}", column_name(row.cells.first()?.column), row.number);
        Some(SheetNote { kind: SheetNoteKind::Title, place })
    }));
    let (expected, mut columns) = (format.columns(), Vec::new());
    for cell in &sheet.rows[header].cells {
        if let Some(key) = key_of(&cell.text, &expected).filter(|key| columns.iter().all(|(_, other)| other != key)) {
            columns.push((cell.column, key));
        } else {
            let place = format!("column {}", column_name(cell.column));
            notes.push(SheetNote { kind: SheetNoteKind::OtherColumn, place });
        }
    }
    let inner = format.inner();
    let mut entries: Vec<SheetEntry> = Vec::new();
    let mut above: Option<String> = None;
    for row in &sheet.rows[header + 1..] {
        let mut own = fields(row, &columns, &format.record);
        let item = inner.map(|(key, record)| (key, fields(row, &columns, record))).filter(|(_, item)| !item.is_empty());
        // The first column says to which group a row belongs, such as the meeting of a decision.
        if let Some(&(column, key)) = columns.first().filter(|(_, key)| *key != format.list.identity) {
            match own.iter().find(|field| field.key == key) {
                Some(SheetField { value: SheetValue::Text(text), .. }) => above = Some(text.clone()),
                None if !own.is_empty() => {
                    if let Some(text) = &above {
                        let cell = format!("{}{}", column_name(column), row.number);
                        notes.push(SheetNote { kind: SheetNoteKind::FilledDown, place: cell.clone() });
                        own.insert(0, SheetField { key, cell, value: SheetValue::Text(text.clone()) });
                    }
                }
                _ => {}
            }
        }
        let identity = own.iter().find(|field| field.key == format.list.identity).map(|field| field.value.content());
        let is_more = item.is_some()
            && entries.last().is_some_and(|last| {
                identity.is_none() && own.is_empty()
                    || identity.is_some() && last.value_of(format.list.identity) == identity
            });
        if !is_more && !own.is_empty() || entries.is_empty() {
            if entries.len() == MOST_ENTRIES {
                notes.push(SheetNote { kind: SheetNoteKind::MoreRows, place: format!("row {}", row.number) });
                break;
            }
            entries.push(SheetEntry { row: row.number, fields: own });
        }
        if let (Some((key, item)), Some(entry)) = (item, entries.last_mut()) {
            entry.add(key, SheetEntry { row: row.number, fields: item });
        }
    }
    entries
}

/// What a row says of the keys of a record.
fn fields(row: &SheetRow, columns: &[(u32, &'static str)], record: &Record) -> Vec<SheetField> {
    let field = |field: &RecordField| {
        let (column, key) = columns.iter().find(|(_, key)| *key == field.key).filter(|_| is_cell(&field.shape))?;
        let cell = row.cells.iter().find(|cell| cell.column == *column)?;
        let value = value(&cell.text, &field.shape)?;
        Some(SheetField { key, cell: format!("{}{}", column_name(*column), row.number), value })
    };
    record.fields.iter().filter_map(field).collect()
}

/// The value of a cell's text.
fn value(text: &str, shape: &ValueType) -> Option<SheetValue> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let words = lines().collect::<Vec<_>>().join(" ");
    match shape {
        _ if words.is_empty() => None,
        ValueType::List(_) => {
            let parts = lines().flat_map(|line| line.split(';')).map(str::trim).filter(|part| !part.is_empty());
            Some(SheetValue::List(parts.map(str::to_owned).collect()))
        }
        ValueType::Choice(choices) => {
            let known = choices.iter().find(|choice| normalize_name(choice) == normalize_name(&words));
            Some(SheetValue::Text(known.map_or(words, |known| (*known).to_owned())))
        }
        shape if shape.name() == Prose::shape().name() => {
            Some(SheetValue::Text(escape_lines(&lines().collect::<Vec<_>>())))
        }
        _ => Some(SheetValue::Text(words)),
    }
}

impl SheetEntry {
    fn content(&self) -> YamlContent {
        YamlContent::Map(self.fields.iter().map(|field| (field.key.to_owned(), field.value.content())).collect())
    }

    fn value_of(&self, key: &str) -> Option<YamlContent> {
        self.fields.iter().find(|field| field.key == key).map(|field| field.value.content())
    }

    /// Adds an item to the list under a key.
    fn add(&mut self, key: &'static str, item: SheetEntry) {
        for field in &mut self.fields {
            if let SheetField { key: known, value: SheetValue::Entries(items), .. } = field
                && *known == key
            {
                items.push(item);
                return;
            }
        }
        self.fields.push(SheetField { key, cell: item.row.to_string(), value: SheetValue::Entries(vec![item]) });
    }

    /// Adds where the values of an entry come from.
    fn add_places(&self, node: &YamlNode, places: &mut Vec<(usize, String)>) {
        places.push((node.span.start as usize, self.row.to_string()));
        let YamlValue::Map(values) = &node.value else { return };
        for (key, value) in values {
            let Some(field) = self.fields.iter().find(|field| field.key == key.text) else { continue };
            match (&field.value, &value.value) {
                (SheetValue::Entries(entries), YamlValue::List(items)) => {
                    for (entry, item) in entries.iter().zip(items) {
                        entry.add_places(item, places);
                    }
                }
                _ => places.push((value.span.start as usize, field.cell.clone())),
            }
        }
    }
}

impl SheetValue {
    fn content(&self) -> YamlContent {
        match self {
            Self::Text(text) => YamlContent::Text(text.clone()),
            Self::List(parts) => YamlContent::List(parts.iter().map(|part| part.as_str().into()).collect()),
            Self::Entries(entries) => YamlContent::List(entries.iter().map(SheetEntry::content).collect()),
        }
    }
}

/// The nodes of the list under a key of a YAML file. `None` if the file cannot be read.
fn nodes(text: &str, key: &str) -> Option<Vec<YamlNode>> {
    let read = parse(&RelPath::new(""), text, 0);
    match read.value.map(|root| root.value) {
        _ if !read.diagnostics.is_empty() => None,
        None => Some(Vec::new()),
        Some(YamlValue::Map(entries)) => {
            match entries.into_iter().find(|(known, _)| known.text == key).map(|(_, list)| list.value) {
                Some(YamlValue::List(items)) => Some(items),
                None | Some(YamlValue::Nothing) => Some(Vec::new()),
                Some(YamlValue::Text(_) | YamlValue::Map(_)) => None,
            }
        }
        Some(_) => None,
    }
}

/// The same as values.
fn items(text: &str, key: &str) -> Option<Vec<YamlContent>> {
    Some(nodes(text, key)?.iter().map(YamlContent::from_node).collect())
}

fn value_of<'a>(item: &'a YamlContent, key: &str) -> Option<&'a YamlContent> {
    match item {
        YamlContent::Map(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value),
        YamlContent::Text(_) | YamlContent::List(_) => None,
    }
}

/// What says which entry of a list something is.
#[derive(PartialEq, Eq, Hash)]
enum EntryKey {
    /// Its name.
    Named(YamlContent),
    /// All that it says, where it has no name.
    Whole(YamlContent),
}

impl EntryKey {
    fn of_item(item: &YamlContent, identity: &str) -> Self {
        value_of(item, identity).map_or_else(|| Self::Whole(item.clone()), |name| Self::Named(name.clone()))
    }

    fn of_entry(entry: &SheetEntry, identity: &str) -> Self {
        entry.value_of(identity).map_or_else(|| Self::Whole(entry.content()), Self::Named)
    }
}

/// Whether a text is only a mark that says what to write in its place.
fn is_mark(text: &str) -> bool {
    text.starts_with(FILL_IN)
}

/// Whether something in an entry is still to be filled in.
fn has_mark(item: &YamlContent) -> bool {
    match item {
        YamlContent::Text(text) => is_mark(text),
        YamlContent::List(items) => items.iter().any(has_mark),
        YamlContent::Map(entries) => entries.iter().any(|(_, value)| has_mark(value)),
    }
}

/// Whether nobody has written anything in an entry: it has marks and empty values, and what `annal new` chooses, such as the
/// month of a meeting.
fn is_unfilled(item: &YamlContent, record: &Record) -> bool {
    let YamlContent::Map(entries) = item else { return false };
    entries.iter().all(|(key, value)| {
        let field = record.fields.iter().find(|field| field.key == key);
        field.is_some_and(|field| match (&field.shape, value) {
            (_, YamlContent::Text(text)) if text.is_empty() || is_mark(text) => true,
            (ValueType::List(shape), YamlContent::List(items)) => match &**shape {
                ValueType::Record(record) => items.iter().all(|item| is_unfilled(item, record)),
                _ => items.iter().all(has_mark),
            },
            (ValueType::Text { pattern: None, .. }, _) => false,
            _ => field.required,
        })
    })
}

/// Where the values of a list come from: the first byte of each, with the name of its cell or the number of its row.
/// `taken` are the places of the entries in the list.
fn places(list: &[YamlNode], taken: &[usize], entries: &[SheetEntry]) -> Vec<(usize, String)> {
    let of_place: HashMap<usize, usize> = taken.iter().enumerate().map(|(entry, at)| (*at, entry)).collect();
    let mut places = Vec::new();
    for (at, node) in list.iter().enumerate() {
        match of_place.get(&at).copied() {
            Some(entry) => entries[entry].add_places(node, &mut places),
            None => places.push((node.span.start as usize, String::new())),
        }
    }
    // What follows the list does not come from the sheet.
    places.extend(list.last().map(|last| (end_of(last), String::new())));
    places.sort();
    places
}

/// The last byte of a value.
fn end_of(node: &YamlNode) -> usize {
    let last = match &node.value {
        YamlValue::List(items) => items.last(),
        YamlValue::Map(entries) => entries.last().map(|(_, value)| value),
        YamlValue::Text(_) | YamlValue::Nothing => None,
    };
    last.map_or(node.span.end as usize, end_of)
}
