//! Why a file of a site cannot be read, in plain words, and what to do.

use std::io;

use crate::diagnostic::{Code, Diagnostic, Location, RelPath};

/// Where a link leads that could be followed for ever.
pub(super) const LEADS_BACK: &str = "back to a folder that contains it";

/// The diagnostic for a file that cannot be read.
pub(super) fn unreadable(file: &RelPath, why: &str) -> Diagnostic {
    let message = format!("this file cannot be read: {why}");
    Diagnostic::new(Code::UnreadableFile, Location::whole(file), message)
        .help("fix the file or its permissions, or move it out of the site")
}

/// The diagnostic for a symbolic link that cannot be followed.
pub(super) fn unreadable_link(file: &RelPath, leads: &str) -> Diagnostic {
    unreadable(file, &format!("it is a symbolic link {leads}"))
        .help("put the file itself in place of the link, or delete the link")
}

/// The diagnostic for a file that the system did not give.
pub(super) fn not_given(file: &RelPath, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::PermissionDenied => unreadable(file, "you do not have permission to read it"),
        io::ErrorKind::NotADirectory => unreadable(file, "it must be a folder"),
        io::ErrorKind::NotFound => unreadable_link(file, "to a file that does not exist"),
        _ => unreadable(file, &error.to_string()),
    }
}

/// The diagnostic for a text that is not the same any more as when annal read it first.
pub(crate) fn has_changed(file: &RelPath) -> Diagnostic {
    unreadable(file, "it was changed while annal was reading the site").help("run the command again")
}

/// What a file with the name of a text file really is, by its first bytes.
pub(super) fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 3] = [
        (b"PK\x03\x04", "a Word, Excel or zip file"),
        (b"%PDF-", "a PDF file"),
        (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

/// How to convert a document into a text file.
pub(super) fn text_help(path: &RelPath) -> String {
    if path.extension().eq_ignore_ascii_case("csv") {
        return "save it from Excel as \"CSV UTF-8 (Comma delimited)\"; renaming a file does not convert it".to_owned();
    }
    format!(
        "open it in the program that created it, copy its text into a new file in Notepad, and save that as `{}` with \
         the encoding UTF-8; renaming a file does not convert it",
        path.name()
    )
}

/// How to save a file as UTF-8.
pub(super) fn utf8_help(path: &RelPath) -> &'static str {
    if path.extension().eq_ignore_ascii_case("csv") {
        "save it again with the encoding UTF-8: in Excel, File › Save As › \"CSV UTF-8 (Comma delimited)\""
    } else {
        "save it again with the encoding UTF-8: in Notepad, File › Save As › Encoding: UTF-8; in Word, File › Save As › \
         Plain Text › Other encoding › Unicode (UTF-8)"
    }
}
