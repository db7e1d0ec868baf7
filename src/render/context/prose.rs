//! Prose on pages, with links resolved relative to the page.

use super::{charts, document_facts};
use crate::diagnostic::{RelPath, Span};
use crate::locale::Locale;
use crate::model::Report;
use crate::model::links::{LinkResolver, LinkTarget};
use crate::model::site_picture::SitePicture;
use crate::model::terms::{TermIndex, TermMarkup};
use crate::render::anchors::{page_anchor, submission_anchor, term_anchor};
use crate::render::prose::{
    GapValues, ImageTarget, ItemMark, LinkDestination, LinkTargets, MarkedTerm, ProseOptions, RenderedProse,
    UnplacedProse,
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
    /// Whether terms are marked at their first use; false for texts that are only a part of their page.
    pub marks_terms: bool,
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

    /// A whole text in which no terms are marked.
    #[must_use]
    pub(crate) fn text(&self, markdown: &Markdown, placement: ProsePlacement<'_>) -> Html {
        self.place_whole(markdown, &self.write_whole(markdown, None), placement)
    }

    /// A whole text, for any page.
    #[must_use]
    pub(crate) fn write_whole(&self, markdown: &Markdown, terms: Option<&TermIndex>) -> UnplacedProse {
        self.write(markdown, &[Span::new(0, markdown.text().len())], &[], terms)
    }

    /// A text that was written whole, on one page.
    #[must_use]
    pub(crate) fn place_whole(
        &self,
        markdown: &Markdown,
        written: &UnplacedProse,
        placement: ProsePlacement<'_>,
    ) -> Html {
        self.place(markdown, written, &[], placement).into_html()
    }

    /// Parts of a text, for any page, in one pass. `items` are in order.
    #[must_use]
    pub(crate) fn write(
        &self,
        markdown: &Markdown,
        spans: &[Span],
        items: &[ItemMark],
        terms: Option<&TermIndex>,
    ) -> UnplacedProse {
        let links = ProseLinks { context: self, file: &markdown.linked.file };
        let terms = terms.map(|terms| first_uses(markdown, terms)).unwrap_or_default();
        UnplacedProse::new(markdown, spans, &ProseOptions { links: &links, terms: &terms, items, words: self.words })
    }

    /// Parts of a text that were written, on one page. `facts` are those of the items.
    #[must_use]
    pub(crate) fn place(
        &self,
        markdown: &Markdown,
        written: &UnplacedProse,
        facts: &[Html],
        placement: ProsePlacement<'_>,
    ) -> RenderedProse {
        let root = placement.address.root();
        let chart = |index: usize| {
            let block = markdown.charts.get(index);
            let Some(block) = block else { return Html::default() };
            let name = format!("chart-{}", index + 1);
            let id = format!("{}{name}", placement.prefix);
            // The document repeats what the pages show, so it leads to the pictures beside them.
            let picture = match placement.document {
                None => Some(format!("{id}.svg")),
                Some(_) => self.routes.page_of(&markdown.linked.file).map(|page| format!("{root}{page}{name}.svg")),
            };
            // Its headline is one level below the heading that it belongs to, or below the page's title.
            let above = markdown.headings.iter().take_while(|heading| heading.span.start < block.span.start).last();
            let level = above.map_or(2, |heading| heading.level.max(2) + 1).saturating_add(placement.shift);
            charts::authored(block, &id, picture.as_deref(), level, self.words)
        };
        written.on_page(&GapValues {
            root: &root,
            prefix: placement.prefix,
            shift: placement.shift,
            page: &|file, fragment| self.page(file, fragment, &root, placement),
            chart: &chart,
            facts,
            marks_terms: placement.marks_terms,
        })
    }

    /// The address of a link that is the value of a key in `file`, as seen from the page at `address`; empty if it leads
    /// nowhere.
    #[must_use]
    pub(crate) fn href(&self, file: &RelPath, target: &str, address: &Address) -> String {
        self.href_and_facts(file, target, address).0
    }

    /// The same, with what kind of file a document is, in words.
    #[must_use]
    pub(crate) fn href_and_facts(&self, file: &RelPath, target: &str, address: &Address) -> (String, String) {
        if destination(target) != LinkKind::Inside {
            return (target.to_owned(), String::new());
        }
        let root = address.root();
        let Some((found, facts)) = (ProseLinks { context: self, file }).link(target) else { return Default::default() };
        let href = match found {
            LinkDestination::Page(file, fragment) => {
                let placement = ProsePlacement { address, prefix: "", shift: 0, document: None, marks_terms: false };
                self.page(&file, fragment.as_deref(), &root, placement)
            }
            LinkDestination::InSite(address) => format!("{root}{address}"),
            LinkDestination::Here(fragment) => format!("#{fragment}"),
            LinkDestination::Elsewhere(address) => address,
        };
        (href, facts)
    }

    /// The address of a page as seen from a placement: its own page, or its place in the document.
    fn page(&self, file: &RelPath, fragment: Option<&str>, root: &str, placement: ProsePlacement<'_>) -> String {
        if let Some(anchor) = in_document(file, placement.document) {
            return fragment.map_or_else(|| format!("#{anchor}"), |fragment| format!("#{anchor}-{fragment}"));
        }
        let Some(address) = self.routes.page_of(file) else { return String::new() };
        match fragment {
            Some(fragment) if address == placement.address => format!("#{fragment}"),
            Some(fragment) => format!("{root}{address}#{fragment}"),
            None => format!("{root}{address}"),
        }
    }
}

