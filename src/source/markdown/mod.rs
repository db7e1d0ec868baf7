//! A piece of Markdown and its structure: headings, blocks, links and readable text, with their places.
//!
//! All spans inside a [`Markdown`] count from the first byte of its own text; [`Markdown::location`] turns them into
//! places of the file.

mod broken_syntax;
pub(crate) mod chart_block;
pub(crate) mod comments;
mod heading_ids;
mod link_references;
pub(crate) mod link_target;
mod parse;
mod raw_html;
mod text_runs;

use std::sync::Arc;

use pulldown_cmark::Options;

use crate::diagnostic::{Location, RelPath, Span, WithDiagnostics};
use crate::source::files::ChartFile;
use crate::source::yaml::Prose;

/// A submission's or page's body, or the prose of a YAML value, with its structure.
#[derive(Clone, Debug)]
pub(crate) struct Markdown {
    /// The file that it stands in.
    pub file: RelPath,
    /// Where its text stands in the file.
    origin: Origin,
    /// Its headings, in order, nested ones included.
    pub headings: Vec<MarkdownHeading>,
    /// Its blocks at the top level, in order.
    pub blocks: Vec<MarkdownBlock>,
    /// Its links and images, in order.
    pub links: Vec<Link>,
    /// Its readable text, in order: everything that a reader reads as prose, without code and links' targets.
    pub runs: Vec<TextRun>,
    /// The same with what stands in code and in addresses in `<…>`, where it has any: see [`Markdown::shown_runs`].
    shown: Vec<TextRun>,
    /// Its tables, in order: where the cells of each row stand, the headings first.
    pub tables: Vec<Vec<Vec<Span>>>,
    /// Its `chart` blocks that could be read, in order.
    pub charts: Vec<ChartBlock>,
    /// How many words a reader reads.
    pub words: usize,
    /// Whether a chart that is never closed, which is diagnosed, has swallowed the rest of it.
    pub is_cut_short: bool,
}

/// Where Markdown comes from.
#[derive(Clone, Debug)]
enum Origin {
    /// A span of a file's text.
    File(Arc<str>, Span),
    /// A value of a YAML file.
    Yaml(Arc<Prose>),
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarkdownHeading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// The heading's line or lines, without the line end.
    pub span: Span,
    /// The fragment that leads to it, unique in its text: its own `{#id}`, or the slug of its text, with `-2`, `-3` …
    /// where two collide.
    pub id: String,
    /// Whether it stands at the top level, and not in a quotation or list.
    pub top_level: bool,
}

/// A block at the top level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarkdownBlock {
    /// What it is.
    pub kind: MarkdownBlockKind,
    /// All of it, without the line end.
    pub span: Span,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MarkdownBlockKind {
    /// A heading: its index in [`Markdown::headings`].
    Heading(usize),
    /// A paragraph with readable text.
    Paragraph {
        /// Its text without markup.
        text: String,
        /// Whether all of it is bold: a line that was meant as a heading, perhaps.
        is_bold: bool,
    },
    /// A list, with its own items and not those of lists in it. Items without readable text are left out.
    List(Vec<ListItem>),
    /// A quotation.
    Quotation,
    /// Anything else: a table, code, a chart.
    Other,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListItem {
    /// Its text without markup, that of its first paragraph or line alone where it holds several blocks.
    pub text: String,
    /// All of it.
    pub span: Span,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// Whether it is an image.
    pub is_image: bool,
    /// Where it leads, with entities decoded.
    pub target: String,
    /// All of it.
    pub span: Span,
    /// Where its target is defined, for a reference such as `[text][label]`.
    pub definition: Option<Span>,
}

/// A piece of text that a reader reads, as long as it can be: over the lines of a paragraph, where nothing but white
/// space parts them.
///
/// The texts of the runs from one `begins_block` to the next, put together as they are, read as the block does. The
/// text of code, of addresses in `<…>` and of links' targets is in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextRun {
    /// Where it stands. The text there is what is read, but for `text`.
    pub span: Span,
    /// What is read, where that differs from what stands there (entities, escapes).
    pub text: Option<Box<str>>,
    /// Whether a new block (paragraph, heading, item, cell) begins with it, so that words do not run together.
    pub begins_block: bool,
}

/// What stands between two blocks where their texts are put together: no word and no sentence goes over it.
pub(crate) const BLOCK_END: char = '\u{1e}';

