//! `manifest.json`: every file of a built site with its size and SHA-256.
//!
//! It shows which files have changed and need to be published again, lets readers verify their downloads, and tells
//! the next build which files in the folder annal wrote.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::OutputTree;

/// The path of the manifest in a built site. The manifest lists every file except itself.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The manifest's entry for one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ManifestEntry {
    /// The SHA-256 of the file, in lower-case hexadecimal digits.
    pub sha256: String,
    /// The size of the file in bytes.
    pub bytes: u64,
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

    /// The text of the manifest's file.
    pub(crate) fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("paths, numbers and digits are always JSON");
        text.push('\n');
        text
    }
}

/// The SHA-256 of `bytes`, in lower-case hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// The text of `manifest.json` for a site. It lists every file except the manifest itself.
#[must_use]
pub fn manifest(tree: &OutputTree) -> String {
    let files: Vec<_> = tree.files.iter().filter(|(path, _)| path.as_str() != MANIFEST).collect();
    let entries = files.into_par_iter().map(|(path, bytes)| {
        (path.as_str().to_owned(), ManifestEntry { sha256: sha256(bytes), bytes: bytes.len() as u64 })
    });
    Manifest { files: entries.collect() }.to_text()
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
        let once = tree.with_manifest();
        assert_eq!(once.with_manifest(), once, "a manifest does not list itself");

        let manifest = Manifest::parse(once.get(MANIFEST).unwrap()).unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(manifest.files["index.html"], ManifestEntry { sha256: abc.to_owned(), bytes: 3 });
        assert_eq!(manifest.files.keys().collect::<Vec<_>>(), ["a/b.css", "index.html"]);
    }

    #[test]
    fn other_programs_manifests_are_not_parsed() {
        assert_eq!(Manifest::parse(br#"{"name": "Some web app", "icons": []}"#), None);
        assert_eq!(Manifest::parse(b""), None);
    }
}
