//! Where something is: a file of the site and a span of bytes in it, and lines and columns for people.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A path inside a tree of files, relative to its root, with `/` between its parts on every platform.
///
/// Cheap to clone. It never begins with `/` and has no `.` or `..` part: [`RelPath::new`] sees to that.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(Arc<str>);

impl RelPath {
    /// The path that `text` names once `\` is read as `/` and empty, `.` and `..` parts are resolved.
    /// A `..` that would leave the root is dropped.
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

    /// This path with `below` under it.
    #[must_use]
    pub fn join(&self, below: &str) -> Self {
        if self.0.is_empty() { Self::new(below) } else { Self::new(&format!("{}/{below}", self.0)) }
    }

    /// The folder that holds this file; the root is the empty path.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self(self.0.rsplit_once('/').map_or("", |(parent, _)| parent).into())
    }

    /// The last part: a file's name with its ending.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The file's name without its last ending: `assurance` of `boards/assurance.md`.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The ending after the last dot of the file's name, as written; empty where there is none.
    #[must_use]
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// Whether this is `path`, or lies below it.
    #[must_use]
    pub fn is_at(&self, path: &Self) -> bool {
        self == path || self.below(path.as_str()).is_some()
    }

    /// What is left of the path below `folder`, where it lies below it.
    #[must_use]
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

/// Whether `text` already is what [`RelPath::new`] would make of it.
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

/// A run of bytes in a file's text, from `start` up to but without `end`.
///
/// Offsets count from the text's first byte after a byte-order mark. Files are at most 4 MiB, so 32 bits do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of the bytes `start..end`. Offsets beyond 4 GiB do not occur in files that are read.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a file's text is at most 4 MiB")]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end.max(start) as u32 }
    }

    /// The empty span at a byte.
    #[must_use]
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The bytes as a range, to slice text with.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same span, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }

    /// The text that stands here, or nothing where the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The span of its first line, where it goes over several.
    #[must_use]
    pub fn first_line(self, text: &str) -> Self {
        let line = self.of(text).lines().next().map_or(0, str::len);
        Self::new(self.start as usize, self.start as usize + line)
    }
}

/// A span of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file, relative to the site's root.
    pub file: RelPath,
    /// Where in it.
    pub span: Span,
}

impl Location {
    /// The place `span` of `file`.
    #[must_use]
    pub fn new(file: &RelPath, span: Span) -> Self {
        Self { file: file.clone(), span }
    }

    /// Line 1, column 1: for what concerns a file as a whole.
    #[must_use]
    pub fn whole(file: &RelPath) -> Self {
        Self::new(file, Span::default())
    }

    /// A text's last line: where something that is missing from a submission would stand.
    #[must_use]
    pub fn last_line(file: &RelPath, text: &str) -> Self {
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let start = text.rfind('\n').map_or(0, |newline| newline + 1);
        Self::new(file, Span::new(start, text.len()))
    }
}

/// A line and a column, both from 1; a column is one character (a Unicode scalar value).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// Where the lines of a text begin, so that offsets can be told as lines and columns.
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// How many characters begin before every [`STRIDE`]th byte, so that a column in a line of a million characters is
    /// not counted from the line's beginning each time.
    characters: Vec<usize>,
}

/// How many bytes lie between two counts of characters.
const STRIDE: usize = 1_024;

impl<'a> LineIndex<'a> {
    /// The lines of `text`, each ended by a line feed.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let starts =
            std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1));
        let mut counts = vec![0];
        for bytes in text.as_bytes().chunks_exact(STRIDE) {
            counts.push(counts.last().copied().unwrap_or_default() + characters(bytes));
        }
        Self { text, starts: starts.collect(), characters: counts }
    }

    /// The line and column of a byte; an offset beyond the text is its end, one inside a character is its start.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.text.floor_char_boundary(offset as usize);
        let line = self.starts.partition_point(|start| *start <= offset);
        let column = self.characters_before(offset) - self.characters_before(self.starts[line - 1]) + 1;
        Position { line, column }
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, byte: usize) -> usize {
        let counted = byte / STRIDE;
        self.characters[counted] + characters(&self.text.as_bytes()[counted * STRIDE..byte])
    }
}

/// How many characters begin in some bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// The texts that diagnostics point into.
pub trait SourceTexts {
    /// The text of a file, without a byte-order mark; nothing where it could not be read.
    fn text(&self, file: &RelPath) -> Option<&str>;
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

    #[test]
    fn columns_count_characters() {
        let text = "a\r\n£é🎈x\nend";
        let lines = LineIndex::new(text);
        let x = text.find('x').unwrap();
        assert_eq!(lines.position(u32::try_from(x).unwrap()), Position { line: 2, column: 4 });
        assert_eq!(lines.position(4), Position { line: 2, column: 1 }, "inside a character is its start");
        assert_eq!(lines.position(999), Position { line: 3, column: 4 });
    }

    #[test]
    fn long_lines_are_counted_right() {
        for text in ["é".repeat(STRIDE), format!("ab\n{}", "aé".repeat(STRIDE)), "x".repeat(2 * STRIDE)] {
            let lines = LineIndex::new(&text);
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let start = text[..byte].rfind('\n').map_or(0, |newline| newline + 1);
                let column = text[start..byte].chars().count() + 1;
                assert_eq!(lines.position(u32::try_from(byte).unwrap()).column, column);
            }
        }
    }

    #[test]
    fn the_last_line_ends_with_the_file() {
        let file = RelPath::new("a.md");
        assert_eq!(Location::last_line(&file, "one\ntwo\r\n").span, Span::new(4, 7));
        assert_eq!(Location::last_line(&file, "one\n\n").span, Span::new(4, 4));
        assert_eq!(Location::last_line(&file, "").span, Span::default());
    }
}
