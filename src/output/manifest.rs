//! `manifest.json`: every file of a built site with its size and its SHA-256.
//!
//! Publishing sends what the manifest says has changed, readers can verify what they downloaded, and the next build
//! knows by it which files of a folder are this tool's own.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::OutputTree;

/// Where the manifest lies in a built site. It lists every file but itself.
pub(crate) const MANIFEST: &str = "manifest.json";

/// What the manifest says of one file.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ManifestEntry {
    /// The SHA-256 of its bytes, in small hexadecimal digits.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// The manifest as it is written: paths in order, so that the same site has the same manifest.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// What is known of each file, by its path from the site's root.
    pub files: BTreeMap<String, ManifestEntry>,
}

impl Manifest {
    /// The manifest that `bytes` hold, where they hold one.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// The SHA-256 of some bytes, in small hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// The text of `manifest.json` for a site: every file but the manifest itself.
#[must_use]
pub fn manifest(tree: &OutputTree) -> String {
    let files: Vec<_> = tree.files.iter().filter(|(path, _)| path.as_str() != MANIFEST).collect();
    let entries = files.into_par_iter().map(|(path, bytes)| {
        (path.as_str().to_owned(), ManifestEntry { sha256: sha256(bytes), bytes: bytes.len() as u64 })
    });
    let manifest = Manifest { files: entries.collect() };
    let mut text = serde_json::to_string_pretty(&manifest).expect("paths, numbers and digits are always JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;

    #[test]
    fn the_manifest_lists_every_file_but_itself() {
        let mut tree = OutputTree::default();
        tree.insert_text(RelPath::new("index.html"), "abc");
        tree.insert(RelPath::new("a/b.css"), Vec::new());
        let once = tree.with_manifest();
        assert_eq!(once.with_manifest(), once, "a manifest is no part of itself");

        let manifest = Manifest::parse(once.get(MANIFEST).unwrap()).unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(manifest.files["index.html"], ManifestEntry { sha256: abc.to_owned(), bytes: 3 });
        assert_eq!(manifest.files.keys().collect::<Vec<_>>(), ["a/b.css", "index.html"]);
    }

    #[test]
    fn other_programs_manifests_are_none() {
        assert_eq!(Manifest::parse(br#"{"name": "Some web app", "icons": []}"#), None);
        assert_eq!(Manifest::parse(b""), None);
    }
}
