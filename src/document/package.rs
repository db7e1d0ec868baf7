//! Opens the ZIP archives that Word, `OpenDocument` and Excel files are, within limits, and makes them.
//!
//! Parts are found by names that the readers know. A name in an archive is never used as a path, nothing is written, and
//! nothing outside the archive is opened.

use std::collections::HashMap;
use std::io::{self, Cursor, Read, Write};

use memchr::memmem;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::error::DocumentError;
use crate::charset;

/// The most bytes that a document may have.
pub(crate) const MOST_BYTES: usize = 32 * 1024 * 1024;
/// The most bytes that the parts of a document may have together when they are unpacked.
const MOST_UNPACKED: usize = 64 * 1024 * 1024;
/// The most bytes of one part.
const MOST_IN_PART: usize = 32 * 1024 * 1024;
/// How many times larger than in the archive a part may be. Documents reach about 60.
const MOST_EXPANSION: usize = 250;
/// Parts up to this size may expand as they like.
const SMALL: usize = 1024 * 1024;
/// The most parts.
const MOST_PARTS: usize = 4_000;

/// The first bytes of every Word, `OpenDocument` and Excel file.
const SIGNATURE: &[u8] = b"PK\x03\x04";
/// The first bytes of documents of Word before 2007, of Outlook, and of encrypted documents.
const COMPOUND_SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// `EncryptedPackage`, as a compound file names its parts.
const ENCRYPTED_PACKAGE: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// An opened archive.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The parts by name, in lower case and with `/` between folders.
    parts: HashMap<String, usize>,
    /// The bytes unpacked so far.
    unpacked: usize,
}

impl<'b> Package<'b> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// If it is damaged, encrypted, too large, or no archive.
    pub(crate) fn new(bytes: &'b [u8]) -> Result<Self, DocumentError> {
        check_size(bytes)?;
        if bytes.starts_with(COMPOUND_SIGNATURE) {
            return Err(compound(bytes));
        }
        if !bytes.starts_with(SIGNATURE) {
            return Err(DocumentError::damaged("it does not begin as a document of its kind does"));
        }
        // Counted before anything is made from them: a directory of a million entries would take hundreds of megabytes.
        if memmem::find_iter(bytes, b"PK\x01\x02").take(MOST_PARTS + 1).count() > MOST_PARTS {
            return Err(DocumentError::TooLarge(format!("it has more than {MOST_PARTS} parts")));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let mut parts = HashMap::with_capacity(archive.len());
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|error| damaged(&error))?;
            if entry.encrypted() {
                return Err(DocumentError::Encrypted);
            }
            let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/").to_lowercase();
            parts.entry(name.trim_start_matches('/').to_owned()).or_insert(index);
        }
        Ok(Self { archive, parts, unpacked: 0 })
    }

    /// The names of its parts, in lower case, in no particular order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// Whether there is a part of this name. Capitals make no difference.
    #[must_use]
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_lowercase())
    }

    /// Unpacks a part. `None` if there is none of this name.
    ///
    /// # Errors
    ///
    /// If it is damaged or exceeds a limit.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, DocumentError> {
        let Some(&index) = self.parts.get(&name.to_lowercase()) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.unpack(index, |piece| bytes.extend_from_slice(piece))?;
        Ok(Some(bytes))
    }

    /// Unpacks a part that holds text, in UTF-8 or UTF-16. `None` if there is none of this name.
    ///
    /// # Errors
    ///
    /// If it is damaged, exceeds a limit, or is no text.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, DocumentError> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        decode(bytes).map(Some).ok_or_else(|| DocumentError::damaged(format!("its part `{name}` is not text")))
    }

    /// Unpacks a part piece by piece.
    fn unpack(&mut self, index: usize, mut take: impl FnMut(&[u8])) -> Result<(), DocumentError> {
        let mut entry = self.archive.by_index(index).map_err(|error| damaged(&error))?;
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(DocumentError::damaged("it is compressed in a way that documents are not"));
        }
        let packed = usize::try_from(entry.compressed_size()).unwrap_or(usize::MAX);
        let most = MOST_IN_PART.min(packed.saturating_mul(MOST_EXPANSION).max(SMALL));
        let mut unpacked = 0;
        let mut buffer = [0; 16 * 1024];
        loop {
            let read =
                entry.read(&mut buffer).map_err(|_| DocumentError::damaged("a part of it cannot be unpacked"))?;
            if read == 0 {
                return Ok(());
            }
            unpacked += read;
            self.unpacked += read;
            if unpacked > MOST_IN_PART {
                let limit = format!("a part of it has more than {} MiB", MOST_IN_PART >> 20);
                return Err(DocumentError::TooLarge(limit));
            }
            if unpacked > most {
                let limit = format!("a part of it unpacks to more than {MOST_EXPANSION} times its size");
                return Err(DocumentError::TooLarge(limit));
            }
            if self.unpacked > MOST_UNPACKED {
                let limit = format!("it has more than {} MiB when it is unpacked", MOST_UNPACKED >> 20);
                return Err(DocumentError::TooLarge(limit));
            }
            take(&buffer[..read]);
        }
    }
}

/// Puts the parts of a document, each with its name, into an archive. The same parts give the same bytes.
///
/// # Errors
///
/// If the archive would be too large.
pub(super) fn pack(parts: &[(&str, String)]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Checks that a file is neither empty nor too large to be looked at.
///
/// # Errors
///
/// If it is.
pub(crate) fn check_size(bytes: &[u8]) -> Result<(), DocumentError> {
    if bytes.is_empty() {
        return Err(DocumentError::damaged("it is empty"));
    }
    if bytes.len() > MOST_BYTES {
        return Err(DocumentError::TooLarge(format!("it has more than {} MiB", MOST_BYTES >> 20)));
    }
    Ok(())
}

/// What a compound file is: an encrypted document, or one of an older program.
fn compound(bytes: &[u8]) -> DocumentError {
    if memmem::find(bytes, ENCRYPTED_PACKAGE).is_some() {
        return DocumentError::Encrypted;
    }
    DocumentError::Unsupported(
        "a document of an older Office program (before 2007)",
        "open it in Word or Excel and save it as .docx or .xlsx",
    )
}

fn damaged(error: &ZipError) -> DocumentError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            DocumentError::Encrypted
        }
        _ => DocumentError::damaged("its parts cannot be found"),
    }
}

/// Text in UTF-8, or in UTF-16 with a byte-order mark.
fn decode(bytes: Vec<u8>) -> Option<String> {
    match bytes.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0xef, 0xbb, 0xbf, ..] => Some(charset::decode(&bytes).into_owned()),
        _ => String::from_utf8(bytes).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_of_too_many_parts_is_not_read() {
        let bytes = [SIGNATURE, &b"PK\x01\x02".repeat(MOST_PARTS + 1)].concat();
        let error = Package::new(&bytes).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("is too large: it has more than 4000 parts"));
        assert!(Package::new(b"PK\x03\x04").is_err());
        assert_eq!(Package::new(b"").err(), Some(DocumentError::damaged("it is empty")));
    }
}
