//! Markdown and its structure: headings, blocks, links and readable text, with their places.
//!
//! Spans inside a [`Markdown`] count from the first byte of its own text. [`Markdown::location`] converts them to
//! places in the file.

mod broken_syntax;
pub(crate) mod chart_block;
pub(crate) mod comments;
mod content;
mod heading_ids;
mod link_references;
pub(crate) mod link_target;
mod linked_text;
mod markdown_file;
mod parse;
mod raw_html;
mod readable_blocks;
mod text_runs;

use std::sync::Arc;

pub(crate) use readable_blocks::readable_blocks;

use pulldown_cmark::Options;

use self::comments::CommentFree;
use crate::diagnostic::{Location, RelPath, SourceText, Span, WithDiagnostics};
use crate::source::files::ChartFile;
use crate::source::one_line::one_line;
use crate::source::yaml::Prose;

pub(crate) use self::content::MarkdownContent;
pub(crate) use self::linked_text::LinkedText;
use self::linked_text::TextPlace;
pub(crate) use self::markdown_file::{HeldMarkdown, MarkdownFile};

/// The body of a submission or page, or the Markdown of a YAML value, with its structure.
#[derive(Clone, Debug)]
pub(crate) struct Markdown {
    /// Its file, its place there, and its links.
    pub linked: LinkedText,
    origin: Origin,
    /// The parts of the source that are no words: the facts of items, in order.
    hidden: Vec<Span>,
    /// The headings, in order, including those in quotations and lists.
    pub headings: Vec<MarkdownHeading>,
    /// The top-level blocks, in order.
    pub blocks: Vec<MarkdownBlock>,
    /// The readable text, in order: prose without code and link targets.
    pub runs: Vec<TextRun>,
    /// The readable text with code and addresses in `<…>`, if there are any; see [`Markdown::shown_runs`].
    shown: Vec<TextRun>,
    /// The tables, in order: the span of each cell, by row, with the heading row first.
    pub tables: Vec<Vec<Vec<Span>>>,
    /// The `chart` blocks that could be read, in order.
    pub charts: Vec<ChartBlock>,
    /// Number of words in the readable text.
    pub words: usize,
    /// Whether an unclosed chart block, which has been reported, has swallowed the rest of the text.
    pub is_cut_short: bool,
}

/// The source of Markdown.
#[derive(Clone, Debug)]
enum Origin {
    /// A span of a file's text.
    File(SourceText, Span),
    /// A value of a YAML file.
    Yaml(Arc<Prose>),
}

impl Origin {
    /// Where the first byte of the text is.
    fn place(&self) -> TextPlace {
        match self {
            Self::File(_, body) => TextPlace::File(body.start),
            Self::Yaml(prose) => TextPlace::Yaml(Arc::clone(prose)),
        }
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarkdownHeading {
    /// 1 to 6.
    pub level: u8,
    /// The text without markup.
    pub text: String,
    /// The heading's lines, without the line end.
    pub span: Span,
    /// The id for links, unique in the text: the author's `{#id}`, or the slug of the heading's text. Duplicates get
    /// `-2`, `-3` and so on.
    pub id: String,
    /// Whether it is at the top level, not in a quotation or list.
    pub top_level: bool,
}

/// A top-level block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarkdownBlock {
    pub kind: MarkdownBlockKind,
    /// The whole block, without the line end.
    pub span: Span,
}

/// The kind of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MarkdownBlockKind {
    /// A heading: its index in [`Markdown::headings`].
    Heading(usize),
    /// A paragraph with readable text.
    Paragraph {
        /// The text without markup.
        text: String,
        /// Whether all of it is bold, so that it may be meant as a heading.
        is_bold: bool,
    },
    /// A list: its own items, but not those of nested lists. Items without readable text are left out.
    List(Vec<ListItem>),
    /// A quotation.
    Quotation,
    /// Anything else: a table, code, a chart.
    Other,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListItem {
    /// The text without markup; only the first paragraph or line if it has several blocks.
    pub text: String,
    /// The whole item.
    pub span: Span,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub is_image: bool,
    /// The address, with entities decoded.
    pub target: String,
    /// The title; empty if it has none. An image's is shown as its credit.
    pub title: Box<str>,
    /// The whole link.
    pub span: Span,
    /// The place of the target's definition, for a reference such as `[text][label]`.
    pub definition: Option<Span>,
}

/// A piece of readable text, as long as possible. It may span several lines of a paragraph if only white space is
/// between them.
///
/// The texts of the runs from one `begins_block` to the next, concatenated, are the text of a block. Code, addresses in
/// `<…>` and link targets are in no run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextRun {
    /// Its place. The text at this place is the readable text, unless `text` is given.
    pub span: Span,
    /// The readable text if it differs from the source (entities, escapes).
    pub text: Option<Box<str>>,
    /// Whether it starts a new block (paragraph, heading, item, cell), so that words do not run together.
    pub begins_block: bool,
}

