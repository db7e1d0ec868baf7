//! Documents that are published byte for byte: personal data in their text, as far as it can be read, and what they hold
//! besides it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{SafetyFinding, Scanner};
use crate::cache::Cache;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath};
use crate::document::{Document, DocumentError, LeftOutKind, open_document, sheet, text, word};
use crate::model::documents::PublishedDocument;
use crate::source::FileContent;
use crate::source::digest::hash128;
use crate::source::published_document::DocumentFormat;

/// What was found in documents, keyed by their content and the site's contacts.
pub(crate) type DocumentCache = Cache<Arc<[Diagnostic]>>;

/// Larger documents are not read, in bytes.
const MOST_READ: u64 = 64 * 1024 * 1024;

/// What was read of a document.
#[derive(Default)]
struct DocumentContents {
    text: String,
    /// What readers may not expect that others can see, each with how often it is there.
    concealed: BTreeMap<&'static str, usize>,
}

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
        let mut personal = self.findings(&read.text);
        personal.retain(SafetyFinding::is_personal);
        let personal = personal.into_iter().map(|one| one.diagnostic(Location::whole(file)));
        personal.chain(concealed(file, &read.concealed)).collect()
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
        let plain = |error: DocumentError| error.to_string();
        match document.facts.format {
            DocumentFormat::Word => word::read(&bytes).map(|document| of_document(&document)).map_err(plain),
            DocumentFormat::OpenText => {
                open_document::read(&bytes).map(|document| of_document(&document)).map_err(plain)
            }
            DocumentFormat::Excel | DocumentFormat::OpenSheet => of_sheets(&bytes).map_err(plain),
            _ => text::read(&bytes).map(|document| of_document(&document)).map_err(plain),
        }
    }
}

fn of_document(document: &Document) -> DocumentContents {
    let mut concealed = BTreeMap::new();
    for left_out in &document.left_out {
        let kind = match left_out.kind {
            LeftOutKind::Comment => "comments",
            LeftOutKind::TrackedDeletion | LeftOutKind::TrackedInsertion => "tracked changes",
            LeftOutKind::HiddenText => "hidden text",
            LeftOutKind::EmbeddedObject => "embedded files",
            LeftOutKind::Macro => "macros",
            _ => continue,
        };
        *concealed.entry(kind).or_default() += 1;
    }
    DocumentContents { text: document.text(), concealed }
}

fn of_sheets(bytes: &[u8]) -> Result<DocumentContents, DocumentError> {
    let mut contents = DocumentContents::default();
    for table in sheet::read(bytes)? {
        if table.is_hidden {
            *contents.concealed.entry("hidden sheets").or_default() += 1;
        }
        for note in &table.notes {
            let kind = match note.kind {
                sheet::SheetNoteKind::HiddenRow | sheet::SheetNoteKind::HiddenColumn => "hidden rows or columns",
                sheet::SheetNoteKind::Comment => "comments",
                _ => continue,
            };
            *contents.concealed.entry(kind).or_default() += 1;
        }
        for row in &table.rows {
            for cell in &row.cells {
                contents.text.push_str(&cell.text);
                contents.text.push('\t');
            }
            contents.text.push('\n');
        }
    }
    Ok(contents)
}

/// The diagnostic for what readers can find in a document though nobody sees it at first.
fn concealed(file: &RelPath, concealed: &BTreeMap<&'static str, usize>) -> Option<Diagnostic> {
    if concealed.is_empty() {
        return None;
    }
    let kinds: Vec<&str> = concealed.keys().copied().collect();
    let message = format!("this document still has {}, which every reader can open", kinds.join(", "));
    let help =
        "remove them (in Word, Excel and PowerPoint: File › Info › Inspect Document), or save the document as PDF";
    Some(Diagnostic::new(Code::DocumentMetadata, Location::whole(file), message).help(help))
}
