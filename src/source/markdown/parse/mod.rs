//! Reads Markdown in one pass: its structure, its readable text, and its diagnostics.

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Parser, RefDefs, Tag, TagEnd};

mod checks;

use super::comments::CommentFree;
use super::text_runs::TextRunBuilder;
use super::{
    LinkedText, ListItem, Markdown, MarkdownBlock, MarkdownBlockKind, MarkdownHeading, Origin, broken_syntax,
    chart_block, heading_ids, link_references, options, raw_html,
};
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics};

/// Reads Markdown.
pub(super) fn read(file: &RelPath, origin: &Origin, hidden: Vec<Span>) -> WithDiagnostics<Markdown> {
    parse(file, origin, hidden, true)
}

/// Reads Markdown again. What is wrong with it was found in the first reading.
pub(super) fn read_again(file: &RelPath, origin: &Origin, hidden: Vec<Span>) -> Markdown {
    parse(file, origin, hidden, false).value
}

fn parse(file: &RelPath, origin: &Origin, hidden: Vec<Span>, is_first: bool) -> WithDiagnostics<Markdown> {
    let empty = Markdown {
        linked: LinkedText::new(file, origin.place()),
        origin: origin.clone(),
        hidden,
        headings: Vec::new(),
        blocks: Vec::new(),
        runs: Vec::new(),
        shown: Vec::new(),
        tables: Vec::new(),
        charts: Vec::new(),
        words: 0,
        is_cut_short: false,
    };
    let written = match origin {
        Origin::File(text, body) => body.slice(text),
        Origin::Yaml(prose) => &prose.text,
    };
    let reading = CommentFree::new(written, &empty.hidden);
    let broken = RefCell::new(Vec::new());
    let note_broken = |link: BrokenLink<'_>| {
        broken.borrow_mut().push((link.span, link.link_type, link.reference.into_string()));
        None
    };
    let parser = Parser::new_with_broken_link_callback(reading.text(), options(), Some(note_broken));
    let mut events = parser.into_offset_iter();
    let mut walk = MarkdownParser::new(&reading, written, empty);
    walk.check_definitions(events.reference_definitions());
    while let Some((event, range)) = events.next() {
        walk.step(event, range, events.reference_definitions());
    }
    let broken = broken.take();
    let known =
        if broken.is_empty() { Vec::new() } else { link_references::known_labels(events.reference_definitions()) };
    for (span, kind, label) in broken {
        if let Some((message, help)) = link_references::undefined(&reading.text()[span.clone()], kind, &label, &known) {
            walk.report(Code::BrokenLink, &span, message, help);
        }
    }
    walk.finish(is_first)
}

/// The state of the pass. Ranges are of the text without notes; stored spans are of the original text.
struct MarkdownParser<'t> {
    reading: &'t CommentFree<'t>,
    markdown: Markdown,
    diagnostics: Vec<Diagnostic>,
    runs: TextRunBuilder<'t>,
    /// The runs with code and addresses, if the text may contain any.
    shown: Option<TextRunBuilder<'t>>,
    html: raw_html::RawHtmlGroups,
    /// Number of open blocks and inline elements.
    open: usize,
    /// The open top-level block.
    block: Option<MarkdownBlockKind>,
    /// The text of the open top-level paragraph or item.
    draft: Option<TextDraft>,
    /// The text of the open heading.
    heading: Option<String>,
    /// For each heading, the id that the author chose.
    own_ids: Vec<Option<String>>,
    /// The level of the last heading.
    level: u8,
    /// Number of open bold elements.
    bold: usize,
    /// Number of non-blank pieces of text so far. Shows whether an image has alternative text.
    texts_read: usize,
    /// The open images, each with the value of `texts_read` at its start.
    images: Vec<(Range<usize>, usize)>,
    /// Whether an address in `<…>` is open.
    in_address: bool,
    /// Whether a code block is open.
    in_code: bool,
    /// The lines of the open code block, if it is a chart.
    chart: Option<Vec<Range<usize>>>,
    /// The open HTML block, as far as it was read.
    html_block: Option<Range<usize>>,
}

/// The text of a paragraph or of an item's first block.
#[derive(Default)]
struct TextDraft {
    text: String,
    /// Whether any of it is not bold.
    has_plain: bool,
    /// Whether the first block with text has ended.
    is_done: bool,
}

