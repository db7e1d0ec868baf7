//! Writes tables: one line a row, merged cells repeated.

use std::fmt::Write;

use super::MarkdownWriter;
use crate::document::{Block, BlockContent, LeftOutKind, Table};

/// The most bytes that merged cells may be repeated with; further ones are left empty.
const MOST_REPEATED: usize = 256 * 1024;

impl MarkdownWriter<'_> {
    /// Writes a table. One that has a single column is a frame around text, and is written as that.
    pub(super) fn table(&mut self, table: &Table, paragraph: u32, margin: &str) -> String {
        let width = |row: &crate::document::Row| row.cells.iter().map(|cell| cell.columns).sum::<usize>();
        let columns = table.rows.iter().map(width).max().unwrap_or_default();
        if columns <= 1 || table.rows.iter().all(|row| row.cells.len() <= 1) {
            let blocks: Vec<Block> =
                table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| cell.blocks.iter().cloned()).collect();
            return self.blocks(&blocks, margin);
        }
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut cells: Vec<String> = Vec::with_capacity(columns);
            for cell in &row.cells {
                let above = rows.last().and_then(|row| row.get(cells.len())).filter(|_| cell.continues_above);
                let place = cell.blocks.first().map_or(paragraph, |block| block.paragraph);
                let text = match above {
                    Some(above) => above.clone(),
                    None => self.cell(&cell.blocks),
                };
                let repeats = cell.columns - 1 + usize::from(cell.continues_above);
                if repeats > 0 && !text.is_empty() {
                    self.inline.left_out.add(LeftOutKind::MergedCell, place);
                }
                self.repeated += repeats * text.len();
                let again = if self.repeated > MOST_REPEATED { String::new() } else { text.clone() };
                cells.push(if cell.continues_above { again.clone() } else { text });
                cells.extend(std::iter::repeat_n(again, cell.columns - 1));
            }
            cells.resize(columns, String::new());
            rows.push(cells);
        }
        let mut text = String::new();
        for (index, row) in rows.iter().enumerate() {
            let _ = writeln!(text, "{margin}| {} |", row.join(" | "));
            if index == 0 {
                let _ = writeln!(text, "{margin}|{}", " --- |".repeat(columns));
            }
        }
        text
    }

    /// The content of a cell on one line. Items and paragraphs are separated by semicolons.
    fn cell(&mut self, blocks: &[Block]) -> String {
        let mut pieces = Vec::new();
        let mut open: Vec<&Block> = blocks.iter().rev().collect();
        while let Some(block) = open.pop() {
            self.inline.paragraph = block.paragraph;
            match &block.content {
                BlockContent::Heading { text, .. } | BlockContent::Paragraph(text) => {
                    pieces.push(self.inline.line(text));
                }
                BlockContent::List(list) => open.extend(list.items.iter().flatten().rev()),
                BlockContent::Quotation(blocks) => open.extend(blocks.iter().rev()),
                BlockContent::Table(table) => {
                    open.extend(table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks).rev());
                }
            }
        }
        let mut line = String::new();
        for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
            if !line.is_empty() {
                line.push_str(if line.ends_with(['.', ';', ':', ',', '?', '!']) { " " } else { "; " });
            }
            line.push_str(piece);
        }
        line
    }
}
