//! Collects readable text in runs that are as long as possible, and counts its words.

use super::{BLOCK_END, TextRun};
use crate::diagnostic::Span;

/// Builds [`TextRun`]s in the order of the text.
pub(super) struct TextRunBuilder<'t> {
    /// The original text, including notes.
    written: &'t str,
    runs: Vec<TextRun>,
    words: usize,
    /// Whether the next run starts a block.
    begins_block: bool,
    /// The line break after the last run, if any.
    line_break: Option<Span>,
    /// Whether the last character belongs to a word.
    in_word: bool,
    /// Whether that word was counted. Words need a letter or digit.
    is_counted: bool,
}

impl<'t> TextRunBuilder<'t> {
    pub(super) fn new(written: &'t str) -> Self {
        Self {
            written,
            runs: Vec::new(),
            words: 0,
            begins_block: true,
            line_break: None,
            in_word: false,
            is_counted: false,
        }
    }

    /// Notes the start or end of a block, so that words do not run together.
    pub(super) fn break_block(&mut self) {
        self.begins_block = true;
        self.line_break = None;
        self.in_word = false;
    }

    /// Notes a line break inside a block.
    pub(super) fn break_line(&mut self, span: Span) {
        self.line_break = Some(span);
        self.in_word = false;
    }

    /// Adds `text`, whose place is `span`.
    pub(super) fn add(&mut self, span: Span, text: &str) {
        self.count_words(text);
        // This character separates blocks, so it is removed from texts. Pages do not show it either.
        let without = text.contains(BLOCK_END).then(|| text.replace(BLOCK_END, ""));
        let text = without.as_deref().unwrap_or(text);
        let is_verbatim = span.slice(self.written) == text;
        let line_break = self.line_break.take();
        if !self.begins_block {
            if let Some(last) = self.runs.last_mut()
                && is_verbatim
                && last.text.is_none()
                && Span::new(last.span.end as usize, span.start as usize).slice(self.written).trim().is_empty()
            {
                last.span.end = span.end;
                return;
            }
            if let Some(span) = line_break {
                self.runs.push(TextRun { span, text: Some(" ".into()), begins_block: false });
            }
        }
        let text = (!is_verbatim).then(|| text.into());
        self.runs.push(TextRun { span, text, begins_block: self.begins_block });
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

    /// The runs, and the number of words in them.
    pub(super) fn finish(self) -> (Vec<TextRun>, usize) {
        (self.runs, self.words)
    }
}
