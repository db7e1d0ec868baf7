//! Documents that are published beside the pages, such as PDFs: what kind of file each is, and how many pages it has.
//!
//! They may be of any length, so they are read in pieces and never kept.

use std::io::{self, Read};
use std::ops::Range;

use memchr::memmem;

use super::picture::format::described;
use super::tree::{FileContent, SourceFile};
use crate::diagnostic::{Code, Diagnostic, Location, RelPath};

/// The folder of documents, in a year and in `content/`.
pub(crate) const DOCUMENTS_DIR: &str = "documents";

/// What comes before the hash of a report's text in the PDF that annal made of it.
const MARK: &str = "%annal-text ";

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;
/// Bytes kept of what was read before, so that nothing is cut in two. Entries of a PDF's page tree are shorter.
const OVERLAP: usize = 4 * 1024;

/// A format of documents that readers can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DocumentFormat {
    Pdf,
    Word,
    OpenText,
    Excel,
    OpenSheet,
    PowerPoint,
    OpenSlides,
    Csv,
}

impl DocumentFormat {
    /// The formats with the endings of their files, and their names for readers.
    const ENDINGS: [(Self, &'static str, &'static str); 8] = [
        (Self::Pdf, "pdf", "PDF"),
        (Self::Word, "docx", "Word"),
        (Self::OpenText, "odt", "OpenDocument"),
        (Self::Excel, "xlsx", "Excel"),
        (Self::OpenSheet, "ods", "OpenDocument"),
        (Self::PowerPoint, "pptx", "PowerPoint"),
        (Self::OpenSlides, "odp", "OpenDocument"),
        (Self::Csv, "csv", "CSV"),
    ];

    /// The format of files with an ending.
    #[must_use]
    pub(crate) fn of_ending(ending: &str) -> Option<Self> {
        let known = Self::ENDINGS.iter().find(|(_, known, _)| ending.eq_ignore_ascii_case(known));
        known.map(|(format, ..)| *format)
    }

    /// Its name for readers.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        Self::ENDINGS.iter().find(|(format, ..)| *format == self).map_or("", |(.., name)| name)
    }

    /// Whether a file of this format begins with `bytes`.
    fn begins_with(self, bytes: &[u8]) -> bool {
        match self {
            // Some programs put a few bytes before the start, which every reader of PDF accepts.
            Self::Pdf => memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some(),
            Self::Csv => !bytes.is_empty() && !bytes.contains(&0),
            _ => bytes.starts_with(b"PK\x03\x04"),
        }
    }
}

/// Whether a file is in a folder of documents: `content/documents/` or that of a year.
#[must_use]
pub(crate) fn is_in_documents(file: &RelPath) -> bool {
    match file.as_str().split('/').collect::<Vec<_>>()[..] {
        ["content", folder, _] | ["content", _, folder, _] => folder == DOCUMENTS_DIR,
        _ => false,
    }
}

/// What a document is, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DocumentFacts {
    pub format: DocumentFormat,
    /// Its length in bytes.
    pub length: u64,
    /// The number of pages, for a PDF that says it.
    pub pages: Option<u32>,
    /// The hash of the text that it was made from, if annal made it.
    pub mark: Option<u128>,
}

/// Reads what a document is.
///
/// # Errors
///
/// If it cannot be read, or is not what its name says.
pub(crate) fn read_facts(file: &RelPath, read: &SourceFile) -> Result<Option<DocumentFacts>, Box<Diagnostic>> {
    let Some(format) = DocumentFormat::of_ending(file.extension()) else { return Ok(None) };
    let unreadable = |error: io::Error| {
        let message = format!("this file cannot be read: {error}");
        let diagnostic = Diagnostic::new(Code::UnreadableFile, Location::whole(file), message);
        Box::new(diagnostic.help("copy the document here again"))
    };
    let (start, survey) = match &read.content {
        FileContent::OnDisk(disk) => disk.reader().and_then(survey),
        content => content.bytes().and_then(|bytes| survey(&bytes[..])),
    }
    .map_err(unreadable)?;
    if !format.begins_with(&start) {
        let what = described(&start);
        let what = what.strip_prefix("not a picture").map_or(what.as_str(), |_| "not a document of that kind");
        let message = format!("this file is named `.{}` but it is {what}", file.extension());
        let help = "save the document in that format, or give it the ending of the format it is in";
        return Err(Box::new(Diagnostic::new(Code::BadDocument, Location::whole(file), message).help(help)));
    }
    let is_pdf = format == DocumentFormat::Pdf;
    let (pages, mark) = if is_pdf { (survey.pages(), survey.mark) } else { (None, None) };
    Ok(Some(DocumentFacts { format, length: survey.length, pages, mark }))
}

/// The line that marks a PDF as made from a text with this hash. PDF allows comments after its end.
#[must_use]
pub(crate) fn mark_of(text: u128) -> String {
    format!("{MARK}{text:032x}\n")
}

/// What is found while a file is read once.
#[derive(Default)]
struct Survey {
    length: u64,
    /// Pages as the file's first object says, if it is made for reading page by page.
    linearized: Option<u32>,
    /// The largest number of pages below one entry of the page tree, which is that of its root.
    counted: Option<u32>,
    /// Entries for single pages.
    single: u32,
    mark: Option<u128>,
}

impl Survey {
    fn pages(&self) -> Option<u32> {
        self.linearized.or(self.counted).or(Some(self.single)).filter(|pages| *pages > 0)
    }

