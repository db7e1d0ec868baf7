//! What is still to be written of the open elements.

use pulldown_cmark::CowStr;

use super::ImageTarget;
use super::gapped_html::Mark;

/// What to write at the end of an element.
pub(super) enum ClosingTag<'t> {
    Nothing,
    Tag(&'static str),
    Heading(u8),
    /// A link, with what kind of file it leads to.
    Link(String),
    Table,
    Head,
    /// A cell, with the places before it and before its content.
    Cell(Mark, Mark),
    /// An image, if it is shown at all, with its title.
    Image(Option<ImageTarget>, CowStr<'t>),
    /// A paragraph, with the place before it.
    Paragraph(Mark),
    /// A quotation, with the place before it.
    Quotation(Mark),
    Chart,
}
