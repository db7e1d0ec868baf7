//! Prose on pages: where its links lead from there, and what must not be published.

use std::collections::HashMap;

use super::narrative;
use super::volume::{Medium, Volume, submission_anchor};
use crate::diagnostic::{Code, Diagnostic, RelPath, Span, Texts};
use crate::render::prose::{self, Links, Rendered, Setting};
use crate::render::route::{self, Address};
use crate::render::theme::Words;
use crate::render::view::Html;
use crate::report::links::Target;
use crate::source::SourceTree;
use crate::source::markdown::{ChartBlock, Markdown};

use super::Edition;

/// Where a text stands.
#[derive(Clone, Copy)]
pub struct Stand<'a> {
    /// The page.
    pub address: &'a Address,
    /// What every id in the text begins with.
    pub prefix: &'a str,
    /// How many levels deeper its headings stand than they were written.
    pub shift: u8,
    /// The report, where the text stands in the document that holds all of it.
    pub document: Option<&'a Volume<'a>>,
}

impl Edition<'_> {
    /// A whole text.
    #[must_use]
    pub fn text(&self, markdown: &Markdown, stand: Stand<'_>) -> Html {
        let whole = Span::new(0, markdown.text().len());
        let mut rendered = self.texts(markdown, &[whole], &[], stand);
        let mut html = rendered.parts.pop().unwrap_or_default();
        html.push_str(&rendered.footnotes);
        Html(html)
    }

    /// Parts of a text, in one pass. Anchors are ids for the list items and paragraphs that begin at a byte.
    #[must_use]
    pub fn texts(&self, markdown: &Markdown, spans: &[Span], anchors: &[(u32, String)], stand: Stand<'_>) -> Rendered {
        let links = Resolver { edition: self, markdown, stand, root: stand.address.root() };
        let chart = |index: usize| markdown.charts.get(index).map(chart_table).unwrap_or_default();
        let setting = Setting {
            links: &links,
            terms: &[],
            withheld: &self.flagged.within(markdown),
            chart: &chart,
            prefix: stand.prefix,
            shift: stand.shift,
            anchors,
            words: self.prose_words,
        };
        prose::render(markdown, spans, &setting)
    }
}

/// What prose says besides its own words, in the site's language.
#[must_use]
pub fn prose_words(words: &Words) -> prose::Words {
    let text = |key: &str| words.text(key).to_owned();
    prose::Words {
        withheld: text("withheld"),
        table: text("table"),
        footnotes: text("footnotes"),
        back: text("footnote_back"),
        done: text("task_done"),
        not_done: text("task_not_done"),
        alerts: ["alert_note", "alert_tip", "alert_important", "alert_warning", "alert_caution"].map(text),
    }
}

/// Finds where links of a text lead from where it stands.
struct Resolver<'a> {
    edition: &'a Edition<'a>,
    markdown: &'a Markdown,
    stand: Stand<'a>,
    root: String,
}

impl Resolver<'_> {
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
        let volume = self.stand.document.filter(|volume| volume.medium == Medium::Document)?;
        let page = volume.report.pages.iter().find(|page| page.file == *file).map(narrative::anchor);
        let sent = || volume.report.submissions().find(|sent| sent.file == *file);
        page.or_else(|| sent().map(|sent| submission_anchor(sent.kind, &sent.id)))
    }
}

impl Links for Resolver<'_> {
    fn link(&self, target: &str) -> Option<String> {
        match self.edition.targets.link(&self.markdown.file, target).ok()? {
            Target::Page(file, fragment) => self.page(file, fragment),
            Target::File(file) => Some(format!("{}{}", self.root, route::media(&RelPath::new(file))?)),
            Target::Address(address) => Some(format!("{}{address}", self.root)),
            Target::Here(fragment) => Some(format!("#{}{fragment}", self.stand.prefix)),
        }
    }

    fn image(&self, target: &str) -> Option<String> {
        let file = self.edition.targets.image(&self.markdown.file, target).ok()?;
        Some(format!("{}{}", self.root, route::media(&RelPath::new(file))?))
    }
}

/// The places that must not be published, by file.
#[derive(Clone, Debug, Default)]
pub struct Flagged {
    spans: HashMap<RelPath, Vec<Span>>,
    /// The texts of the files in question.
    texts: HashMap<RelPath, String>,
}

impl Flagged {
    /// The places of diagnostics that nobody waived.
    #[must_use]
    pub fn of(tree: &SourceTree, diagnostics: &[Diagnostic]) -> Self {
        let mut flagged = Self::default();
        for diagnostic in diagnostics.iter().filter(|one| one.code == Code::PersonalData && one.waived.is_none()) {
            let file = &diagnostic.place.file;
            flagged.spans.entry(file.clone()).or_default().push(diagnostic.place.span);
            flagged.texts.entry(file.clone()).or_insert_with(|| tree.text(file).unwrap_or_default().to_owned());
        }
        for spans in flagged.spans.values_mut() {
            spans.sort_unstable();
            spans.dedup_by(|next, first| {
                let overlaps = next.start < first.end;
                first.end = if overlaps { first.end.max(next.end) } else { first.end };
                overlaps
            });
        }
        flagged
    }

    /// Those that lie in a text that stands in its file letter for letter, as spans of it. Values of YAML files need
    /// not, so that flagged words in them are found in what was rendered.
    fn within(&self, markdown: &Markdown) -> Vec<Span> {
        let Some(spans) = self.spans.get(&markdown.file) else { return Vec::new() };
        let body = markdown.place(Span::new(0, markdown.text().len())).span;
        let stands = self.texts.get(&markdown.file).is_some_and(|text| body.of(text) == markdown.text());
        let inside = spans.iter().filter(|span| stands && span.start >= body.start && span.end <= body.end);
        inside.map(|span| Span { start: span.start - body.start, end: span.end - body.start }).collect()
    }
}

/// The numbers of a chart as a table.
fn chart_table(block: &ChartBlock) -> String {
    use crate::render::escape;
    use crate::source::yaml::OneOr;
    let chart = &block.chart;
    let mut html = String::from("<figure class=\"chart\">\n<figcaption>");
    let title = chart.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
    escape::text(&mut html, title);
    html.push_str("</figcaption>\n<table>\n<tbody>\n");
    for (label, numbers) in chart.rows.iter().flat_map(|rows| &rows.0) {
        html.push_str("<tr><th scope=\"row\">");
        escape::text(&mut html, &label.value);
        html.push_str("</th>");
        let numbers = match numbers {
            OneOr::One(number) => std::slice::from_ref(number),
            OneOr::More(numbers) => numbers.as_slice(),
        };
        for number in numbers {
            html.push_str("<td class=\"n\">");
            escape::text(&mut html, &number.value.0.to_string());
            html.push_str("</td>");
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</figure>\n");
    html
}
