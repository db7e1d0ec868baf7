//! What kind of document a file is, by its name and its first bytes.

use memchr::memmem;

use super::error::DocumentError;
use super::package::Package;

/// A kind of file that annal takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DocumentKind {
    /// Word: `.docx`, `.docm`.
    Word,
    /// `OpenDocument` text: `.odt`.
    OpenDocument,
    /// A web page, or what a browser or word processor copies.
    Html,
    /// An email: `.eml`.
    Email,
    /// Plain text.
    Text,
    /// A spreadsheet or table: `.xlsx`, `.ods`, `.csv`.
    Sheet,
}

/// Endings of files that annal reads.
const READ: &[(&str, DocumentKind)] = &[
    ("docx", DocumentKind::Word),
    ("docm", DocumentKind::Word),
    ("dotx", DocumentKind::Word),
    ("odt", DocumentKind::OpenDocument),
    ("ott", DocumentKind::OpenDocument),
    ("html", DocumentKind::Html),
    ("htm", DocumentKind::Html),
    ("eml", DocumentKind::Email),
    ("txt", DocumentKind::Text),
    ("text", DocumentKind::Text),
    ("md", DocumentKind::Text),
    ("xlsx", DocumentKind::Sheet),
    ("xlsm", DocumentKind::Sheet),
    ("ods", DocumentKind::Sheet),
    ("csv", DocumentKind::Sheet),
    ("tsv", DocumentKind::Sheet),
];

/// Endings of files that annal does not read: what they are, and what to do instead.
const UNREAD: &[(&str, &str, &str)] = &[
    ("doc", "an old Word file (.doc)", "open it in Word and save it as .docx"),
    ("dot", "an old Word template (.dot)", "open it in Word and save it as .docx"),
    ("rtf", "a Rich Text file (.rtf)", "open it in Word and save it as .docx"),
    (
        "pdf",
        "a PDF",
        "ask for the Word file that it was made from, or copy its text and paste it with `annal intake -`",
    ),
    ("pages", "a Pages document", "in Pages, choose File, Export To, Word, and send the .docx file"),
    (
        "msg",
        "an Outlook message (.msg)",
        "in Outlook, save its attachment, or copy its text and paste it with `annal intake -`",
    ),
    ("xls", "an old Excel file (.xls)", "open it in Excel and save it as .xlsx"),
    ("numbers", "a Numbers spreadsheet", "in Numbers, choose File, Export To, Excel, and send the .xlsx file"),
    ("wps", "a Works document", "open it in Word and save it as .docx"),
    ("ppt", "a presentation", "copy its text into a Word document"),
    ("pptx", "a presentation", "copy its text into a Word document"),
    ("gdoc", "a link to a Google document", "in Google Docs, choose File, Download, Microsoft Word (.docx)"),
];

impl DocumentKind {
    /// The kind of a file with this name and content. The name decides, except where the content is plainly another kind.
    ///
    /// # Errors
    ///
    /// If annal does not read files of this kind; the error says what to do instead.
    pub(crate) fn detect(name: &str, bytes: &[u8]) -> Result<Self, DocumentError> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let unread = |ending: &str| {
            let known = UNREAD.iter().find(|(known, ..)| *known == ending);
            known.map(|(_, kind, help)| DocumentError::Unsupported(kind, help))
        };
        if let Some(error) = unread(&ending) {
            return Err(error);
        }
        let head = &bytes[..bytes.len().min(8)];
        for (start, other) in [(&b"%PDF"[..], "pdf"), (b"{\\rtf", "rtf")] {
            if head.starts_with(start) {
                return Err(unread(other).unwrap_or(DocumentError::Encrypted));
            }
        }
        let known = READ.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind);
        match known {
            Some(kind @ (Self::Word | Self::OpenDocument | Self::Sheet | Self::Email)) => Ok(kind),
            // Pasted text, or a file with a name that says nothing.
            kind if head.starts_with(b"PK\x03\x04") => Self::of_package(bytes).map_err(|error| match kind {
                Some(_) => DocumentError::damaged("it is not the text that its name says it is"),
                None => error,
            }),
            Some(kind) => Ok(kind),
            None if ending.is_empty() => Ok(Self::of_text(bytes)),
            None => Err(DocumentError::UnknownKind),
        }
    }

    /// The kind of a document that is an archive.
    fn of_package(bytes: &[u8]) -> Result<Self, DocumentError> {
        let mut package = Package::new(bytes)?;
        let declared = package.text("mimetype")?.unwrap_or_default();
        Ok(match declared.trim() {
            "application/vnd.oasis.opendocument.spreadsheet" => Self::Sheet,
            declared if declared.starts_with("application/vnd.oasis.opendocument") => Self::OpenDocument,
            _ if package.has("xl/workbook.xml") => Self::Sheet,
            _ => Self::Word,
        })
    }

    /// The kind of text without a name: HTML, an email, or plain text.
    fn of_text(bytes: &[u8]) -> Self {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]).to_lowercase();
        let start = start.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
        let tags = [
            "<html",
            "<!doctype html",
            "<meta",
            "<p",
            "<div",
            "<ul",
            "<ol",
            "<table",
            "<h1",
            "<h2",
            "<b>",
            "<span",
            "<!--startfragment",
        ];
        if start.starts_with('<') && tags.iter().any(|tag| start.contains(tag))
            || start.starts_with("version:") && start.contains("starthtml:")
        {
            return Self::Html;
        }
        let header = start.lines().next().unwrap_or_default();
        let names = [
            "return-path:",
            "received:",
            "from:",
            "delivered-to:",
            "mime-version:",
            "message-id:",
            "date:",
            "subject:",
            "x-",
        ];
        let is_email = names.iter().any(|name| header.starts_with(name))
            && memmem::find(start.as_bytes(), b"mime-version:").is_some();
        if is_email { Self::Email } else { Self::Text }
    }
}
