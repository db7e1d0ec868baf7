//! A document as a tree of blocks, whatever program wrote it.

use std::sync::Arc;

use jiff::civil::Date;

use super::left_out::LeftOut;

/// The most blocks, pieces of text and cells together that a document may have, so that its tree stays small.
pub(crate) const MOST_NODES: usize = 200_000;
/// The most text that a document may have, in bytes; the most that a file of the site may have.
pub(crate) const MOST_TEXT: usize = 4 * 1024 * 1024;
/// How deep tables, lists and text boxes may be inside each other. What is deeper comes after the outer one.
pub(crate) const DEEPEST: usize = 8;

/// The property by which a form says which one it is, as no reader sees.
pub(crate) const FORM_PROPERTY: &str = "annal-form";

/// A document's visible text, and a list of everything else it has.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    /// The title in its properties. It helps to find whose document it is, and is never written.
    pub title: Option<String>,
    /// Which form it is, if annal made it: the value of [`FORM_PROPERTY`], never written.
    pub form: Option<String>,
    /// The day of its last change.
    pub changed: Option<Date>,
    pub blocks: Vec<Block>,
    /// The texts of its footnotes and endnotes, as [`Inline::Footnote`] numbers them.
    pub footnotes: Vec<Vec<Block>>,
    /// Its pictures, as [`Inline::Picture`] numbers them. The same picture is listed once.
    pub pictures: Vec<Picture>,
    /// The fields of a form, as [`StyledText::control`] numbers them.
    pub controls: Vec<FormControl>,
    /// What is not in the tree, in the order of the document.
    pub left_out: Vec<LeftOut>,
}

impl Document {
    /// Adds the text of another document below, with its pictures and what was left out of it.
    pub(crate) fn append(&mut self, mut other: Self) {
        let mut paragraphs = self.left_out.iter().map(|entry| entry.paragraph).max().unwrap_or_default();
        for block in &mut self.blocks {
            visit_blocks_mut(block, &mut |block| paragraphs = paragraphs.max(block.paragraph));
        }
        let (pictures, footnotes, controls) = (self.pictures.len(), self.footnotes.len(), self.controls.len());
        for block in other.blocks.iter_mut().chain(other.footnotes.iter_mut().flatten()) {
            visit_blocks_mut(block, &mut |block| {
                block.paragraph = block.paragraph.saturating_add(paragraphs);
                let (BlockContent::Heading { text: line, .. } | BlockContent::Paragraph(line)) = &mut block.content
                else {
                    return;
                };
                for inline in line {
                    match inline {
                        Inline::Text(run) => run.control = run.control.map(|control| control + controls),
                        Inline::Footnote(footnote) => *footnote += footnotes,
                        Inline::Picture { picture, .. } => *picture += pictures,
                        Inline::LineBreak => {}
                    }
                }
            });
        }
        for entry in other.left_out.iter_mut().filter(|entry| entry.paragraph > 0) {
            entry.paragraph = entry.paragraph.saturating_add(paragraphs);
        }
        self.blocks.append(&mut other.blocks);
        self.footnotes.append(&mut other.footnotes);
        self.pictures.append(&mut other.pictures);
        self.controls.append(&mut other.controls);
        self.left_out.append(&mut other.left_out);
    }

    /// All its visible text, a line for each paragraph and item.
    #[must_use]
    pub(crate) fn text(&self) -> String {
        self.footnotes.iter().fold(all_text(&self.blocks), |text, note| text + &all_text(note))
    }
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Block {
    /// The number of its first paragraph in the document, from 1, empty paragraphs included.
    pub paragraph: u32,
    pub content: BlockContent,
}

/// The content of a block.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum BlockContent {
    /// A heading by its style or outline level: 0 for the document's title, else 1 to 9.
    Heading {
        level: u8,
        text: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    List(List),
    Table(Table),
    Quotation(Vec<Block>),
}

/// A list by the document's own numbering or bullets. Bullets that somebody typed are text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct List {
    pub is_numbered: bool,
    /// The number of its first item.
    pub start: u64,
    /// The items; lists inside an item are blocks of it.
    pub items: Vec<Vec<Block>>,
}

