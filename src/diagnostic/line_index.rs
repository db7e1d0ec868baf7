//! Lines and columns, as people count them.

/// A line and a column, both from 1; a column is one character (a Unicode scalar value).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// Converts byte offsets in a text to lines and columns.
pub struct LineIndex<T: AsRef<str>> {
    text: T,
    starts: Vec<usize>,
    /// The number of characters that begin before every [`STRIDE`]th byte. Without it, each column in a line of a
    /// million characters would be counted from the start of the line.
    characters: Vec<usize>,
}

/// The number of bytes between two character counts.
const STRIDE: usize = 1_024;

impl<T: AsRef<str>> LineIndex<T> {
    /// Indexes the lines of `text`; a line ends with a line feed.
    #[must_use]
    pub fn new(text: T) -> Self {
        let written = text.as_ref();
        let line_ends = written.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(line_ends.map(|(end, _)| end + 1)).collect();
        let mut counts = vec![0];
        for bytes in written.as_bytes().chunks_exact(STRIDE) {
            counts.push(counts.last().copied().unwrap_or_default() + characters(bytes));
        }
        Self { text, starts, characters: counts }
    }

    /// The line and column of a byte offset. An offset past the end counts as the end; one inside a character counts as
    /// the character's start.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.text.as_ref().floor_char_boundary(offset as usize);
        let line = self.starts.partition_point(|start| *start <= offset);
        let column = self.characters_before(offset) - self.characters_before(self.starts[line - 1]) + 1;
        Position { line, column }
    }

    /// The number of characters that begin before a byte.
    fn characters_before(&self, byte: usize) -> usize {
        let counted = byte / STRIDE;
        self.characters[counted] + characters(&self.text.as_ref().as_bytes()[counted * STRIDE..byte])
    }
}

/// The number of UTF-8 characters that begin in `bytes`.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
