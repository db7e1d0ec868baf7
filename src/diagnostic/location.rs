//! Locations: a file of the site and a span of bytes in it.

use super::rel_path::RelPath;

/// A range of bytes in a file's text; `end` is exclusive.
///
/// Offsets count from the text's first byte after a byte-order mark. Files are at most 4 MiB, so 32 bits are enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of the bytes `start..end`; `end` is raised to `start` if it is smaller.
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

    /// The part of `text` in this span; empty if the span is out of bounds or splits a character.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The part of the span that is on its first line.
    #[must_use]
    pub fn first_line(self, text: &str) -> Self {
        let line = self.slice(text).lines().next().map_or(0, str::len);
        Self::new(self.start as usize, self.start as usize + line)
    }
}

/// A span of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file, relative to the site's root.
    pub file: RelPath,
    /// The bytes in the file's text.
    pub span: Span,
}

impl Location {
    /// The location `span` in `file`.
    #[must_use]
    pub fn new(file: &RelPath, span: Span) -> Self {
        Self { file: file.clone(), span }
    }

    /// Line 1, column 1: for problems with the file as a whole.
    #[must_use]
    pub fn whole(file: &RelPath) -> Self {
        Self::new(file, Span::default())
    }

    /// The last line of a text: the location of something that is missing from a submission.
    #[must_use]
    pub fn last_line(file: &RelPath, text: &str) -> Self {
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let start = text.rfind('\n').map_or(0, |newline| newline + 1);
        Self::new(file, Span::new(start, text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_ends_with_the_file() {
        let file = RelPath::new("a.md");
        assert_eq!(Location::last_line(&file, "one\ntwo\r\n").span, Span::new(4, 7));
        assert_eq!(Location::last_line(&file, "one\n\n").span, Span::new(4, 4));
        assert_eq!(Location::last_line(&file, "").span, Span::default());
    }
}
