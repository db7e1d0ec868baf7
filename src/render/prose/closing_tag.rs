//! What is still to be written of the open elements.

use pulldown_cmark::CowStr;

use super::ImageTarget;

/// What to write at the end of an element.
pub(super) enum ClosingTag<'t> {
    Nothing,
    Tag(&'static str),
    Heading(u8),
    /// A link, with what kind of file it leads to.
    Link(String),
    Table,
    Head,
    /// A cell, with the length of the text before it and before its content.
    Cell(usize, usize),
    /// An image, if it is shown at all, with its title.
    Image(Option<ImageTarget>, CowStr<'t>),
    /// A paragraph, with the length of the text before it.
    Paragraph(usize),
    /// A quotation, with the length of the text before it.
    Quotation(usize),
    Chart,
}
