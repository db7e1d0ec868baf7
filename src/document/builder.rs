//! Builds a document's tree from what a reader meets, in order and within limits.

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

use super::characters::plain_characters;
use super::error::DocumentError;
use super::left_out::{LeftOutKind, LeftOutLog};
use super::lists::{FlatBlock, FlatItem, assemble};
use super::tree::{
    Block, BlockContent, Cell, DEEPEST, Document, FormControl, Inline, Look, MOST_NODES, MOST_TEXT, Picture, Row,
    StyledText, Table,
};

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ParagraphKind {
    #[default]
    Plain,
    /// A heading of this level; 0 is the document's title.
    Heading(u8),
    /// An item of a list: how deep, and its number if it has one.
    Item(usize, Option<u64>),
    /// More of the item before.
    Continuation,
    /// A paragraph of a quotation.
    Quotation,
}

/// Something that holds blocks or rows and has not ended.
struct Frame {
    kind: FrameKind,
    flat: Vec<FlatBlock>,
    /// The number of the innermost frame that holds blocks, from the outside: itself or one that it is in.
    target: usize,
    /// The paragraph that goes on after a text box.
    line: OpenLine,
}

enum FrameKind {
    Body,
    Cell {
        columns: usize,
        continues_above: bool,
    },
    Table(Table),
    Row(Row),
    TextBox,
    Footnote(usize),
    /// Too deep to be a table or text box of its own: its text goes into what it is in.
    Flattened,
}

/// The paragraph that is being read.
#[derive(Default)]
struct OpenLine {
    inlines: Vec<Inline>,
    /// The text boxes that are anchored in it.
    after: Vec<Block>,
    paragraph: u32,
}

/// How text is shown, and what it belongs to.
#[derive(Clone, Debug, Default)]
pub(super) struct TextContext {
    pub look: Look,
    pub link: Option<Arc<str>>,
    pub control: Option<usize>,
}

/// Builds a [`Document`].
pub(super) struct TreeBuilder {
    pub document: Document,
    pub left_out: LeftOutLog,
    frames: Vec<Frame>,
    line: OpenLine,
    /// The number of the last paragraph.
    paragraphs: u32,
    /// The paragraph that everything counts as part of, for footnotes.
    fixed: Option<u32>,
    nodes: usize,
    text: usize,
    /// The pictures by their bytes.
    pictures: HashMap<Arc<[u8]>, usize>,
}

impl TreeBuilder {
    pub(super) fn new() -> Self {
        Self {
            document: Document::default(),
            left_out: LeftOutLog::default(),
            frames: vec![Frame::new(FrameKind::Body, OpenLine::default(), 0)],
            line: OpenLine::default(),
            paragraphs: 0,
            fixed: None,
            nodes: 0,
            text: 0,
            pictures: HashMap::new(),
        }
    }

    /// The number of the current paragraph, or of the last one.
    pub(super) fn paragraph(&self) -> u32 {
        self.fixed.unwrap_or(self.paragraphs)
    }

    /// Notes that something of the current paragraph is left out.
    pub(super) fn leave_out(&mut self, kind: LeftOutKind) {
        self.left_out.add(kind, self.paragraph());
    }

    /// Notes that visible text of the current paragraph is left out.
    pub(super) fn leave_out_text(&mut self, kind: LeftOutKind, text: &str) {
        self.left_out.add_text(kind, self.paragraph(), text);
    }

    /// Notes nothing but the kinds of what has been left out of the current paragraph, since readers do not see it.
    pub(super) fn hide_words(&mut self) {
        self.left_out.hide_words(self.paragraph());
    }

    /// Drops what the current paragraph has so far, also the text boxes that are anchored in it.
    pub(super) fn drop_line(&mut self) {
        self.line.inlines.clear();
        self.line.after.clear();
    }

    /// Begins a paragraph.
    pub(super) fn begin_paragraph(&mut self) {
        self.paragraphs = self.paragraphs.saturating_add(1);
        if self.line.is_empty() {
            self.line.paragraph = self.paragraph();
        }
    }

    /// Adds text to the current paragraph.
    ///
    /// # Errors
    ///
    /// If the document has too much text.
    pub(super) fn text(&mut self, text: &str, context: &TextContext) -> Result<(), DocumentError> {
        let text = plain_characters(text);
        if text.is_empty() {
            return Ok(());
        }
        self.text += text.len();
        if self.text > MOST_TEXT {
            return Err(DocumentError::TooLarge(format!("it has more than {} MiB of text", MOST_TEXT >> 20)));
        }
        if let Some(control) = context.control.and_then(|control| self.document.controls.get_mut(control)) {
            control.text.push_str(&text);
        }
        if let Some(Inline::Text(last)) = self.line.inlines.last_mut()
            && last.look == context.look
            && last.link == context.link
            && last.control == context.control
        {
            last.text.push_str(&text);
            return Ok(());
        }
        let TextContext { look, link, control } = context.clone();
        self.inline(Inline::Text(StyledText { text: text.into_owned(), look, link, control }))
    }