    /// Looks at what begins in a range of `bytes`; the other bytes come before and after it.
    fn look_at(&mut self, bytes: &[u8], range: Range<usize>) {
        for at in memmem::find_iter(bytes, b"/Type").filter(|at| range.contains(at)) {
            let after = bytes[at + 5..].trim_ascii_start();
            if after.starts_with(b"/Pages") {
                let count = number_after(object_around(bytes, at), b"/Count");
                self.counted = self.counted.max(count);
            } else if after.starts_with(b"/Page") && !after.get(5).is_some_and(u8::is_ascii_alphanumeric) {
                self.single = self.single.saturating_add(1);
            }
        }
        for at in memmem::find_iter(bytes, MARK.as_bytes()).filter(|at| range.contains(at)) {
            let hex = bytes.get(at + MARK.len()..at + MARK.len() + 32).and_then(|hex| std::str::from_utf8(hex).ok());
            self.mark = hex.and_then(|hex| u128::from_str_radix(hex, 16).ok());
        }
    }
}

/// Reads everything once. Returns its first bytes and what was found.
fn survey(mut reader: impl Read) -> io::Result<(Vec<u8>, Survey)> {
    let (mut found, mut start, mut buffer) = (Survey::default(), Vec::new(), Vec::new());
    let mut from = 0;
    loop {
        let read = reader.by_ref().take(CHUNK as u64).read_to_end(&mut buffer)?;
        found.length += read as u64;
        if start.is_empty() {
            start = buffer[..buffer.len().min(OVERLAP)].to_vec();
            let linearized = memmem::find(&start, b"/Linearized");
            found.linearized = linearized.and_then(|at| number_after(object_around(&start, at), b"/N"));
        }
        let end = if read == 0 { buffer.len() } else { buffer.len().saturating_sub(OVERLAP).max(from) };
        found.look_at(&buffer, from..end);
        if read == 0 {
            return Ok((start, found));
        }
        let cut = end.saturating_sub(OVERLAP);
        buffer.drain(..cut);
        from = end - cut;
    }
}

/// The object of a PDF that the byte at `at` belongs to, as far as it is in `bytes`.
fn object_around(bytes: &[u8], at: usize) -> &[u8] {
    let start = memmem::rfind(&bytes[..at], b"obj").map_or(0, |start| start + 3);
    let end = memmem::find(&bytes[at..], b"endobj").map_or(bytes.len(), |end| at + end);
    &bytes[start..end]
}

/// The whole number after a key in an object of a PDF.
fn number_after(object: &[u8], key: &[u8]) -> Option<u32> {
    memmem::find_iter(object, key).find_map(|at| {
        let digits = object[at + key.len()..].trim_ascii_start();
        let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        std::str::from_utf8(&digits[..length]).ok()?.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::digest::hash;

    fn check(name: &str, bytes: &[u8]) -> String {
        let file = RelPath::new(&format!("content/2019-20/documents/{name}"));
        let read = SourceFile { content: FileContent::Bytes(bytes.into()), hash: hash(bytes) };
        match read_facts(&file, &read) {
            Ok(Some(facts)) => {
                let mark = facts.mark.map(|mark| format!(" {mark:x}")).unwrap_or_default();
                format!("{} {} {:?}{mark}", facts.format.name(), facts.length, facts.pages)
            }
            Ok(None) => "none".to_owned(),
            Err(diagnostic) => format!("{}: {}", diagnostic.code, diagnostic.message),
        }
    }

    #[test]
    fn files_are_what_their_names_say() {
        assert_eq!(check("a.docx", b"PK\x03\x04..."), "Word 7 None");
        assert_eq!(check("a.CSV", b"a,b\n"), "CSV 4 None");
        assert_eq!(check("a.exe", b"MZ"), "none");
        assert_eq!(check("a.pdf", b""), "bad-document: this file is named `.pdf` but it is empty");
        assert_eq!(
            check("a.pdf", b"PK\x03\x04"),
            "bad-document: this file is named `.pdf` but it is a Word, Excel or other Office document, or a ZIP archive"
        );
        assert_eq!(
            check("a.docx", b"\x01\xff"),
            "bad-document: this file is named `.docx` but it is not a document of that kind"
        );
    }

    #[test]
    fn pages_of_a_pdf_are_counted_wherever_they_are_said() {
        let pages = |text: &str| check("a.pdf", format!("%PDF-1.7\n{text}").as_bytes());
        assert!(pages("").ends_with("None"));
        assert!(pages("1 0 obj <</Linearized 1/L 9/N 34/T 1>> endobj").ends_with("Some(34)"));
        assert!(pages("1 0 obj <</Type /Page\n>> endobj 2 0 obj <</Type/Page/A 1>> endobj").ends_with("Some(2)"));
        // An older version of a page may still be in the file, and outlines have counts too.
        let tree = "1 0 obj <</Type/Page>> endobj 1 0 obj <</Type/Page>> endobj 3 0 obj <</Type/Outlines/Count 9>> \
                    endobj 2 0 obj <</Count 1/Type /Pages/Kids[1 0 R]>> endobj";
        assert!(pages(tree).ends_with("Some(1)"));
        for before in [CHUNK - 20, CHUNK - OVERLAP - 3, 2 * CHUNK - OVERLAP - 12, 3 * CHUNK] {
            let text =
                format!("{}\n1 0 obj <</Type /Page>> endobj\n2 0 obj <</Type /Page>> endobj", " ".repeat(before));
            assert!(pages(&text).ends_with("Some(2)"), "{before}");
        }
    }

    #[test]
    fn the_mark_of_a_pdf_made_by_annal_is_found() {
        let text = format!("%PDF-1.7\n{}\n%%EOF\n{}", " ".repeat(CHUNK), mark_of(0xabc));
        assert!(check("report.pdf", text.as_bytes()).ends_with(" abc"));
    }
}
