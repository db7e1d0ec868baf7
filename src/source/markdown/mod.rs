//! A piece of Markdown and its structure: headings, blocks, links and readable text, with their places.
//!
//! All spans inside a [`Markdown`] count from the first byte of its own text; [`Markdown::place`] turns them into
//! places of the file.

use std::sync::Arc;

use crate::diagnostic::{Checked, Place, RelPath, Span};
use crate::source::files::ChartFile;
use crate::source::yaml::Prose;

/// A submission's or page's body, or the prose of a YAML value, with its structure.
#[derive(Clone, Debug)]
pub struct Markdown {
    /// The file that it stands in.
    pub file: RelPath,
    /// Where its text stands in the file.
    origin: Origin,
    /// Its headings, in order, nested ones included.
    pub headings: Vec<Heading>,
    /// Its blocks at the top level, in order.
    pub blocks: Vec<Block>,
    /// Its links and images, in order.
    pub links: Vec<Link>,
    /// Its readable text, in order: everything that a reader reads as prose, without code and links' targets.
    pub runs: Vec<Run>,
    /// Its `chart` blocks that could be read, in order.
    pub charts: Vec<ChartBlock>,
    /// How many words a reader reads.
    pub words: usize,
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
pub struct Heading {
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
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// All of it, without the line end.
    pub span: Span,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
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
    List(Vec<Item>),
    /// Anything else: a table, a quotation, code, a chart.
    Other,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its text without markup, that of its first paragraph or line alone where it holds several blocks.
    pub text: String,
    /// All of it.
    pub span: Span,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whether it is an image.
    pub is_image: bool,
    /// Where it leads, with entities decoded.
    pub target: String,
    /// All of it.
    pub span: Span,
}

/// A piece of text that a reader reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it stands. The text there is what is read, but for `text`.
    pub span: Span,
    /// What is read, where that differs from what stands there (entities, escapes).
    pub text: Option<String>,
    /// Whether a new block (paragraph, heading, item, cell) begins with it, so that words do not run together.
    pub begins_block: bool,
}

/// A `chart` block.
#[derive(Clone, Debug)]
pub struct ChartBlock {
    /// The fenced block.
    pub span: Span,
    /// What it says.
    pub chart: ChartFile,
}

impl Markdown {
    /// The Markdown that stands at `body` in a file's text.
    #[must_use]
    pub fn of_file(file: &RelPath, text: &Arc<str>, body: Span) -> Checked<Self> {
        Self::parse(file, Origin::File(text.clone(), body))
    }

    /// The Markdown of a value in a YAML file.
    #[must_use]
    pub fn of_prose(file: &RelPath, prose: &Prose) -> Checked<Self> {
        Self::parse(file, Origin::Yaml(Arc::new(prose.clone())))
    }

    fn parse(_file: &RelPath, _origin: Origin) -> Checked<Self> {
        todo!("the Markdown room")
    }

    /// The Markdown itself.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.origin {
            Origin::File(text, body) => body.of(text),
            Origin::Yaml(prose) => &prose.text,
        }
    }

    /// The blocks at the top level that lie in a span.
    pub fn blocks_in(&self, span: Span) -> impl Iterator<Item = &Block> {
        let first = self.blocks.partition_point(|block| block.span.start < span.start);
        self.blocks[first..].iter().take_while(move |block| block.span.start < span.end)
    }

    /// The file's last line with text, or the value's place: where something that is missing would stand.
    #[must_use]
    pub fn last_line(&self) -> Place {
        match &self.origin {
            Origin::File(text, _) => Place::last_line(&self.file, text),
            Origin::Yaml(prose) => Place::new(&self.file, prose.span),
        }
    }

    /// Where a span of the Markdown stands in its file.
    #[must_use]
    pub fn place(&self, inside: Span) -> Place {
        let span = match &self.origin {
            Origin::File(_, body) => inside.shifted(body.start as usize),
            Origin::Yaml(prose) => prose.place_of(inside),
        };
        Place::new(&self.file, span)
    }
}
