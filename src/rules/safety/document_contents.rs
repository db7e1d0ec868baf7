//! What a published document holds, as far as it can be read: its text, its tables, and what readers can open though they
//! do not see it at first.

use std::collections::BTreeSet;

use crate::charset;
use crate::diagnostic::{RelPath, SourceText};
use crate::document::stored_text::{self, StoredText};
use crate::document::tree::all_text;
use crate::document::{Block, BlockContent, Document, DocumentError, LeftOutKind, open_document, sheet, word};
use crate::source::csv::{CsvCell, CsvTable};
use crate::source::published_document::DocumentFormat;

/// The parts of a workbook that hold copies of data that no sheet shows, by how their names begin.
const HIDDEN_COPIES: [&str; 2] = ["xl/pivotcache/pivotcacherecords", "xl/externallinks/externallink"];

/// What was read of a document.
#[derive(Default)]
pub(super) struct DocumentContents {
    /// The text that readers see.
    pub text: String,
    /// Its tables, also those inside others.
    pub tables: Vec<DocumentTable>,
    /// The text of its parts, whether readers see it or not.
    pub stored: Vec<StoredText>,
    /// What readers may not expect that others can see.
    pub concealed: BTreeSet<&'static str>,
}

/// A table in a document.
pub(super) struct DocumentTable {
    /// Where it is, in words: `the sheet Cases`.
    pub place: String,
    /// Its rows, each with its number in the sheet, table or file, and its cells. One of the first may be headings.
    pub rows: Vec<(u32, Vec<String>)>,
}

impl DocumentContents {
    /// Reads a document of a format that can be read.
    ///
    /// # Errors
    ///
    /// If it is not of its format, is damaged or exceeds a limit.
    pub(super) fn read(file: &RelPath, format: DocumentFormat, bytes: &[u8]) -> Result<Self, DocumentError> {
        let mut contents = match format {
            DocumentFormat::Word => Self::from_document(&word::read(bytes)?),
            DocumentFormat::OpenText => Self::from_document(&open_document::read(bytes)?),
            DocumentFormat::Excel | DocumentFormat::OpenSheet => Self::from_sheets(&sheet::read(bytes)?),
            _ => return Ok(Self::from_csv(file, bytes)),
        };
        contents.stored = stored_text::read(bytes)?;
        for StoredText { part, .. } in &contents.stored {
            if part.starts_with("xl/threadedcomments/") {
                contents.concealed.insert("comments");
            } else if HIDDEN_COPIES.iter().any(|copies| part.starts_with(copies)) {
                contents.concealed.insert("data of pivot tables or of other files");
            }
        }
        Ok(contents)
    }

    fn from_document(document: &Document) -> Self {
        let mut contents = Self { text: document.text(), ..Self::default() };
        for left_out in &document.left_out {
            let kind = match left_out.kind {
                LeftOutKind::Comment => "comments",
                LeftOutKind::TrackedDeletion | LeftOutKind::TrackedInsertion => "tracked changes",
                LeftOutKind::HiddenText => "hidden text",
                LeftOutKind::EmbeddedObject => "embedded files",
                LeftOutKind::Macro => "macros",
                _ => continue,
            };
            contents.concealed.insert(kind);
        }
        for blocks in document.footnotes.iter().chain([&document.blocks]) {
            contents.add_tables(blocks);
        }
        contents
    }

    /// Adds the tables in blocks, also those inside others.
    fn add_tables(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.content {
                BlockContent::Heading { .. } | BlockContent::Paragraph(_) => {}
                BlockContent::Quotation(blocks) => self.add_tables(blocks),
                BlockContent::List(list) => list.items.iter().for_each(|item| self.add_tables(item)),
                BlockContent::Table(table) => {
                    let mut rows = Vec::new();
                    for (number, row) in (1..).zip(&table.rows) {
                        let mut cells = Vec::new();
                        for cell in &row.cells {
                            self.add_tables(&cell.blocks);
                            cells.push(all_text(&cell.blocks).trim_end().to_owned());
                            cells.extend((1..cell.columns).map(|_| String::new()));
                        }
                        rows.push((number, cells));
                    }
                    self.tables.push(DocumentTable { place: "a table".to_owned(), rows });
                }
            }
        }
    }

    fn from_sheets(sheets: &[sheet::SheetTable]) -> Self {
        let mut contents = Self::default();
        for table in sheets {
            if table.is_hidden {
                contents.concealed.insert("hidden sheets");
            }
            for note in &table.notes {
                let kind = match note.kind {
                    sheet::SheetNoteKind::HiddenRow | sheet::SheetNoteKind::HiddenColumn => "hidden rows or columns",
                    sheet::SheetNoteKind::Comment => "comments",
                    _ => continue,
                };
                contents.concealed.insert(kind);
            }
            let row = |row: &sheet::SheetRow| {
                let mut cells: Vec<String> = Vec::new();
                for cell in &row.cells {
                    cells.resize((cell.column as usize).max(cells.len()), String::new());
                    cells.push(cell.text.clone());
                }
                (row.number, cells)
            };
            contents.add_table(format!("the sheet {}", table.name), table.rows.iter().map(row).collect());
        }
        contents
    }

    fn from_csv(file: &RelPath, bytes: &[u8]) -> Self {
        let text: SourceText = charset::decode(bytes).into_owned().into();
        let table = CsvTable::parse(file, &text, &[]).value;
        let (mut line, mut counted) = (1, 0);
        let mut numbered = |cells: Vec<&CsvCell>| {
            let at = cells.first().map_or(counted, |cell| cell.span.start as usize);
            line += u32::try_from(text[counted..at].matches('\n').count()).unwrap_or_default();
            counted = at;
            (line, cells.into_iter().map(|cell| cell.text.clone()).collect())
        };
        let header = numbered(table.header.iter().collect());
        let rows = table.rows.iter().map(|row| numbered(row.cells().collect()));
        let rows = [header].into_iter().chain(rows).collect();
        let mut contents = Self::default();
        contents.add_table("this file".to_owned(), rows);
        // What is above the table, or below where it could no longer be read, is there as it was written.
        contents.text.push_str(&text);
        contents
    }

    /// Adds a table, and its text with the cells of a row beside each other.
    fn add_table(&mut self, place: String, rows: Vec<(u32, Vec<String>)>) {
        for (_, row) in &rows {
            self.text.push_str(&row.join("\t"));
            self.text.push('\n');
        }
        self.tables.push(DocumentTable { place, rows });
    }
}

/// What a part of a document is, in words. The name of one that is not known is given as it is.
pub(super) fn part_in_words(part: &str) -> String {
    const PARTS: [(&str, &str); 14] = [
        (".rels", "the target of a link"),
        ("docprops/", "its properties"),
        ("meta.xml", "its properties"),
        ("customxml/", "its properties"),
        ("header", "a header"),
        ("footer", "a footer"),
        ("comment", "a comment"),
        ("chart", "a chart"),
        ("diagram", "a drawing"),
        ("drawing", "a drawing"),
        ("pivotcache", "the data of a pivot table"),
        ("externallink", "copies of data of other files"),
        ("xl/workbook.xml", "the name of a sheet"),
        ("xl/worksheets/", "what a sheet holds beside its cells"),
    ];
    let known = PARTS.iter().find(|(name, _)| part.contains(name));
    known.map_or_else(|| format!("`{part}`, which is a part of it"), |(_, words)| (*words).to_owned())
}
