//! What list items and paragraphs are given: an id, and facts.

use super::gapped_html::{GappedHtml, PageGap};
use crate::escape;

/// What is added to the list item or paragraph that begins at a byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ItemMark {
    pub at: u32,
    /// Its id; may be empty.
    pub id: String,
    /// Whether something is shown at the end of its first block.
    pub has_facts: bool,
}

impl ItemMark {
    /// The one of some marks, in order, that is for the block that begins at a byte, with its index.
    #[must_use]
    pub(super) fn find(marks: &[Self], at: u32) -> Option<(usize, &Self)> {
        marks.binary_search_by_key(&at, |mark| mark.at).ok().map(|index| (index, &marks[index]))
    }

    /// Writes the rest of an open tag, with the id.
    pub(super) fn finish_tag(&self, out: &mut GappedHtml) {
        if !self.id.is_empty() {
            out.text.push_str(" id=\"");
            out.push_gap(PageGap::Prefix);
            escape::attribute(&mut out.text, &self.id);
            out.text.push('"');
        }
        out.text.push('>');
    }
}
