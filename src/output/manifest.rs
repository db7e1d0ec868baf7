//! `manifest.json`: every file of a built site with its size and SHA-256.
//!
//! It shows which files have changed and need to be published again, lets readers verify their downloads, and tells
//! the next build which files in the folder annal wrote.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read, Write};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::{OutputTree, UnreadFile};
use crate::source::disk_file::DiskFile;

/// The path of the manifest in a built site. The manifest lists every file except itself.
pub(crate) const MANIFEST: &str = "manifest.json";

/// A SHA-256, written as lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct Sha256([u8; 32]);

impl Sha256 {
    /// The SHA-256 of `bytes`.
    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }
}

impl From<Sha256> for String {
    fn from(sha256: Sha256) -> Self {
        sha256.to_string()
    }
}

impl TryFrom<String> for Sha256 {
    type Error = &'static str;

    fn try_from(digits: String) -> Result<Self, Self::Error> {
        let mut bytes = [0; 32];
        let is_long_enough = digits.len() == 2 * bytes.len() && digits.is_ascii();
        for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).ok();
            *byte = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).ok_or(NO_SHA256)?;
        }
        if is_long_enough { Ok(Self(bytes)) } else { Err(NO_SHA256) }
    }
}

/// Why a text is not a SHA-256.
const NO_SHA256: &str = "a SHA-256 has 64 hexadecimal digits";

/// The hexadecimal digits.
const HEX: &[u8; 16] = b"0123456789abcdef";

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 0xf)]]);
        }
        f.write_str(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The manifest's entry for one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ManifestEntry {
    /// The SHA-256 of the file.
    pub sha256: Sha256,
    /// The size of the file in bytes.
    pub bytes: u64,
}

impl ManifestEntry {
    /// The entry of a file with these bytes.
    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self { sha256: Sha256::new(bytes), bytes: bytes.len() as u64 }
    }

    /// The entry of a file with the bytes that a reader gives.
    ///
    /// # Errors
    ///
    /// If it fails.
    pub(super) fn from_reader(mut reader: impl Read) -> io::Result<Self> {
        let mut writer = EntryWriter::new(io::sink());
        io::copy(&mut reader, &mut writer)?;
        Ok(writer.finish())
    }

    /// The entry of a source file that is published as it is.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or has been changed since the site was read.
    pub(super) fn from_disk_file(file: &DiskFile) -> io::Result<Self> {
        let mut writer = EntryWriter::new(io::sink());
        file.copy_to(&mut writer)?;
        Ok(writer.finish())
    }
}

/// Makes the entry of everything that is written, and passes it on.
pub(super) struct EntryWriter<W> {
    to: W,
    sha256: sha2::Sha256,
    bytes: u64,
}

impl<W: Write> EntryWriter<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, sha256: sha2::Sha256::new(), bytes: 0 }
    }

    /// The entry of what was written.
    pub(super) fn finish(self) -> ManifestEntry {
        ManifestEntry { sha256: Sha256(self.sha256.finalize().into()), bytes: self.bytes }
    }
}

impl<W: Write> Write for EntryWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.sha256.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The manifest as it is written. Paths are sorted, so the same site always has the same manifest.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The entries by path, relative to the site's root.
    pub files: BTreeMap<String, ManifestEntry>,
}

impl Manifest {
    /// Parses a manifest. Returns `None` if the bytes are not one.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The text of the file.
    pub(crate) fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("paths, numbers and digits are always JSON");
        text.push('\n');
        text
    }
}

/// The text of `manifest.json` for a site. It lists every file except the manifest itself.
#[must_use]
pub fn manifest(tree: &OutputTree) -> String {
    let files = tree.files.par_iter().filter(|(path, _)| path.as_str() != MANIFEST);
    let files = files.map(|(path, bytes)| (path.as_str().to_owned(), ManifestEntry::new(bytes)));
    // A file that has just been changed or removed is listed again after the next build.
    let unread = tree.unread.par_iter().filter_map(|(path, file)| {
        let entry = match file {
            UnreadFile::Picture(picture) => ManifestEntry::new(&picture.bytes().ok()?),
            UnreadFile::Fixed(file) => ManifestEntry::from_disk_file(file).ok()?,
        };
        Some((path.as_str().to_owned(), entry))
    });
    Manifest { files: files.chain(unread).collect() }.to_text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;

    #[test]
    fn the_manifest_lists_every_file_except_itself() {
        let mut tree = OutputTree::default();
        tree.insert_text(RelPath::new("index.html"), "abc");
        tree.insert(RelPath::new("a/b.css"), Vec::new());
        let once = manifest(&tree);
        tree.insert_text(RelPath::new(MANIFEST), once.as_str());
        assert_eq!(manifest(&tree), once, "a manifest does not list itself");

        let parsed = Manifest::parse(once.as_bytes()).unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(parsed.files["index.html"].sha256.to_string(), abc);
        assert_eq!(parsed.files["index.html"].bytes, 3);
        assert_eq!(parsed.files.keys().collect::<Vec<_>>(), ["a/b.css", "index.html"]);
    }

    #[test]
    fn other_programs_manifests_are_not_parsed() {
        assert_eq!(Manifest::parse(br#"{"name": "Some web app", "icons": []}"#), None);
        assert_eq!(Manifest::parse(br#"{"files": {"a": {"sha256": "0123", "bytes": 1}}}"#), None);
        assert_eq!(Manifest::parse(b""), None);
    }
}