impl<'t> MarkdownParser<'t> {
    fn new(reading: &'t CommentFree<'t>, written: &'t str, markdown: Markdown) -> Self {
        // The page's title is level 1. The context of Markdown in YAML is not known here, so its first heading may have
        // any level.
        let level = if matches!(markdown.origin, Origin::File(..)) { 1 } else { 6 };
        Self {
            reading,
            markdown,
            diagnostics: Vec::new(),
            runs: TextRunBuilder::new(written),
            shown: may_hold_code(written).then(|| TextRunBuilder::new(written)),
            html: raw_html::RawHtmlGroups::default(),
            open: 0,
            block: None,
            draft: None,
            heading: None,
            own_ids: Vec::new(),
            level,
            bold: 0,
            texts_read: 0,
            images: Vec::new(),
            in_address: false,
            in_code: false,
            chart: None,
            html_block: None,
        }
    }

    /// Converts a range to a span of the original text, without surrounding white space.
    fn span(&self, range: &Range<usize>) -> Span {
        let text = &self.reading.text()[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        let end = range.start + text.trim_end().len();
        self.reading.written(&(start.min(end)..end))
    }

    /// Converts a range to a location in the file.
    fn location(&self, range: &Range<usize>) -> Location {
        self.markdown.location(self.span(range))
    }

    fn report(&mut self, code: Code, range: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let location = self.location(range);
        self.diagnostics.push(Diagnostic::new(code, location, message).help(help));
    }

    fn step(&mut self, event: Event<'_>, range: Range<usize>, definitions: &RefDefs<'_>) {
        match event {
            Event::Start(tag) => {
                if !is_inline(tag.to_end()) {
                    self.break_block();
                }
                self.start(tag, &range, definitions);
                self.open += 1;
            }
            Event::End(tag) => {
                self.open = self.open.saturating_sub(1);
                self.end(tag, &range);
                if !is_inline(tag) {
                    self.break_block();
                }
            }
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                self.add_text(&text);
                self.add_shown(&text, &range);
            }
            Event::SoftBreak | Event::HardBreak => {
                let span = self.reading.written(&range);
                self.runs.break_line(span);
                if let Some(shown) = &mut self.shown {
                    shown.break_line(span);
                }
                self.add_text(" ");
            }
            Event::Html(_) => {
                if let Some(block) = &mut self.html_block {
                    block.end = range.end;
                }
            }
            Event::InlineHtml(tag) => {
                if self.html.is_new_inline(&tag, &range) {
                    let (message, help) = raw_html::explain(&tag);
                    self.report(Code::RawHtml, &range, message, help);
                }
            }
            Event::Rule => {
                self.break_block();
                if self.open == 0 {
                    self.markdown
                        .blocks
                        .push(MarkdownBlock { kind: MarkdownBlockKind::Other, span: self.span(&range) });
                }
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>, definitions: &RefDefs<'_>) {
        if self.open == 0 {
            self.block = Some(MarkdownBlockKind::Other);
        }
        match tag {
            Tag::Paragraph if self.open == 0 => self.draft = Some(TextDraft::default()),
            Tag::BlockQuote(_) if self.open == 0 => self.block = Some(MarkdownBlockKind::Quotation),
            Tag::List(_) if self.open == 0 => self.block = Some(MarkdownBlockKind::List(Vec::new())),
            Tag::Item if self.open == 1 => self.draft = Some(TextDraft::default()),
            Tag::Heading { level, id, .. } => {
                self.heading = Some(String::new());
                self.own_ids.push(id.map(CowStr::into_string).filter(|id| !id.is_empty()));
                self.check_level(level as u8, range);
            }
            Tag::Strong => self.bold += 1,
            Tag::Link { link_type, dest_url, title, id } => {
                self.in_address = link_type == LinkType::Autolink;
                let address = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                let definition = link_references::definition(link_type, &id, definitions);
                self.link(false, (address, title), range, definition);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.images.push((range.clone(), self.texts_read));
                let definition = link_references::definition(link_type, &id, definitions);
                self.link(true, (dest_url.into_string(), title), range, definition);
            }
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                self.chart = matches!(kind, CodeBlockKind::Fenced(info) if chart_block::is_chart(&info)).then(Vec::new);
            }
            Tag::Table(_) => self.markdown.tables.push(Vec::new()),
            Tag::TableHead | Tag::TableRow => {
                if let Some(rows) = self.markdown.tables.last_mut() {
                    rows.push(Vec::new());
                }
            }
            Tag::HtmlBlock => self.html_block = Some(range.start..range.start),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level as u8, range),
            TagEnd::Paragraph if self.open == 0 => {
                if let Some(draft) = self.draft.take()
                    && !draft.text.trim().is_empty()
                {
                    let text = draft.text.trim().to_owned();
                    self.block = Some(MarkdownBlockKind::Paragraph { text, is_bold: !draft.has_plain });
                }
            }
            TagEnd::Item if self.open == 1 => {
                let span = self.span(range);
                if let (Some(draft), Some(MarkdownBlockKind::List(items))) = (self.draft.take(), &mut self.block)
                    && !draft.text.trim().is_empty()
                {
                    items.push(ListItem { text: draft.text.trim().to_owned(), span });
                }
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Link => self.in_address = false,
            TagEnd::Image => {
                if let Some((range, texts_read)) = self.images.pop()
                    && texts_read == self.texts_read
                {
                    let message = "this image has no alternative text for people who cannot see it";
                    self.report(Code::MissingAltText, &range, message, "write what it shows: `![what it shows](…)`");
                }
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                if let Some(lines) = self.chart.take() {
                    self.chart(range, lines);
                }
            }
            TagEnd::TableCell => {
                let cell = self.reading.written(range);
                if let Some(row) = self.markdown.tables.last_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(block) = self.html_block.take() {
                    self.html_block(&block);
                }
            }
            _ => {}
        }
        if self.open == 0
            && let Some(kind) = self.block.take()
        {
            let span = self.span(range);
            self.markdown.blocks.push(MarkdownBlock { kind, span });
        }
    }

    /// Notes the start or end of a block. An item's text is that of its first block with text.
    fn break_block(&mut self) {
        self.runs.break_block();
        if let Some(shown) = &mut self.shown {
            shown.break_block();
        }
        if let Some(draft) = &mut self.draft {
            draft.is_done |= !draft.text.trim().is_empty();
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(lines) = &mut self.chart {
            lines.push(range);
            return;
        }
        self.add_shown(text, &range);
        if self.in_code {
            return;
        }
        self.add_text(text);
        if !self.in_address {
            let span = self.reading.written(&range);
            self.runs.add(span, text);
        }
    }

    /// Adds a text to the runs with code and addresses. The range of code includes its backticks.
    fn add_shown(&mut self, text: &str, range: &Range<usize>) {
        if let Some(shown) = &mut self.shown {
            let marked = self.reading.text()[range.clone()].strip_prefix('`');
            let inside = marked.and_then(|marked| marked.find(text)).map(|at| range.start + 1 + at);
            let range = inside.map_or(range.clone(), |start| start..start + text.len());
            shown.add(self.reading.written(&range), text);
        }
    }

    /// Adds a text to the open heading, paragraph or item.
    fn add_text(&mut self, text: &str) {
        let is_blank = text.trim().is_empty();
        self.texts_read += usize::from(!is_blank);
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        if let Some(draft) = &mut self.draft
            && !draft.is_done
        {
            draft.text.push_str(text);
            draft.has_plain |= self.bold == 0 && !is_blank;
        }
    }

    fn end_heading(&mut self, level: u8, range: &Range<usize>) {
        let text = self.heading.take().unwrap_or_default().trim().to_owned();
        if self.open == 0 {
            self.block = Some(MarkdownBlockKind::Heading(self.markdown.headings.len()));
        }
        let (span, top_level) = (self.span(range), self.open == 0);
        self.markdown.headings.push(MarkdownHeading { level, text, span, id: String::new(), top_level });
    }

    fn finish(mut self, is_first: bool) -> WithDiagnostics<Markdown> {
        heading_ids::give_ids(&mut self.markdown.headings, self.own_ids);
        (self.markdown.runs, self.markdown.words) = self.runs.finish();
        // Without code and addresses, both lists of runs are the same, and one is enough.
        self.markdown.shown = self.shown.map(|shown| shown.finish().0).unwrap_or_default();
        if self.markdown.shown == self.markdown.runs {
            self.markdown.shown = Vec::new();
        }
        if is_first {
            self.diagnostics.extend(link_references::undefined_footnotes(&self.markdown));
            self.diagnostics.extend(broken_syntax::find(&self.markdown));
        }
        for block in &mut self.markdown.blocks {
            if let MarkdownBlockKind::List(items) = &mut block.kind {
                items.shrink_to_fit();
            }
        }
        self.markdown.blocks.shrink_to_fit();
        self.markdown.runs.shrink_to_fit();
        self.markdown.headings.shrink_to_fit();
        self.markdown.linked.links.shrink_to_fit();
        WithDiagnostics::new(self.markdown, self.diagnostics)
    }
}

/// Whether a text may contain code or an address in `<…>`.
fn may_hold_code(text: &str) -> bool {
    text.contains(['`', '<'])
        || ["~~~", "\n    ", "\n\t"].iter().any(|start| text.contains(start))
        || text.starts_with(' ')
}

/// Whether an element is inline, so that it does not separate words.
fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
