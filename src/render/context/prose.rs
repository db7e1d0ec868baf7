//! Prose on pages, with links resolved relative to the page.

use super::{charts, document_facts};
use crate::diagnostic::{RelPath, Span};
use crate::locale::Locale;
use crate::model::Report;
use crate::model::links::{LinkResolver, LinkTarget};
use crate::model::terms::{TermIndex, TermMarkup};
use crate::render::anchors::{page_anchor, submission_anchor, term_anchor};
use crate::render::prose::{
    self, ImageTarget, ItemMark, LinkDestination, LinkTargets, MarkedTerm, ProseOptions, RenderedProse,
};
use crate::render::route::{self, Address, Routes};
use crate::render::view::Html;
use crate::source::markdown::Markdown;
use crate::source::markdown::link_target::{LinkKind, destination};

/// Where a text is shown.
#[derive(Clone, Copy)]
pub(crate) struct ProsePlacement<'a> {
    pub address: &'a Address,
    /// The prefix of every id in the text.
    pub prefix: &'a str,
    /// How many levels its headings are moved down.
    pub shift: u8,
    /// The report, if the text is in the document that contains all of it.
    pub document: Option<&'a Report>,
    /// The terms to mark at their first use; `None` for texts that are only a part of their page.
    pub terms: Option<&'a TermIndex>,
}

/// What texts are written with, on whatever page.
pub(crate) struct ProseContext<'a> {
    routes: &'a Routes,
    /// The link targets.
    links: &'a LinkResolver<'a>,
    /// The texts of the interface.
    pub words: &'a Locale,
}

impl<'a> ProseContext<'a> {
    /// Writes texts whose links are resolved by `routes`, with the words of a locale.
    #[must_use]
    pub(crate) fn new(routes: &'a Routes, links: &'a LinkResolver<'a>, words: &'a Locale) -> Self {
        Self { routes, links, words }
    }

    /// A whole text.
    #[must_use]
    pub(crate) fn text(&self, markdown: &Markdown, placement: ProsePlacement<'_>) -> Html {
        let whole = Span::new(0, markdown.text().len());
        let mut rendered = self.texts(markdown, &[whole], &[], placement);
        let mut html = rendered.parts.pop().unwrap_or_default();
        html.push(&rendered.footnotes);
        html
    }

    /// The address of a link that is the value of a key in `file`, as seen from the page at `address`; empty if it leads
    /// nowhere.
    #[must_use]
    pub(crate) fn href(&self, file: &RelPath, target: &str, address: &Address) -> String {
        if destination(target) != LinkKind::Inside {
            return target.to_owned();
        }
        let placement = ProsePlacement { address, prefix: "", shift: 0, document: None, terms: None };
        ProseLinks { context: self, file, placement, root: address.root() }
            .link(target)
            .map(|found| found.address)
            .unwrap_or_default()
    }

    /// Parts of a text, in one pass. `items` are in order.
    #[must_use]
    pub(crate) fn texts(
        &self,
        markdown: &Markdown,
        spans: &[Span],
        items: &[ItemMark],
        placement: ProsePlacement<'_>,
    ) -> RenderedProse {
        let links = ProseLinks { context: self, file: &markdown.file, placement, root: placement.address.root() };
        let terms = placement.terms.map(|terms| first_uses(markdown, terms, &links.root)).unwrap_or_default();
        let chart = |index: usize| {
            let block = markdown.charts.get(index);
            let id = || format!("{}chart-{}", placement.prefix, index + 1);
            let Some(block) = block else { return Html::default() };
            // Its headline is one level below the heading that it belongs to, or below the page's title.
            let above = markdown.headings.iter().take_while(|heading| heading.span.start < block.span.start).last();
            let level = above.map_or(2, |heading| heading.level.max(2) + 1).saturating_add(placement.shift);
            charts::authored(block, &id(), level, self.words)
        };
        let setting = ProseOptions {
            links: &links,
            terms: &terms,
            chart: &chart,
            prefix: placement.prefix,
            shift: placement.shift,
            items,
            words: self.words,
        };
        prose::render(markdown, spans, &setting)
    }
}

/// The first use of each term in a text, with its meaning and its address in the glossary.
fn first_uses(markdown: &Markdown, terms: &TermIndex, root: &str) -> Vec<MarkedTerm> {
    let entry = |mark: TermMarkup| {
        let term = terms.all().get(mark.term)?;
        let in_glossary = terms.in_glossary(mark.term).is_some();
        let address = in_glossary.then(|| format!("{root}{}#{}", route::glossary(), term_anchor(&term.term)));
        Some(MarkedTerm { span: mark.span, meaning: term.meaning.clone(), address })
    };
    terms.first_uses(markdown).into_iter().filter_map(entry).collect()
}

/// Resolves the links of a text relative to where it is shown.
struct ProseLinks<'a> {
    context: &'a ProseContext<'a>,
    /// The file that has the links.
    file: &'a RelPath,
    placement: ProsePlacement<'a>,
    root: String,
}

impl ProseLinks<'_> {
    /// The address of a page as seen from here: its own page, or its place in the document.
    fn page(&self, file: &RelPath, fragment: Option<&str>) -> Option<String> {
        if let Some(anchor) = self.in_document(file) {
            return Some(fragment.map_or_else(|| format!("#{anchor}"), |fragment| format!("#{anchor}-{fragment}")));
        }
        let address = self.context.routes.page_of(file)?;
        Some(match fragment {
            Some(fragment) if address == self.placement.address => format!("#{fragment}"),
            Some(fragment) => format!("{}{address}#{fragment}", self.root),
            None => format!("{}{address}", self.root),
        })
    }

    /// The fragment of the document at which a page of its year begins.
    fn in_document(&self, file: &RelPath) -> Option<String> {
        let report = self.placement.document?;
        let page = report.pages.iter().find(|page| page.file == *file).map(page_anchor);
        let sent = || report.submissions().find(|sent| sent.file == *file);
        page.or_else(|| sent().map(|sent| submission_anchor(sent.kind, &sent.id)))
    }
}

impl LinkTargets for ProseLinks<'_> {
    fn link(&self, target: &str) -> Option<LinkDestination> {
        let mut facts = String::new();
        let address = match self.context.links.link(self.file, target).ok()? {
            LinkTarget::Page(file, fragment) => self.page(file, fragment)?,
            LinkTarget::File(file) => {
                let document = self.context.links.document(file);
                facts = document.map(|known| document_facts::in_words(known, self.context.words)).unwrap_or_default();
                format!("{}{}", self.root, route::media(file)?)
            }
            LinkTarget::Address(address) => format!("{}{address}", self.root),
            LinkTarget::Here(fragment) => format!("#{}{fragment}", self.placement.prefix),
        };
        Some(LinkDestination { address, facts })
    }

    fn image(&self, target: &str) -> Option<ImageTarget> {
        let file = self.context.links.image(self.file, target).ok()?;
        let links = self.context.links;
        let address = format!("{}{}", self.root, route::media(file)?);
        let smaller = links.smaller_copies_of(file).into_iter();
        let smaller =
            smaller.filter_map(|(width, copy)| Some((width, format!("{}{}", self.root, route::media(&copy)?))));
        Some(ImageTarget { address, size: links.size_of(file), smaller: smaller.collect() })
    }
}
