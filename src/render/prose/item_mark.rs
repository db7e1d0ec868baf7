//! What list items and paragraphs are given: an id, and facts.

use crate::escape;
use crate::render::view::Html;

/// What is added to the list item or paragraph that begins at a byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ItemMark {
    pub at: u32,
    /// Its id; may be empty.
    pub id: String,
    /// What is shown at the end of its first block.
    pub facts: Html,
}

impl ItemMark {
    /// The one of some marks, in order, that is for the block that begins at a byte.
    #[must_use]
    pub(super) fn find(marks: &[Self], at: u32) -> Option<&Self> {
        marks.binary_search_by_key(&at, |mark| mark.at).ok().map(|index| &marks[index])
    }

    /// Writes the rest of an open tag, with the id.
    pub(super) fn finish_tag(&self, out: &mut String, prefix: &str) {
        if !self.id.is_empty() {
            out.push_str(" id=\"");
            escape::attribute(out, prefix);
            escape::attribute(out, &self.id);
            out.push('"');
        }
        out.push('>');
    }
}
