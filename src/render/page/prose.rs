//! Prose on pages: where its links lead from there.

use super::year_context::{OutputMode, YearContext, submission_anchor};
use super::{glossary, narrative};
use crate::diagnostic::{RelPath, Span};
use crate::model::links::LinkTarget;
use crate::model::terms::{TermIndex, TermMarkup};
use crate::render::prose::{self, LinkTargets, MarkedTerm, ProseOptions, RenderedProse};
use crate::render::route::{self, Address};
use crate::render::theme::Locale;
use crate::render::view::Html;
use crate::source::markdown::Markdown;

use super::SiteContext;

/// Where a text stands.
#[derive(Clone, Copy)]
pub struct ProsePlacement<'a> {
    /// The page.
    pub address: &'a Address,
    /// What every id in the text begins with.
    pub prefix: &'a str,
    /// How many levels deeper its headings stand than they were written.
    pub shift: u8,
    /// The report, where the text stands in the document that holds all of it.
    pub document: Option<&'a YearContext<'a>>,
    /// The terms to mark up where they are used first; none in a text that is but a part of its page.
    pub terms: Option<&'a TermIndex>,
}

impl SiteContext<'_> {
    /// A whole text.
    #[must_use]
    pub fn text(&self, markdown: &Markdown, stand: ProsePlacement<'_>) -> Html {
        let whole = Span::new(0, markdown.text().len());
        let mut rendered = self.texts(markdown, &[whole], &[], stand);
        let mut html = rendered.parts.pop().unwrap_or_default();
        html.push_str(&rendered.footnotes);
        Html(html)
    }

    /// Parts of a text, in one pass. Anchors are ids for the list items and paragraphs that begin at a byte.
    #[must_use]
    pub fn texts(
        &self,
        markdown: &Markdown,
        spans: &[Span],
        anchors: &[(u32, String)],
        stand: ProsePlacement<'_>,
    ) -> RenderedProse {
        let links = ProseLinks { edition: self, markdown, stand, root: stand.address.root() };
        let terms = stand.terms.map(|terms| first_uses(markdown, terms, &links.root)).unwrap_or_default();
        let chart = |index: usize| {
            let block = markdown.charts.get(index);
            block.map(|block| self.block(block, &format!("{}chart-{}", stand.prefix, index + 1))).unwrap_or_default()
        };
        let setting = ProseOptions {
            links: &links,
            terms: &terms,
            chart: &chart,
            prefix: stand.prefix,
            shift: stand.shift,
            anchors,
            words: self.prose_words,
        };
        prose::render(markdown, spans, &setting)
    }
}

/// The terms of a text where each is used first, with their meanings and the way to the glossary.
fn first_uses(markdown: &Markdown, terms: &TermIndex, root: &str) -> Vec<MarkedTerm> {
    let entry = |mark: TermMarkup| {
        let term = terms.all().get(mark.term)?;
        let in_glossary = terms.in_glossary(mark.term).is_some();
        let address = in_glossary.then(|| format!("{root}{}#{}", route::glossary(), glossary::anchor(&term.term)));
        Some(MarkedTerm { span: mark.span, meaning: term.meaning.clone(), address })
    };
    terms.first_uses(markdown).into_iter().filter_map(entry).collect()
}

/// What prose says besides its own words, in the site's language.
#[must_use]
pub fn prose_words(words: &Locale) -> prose::ProseWords {
    let text = |key: &str| words.text(key).to_owned();
    prose::ProseWords {
        table: text("table"),
        footnotes: text("footnotes"),
        back: text("footnote_back"),
        done: text("task_done"),
        not_done: text("task_not_done"),
        alerts: ["alert_note", "alert_tip", "alert_important", "alert_warning", "alert_caution"].map(text),
    }
}

/// Finds where links of a text lead from where it stands.
struct ProseLinks<'a> {
    edition: &'a SiteContext<'a>,
    markdown: &'a Markdown,
    stand: ProsePlacement<'a>,
    root: String,
}

impl ProseLinks<'_> {
    /// Where a page is read from here: its own page, or its place in the document.
    fn page(&self, file: &RelPath, fragment: Option<&str>) -> Option<String> {
        if let Some(anchor) = self.in_document(file) {
            return Some(fragment.map_or_else(|| format!("#{anchor}"), |fragment| format!("#{anchor}-{fragment}")));
        }
        let address = self.edition.routes.page_of(file)?;
        Some(match fragment {
            Some(fragment) if address == self.stand.address => format!("#{fragment}"),
            Some(fragment) => format!("{}{address}#{fragment}", self.root),
            None => format!("{}{address}", self.root),
        })
    }

    /// The fragment of the document at which a page of its year stands.
    fn in_document(&self, file: &RelPath) -> Option<String> {
        let volume = self.stand.document.filter(|volume| volume.medium == OutputMode::Document)?;
        let page = volume.report.pages.iter().find(|page| page.file == *file).map(narrative::anchor);
        let sent = || volume.report.submissions().find(|sent| sent.file == *file);
        page.or_else(|| sent().map(|sent| submission_anchor(sent.kind, &sent.id)))
    }
}

impl LinkTargets for ProseLinks<'_> {
    fn link(&self, target: &str) -> Option<String> {
        match self.edition.targets.link(&self.markdown.file, target).ok()? {
            LinkTarget::Page(file, fragment) => self.page(file, fragment),
            LinkTarget::File(file) => Some(format!("{}{}", self.root, route::media(file)?)),
            LinkTarget::Address(address) => Some(format!("{}{address}", self.root)),
            LinkTarget::Here(fragment) => Some(format!("#{}{fragment}", self.stand.prefix)),
        }
    }

    fn image(&self, target: &str) -> Option<String> {
        let file = self.edition.targets.image(&self.markdown.file, target).ok()?;
        Some(format!("{}{}", self.root, route::media(file)?))
    }
}
