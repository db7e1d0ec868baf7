//! Releases: one state of the published site, named by its content.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The SHA-256 of each file of a release, in hexadecimal digits, by path from the site's root.
pub(crate) type FileHashes = BTreeMap<String, String>;

/// How many releases can be made live again.
pub(crate) const RELEASES_KEPT: usize = 10;

/// The name of a release: the first 16 hexadecimal digits of a hash of its paths and their contents. The same files
/// always have the same id, whoever publishes them and when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct ReleaseId(String);

impl ReleaseId {
    /// The id of a site with these files.
    pub(crate) fn from_files(files: &FileHashes) -> Self {
        let mut hash = Sha256::new();
        for (path, sha256) in files {
            // A path holds no line break that annal would publish, and a hash has a fixed length.
            hash.update(format!("{sha256} {path}\n"));
        }
        Self(format!("{:x}", hash.finalize())[..16].to_owned())
    }

    /// Parses an id, or the first digits of one. `None` if it is not made of up to 16 hexadecimal digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_id =
            (4..=16).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_id.then(|| Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether these are the first digits of `other`.
    pub(crate) fn begins(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl TryFrom<String> for ReleaseId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a release's id is 16 hexadecimal digits")
    }
}

impl fmt::Display for ReleaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One time that a release was made live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HistoryEntry {
    /// The release.
    pub release: ReleaseId,
    /// When it was made live, in UTC.
    pub date: String,
    /// Who did it, as given with `--by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The version of annal that did it.
    pub annal: String,
    /// How many pages the release has.
    pub pages: usize,
    /// Whether it was a rollback.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rollback: bool,
}

/// What is recorded beside a release when it is first published. Nothing links to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ReleaseRecord {
    /// When and by whom it was first made live.
    #[serde(flatten)]
    pub first: HistoryEntry,
    /// What its pages say: those of its files that [`crate::compare`] compares, by path.
    #[serde(default)]
    pub data: BTreeMap<String, Value>,
    /// Its files.
    pub files: FileHashes,
}

impl ReleaseRecord {
    /// The file of the record of a release, by its name.
    pub(super) fn file(id: &ReleaseId) -> String {
        format!("{id}.json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_content_alone() {
        let files = |list: &[(&str, &str)]| list.iter().map(|(path, hash)| ((*path).into(), (*hash).into())).collect();
        let one = ReleaseId::from_files(&files(&[("a", "1"), ("b", "2")]));
        assert_eq!(one, ReleaseId::from_files(&files(&[("b", "2"), ("a", "1")])));
        assert!(one != ReleaseId::from_files(&files(&[("a", "2"), ("b", "1")])));
        assert_eq!(one.as_str().len(), 16);
        assert!(ReleaseId::parse(&one.as_str()[..4]).unwrap().begins(&one));
        assert_eq!(ReleaseId::parse("../../etc"), None);
        assert_eq!(ReleaseId::parse("ABCDEF"), None);
    }
}