    /// Adds anything else to the current paragraph.
    ///
    /// # Errors
    ///
    /// If the document has too many parts.
    pub(super) fn inline(&mut self, inline: Inline) -> Result<(), DocumentError> {
        self.count()?;
        self.line.inlines.push(inline);
        Ok(())
    }

    /// Adds a picture, and returns its number. The same picture is kept once.
    pub(super) fn picture(&mut self, name: &str, bytes: Vec<u8>) -> usize {
        let pictures = &mut self.document.pictures;
        let bytes: Arc<[u8]> = bytes.into();
        *self.pictures.entry(Arc::clone(&bytes)).or_insert_with(|| {
            let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            pictures.push(Picture { name, bytes });
            pictures.len() - 1
        })
    }

    /// Adds a field of a form, and returns its number.
    pub(super) fn control(&mut self, control: FormControl) -> usize {
        self.document.controls.push(control);
        self.document.controls.len() - 1
    }

    /// The text of the current paragraph so far.
    pub(super) fn line(&self) -> &[Inline] {
        &self.line.inlines
    }

    /// Ends the current paragraph. An empty one leaves no block.
    ///
    /// # Errors
    ///
    /// If the document has too many parts.
    pub(super) fn end_paragraph(&mut self, kind: ParagraphKind) -> Result<(), DocumentError> {
        let OpenLine { inlines, after, paragraph } = mem::take(&mut self.line);
        let is_empty = inlines.iter().all(|inline| match inline {
            Inline::Text(run) => run.text.trim().is_empty(),
            Inline::LineBreak => true,
            Inline::Footnote(_) | Inline::Picture { .. } => false,
        });
        if !is_empty {
            self.count()?;
            let plain = |inlines| Block { paragraph, content: BlockContent::Paragraph(inlines) };
            let flat = match kind {
                ParagraphKind::Plain => FlatBlock::Block(plain(inlines)),
                ParagraphKind::Continuation => FlatBlock::Continuation(plain(inlines)),
                ParagraphKind::Heading(level) => {
                    FlatBlock::Block(Block { paragraph, content: BlockContent::Heading { level, text: inlines } })
                }
                ParagraphKind::Item(level, number) => {
                    FlatBlock::Item(FlatItem { level: level.min(DEEPEST), number, block: plain(inlines) })
                }
                ParagraphKind::Quotation => self.in_quotation(plain(inlines)),
            };
            self.target().push(flat);
        }
        self.target().extend(after.into_iter().map(FlatBlock::Block));
        Ok(())
    }

    /// A quotation of this paragraph, joined with the quotation that it follows.
    fn in_quotation(&mut self, block: Block) -> FlatBlock {
        let paragraph = block.paragraph;
        let before = self
            .target()
            .pop_if(|last| matches!(last, FlatBlock::Block(Block { content: BlockContent::Quotation(_), .. })));
        match before {
            Some(FlatBlock::Block(Block { paragraph, content: BlockContent::Quotation(mut blocks) })) => {
                blocks.push(block);
                FlatBlock::Block(Block { paragraph, content: BlockContent::Quotation(blocks) })
            }
            _ => FlatBlock::Block(Block { paragraph, content: BlockContent::Quotation(vec![block]) }),
        }
    }

    pub(super) fn begin_table(&mut self) {
        self.open(FrameKind::Table(Table::default()));
    }

    pub(super) fn begin_row(&mut self) {
        self.open(FrameKind::Row(Row::default()));
    }

    /// Sets how the row that is being read is repeated on each page.
    pub(super) fn mark_heading_row(&mut self) {
        let row = self.frames.iter_mut().rev().find_map(|frame| match &mut frame.kind {
            FrameKind::Row(row) => Some(row),
            _ => None,
        });
        if let Some(row) = row {
            row.is_heading = true;
        }
    }

    pub(super) fn begin_cell(&mut self) {
        self.open(FrameKind::Cell { columns: 1, continues_above: false });
    }

    /// Sets how many columns the cell that is being read covers.
    pub(super) fn set_columns(&mut self, covered: usize) {
        if let Some(FrameKind::Cell { columns, .. }) = self.frames.last_mut().map(|frame| &mut frame.kind) {
            *columns = covered.clamp(1, 63);
        }
    }