/// The separator between blocks when their texts are joined. Words and sentences do not cross it.
pub(crate) const BLOCK_END: char = '\u{1e}';

/// A `chart` block.
#[derive(Clone, Debug)]
pub(crate) struct ChartBlock {
    /// The whole fenced block.
    pub span: Span,
    pub chart: ChartFile,
}

/// The supported Markdown extensions. They are listed one by one, because some of the others delete text.
///
/// Smart punctuation is only applied on pages. Here, texts keep the characters that were written.
#[must_use]
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

impl Markdown {
    /// Reads the Markdown at `body` of a file's whole text.
    #[must_use]
    pub(crate) fn of_file(file: &RelPath, text: &SourceText, body: Span) -> WithDiagnostics<Self> {
        parse::read(file, &Origin::File(text.clone(), body), Vec::new())
    }

    /// The same text without the parts in `hidden`, which are in order. Places stay those of the whole text.
    #[must_use]
    pub(crate) fn without(self, hidden: Vec<Span>) -> Self {
        if hidden.is_empty() { self } else { parse::read_again(&self.linked.file, &self.origin, hidden) }
    }

    /// Reads the Markdown of a value in a YAML file.
    #[must_use]
    pub(crate) fn of_prose(file: &RelPath, prose: &Prose) -> WithDiagnostics<Self> {
        parse::read(file, &Origin::Yaml(Arc::new(prose.clone())), Vec::new())
    }

    /// Whether it is the body of a file, and not a value of a YAML file.
    #[must_use]
    pub(crate) fn is_of_file(&self) -> bool {
        matches!(self.origin, Origin::File(..))
    }

    /// The source text.
    #[must_use]
    pub(crate) fn text(&self) -> &str {
        match &self.origin {
            Origin::File(text, body) => body.slice(text),
            Origin::Yaml(prose) => &prose.text,
        }
    }

