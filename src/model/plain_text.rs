//! The plain text of a piece of Markdown as one string, to find words across markup and line ends.

use std::ops::Range;

use crate::diagnostic::Span;
use crate::source::markdown::{Markdown, TextRun};

pub(crate) use crate::source::markdown::BLOCK_END;

/// The placeholder for inline code in a [`PlainText`]: code is not read as prose.
pub(crate) const CODE: char = '\u{fffc}';

/// The plain text of a piece of Markdown. Each part of it can be mapped back to its place in the Markdown.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlainText {
    text: String,
    pieces: Vec<PlainTextRun>,
}

/// A run of the plain text.
#[derive(Clone, Debug)]
struct PlainTextRun {
    /// Its first byte in the plain text.
    start: usize,
    /// Its place in the Markdown.
    span: Span,
    /// Whether the Markdown there equals the plain text, byte for byte.
    is_literal: bool,
}

impl PlainText {
    /// The prose of `markdown`, with [`CODE`] for inline code.
    #[must_use]
    pub(crate) fn from_markdown(markdown: &Markdown) -> Self {
        Self::of_runs(markdown.text(), &markdown.runs, Some(CODE))
    }

    /// Everything that readers of `markdown` see, including code.
    #[must_use]
    pub(crate) fn shown(markdown: &Markdown) -> Self {
        Self::of_runs(markdown.text(), markdown.shown_runs(), None)
    }

    /// The text of some runs of `source`. A line end between two runs of one block becomes a space, and inline code
    /// between two runs becomes `code`.
    #[must_use]
    pub(crate) fn of_runs(source: &str, runs: &[TextRun], code: Option<char>) -> Self {
        let mut passage = Self { text: String::with_capacity(source.len()), pieces: Vec::with_capacity(runs.len()) };
        let mut end = 0;
        for run in runs {
            if !passage.text.is_empty() {
                let between = source.get(end..run.span.start as usize).unwrap_or_default();
                if run.begins_block {
                    passage.text.push(BLOCK_END);
                } else if let Some(code) = code.filter(|_| between.contains('`')) {
                    passage.text.push(code);
                } else if between.contains('\n') && !passage.text.ends_with(char::is_whitespace) {
                    passage.text.push(' ');
                }
            }
            passage.pieces.push(PlainTextRun {
                start: passage.text.len(),
                span: run.span,
                is_literal: run.text.is_none(),
            });
            passage.text.push_str(run.text.as_deref().unwrap_or_else(|| run.span.slice(source)));
            end = run.span.end as usize;
        }
        passage
    }

    /// The text.
    #[must_use]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The place of a part of the text in the Markdown: from the start of its first character to the end of its last,
    /// including all markup between.
    #[must_use]
    pub(crate) fn span(&self, part: Range<usize>) -> Span {
        let piece_at = |at: usize| {
            let after = self.pieces.partition_point(|piece| piece.start <= at);
            after.checked_sub(1).and_then(|before| self.pieces.get(before))
        };
        let last = part.end.saturating_sub(1).max(part.start);
        let (Some(first_piece), Some(last_piece)) = (piece_at(part.start), piece_at(last)) else {
            return Span::default();
        };
        let start = if first_piece.is_literal { part.start - first_piece.start } else { 0 };
        let start = (first_piece.span.start as usize + start).min(first_piece.span.end as usize);
        let end = last_piece.span.start as usize + (part.end.max(part.start) - last_piece.start);
        let end =
            if last_piece.is_literal { end.min(last_piece.span.end as usize) } else { last_piece.span.end as usize };
        Span::new(start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes runs of the words between `|`: `¶` begins a block, and `a=b` is written `a` but reads `b`.
    fn check(source: &str, words: &str, part: &str) -> String {
        let mut from = 0;
        let mut runs = Vec::new();
        for word in words.split('|') {
            let (begins_block, word) = word.strip_prefix('¶').map_or((false, word), |word| (true, word));
            let (written, text) = word.split_once('=').map_or((word, None), |(a, b)| (a, Some(b.into())));
            let start = from + source[from..].find(written).unwrap();
            from = start + written.len();
            runs.push(TextRun { span: Span::new(start, from), text, begins_block });
        }
        let passage = PlainText::of_runs(source, &runs, Some(CODE));
        let start = passage.text().find(part).unwrap_or_else(|| panic!("{part:?} in {:?}", passage.text()));
        passage.span(start..start + part.len()).slice(source).to_owned()
    }

    #[test]
    fn words_are_found_across_markup() {
        assert_eq!(check("the **Child** J.S. was", "¶the |Child| J.S. was", "Child J.S."), "Child** J.S.");
        assert_eq!(check("> ring 01908\n> 253772", "¶ring 01908|253772", "01908 253772"), "01908\n> 253772");
        assert_eq!(check("a &amp; b", "¶a |&amp;=&| b", "a & b"), "a &amp; b");
        assert_eq!(check("A&amp;E", "¶A|&amp;=&|E", "A&E"), "A&amp;E");
        assert_eq!(check("A&amp;E", "¶A|&amp;=&|E", "&"), "&amp;");
    }

    #[test]
    fn blocks_and_code_separate_words() {
        assert_eq!(check("# Child\n\nJ.S.", "¶Child|¶J.S.", "Child\u{1e}J.S."), "Child\n\nJ.S.");
        assert_eq!(check("a `x` b", "¶a | b", "a \u{fffc} b"), "a `x` b");
    }
}
