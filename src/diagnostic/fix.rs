//! Suggested changes that put a problem right.

use super::Span;

/// A change to a diagnostic's file that puts the problem right.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What it does, as an instruction: `write these lines as a list`.
    pub title: String,
    /// The replacements, in order. They do not overlap, and repeat as little of the file as they can, so that nothing
    /// that is flagged is in them.
    pub edits: Vec<TextEdit>,
    /// Whether nobody needs to look at it first: it keeps every word, and there is nothing else that the author could
    /// have meant.
    pub is_certain: bool,
}

/// A piece of a file's text, and what to write in its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TextEdit {
    /// The piece; empty where something is only added.
    pub span: Span,
    /// The new text; empty where something is only removed.
    pub replacement: String,
}

impl TextEdit {
    /// Writes `replacement` in place of the text at `span`.
    #[must_use]
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }
}
