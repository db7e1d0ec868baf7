//! Turns Markdown into HTML that is safe whatever was submitted.
//!
//! No raw HTML reaches the page, no link leads to an address forbidden by [`link_target::destination`], no image comes
//! from another site, and of a heading's attributes only the id is kept. What the Markdown does not know (link targets,
//! terms) is passed in [`ProseOptions`].
//!
//! A text is written once and shown on several pages, such as its own and the print edition. What depends on the page is
//! left open in [`UnplacedProse`], and filled in by [`GapValues`].
//!
//! [`link_target::destination`]: crate::source::markdown::link_target::destination

mod closing_tag;
mod figures;
mod footnotes;
mod gapped_html;
mod html_writer;
mod inline_text;
mod item_mark;
#[cfg(test)]
mod tests;

pub(crate) use self::gapped_html::GapValues;
use self::gapped_html::GappedHtml;
pub(crate) use self::item_mark::ItemMark;
use crate::diagnostic::{RelPath, Span};
use crate::locale::Locale;
use crate::render::view::Html;
use crate::source::markdown::Markdown;

/// Where the links within the site lead.
pub(crate) trait LinkTargets {
    /// The destination of a link target such as `../boards/risk.md#next` or `#plans`, if it exists, and what kind of file
    /// is there, such as `PDF, 1.2 MB`; empty for a page.
    fn link(&self, target: &str) -> Option<(LinkDestination, String)>;

    /// An image target, if it exists.
    fn image(&self, target: &str) -> Option<ImageTarget>;
}

/// Where a link leads.
pub(crate) enum LinkDestination {
    /// To a page written by a person: its file, and the id of a heading on it.
    Page(RelPath, Option<String>),
    /// To an address from the site's root.
    InSite(String),
    /// To an id in the same text.
    Here(String),
    /// To another site or a person.
    Elsewhere(String),
}

/// An image of the site.
pub(crate) struct ImageTarget {
    /// Its address from the site's root.
    pub address: String,
    /// Its width and height in pixels, if they are known.
    pub size: Option<(u32, u32)>,
    /// The widths of its smaller copies in pixels, narrowest first, and their addresses from the site's root.
    pub smaller: Vec<(u32, String)>,
}

/// What the Markdown does not know. Spans refer to the Markdown's text, are in order, and do not overlap.
#[derive(Clone, Copy)]
pub(crate) struct ProseOptions<'a> {
    /// The addresses of links and images within the site.
    pub links: &'a dyn LinkTargets,
    /// Terms to mark.
    pub terms: &'a [MarkedTerm],
    /// What list items and paragraphs are given, in order.
    pub items: &'a [ItemMark],
    /// The texts of the site's language.
    pub words: &'a Locale,
}

/// The first use of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarkedTerm {
    /// The place in the text.
    pub span: Span,
    /// Its meaning.
    pub meaning: String,
    /// The address of its entry in the glossary, from the site's root.
    pub address: Option<String>,
}

/// The HTML of some Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RenderedProse {
    /// One text for each requested span.
    pub parts: Vec<Html>,
    /// The footnotes of all parts, for the end of the page; empty if there are none.
    pub footnotes: Html,
}

impl RenderedProse {
    /// A text that was written whole, with its footnotes at the end.
    #[must_use]
    pub(crate) fn into_html(mut self) -> Html {
        let mut html = self.parts.pop().unwrap_or_default();
        html.push(&self.footnotes);
        html
    }
}

/// Parts of a text, without what only the page knows that they are shown on.
#[derive(Debug)]
pub(crate) struct UnplacedProse {
    parts: Vec<GappedHtml>,
    footnotes: GappedHtml,
    terms: Vec<MarkedTerm>,
}

impl UnplacedProse {
    /// Writes the parts of a text in `spans`, which are in order and do not overlap. All parts are written in one pass,
    /// so links and footnotes work even if they are defined outside the spans.
    ///
    /// A top-level block belongs to the span in which it begins. A span inside a block, such as a list item, returns the
    /// contents of that item.
    #[must_use]
    pub(crate) fn new(markdown: &Markdown, spans: &[Span], setting: &ProseOptions<'_>) -> Self {
        html_writer::write(markdown, spans, setting)
    }

    /// The parts as one page shows them.
    #[must_use]
    pub(crate) fn on_page(&self, values: &GapValues<'_>) -> RenderedProse {
        let filled = |html: &GappedHtml| html.fill(&self.terms, values);
        RenderedProse { parts: self.parts.iter().map(filled).collect(), footnotes: filled(&self.footnotes) }
    }
}