    /// Sets that the cell that is being read continues the one above.
    pub(super) fn set_continues_above(&mut self) {
        if let Some(FrameKind::Cell { continues_above, .. }) = self.frames.last_mut().map(|frame| &mut frame.kind) {
            *continues_above = true;
        }
    }

    /// Begins a text box, whose blocks come after the paragraph that it is anchored in.
    pub(super) fn begin_text_box(&mut self) {
        self.open(FrameKind::TextBox);
    }

    /// Begins the text of a footnote that is referred to in a paragraph.
    pub(super) fn begin_footnote(&mut self, footnote: usize, paragraph: u32) {
        self.fixed = Some(paragraph);
        self.open(FrameKind::Footnote(footnote));
    }

    fn open(&mut self, kind: FrameKind) {
        let depth =
            self.frames.iter().filter(|frame| matches!(frame.kind, FrameKind::Cell { .. } | FrameKind::TextBox));
        // A row belongs to a table and a cell to a row; without one, only the text counts.
        let fits = match (&kind, self.frames.last().map(|frame| &frame.kind)) {
            (FrameKind::Row(_), last) => matches!(last, Some(FrameKind::Table(_))),
            (FrameKind::Cell { .. }, last) => matches!(last, Some(FrameKind::Row(_))),
            _ => self.frames.len() < 4 * DEEPEST && depth.count() < DEEPEST,
        };
        let kind = if fits { kind } else { FrameKind::Flattened };
        let line = mem::take(&mut self.line);
        self.line.paragraph = line.paragraph;
        let holds = !matches!(kind, FrameKind::Flattened | FrameKind::Table(_) | FrameKind::Row(_));
        let target = if holds { self.frames.len() } else { self.frames.last().map_or(0, |frame| frame.target) };
        self.frames.push(Frame::new(kind, line, target));
    }

    /// Ends the table, row, cell, text box or footnote that began last.
    ///
    /// # Errors
    ///
    /// If the document has too many parts.
    pub(super) fn end(&mut self) -> Result<(), DocumentError> {
        // Text that is in no paragraph, as in a damaged document.
        self.end_paragraph(ParagraphKind::Plain)?;
        let Some(Frame { kind, flat, line, .. }) = self.frames.pop_if(|frame| !matches!(frame.kind, FrameKind::Body))
        else {
            return Ok(());
        };
        self.line = line;
        self.count()?;
        let paragraph = self.line.paragraph.max(1);
        match kind {
            FrameKind::Flattened | FrameKind::Body => {}
            FrameKind::TextBox => self.line.after.extend(assemble(flat)),
            FrameKind::Footnote(footnote) => {
                self.fixed = None;
                if let Some(place) = self.document.footnotes.get_mut(footnote) {
                    *place = assemble(flat);
                }
            }
            FrameKind::Cell { columns, continues_above } => {
                let cell = Cell { blocks: assemble(flat), columns, continues_above };
                if let Some(FrameKind::Row(row)) = self.frames.last_mut().map(|frame| &mut frame.kind) {
                    row.cells.push(cell);
                }
            }
            FrameKind::Row(row) => {
                if let Some(FrameKind::Table(table)) = self.frames.last_mut().map(|frame| &mut frame.kind)
                    && !row.cells.is_empty()
                {
                    table.rows.push(row);
                }
            }
            FrameKind::Table(table) => {
                let first = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks).next();
                let paragraph = first.map_or(paragraph, |block| block.paragraph);
                if !table.rows.is_empty() {
                    self.target().push(FlatBlock::Block(Block { paragraph, content: BlockContent::Table(table) }));
                }
            }
        }
        Ok(())
    }

    /// The blocks of the innermost frame that holds blocks.
    fn target(&mut self) -> &mut Vec<FlatBlock> {
        let index = self.frames.last().map_or(0, |frame| frame.target);
        &mut self.frames[index].flat
    }

    fn count(&mut self) -> Result<(), DocumentError> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(DocumentError::TooLarge(format!(
                "it has more than {MOST_NODES} paragraphs and pieces of text"
            )));
        }
        Ok(())
    }

    /// The finished document.
    pub(super) fn finish(mut self) -> Result<Document, DocumentError> {
        while self.frames.len() > 1 {
            self.end()?;
        }
        self.end_paragraph(ParagraphKind::Plain)?;
        self.document.blocks = assemble(mem::take(&mut self.frames[0].flat));
        self.document.left_out.extend(self.left_out.into_list());
        Ok(self.document)
    }
}

impl Frame {
    fn new(kind: FrameKind, line: OpenLine, target: usize) -> Self {
        Self { kind, flat: Vec::new(), target, line }
    }
}

impl OpenLine {
    fn is_empty(&self) -> bool {
        self.inlines.is_empty()
    }
}
