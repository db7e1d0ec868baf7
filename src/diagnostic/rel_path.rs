//! Paths inside a tree of files.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The bytes of a path that become `%XX` in an address: all except unreserved characters and `/`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as a relative URI reference, percent-encoded.
#[must_use]
pub(crate) fn percent_encoded(path: &str) -> String {
    utf8_percent_encode(path, ENCODED).to_string()
}

/// A path in a tree of files, relative to the root, with `/` as separator on every platform.
///
/// Cheap to clone. [`RelPath::new`] guarantees that it does not begin with `/` or contain `.` or `..` parts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(Arc<str>);

impl RelPath {
    /// Normalises `text`: `\` becomes `/`, and empty, `.` and `..` parts are resolved. A `..` that would leave the root
    /// is dropped.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if is_clean(text) {
            return Self(text.into());
        }
        let mut parts: Vec<&str> = Vec::new();
        for part in text.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                _ => parts.push(part),
            }
        }
        Self(parts.join("/").into())
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Appends `below` to this path.
    #[must_use]
    pub fn join(&self, below: &str) -> Self {
        if self.0.is_empty() { Self::new(below) } else { Self::new(&format!("{}/{below}", self.0)) }
    }

    /// The folder that holds this file; the root is the empty path.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self(self.0.rsplit_once('/').map_or("", |(parent, _)| parent).into())
    }

    /// The last part: the file name with its extension.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The file name without its extension: `assurance` for `boards/assurance.md`.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// What follows the last dot of the file name, as written; empty if there is no dot.
    #[must_use]
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// Whether this is `path` or below it.
    #[must_use]
    pub fn is_at(&self, path: &Self) -> bool {
        self == path || self.below(path.as_str()).is_some()
    }

    /// The rest of this path below `folder`; `None` if it is not below it.
    #[must_use]
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

/// Whether `text` is already normalised.
fn is_clean(text: &str) -> bool {
    !text.contains('\\') && (text.is_empty() || text.split('/').all(|part| !matches!(part, "" | "." | "..")))
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl From<&str> for RelPath {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Borrow<str> for RelPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_their_root() {
        for (written, meant) in
            [("a/b.md", "a/b.md"), ("./a//b", "a/b"), ("../../etc", "etc"), ("a\\b", "a/b"), ("", "")]
        {
            assert_eq!(RelPath::new(written).as_str(), meant);
        }
        let path = RelPath::new("content/2019-20/boards/risk.md");
        assert_eq!((path.name(), path.stem(), path.extension()), ("risk.md", "risk", "md"));
        assert_eq!(path.below("content/2019-20"), Some("boards/risk.md"));
        assert_eq!(path.below("content/2019"), None);
    }
}