/// A table. Rows may have different numbers of cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table {
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    pub cells: Vec<Cell>,
    /// Whether the document repeats it at the top of each page.
    pub is_heading: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    pub blocks: Vec<Block>,
    /// How many columns it covers, at least 1.
    pub columns: usize,
    /// Whether it continues the cell above. It is then empty.
    pub continues_above: bool,
}

/// A part of a line of text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inline {
    Text(StyledText),
    /// A new line in the same paragraph.
    LineBreak,
    /// A reference to one of [`Document::footnotes`].
    Footnote(usize),
    /// One of [`Document::pictures`], with its description.
    Picture {
        picture: usize,
        description: String,
    },
}

/// Text in one look.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StyledText {
    /// The characters. Tabs are kept; there are no line ends.
    pub text: String,
    pub look: Look,
    /// The address of a link.
    pub link: Option<Arc<str>>,
    /// The field of a form that it is in: one of [`Document::controls`].
    pub control: Option<usize>,
}

/// How text looks: any of bold, italic and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look(u8);

impl Look {
    pub(crate) const BOLD: Self = Self(1);
    pub(crate) const ITALIC: Self = Self(2);
    pub(crate) const UNDERLINED: Self = Self(4);
    pub(crate) const STRUCK: Self = Self(8);
    pub(crate) const RAISED: Self = Self(16);
    pub(crate) const LOWERED: Self = Self(32);
    /// Shown in capitals, whatever the letters are.
    pub(crate) const CAPITALS: Self = Self(64);

    /// Whether it has everything that `look` has.
    #[must_use]
    pub(crate) fn has(self, look: Self) -> bool {
        self.0 & look.0 == look.0
    }

    /// This look with or without `look`.
    #[must_use]
    pub(crate) fn with(self, look: Self, is_on: bool) -> Self {
        if is_on { Self(self.0 | look.0) } else { Self(self.0 & !look.0) }
    }
}

/// A picture of a document.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    /// The name in the document, without a folder. It suggests a name for the file and is never used as a path.
    pub name: String,
    pub bytes: Arc<[u8]>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Picture({}, {} bytes)", self.name, self.bytes.len())
    }
}

/// A field of a form: a content control of Word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FormControl {
    /// The name that whoever made the form gave it (`w:tag`).
    pub tag: String,
    /// The text in it; empty if it still shows its hint. Paragraphs are separated by line ends.
    pub text: String,
    /// The value of the choice, if it is a list of choices and the text is one of them.
    pub chosen: Option<String>,
}

/// The readable text of a line, without its look. Line breaks and tabs become spaces.
#[must_use]
pub(crate) fn plain_text(line: &[Inline]) -> String {
    let mut text = String::new();
    for inline in line {
        match inline {
            Inline::Text(run) => text.push_str(&run.text),
            Inline::LineBreak => text.push(' '),
            Inline::Footnote(_) | Inline::Picture { .. } => {}
        }
    }
    text.replace('\t', " ")
}

/// The plain text of blocks, a line for each paragraph and item.
#[must_use]
pub(crate) fn all_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    visit_lines(blocks, &mut |line| {
        text.push_str(&plain_text(line));
        text.push('\n');
    });
    text
}

/// Calls a function with every line of text in blocks, in order.
pub(crate) fn visit_lines(blocks: &[Block], look: &mut dyn FnMut(&[Inline])) {
    let mut open: Vec<&Block> = blocks.iter().rev().collect();
    while let Some(block) = open.pop() {
        match &block.content {
            BlockContent::Heading { text, .. } | BlockContent::Paragraph(text) => look(text),
            BlockContent::List(list) => open.extend(list.items.iter().flatten().rev()),
            BlockContent::Quotation(blocks) => open.extend(blocks.iter().rev()),
            BlockContent::Table(table) => {
                open.extend(table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks).rev());
            }
        }
    }
}

/// Calls a function with a block and every block inside it.
fn visit_blocks_mut(block: &mut Block, change: &mut dyn FnMut(&mut Block)) {
    let mut open = vec![block];
    while let Some(block) = open.pop() {
        change(block);
        match &mut block.content {
            BlockContent::Heading { .. } | BlockContent::Paragraph(_) => {}
            BlockContent::List(list) => open.extend(list.items.iter_mut().flatten()),
            BlockContent::Quotation(blocks) => open.extend(blocks),
            BlockContent::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                open.extend(cells.flat_map(|cell| &mut cell.blocks));
            }
        }
    }
}
