//! Documents that are published byte for byte: personal data in their text, as far as it can be read, and what they hold
//! besides it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::columns::ColumnMeaning;
use super::document_contents::{DocumentContents, DocumentTable, part_in_words};
use super::{SafetyFinding, Scanner};
use crate::cache::Cache;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath};
use crate::document::stored_text::StoredText;
use crate::model::documents::PublishedDocument;
use crate::source::FileContent;
use crate::source::digest::hash128;
use crate::source::published_document::DocumentFormat;

/// What was found in documents, keyed by their content and the site's contacts.
pub(crate) type DocumentCache = Cache<Arc<[Diagnostic]>>;

/// Larger documents are not read, in bytes.
const MOST_READ: u64 = 64 * 1024 * 1024;

impl Scanner<'_> {
    /// Checks the documents of a year or of the site: their names, their text, and what else is in them. `text_hash` is that
    /// of the text that the report's PDF should be made from; the site has no such PDF.
    pub(super) fn check_documents(
        &self,
        documents: &[PublishedDocument],
        text_hash: u128,
        found: &mut Vec<Diagnostic>,
    ) {
        for document in documents {
            let file = &document.file;
            self.check_name(file, file.name(), found);
            if let Some(mark) = document.facts.mark.filter(|_| document.is_report()) {
                if mark != text_hash {
                    let message = "this PDF was made before the year's files were last changed";
                    let stale = Diagnostic::new(Code::StalePdf, Location::whole(file), message);
                    found.push(stale.help("run `annal pdf` again before you publish"));
                }
                // It was made from texts that are checked themselves.
                continue;
            }
            let content = self.tree.files.get(file).map(|read| read.hash);
            let key = hash128(&(self.contacts_hash, file, content));
            found.extend(self.documents.get_or_make(key, || self.check_content(document)).iter().cloned());
        }
    }

    /// Checks what is in a document.
    fn check_content(&self, document: &PublishedDocument) -> Arc<[Diagnostic]> {
        let file = &document.file;
        let read = match self.read_document(file, document) {
            Ok(read) => read,
            Err(why) => {
                let message = format!("annal has not checked this file for personal data: {why}");
                let unchecked = Diagnostic::new(Code::UncheckedDocument, Location::whole(file), message);
                return [unchecked.help("read it yourself before you publish it, with its properties and comments")]
                    .into();
            }
        };
        let in_tables = read.tables.iter().flat_map(|table| self.findings_in_table(table));
        let in_parts = read.stored.iter().flat_map(|StoredText { part, text }| {
            self.findings(text).into_iter().map(|one| (one, Some(part_in_words(part))))
        });
        let in_text = self.findings(&read.text).into_iter().map(|one| (one, None));
        let mut known = HashSet::new();
        let mut personal: Vec<Diagnostic> = Vec::new();
        // What is found twice is reported where it is easier to find.
        for (one, place) in in_tables.chain(in_text).chain(in_parts) {
            if one.is_personal() && known.insert((one.kind, one.words.clone())) {
                let mut found = one.diagnostic(Location::whole(file));
                if let Some(place) = place {
                    found.message = format!("{}, in {place}", found.message);
                }
                personal.push(found);
            }
        }
        personal.into_iter().chain(concealed(file, &read.concealed)).collect()
    }

    /// What is found in the cells of a table, each by itself, and below its heading or beside its label, with its place in
    /// words. Headings need not be in the first row: there may be a title above them.
    fn findings_in_table(&self, table: &DocumentTable) -> Vec<(SafetyFinding, Option<String>)> {
        let mut headings: HashMap<usize, ColumnMeaning> = HashMap::new();
        let mut found = Vec::new();
        for (number, row) in &table.rows {
            let label = row.first().map_or(ColumnMeaning::Other, |cell| ColumnMeaning::from_heading(cell));
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let heading = headings.get(&column).copied().unwrap_or(ColumnMeaning::Other);
                let own = self.findings(cell).into_iter().chain(self.finding_in_cell(heading, label, cell));
                found.extend(own.map(|one| (one, Some(format!("row {number} of {}", table.place)))));
                if let meaning @ ColumnMeaning::Personal(_) = ColumnMeaning::from_heading(cell) {
                    headings.insert(column, meaning);
                }
            }
        }
        found
    }

    /// The text of a document, or why it cannot be read.
    fn read_document(&self, file: &RelPath, document: &PublishedDocument) -> Result<DocumentContents, String> {
        match document.facts.format {
            DocumentFormat::Pdf => return Err("it cannot read the text of a PDF".to_owned()),
            DocumentFormat::PowerPoint | DocumentFormat::OpenSlides => {
                return Err("it cannot read the text of a presentation".to_owned());
            }
            _ if document.facts.length > MOST_READ => return Err("it is longer than 64 MiB".to_owned()),
            _ => {}
        }
        let read = self.tree.files.get(file).ok_or("it cannot be read")?;
        let bytes = match &read.content {
            FileContent::Text(text) => text.as_bytes().into(),
            other => other.bytes().map_err(|error| error.to_string())?,
        };
        DocumentContents::read(file, document.facts.format, &bytes).map_err(|error| error.to_string())
    }
}

/// The diagnostic for what readers can find in a document though nobody sees it at first.
fn concealed(file: &RelPath, concealed: &BTreeSet<&'static str>) -> Option<Diagnostic> {
    if concealed.is_empty() {
        return None;
    }
    let kinds: Vec<&str> = concealed.iter().copied().collect();
    let message = format!("this document still has {}, which every reader can open", kinds.join(", "));
    let help =
        "remove them (in Word, Excel and PowerPoint: File › Info › Inspect Document), or save the document as PDF";
    Some(Diagnostic::new(Code::DocumentMetadata, Location::whole(file), message).help(help))
}