/// A `chart` block.
#[derive(Clone, Debug)]
pub(crate) struct ChartBlock {
    /// The fenced block.
    pub span: Span,
    /// What it says.
    pub chart: ChartFile,
}

/// The extensions of Markdown that are understood, listed one by one: some of the others delete text.
///
/// Smart punctuation is for the page alone: here texts keep the characters that were written.
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
    /// The Markdown that stands at `body` in a file's text.
    #[must_use]
    pub(crate) fn of_file(file: &RelPath, text: &Arc<str>, body: Span) -> WithDiagnostics<Self> {
        parse::read(file, &Origin::File(text.clone(), body))
    }

    /// The Markdown of a value in a YAML file.
    #[must_use]
    pub(crate) fn of_prose(file: &RelPath, prose: &Prose) -> WithDiagnostics<Self> {
        parse::read(file, &Origin::Yaml(Arc::new(prose.clone())))
    }

    /// The Markdown itself.
    #[must_use]
    pub(crate) fn text(&self) -> &str {
        match &self.origin {
            Origin::File(text, body) => body.slice(text),
            Origin::Yaml(prose) => &prose.text,
        }
    }

    /// All that a reader sees, in order.
    #[must_use]
    pub(crate) fn shown_runs(&self) -> &[TextRun] {
        if self.shows_more() { &self.shown } else { &self.runs }
    }

    /// Whether a reader sees more than [`Markdown::runs`]: code, or an address in `<…>`.
    #[must_use]
    pub(crate) fn shows_more(&self) -> bool {
        !self.shown.is_empty()
    }

    /// The link or image that a span lies in, where it does.
    #[must_use]
    pub(crate) fn link_around(&self, span: Span) -> Option<&Link> {
        let after = self.links.partition_point(|link| link.span.start <= span.start);
        // A link holds at most a few images, which begin after it.
        self.links[..after].iter().rev().take(8).find(|link| span.end <= link.span.end)
    }

    /// The blocks at the top level that lie in a span.
    pub(crate) fn blocks_in(&self, span: Span) -> impl Iterator<Item = &MarkdownBlock> {
        let first = self.blocks.partition_point(|block| block.span.start < span.start);
        self.blocks[first..].iter().take_while(move |block| block.span.start < span.end)
    }

    /// The file's last line with text, or the value's place: where something that is missing would stand.
    #[must_use]
    pub(crate) fn last_line(&self) -> Location {
        match &self.origin {
            Origin::File(text, _) => Location::last_line(&self.file, text),
            Origin::Yaml(prose) => Location::new(&self.file, prose.span),
        }
    }

    /// Drops what only finding sections and commitments needs, so that thousands of submissions fit in memory: the
    /// texts of paragraphs and items.
    pub(crate) fn forget_block_texts(&mut self) {
        for block in &mut self.blocks {
            match &mut block.kind {
                MarkdownBlockKind::Paragraph { text, .. } => *text = String::new(),
                MarkdownBlockKind::List(items) => items.iter_mut().for_each(|item| item.text = String::new()),
                MarkdownBlockKind::Heading(_) | MarkdownBlockKind::Quotation | MarkdownBlockKind::Other => {}
            }
        }
        self.blocks.shrink_to_fit();
        self.runs.shrink_to_fit();
        self.shown.shrink_to_fit();
    }

    /// Where a span of the Markdown stands in its file.
    #[must_use]
    pub(crate) fn location(&self, inside: Span) -> Location {
        let span = match &self.origin {
            Origin::File(_, body) => inside.shifted(body.start as usize),
            Origin::Yaml(prose) => prose.place_of(inside),
        };
        Location::new(&self.file, span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(text: &str) -> Markdown {
        let shared = Arc::from(text);
        Markdown::of_file(&RelPath::new("a.md"), &shared, Span::new(0, text.len())).value
    }

    /// The blocks of a text with what stands at their spans.
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

    /// The runs of a text, one block a line, with the words that were counted.
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
    fn runs_are_what_a_reader_reads() {
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
    fn every_run_without_a_text_of_its_own_stands_in_the_file() {
        let text = "---\ntitle: x\n---\né [a](b) c\n";
        let shared = Arc::from(text);
        let markdown = Markdown::of_file(&RelPath::new("a.md"), &shared, Span::new(17, text.len())).value;
        let found: Vec<_> = markdown.runs.iter().map(|run| markdown.location(run.span).span.slice(text)).collect();
        assert_eq!(found, ["é ", "a", " c"]);
    }
}
