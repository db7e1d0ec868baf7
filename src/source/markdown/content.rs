//! What a text says, apart from its layout: its words and figures, and what its links, pictures and lists add to them.

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use super::{Markdown, options};

/// A piece of what a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MarkdownContent {
    /// Words, with entities and escapes resolved. Words of two pieces without a gap between them are one.
    Words(String),
    /// White space, or the end of a block.
    Gap,
    /// The address that a link or picture leads to, after its words, and the title that is shown over it.
    Address { target: String, title: String },
    /// The number with which a numbered list begins.
    ListStart(u64),
    /// A box in a list, which is ticked or not.
    Box(bool),
    /// The end of a table's cell.
    CellEnd,
    /// The end of a table's row.
    RowEnd,
    /// The beginning or end of what is struck out.
    Strike,
    /// The label of a footnote, where it is referred to and where it is.
    Footnote(String),
}

impl Markdown {
    /// What the text says, in order. Notes (`%%`), facts in braces, emphasis, levels of headings and paragraphs' ends are not part of it.
    #[must_use]
    pub(crate) fn content(&self) -> Vec<MarkdownContent> {
        let reading = self.comment_free();
        let mut content = Vec::new();
        // The addresses of the open links and pictures.
        let mut addresses = Vec::new();
        for event in Parser::new_ext(reading.text(), options()) {
            content.extend(match event {
                Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
                    addresses.push((dest_url, title));
                    continue;
                }
                Event::End(TagEnd::Link | TagEnd::Image) => addresses.pop().map(address),
                Event::Start(tag) => start(tag),
                Event::End(tag) => end(tag),
                Event::Text(text)
                | Event::Code(text)
                | Event::Html(text)
                | Event::InlineHtml(text)
                | Event::InlineMath(text)
                | Event::DisplayMath(text) => Some(MarkdownContent::Words(text.into_string())),
                Event::SoftBreak | Event::HardBreak | Event::Rule => Some(MarkdownContent::Gap),
                Event::FootnoteReference(label) => Some(MarkdownContent::Footnote(label.into_string())),
                Event::TaskListMarker(is_ticked) => Some(MarkdownContent::Box(is_ticked)),
            });
        }
        content
    }
}

fn address((target, title): (CowStr<'_>, CowStr<'_>)) -> MarkdownContent {
    MarkdownContent::Address { target: target.into_string(), title: title.into_string() }
}

fn start(tag: Tag<'_>) -> Option<MarkdownContent> {
    match tag {
        Tag::List(Some(start)) => Some(MarkdownContent::ListStart(start)),
        Tag::FootnoteDefinition(label) => Some(MarkdownContent::Footnote(label.into_string())),
        Tag::Strikethrough => Some(MarkdownContent::Strike),
        Tag::Emphasis | Tag::Strong | Tag::Superscript | Tag::Subscript => None,
        _ => Some(MarkdownContent::Gap),
    }
}

fn end(tag: TagEnd) -> Option<MarkdownContent> {
    match tag {
        TagEnd::TableCell => Some(MarkdownContent::CellEnd),
        TagEnd::TableHead | TagEnd::TableRow => Some(MarkdownContent::RowEnd),
        TagEnd::Strikethrough => Some(MarkdownContent::Strike),
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript => None,
        _ => Some(MarkdownContent::Gap),
    }
}