/// The fragment of the document at which a page of its year begins.
fn in_document(file: &RelPath, document: Option<&Report>) -> Option<String> {
    let report = document?;
    let page = report.pages.iter().find(|page| page.file == *file).map(page_anchor);
    let sent = || report.submissions().find(|sent| sent.file == *file);
    page.or_else(|| sent().map(|sent| submission_anchor(sent.kind, &sent.id)))
}

/// The first use of each term in a text, with its meaning and its address in the glossary.
fn first_uses(markdown: &Markdown, terms: &TermIndex) -> Vec<MarkedTerm> {
    let entry = |mark: TermMarkup| {
        let term = terms.all().get(mark.term)?;
        let in_glossary = terms.in_glossary(mark.term).is_some();
        let address = in_glossary.then(|| format!("{}#{}", route::glossary(), term_anchor(&term.term)));
        Some(MarkedTerm { span: mark.span, meaning: term.meaning.clone(), address })
    };
    terms.first_uses(markdown).into_iter().filter_map(entry).collect()
}

/// Resolves the links of a text.
struct ProseLinks<'a> {
    context: &'a ProseContext<'a>,
    /// The file that has the links.
    file: &'a RelPath,
}

impl LinkTargets for ProseLinks<'_> {
    fn link(&self, target: &str) -> Option<(LinkDestination, String)> {
        let ProseContext { routes, links, words } = self.context;
        let mut facts = String::new();
        let destination = match links.link(self.file, target).ok()? {
            LinkTarget::Page(file, fragment) => {
                routes.page_of(file)?;
                LinkDestination::Page(file.clone(), fragment.map(str::to_owned))
            }
            LinkTarget::File(file) => {
                facts = links.document(file).map(|known| document_facts::in_words(known, words)).unwrap_or_default();
                LinkDestination::InSite(route::media(file)?.to_string())
            }
            LinkTarget::Address(address) => LinkDestination::InSite(address),
            LinkTarget::Here(fragment) => LinkDestination::Here(fragment),
        };
        Some((destination, facts))
    }

    fn image(&self, target: &str) -> Option<ImageTarget> {
        let file = self.context.links.image(self.file, target).ok()?;
        let links = self.context.links;
        let address = route::media(file)?.to_string();
        let SitePicture { size, smaller, .. } = links.picture(file);
        let smaller = smaller.into_iter().filter_map(|(width, copy)| Some((width, route::media(&copy)?.to_string())));
        Some(ImageTarget { address, size, smaller: smaller.collect() })
    }
}
