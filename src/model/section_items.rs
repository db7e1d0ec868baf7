//! The items of a section: what a submission lists as done, or as commitments.

use super::pasted_text::PastedText;
use super::sections::SubmissionSection;
use crate::diagnostic::Span;
use crate::source::markdown::{Markdown, MarkdownBlockKind};

/// The most items that are read of one submission. Nobody follows up more, and a file built to hold half a
/// million would fill the memory of whoever builds the site. The text itself is still published in full.
const MOST: usize = 1_000;

/// The items of the sections with an id, each with its text and place: each top-level list item, or each paragraph if they
/// hold no list. Items whose bullets were typed are items of their own, and what was pasted from an email is none.
pub(super) fn section_items(
    section: &str,
    body: &Markdown,
    sections: &[SubmissionSection],
    pasted: &PastedText,
) -> impl Iterator<Item = (String, Span)> {
    let own_sections = || sections.iter().filter(|own| own.id.as_deref() == Some(section));
    let blocks = || own_sections().flat_map(|section| body.blocks_in(section.text));
    // The text of a whole item or paragraph is known; a part of one is read again.
    let own = |text: &str, span: Span| {
        let part = pasted.own_part(span)?;
        let text = if part == span { text.to_owned() } else { body.text_at(part) };
        (!text.is_empty()).then_some((text, part))
    };
    let mut texts: Vec<(String, Span)> = Vec::new();
    for block in blocks() {
        if let MarkdownBlockKind::List(items) = &block.kind {
            texts.extend(items.iter().filter_map(|item| own(&item.text, item.span)));
        }
        texts.extend(pasted.items_in(block.span).map(|item| (body.text_at(item), item)));
    }
    if texts.is_empty() {
        for block in blocks() {
            if let MarkdownBlockKind::Paragraph { text, .. } = &block.kind {
                texts.extend(own(text, block.span));
            }
        }
    }
    texts.into_iter().take(MOST)
}