    /// The source text as it is parsed: without notes and hidden parts.
    #[must_use]
    pub(crate) fn comment_free(&self) -> CommentFree<'_> {
        CommentFree::new(self.text(), &self.hidden)
    }

    /// Everything that a reader sees, in order: readable text, code, and addresses in `<…>`.
    #[must_use]
    pub(crate) fn shown_runs(&self) -> &[TextRun] {
        if self.shows_more() { &self.shown } else { &self.runs }
    }

    /// Whether a reader sees more than [`Markdown::runs`]: code, or an address in `<…>`.
    #[must_use]
    pub(crate) fn shows_more(&self) -> bool {
        !self.shown.is_empty()
    }

    /// The readable text of a span up to where a second block or item begins, on one line.
    #[must_use]
    pub(crate) fn first_text_at(&self, span: Span) -> String {
        let inside = |run: &&TextRun| span.start <= run.span.start && run.span.start < span.end;
        let mut begins = self.shown_runs().iter().filter(inside).skip(1).filter(|run| run.begins_block);
        let end = begins.next().map_or(span.end, |run| run.span.start);
        self.text_at(Span { start: span.start, end })
    }

    /// The readable text of a span, code included, on one line.
    #[must_use]
    pub(crate) fn text_at(&self, span: Span) -> String {
        let runs = self.shown_runs();
        let first = runs.partition_point(|run| run.span.end <= span.start);
        let mut text = String::new();
        for run in runs[first..].iter().take_while(|run| run.span.start < span.end) {
            if run.begins_block {
                text.push(' ');
            }
            let inside = Span { start: run.span.start.max(span.start), end: run.span.end.min(span.end) };
            match &run.text {
                Some(words) if inside == run.span => text.push_str(words),
                Some(_) => {}
                None => text.push_str(inside.slice(self.text())),
            }
        }
        one_line(&text)
    }

    /// The link or image that contains a span, if any.
    #[must_use]
    pub(crate) fn link_around(&self, span: Span) -> Option<&Link> {
        let links = &self.linked.links;
        let after = links.partition_point(|link| link.span.start <= span.start);
        // A link contains at most a few images, which start after it.
        links[..after].iter().rev().take(8).find(|link| span.end <= link.span.end)
    }

    /// The top-level blocks that start in a span.
    pub(crate) fn blocks_in(&self, span: Span) -> impl Iterator<Item = &MarkdownBlock> {
        let first = self.blocks.partition_point(|block| block.span.start < span.start);
        self.blocks[first..].iter().take_while(move |block| block.span.start < span.end)
    }

    /// The file's last line with text, or the place of the YAML value. Missing parts are reported here.
    #[must_use]
    pub(crate) fn last_line(&self) -> Location {
        match &self.origin {
            Origin::File(text, _) => Location::last_line(&self.linked.file, text),
            Origin::Yaml(prose) => Location::new(&self.linked.file, prose.span),
        }
    }

    /// Drops the texts of paragraphs, and the items of lists, which only the search for sections and commitments needs, so
    /// that thousands of submissions fit in memory.
    pub(crate) fn forget_block_texts(&mut self) {
        for block in &mut self.blocks {
            match &mut block.kind {
                MarkdownBlockKind::Paragraph { text, .. } => *text = String::new(),
                MarkdownBlockKind::List(items) => *items = Vec::new(),
                MarkdownBlockKind::Heading(_) | MarkdownBlockKind::Quotation | MarkdownBlockKind::Other => {}
            }
        }
        self.headings.shrink_to_fit();
        self.blocks.shrink_to_fit();
        self.linked.links.shrink_to_fit();
        self.runs.shrink_to_fit();
        self.shown.shrink_to_fit();
    }

    /// The location of a span in the file.
    #[must_use]
    pub(crate) fn location(&self, inside: Span) -> Location {
        self.linked.location(inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(text: &str) -> Markdown {
        let shared = text.into();
        Markdown::of_file(&RelPath::new("a.md"), &shared, Span::new(0, text.len())).value
    }

    /// The blocks of a text with the text at their spans.
    fn check(text: &str) -> String {
        let markdown = markdown(text);
        let blocks = markdown.blocks.iter().map(|block| {
            let at = block.span.slice(text);
            match &block.kind {
                MarkdownBlockKind::Heading(index) => {
                    let MarkdownHeading { level, text: words, span, id, top_level } = &markdown.headings[*index];
                    assert!(*top_level && *span == block.span);
                    format!("h{level} {words:?} #{id} {at:?}")
                }
                MarkdownBlockKind::Paragraph { text, is_bold: false } => format!("p {text:?} {at:?}"),
                MarkdownBlockKind::Paragraph { text, is_bold: true } => format!("bold {text:?} {at:?}"),
                MarkdownBlockKind::List(items) => {
                    let items = items.iter().map(|item| format!("{:?} {:?}", item.text, item.span.slice(text)));
                    format!("list {}", items.collect::<Vec<_>>().join(" + "))
                }
                MarkdownBlockKind::Quotation => format!("quotation {at:?}"),
                MarkdownBlockKind::Other => format!("other {at:?}"),
            }
        });
        blocks.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn headings_have_their_text_span_and_id() {
        assert_eq!(
            check("## What *next*? {#plans .x onclick=y}\n"),
            "h2 \"What next?\" #plans \"## What *next*? {#plans .x onclick=y}\""
        );
        assert_eq!(check("What next\r\n---\r\n"), "h2 \"What next\" #what-next \"What next\\r\\n---\"");
        assert_eq!(
            check("  ## a ##\n## a\n##\n"),
            "h2 \"a\" #a \"## a ##\"\nh2 \"a\" #a-2 \"## a\"\nh2 \"\" #section \"##\""
        );
        assert_eq!(check("## a\n\n## b {#a}"), "h2 \"a\" #a-2 \"## a\"\nh2 \"b\" #a \"## b {#a}\"");
        assert_eq!(check("## A&amp;E `x` ![y](z)"), "h2 \"A&E x y\" #a-e-x-y \"## A&amp;E `x` ![y](z)\"");
        assert_eq!(check("##Heading"), "p \"##Heading\" \"##Heading\"");
    }

    #[test]
    fn nested_headings_are_not_at_the_top() {
        let markdown = markdown("> ## a\n\n- ## b\n\n## c\n");
        let found: Vec<_> = markdown.headings.iter().map(|heading| (&*heading.text, heading.top_level)).collect();
        assert_eq!(found, [("a", false), ("b", false), ("c", true)]);
    }

    #[test]
    fn paragraphs_know_whether_they_are_bold() {
        assert_eq!(
            check("**What next?**\n\n***x***\n\n**a** b\n"),
            "bold \"What next?\" \"**What next?**\"\nbold \"x\" \"***x***\"\np \"a b\" \"**a** b\""
        );
        assert_eq!(check("one\ntwo  \nthree\n"), "p \"one two three\" \"one\\ntwo  \\nthree\"");
        assert_eq!(check("<b>\n\n---\n\n![](x)\n"), "other \"<b>\"\nother \"---\"\nother \"![](x)\"");
    }

    #[test]
    fn items_have_the_text_of_their_first_block() {
        assert_eq!(
            check("- one **two**\n  three\n  - nested\n- four\n\n  five\n"),
            "list \"one two three\" \"- one **two**\\n  three\\n  - nested\" + \"four\" \"- four\\n\\n  five\""
        );
        assert_eq!(check("1. [x] done\n2. \n3. - deep\n"), "list \"done\" \"1. [x] done\" + \"deep\" \"3. - deep\"");
        assert_eq!(check("- ## h\n  text\n"), "list \"h\" \"- ## h\\n  text\"");
        assert_eq!(check("* a\r\n* é\r\n"), "list \"a\" \"* a\" + \"é\" \"* é\"");
    }

    #[test]
    fn a_rule_in_the_body_deletes_nothing() {
        assert_eq!(
            check("a\n\n---\n\nb: c\n\n---\n\nd"),
            "p \"a\" \"a\"\nother \"---\"\np \"b: c\" \"b: c\"\nother \"---\"\np \"d\" \"d\""
        );
    }

    /// The runs of a text, one block per line, after the number of words.
    fn runs(text: &str) -> String {
        let markdown = markdown(text);
        let mut shown = String::new();
        for run in &markdown.runs {
            shown.push_str(if run.begins_block { "\n" } else { "|" });
            shown.push_str(run.text.as_deref().unwrap_or(run.span.slice(text)));
        }
        format!("{}{shown}", markdown.words)
    }

    #[test]
    fn runs_are_the_readable_text() {
        assert_eq!(runs("a **bo**ld `code` move\nnext line"), "5\na |bo|ld | move\nnext line");
        assert_eq!(runs("A&amp;E \\*x\\* &mdash; y"), "3\nA|&|E |*x|* |—| y");
        assert_eq!(runs("## H\n- a\n- b [c](d.md \"t\")\n\n![alt](x.png)"), "5\nH\na\nb |c\nalt");
        assert_eq!(runs("| a | b |\n|---|---|\n| c | d e |"), "5\na\nb\nc\nd e");
        assert_eq!(runs("x[^1]\n\n[^1]: note\n"), "2\nx\nnote");
        assert_eq!(runs("<https://a.example/NHS> <a@b.example>"), "1\n |a@b.example");
        assert_eq!(runs("> one\n> two"), "2\none| |two");
        assert_eq!(runs("one\n%% note\ntwo\\\nthree"), "3\none| |two| |three");
        assert_eq!(runs("```\ncode\n```\n\n    code\n"), "0");
    }

    #[test]
    fn runs_without_their_own_text_are_in_the_file() {
        let text = "---\ntitle: x\n---\né [a](b) c\n";
        let shared = text.into();
        let markdown = Markdown::of_file(&RelPath::new("a.md"), &shared, Span::new(17, text.len())).value;
        let found: Vec<_> = markdown.runs.iter().map(|run| markdown.location(run.span).span.slice(text)).collect();
        assert_eq!(found, ["é ", "a", " c"]);
    }
}
