//! Readable text, gathered in runs that are as long as they can be, and counted in words.

use super::{BLOCK_END, TextRun};
use crate::diagnostic::Span;

/// Gathers [`TextRun`]s in the order of the text.
pub(super) struct TextRunBuilder<'t> {
    /// What was written, notes included: a run's slice of it is what is read.
    written: &'t str,
    found: Vec<TextRun>,
    words: usize,
    /// Whether the next run begins a block.
    begins_block: bool,
    /// A line break since the last run.
    line_break: Option<Span>,
    /// Whether the last character belongs to a word, and whether that word was counted: one without a letter or
    /// digit is none.
    in_word: bool,
    is_counted: bool,
}

impl<'t> TextRunBuilder<'t> {
    pub(super) fn new(written: &'t str) -> Self {
        Self {
            written,
            found: Vec::new(),
            words: 0,
            begins_block: true,
            line_break: None,
            in_word: false,
            is_counted: false,
        }
    }

    /// A block begins or ends here, so that words do not run together.
    pub(super) fn break_block(&mut self) {
        self.begins_block = true;
        self.line_break = None;
        self.in_word = false;
    }

    /// A line ends here inside a block.
    pub(super) fn break_line(&mut self, span: Span) {
        self.line_break = Some(span);
        self.in_word = false;
    }

    /// Adds `text`, which stands at `span`.
    pub(super) fn add(&mut self, span: Span, text: &str) {
        self.count_words(text);
        // Where blocks are told apart by a character, nobody may write it; on a page it is left out.
        let without = text.contains(BLOCK_END).then(|| text.replace(BLOCK_END, ""));
        let text = without.as_deref().unwrap_or(text);
        let stands_there = span.slice(self.written) == text;
        let line_break = self.line_break.take();
        if !self.begins_block {
            if let Some(last) = self.found.last_mut()
                && stands_there
                && last.text.is_none()
                && Span::new(last.span.end as usize, span.start as usize).slice(self.written).trim().is_empty()
            {
                last.span.end = span.end;
                return;
            }
            if let Some(span) = line_break {
                self.found.push(TextRun { span, text: Some(" ".into()), begins_block: false });
            }
        }
        let text = (!stands_there).then(|| text.into());
        self.found.push(TextRun { span, text, begins_block: self.begins_block });
        self.begins_block = false;
    }

    fn count_words(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.in_word = false;
                continue;
            }
            if !self.in_word {
                self.in_word = true;
                self.is_counted = false;
            }
            if !self.is_counted && c.is_alphanumeric() {
                self.is_counted = true;
                self.words += 1;
            }
        }
    }

    /// The runs, and how many words are in them.
    pub(super) fn finish(self) -> (Vec<TextRun>, usize) {
        (self.found, self.words)
    }
}
