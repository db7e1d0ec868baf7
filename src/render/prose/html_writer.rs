//! The writer: one pass over the parser's events, each written to the part it belongs to.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag,
};

use super::closing_tag::ClosingTag;
use super::figures::{self, PARAGRAPH, TitledImage};
use super::footnotes::{self, Footnotes};
use super::gapped_html::{GappedHtml, Mark, PageGap, TermStyle};
use super::inline_text::InlineText;
use super::{ImageTarget, ItemMark, LinkDestination, ProseOptions, UnplacedProse};
use crate::diagnostic::Span;
use crate::escape;
use crate::source::markdown::link_target::{LinkKind, destination};
use crate::source::markdown::{Markdown, chart_block, comments::CommentFree, options};

/// Writes the parts of a text in `spans`.
pub(super) fn write(markdown: &Markdown, spans: &[Span], setting: &ProseOptions<'_>) -> UnplacedProse {
    let reading = markdown.comment_free();
    let footnotes = Footnotes::find(&reading, |block, reference| {
        [block, reference].iter().any(|range| part_at(spans, reading.written(range).start).is_some())
    });
    let mut writer = HtmlWriter {
        markdown,
        reading: &reading,
        spans,
        setting,
        texts: vec![GappedHtml::default(); spans.len() + footnotes.count() + 1],
        referred: vec![0; footnotes.count()],
        footnotes: &footnotes,
        at: None,
        open: Vec::new(),
        pieces: InlineText::default(),
        headings: 0,
        tables: 0,
        columns: Vec::new(),
        column: 0,
        in_head: false,
        in_link: 0,
        in_heading: false,
        in_chart: false,
        facts: None,
        alt: None,
        titled: None,
    };
    // Smart punctuation only affects appearance, so it is applied here and not when the structure is read.
    let parser = Parser::new_ext(reading.text(), options() | Options::ENABLE_SMART_PUNCTUATION);
    for (event, range) in parser.into_offset_iter() {
        writer.step(event, range);
    }
    writer.finish()
}

/// The part that contains a position.
fn part_at(spans: &[Span], at: u32) -> Option<usize> {
    let part = spans.partition_point(|span| span.start <= at).checked_sub(1)?;
    (at < spans[part].end).then_some(part)
}

struct HtmlWriter<'t> {
    markdown: &'t Markdown,
    reading: &'t CommentFree<'t>,
    spans: &'t [Span],
    setting: &'t ProseOptions<'t>,
    /// The output texts: one for each span, one for each footnote, and one that is discarded.
    texts: Vec<GappedHtml>,
    /// The index of the text currently written to; `None` outside the spans.
    at: Option<usize>,
    /// For each open element, its end and the text written to before it.
    open: Vec<(ClosingTag<'t>, Option<usize>)>,
    pieces: InlineText<'t>,
    footnotes: &'t Footnotes,
    /// The number of references written for each footnote.
    referred: Vec<usize>,
    /// The number of headings so far, written or not.
    headings: usize,
    /// The number of tables written.
    tables: usize,
    /// The columns of the open table, and the current column.
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// The number of open links.
    in_link: usize,
    in_heading: bool,
    in_chart: bool,
    /// The index of the open item if it still has facts to show at the end of its first block.
    facts: Option<usize>,
    /// The alternative text of the open image.
    alt: Option<GappedHtml>,
    /// The last image with a title in the open paragraph.
    titled: Option<TitledImage<CowStr<'t>>>,
}

impl<'t> HtmlWriter<'t> {
    fn step(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Text(text) => {
                if self.at.is_some() && !self.in_chart {
                    self.pieces.add(text, self.reading.written(&range));
                }
                return;
            }
            Event::SoftBreak if !self.pieces.is_empty() => {
                self.pieces.add(CowStr::Borrowed("\n"), self.reading.written(&range));
                return;
            }
            _ => self.flush(),
        }
        match event {
            Event::Start(tag) => {
                let before = self.at;
                self.at = self.text_for(&tag, &range);
                let heading = self.headings;
                self.headings += usize::from(matches!(tag, Tag::Heading { .. }));
                let is_item_alone = before.is_none() && matches!(tag, Tag::Item);
                let close = match self.at {
                    Some(_) if !is_item_alone => self.start(tag, &range, heading),
                    _ => ClosingTag::Nothing,
                };
                self.open.push((close, before));
            }
            Event::End(_) => {
                if let Some((close, before)) = self.open.pop() {
                    self.end(close);
                    self.at = before;
                }
            }
            Event::Rule if self.open.is_empty() => {
                self.at = part_at(self.spans, self.reading.written(&range).start);
                self.push("<hr>\n");
                self.at = None;
            }
            Event::Rule => self.push("<hr>\n"),
            Event::Code(text) => self.code(&text),
            Event::SoftBreak => self.push("\n"),
            Event::HardBreak => self.push(if self.alt.is_some() { " " } else { "<br>\n" }),
            Event::FootnoteReference(label) => self.reference(&label),
            Event::TaskListMarker(is_done) => self.task(is_done),
            // Raw HTML is dropped: its content has not been read or checked.
            _ => {}
        }
    }

    /// The text that an element is written to: the footnote's own, the current one, or that of the span in which a
    /// top-level block begins. A block inside another block must be entirely within the span.
    fn text_for(&self, tag: &Tag<'_>, range: &Range<usize>) -> Option<usize> {
        let part = |range: &Range<usize>| part_at(self.spans, self.reading.written(range).start);
        match tag {
            // A footnote without references goes to the discarded text.
            Tag::FootnoteDefinition(label) => {
                let index = self.footnotes.index(label).unwrap_or(self.footnotes.count());
                Some(self.spans.len() + index)
            }
            _ if self.at.is_some() => self.at,
            _ if self.open.is_empty() => part(range),
            Tag::Item
            | Tag::Paragraph
            | Tag::List(_)
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::Heading { .. } => {
                let length = self.reading.text()[range.clone()].trim_end().len();
                let end = self.reading.written(&(range.start..range.start + length)).end;
                part(range).filter(|part| end <= self.spans[*part].end)
            }
            _ => None,
        }
    }

    /// Adds HTML, or plain text while alternative text is collected.
    fn push(&mut self, html: &str) {
        if let Some(alt) = &mut self.alt {
            alt.text.push_str(html);
        } else if let Some(at) = self.at {
            self.texts[at].text.push_str(html);
        }
    }

    /// The current text.
    fn out(&mut self) -> &mut GappedHtml {
        let thrown_away = self.texts.len() - 1;
        &mut self.texts[self.at.unwrap_or(thrown_away)]
    }

    /// Prints the run of text that has ended.
    fn flush(&mut self) {
        if self.pieces.is_empty() {
            return;
        }
        let terms = match (self.in_heading, self.in_link) {
            (false, 0) => TermStyle::Linked,
            _ => TermStyle::Named,
        };
        let marked = self.setting.terms;
        if let Some(alt) = &mut self.alt {
            self.pieces.print(marked, TermStyle::Plain, alt);
        } else if let Some(at) = self.at {
            self.pieces.print(marked, terms, &mut self.texts[at]);
        }
    }

    fn start(&mut self, tag: Tag<'t>, range: &Range<usize>, heading: usize) -> ClosingTag<'t> {
        if self.alt.is_some() {
            return ClosingTag::Nothing;
        }
        if matches!(tag, Tag::Item | Tag::Paragraph)
            && let Some((index, mark)) = ItemMark::find(self.setting.items, self.reading.written(range).start)
        {
            let (open, close) = if tag == Tag::Item { ("<li", "</li>\n") } else { ("<p", "</p>\n") };
            let out = self.out();
            out.text.push_str(open);
            mark.finish_tag(out);
            self.facts = mark.has_facts.then_some(index);
            return ClosingTag::Tag(close);
        }
        if matches!(tag, Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_) | Tag::Heading { .. }) {
            self.write_facts();
        }
        let (open, close) = match tag {
            Tag::Paragraph => {
                let before = self.out().end();
                self.push(PARAGRAPH);
                return ClosingTag::Paragraph(before);
            }
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong => ("<strong>", "</strong>"),
            Tag::Strikethrough => ("<del>", "</del>"),
            Tag::Item => ("<li>", "</li>\n"),
            Tag::List(None) => ("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => ("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.out().text, "<ol start=\"{first}\">");
                ("", "</ol>\n")
            }
            Tag::BlockQuote(None) => {
                let before = self.out().end();
                self.push("<blockquote>\n");
                return ClosingTag::Quotation(before);
            }
            Tag::BlockQuote(Some(kind)) => {
                self.start_alert(kind);
                ("", "</div>\n")
            }
            Tag::TableRow => {
                self.column = 0;
                ("<tr>", "</tr>\n")
            }
            Tag::Heading { level, .. } => return self.start_heading(level, heading),
            Tag::CodeBlock(kind) => return self.start_code(&kind, range),
            Tag::Table(columns) => return self.start_table(columns),
            Tag::TableHead => {
                (self.column, self.in_head) = (0, true);
                self.push("<thead><tr>");
                return ClosingTag::Head;
            }
            Tag::TableCell => return self.start_cell(),
            Tag::Link { link_type, dest_url, .. } => return self.start_link(link_type, &dest_url),
            Tag::Image { dest_url, title, .. } => return self.start_image(&dest_url, title),
            _ => return ClosingTag::Nothing,
        };
        self.push(open);
        ClosingTag::Tag(close)
    }

    /// Shows the facts of the open item, whose first block ends here.
    fn write_facts(&mut self) {
        if let Some(facts) = self.facts.take()
            && let Some(at) = self.at
        {
            self.texts[at].push_gap(PageGap::Facts(facts));
        }
    }

    fn end(&mut self, close: ClosingTag<'t>) {
        match close {
            ClosingTag::Nothing => {}
            ClosingTag::Tag(html) => {
                if matches!(html, "</li>\n" | "</p>\n") {
                    self.write_facts();
                }
                self.push(html);
            }
            ClosingTag::Heading(level) => {
                self.in_heading = false;
                let out = self.out();
                out.text.push_str("</h");
                out.push_gap(PageGap::HeadingLevel(level));
                out.text.push_str(">\n");
            }
            ClosingTag::Link(facts) => {
                self.in_link -= 1;
                if !facts.is_empty() {
                    let out = &mut self.out().text;
                    out.push_str("<span class=\"file-facts\"> (");
                    escape::text(out, &facts);
                    out.push_str(")</span>");
                }
                self.push("</a>");
            }
            ClosingTag::Table => self.push("</tbody></table></div>\n"),
            ClosingTag::Head => {
                self.in_head = false;
                self.push("</tr></thead><tbody>\n");
            }
            ClosingTag::Cell(before, content) => {
                let in_head = self.in_head;
                let out = self.out();
                // Screen readers would announce an empty header cell.
                if in_head && out.end() == content {
                    out.split_off(before);
                    out.text.push_str("<td></td>");
                } else {
                    out.text.push_str(if in_head { "</th>" } else { "</td>" });
                }
                self.column += 1;
            }
            ClosingTag::Image(image, title) => self.end_image(image, title),
            ClosingTag::Paragraph(before) => self.end_paragraph(before),
            ClosingTag::Quotation(before) => figures::end_quotation(self.out(), before),
            ClosingTag::Chart => self.in_chart = false,
        }
    }

    fn start_heading(&mut self, level: HeadingLevel, index: usize) -> ClosingTag<'t> {
        let Some(heading) = self.markdown.headings.get(index).filter(|heading| !heading.text.is_empty()) else {
            return ClosingTag::Nothing;
        };
        // The page's own title is its only heading of level 1.
        let level = (level as u8).max(2);
        let out = self.out();
        out.text.push_str("<h");
        out.push_gap(PageGap::HeadingLevel(level));
        out.text.push_str(" id=\"");
        out.push_gap(PageGap::Prefix);
        escape::attribute(&mut out.text, &heading.id);
        out.text.push_str("\">");
        self.in_heading = true;
        ClosingTag::Heading(level)
    }

    fn start_alert(&mut self, kind: BlockQuoteKind) {
        let (class, label) = match kind {
            BlockQuoteKind::Note => ("note", "alert_note"),
            BlockQuoteKind::Tip => ("tip", "alert_tip"),
            BlockQuoteKind::Important => ("important", "alert_important"),
            BlockQuoteKind::Warning => ("warning", "alert_warning"),
            BlockQuoteKind::Caution => ("caution", "alert_caution"),
        };
        let label = self.setting.words.text(label);
        let out = &mut self.out().text;
        let _ = write!(out, "<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-label\">");
        escape::text(out, label);
        out.push_str("</p>\n");
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) -> ClosingTag<'t> {
        if matches!(kind, CodeBlockKind::Fenced(info) if chart_block::is_chart(info)) {
            // A chart that could not be read is left out, because its content has not been checked.
            let text = &self.reading.text()[range.clone()];
            let indent = text.len() - text.trim_start().len();
            let start = self.reading.written(&(range.start + indent..range.end)).start;
            if let Ok(index) = self.markdown.charts.binary_search_by_key(&start, |chart| chart.span.start)
                && let Some(at) = self.at
            {
                self.texts[at].push_gap(PageGap::Chart(index));
            }
            self.in_chart = true;
            return ClosingTag::Chart;
        }
        // It may be wider than the page, so it must be focusable to be scrolled by keyboard.
        self.push("<pre tabindex=\"0\"><code>");
        ClosingTag::Tag("</code></pre>\n")
    }

    fn start_table(&mut self, columns: Vec<Alignment>) -> ClosingTag<'t> {
        self.columns = columns;
        self.tables += 1;
        let (words, number) = (self.setting.words, self.tables);
        let out = self.out();
        out.text.push_str("<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"");
        out.push_gap(PageGap::Prefix);
        let _ = write!(out.text, "table-{number}\">\n<table><caption id=\"");
        out.push_gap(PageGap::Prefix);
        let _ = write!(out.text, "table-{number}\" class=\"visually-hidden\">");
        escape::text(&mut out.text, words.text("table"));
        let _ = write!(out.text, " {number}</caption>");
        ClosingTag::Table
    }

    fn start_cell(&mut self) -> ClosingTag<'t> {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let tag = if self.in_head { "th scope=\"col\"" } else { "td" };
        let out = self.out();
        let before = out.end();
        let _ = write!(out.text, "<{tag}{class}>");
        ClosingTag::Cell(before, out.end())
    }

    fn start_link(&mut self, kind: LinkType, target: &str) -> ClosingTag<'t> {
        let found = match (kind, destination(target)) {
            (LinkType::Email, _) => Some((LinkDestination::Elsewhere(format!("mailto:{target}")), String::new())),
            (_, LinkKind::Web | LinkKind::Person) => {
                Some((LinkDestination::Elsewhere(target.to_owned()), String::new()))
            }
            (_, LinkKind::Inside) => self.setting.links.link(target),
            (_, LinkKind::Host | LinkKind::Forbidden) => None,
        };
        let Some((destination, facts)) = found else { return ClosingTag::Nothing };
        let out = self.out();
        out.text.push_str("<a href=\"");
        out.push_address(destination);
        out.text.push_str("\">");
        self.in_link += 1;
        ClosingTag::Link(facts)
    }

    fn start_image(&mut self, target: &str, title: CowStr<'t>) -> ClosingTag<'t> {
        self.alt = Some(GappedHtml::default());
        let is_inside = destination(target) == LinkKind::Inside;
        ClosingTag::Image(is_inside.then(|| self.setting.links.image(target)).flatten(), title)
    }

    /// Writes an image with the collected alternative text, or the text alone.
    fn end_image(&mut self, image: Option<ImageTarget>, title: CowStr<'t>) {
        let alt = self.alt.take().unwrap_or_default().text;
        match image {
            Some(image) => self.titled = figures::write_image(self.out(), &alt, &image, title),
            None => self.out().text.push_str(&alt),
        }
    }

    /// Ends a paragraph that began at a place in the text.
    fn end_paragraph(&mut self, before: Mark) {
        let titled = self.titled.take();
        self.write_facts();
        figures::end_paragraph(self.out(), before, titled);
    }

    fn code(&mut self, text: &str) {
        if let Some(alt) = &mut self.alt {
            escape::text(&mut alt.text, text);
        } else if self.at.is_some() {
            let out = &mut self.out().text;
            out.push_str("<code>");
            escape::text(out, text);
            out.push_str("</code>");
        }
    }

    fn task(&mut self, is_done: bool) {
        let words = self.setting.words;
        let (sign, label) =
            if is_done { ('☑', words.text("task_done")) } else { ('☐', words.text("task_not_done")) };
        if self.at.is_some() {
            let out = &mut self.out().text;
            out.push_str("<span class=\"task\" role=\"img\" aria-label=\"");
            escape::attribute(out, label);
            let _ = write!(out, "\">{sign}</span> ");
        }
    }

    /// Writes the number that links to a footnote.
    fn reference(&mut self, label: &str) {
        let is_printed = self.at.is_some_and(|at| at + 1 < self.texts.len()) && self.alt.is_none();
        let Some(index) = self.footnotes.index(label).filter(|_| is_printed) else { return };
        self.referred[index] += 1;
        let (nth, number) = (self.referred[index], index + 1);
        let is_nested = self.in_link > 0;
        let out = self.out();
        if is_nested {
            let _ = write!(out.text, "<sup>{number}</sup>");
            return;
        }
        out.text.push_str("<sup><a id=\"");
        footnotes::push_reference_id(out, number, nth);
        out.text.push_str("\" href=\"#");
        out.push_gap(PageGap::PrefixInAddress);
        let _ = write!(out.text, "footnote-{number}\" role=\"doc-noteref\">{number}</a></sup>");
    }

    /// The parts, and the footnotes as one list.
    fn finish(mut self) -> UnplacedProse {
        self.flush();
        let notes = self.texts.split_off(self.spans.len());
        let footnotes = footnotes::list(notes, &self.referred, self.setting.words);
        UnplacedProse { parts: self.texts, footnotes, terms: self.setting.terms.to_vec() }
    }
}
