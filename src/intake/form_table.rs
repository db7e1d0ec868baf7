//! Reads forms that are laid out as tables: the question in one column or row, the answer in the next.

use super::plan_columns::LONGEST_HEADING;
use super::plan_table::with_label;
use crate::document::tree::{all_text, plain_text};
use crate::document::{Block, BlockContent, Cell, Row, Table};
use crate::model::normalize::fold_heading;

/// The blocks with those of frames, which are tables of one cell, in place of the frames.
pub(super) fn without_frames(blocks: Vec<Block>) -> Vec<Block> {
    let mut open: Vec<Block> = blocks.into_iter().rev().collect();
    let mut kept = Vec::with_capacity(open.len());
    while let Some(mut block) = open.pop() {
        match &mut block.content {
            BlockContent::Table(table) if table.rows.len() == 1 && table.rows[0].cells.len() == 1 => {
                open.extend(std::mem::take(&mut table.rows[0].cells[0].blocks).into_iter().rev());
            }
            _ => kept.push(block),
        }
    }
    kept
}

/// A part of such a form.
pub(super) enum FormPart {
    /// A question that is the heading of a section.
    Question { id: String, words: String, paragraph: u32 },
    /// A block of an answer, or of text that belongs to no question.
    Answer(Block),
    /// What the form says below its question.
    Guidance(Block),
}

/// Reads a table as a form. `opens` gives the section that a question opens. `None` if the table has no such question.
pub(super) fn form_parts(table: &Table, opens: &dyn Fn(&str) -> Option<String>) -> Option<Vec<FormPart>> {
    let question = |cell: &Cell| {
        let block = cell.blocks.first()?;
        let (BlockContent::Paragraph(text) | BlockContent::Heading { text, .. }) = &block.content else { return None };
        let line: Vec<_> = text.split(|inline| *inline == crate::document::Inline::LineBreak).next()?.to_vec();
        let words = plain_text(&line);
        Some((opens(&words)?, words, block.paragraph))
    };
    let is_question = |cell: &Cell| question(cell).is_some();
    if !table.rows.iter().flat_map(|row| &row.cells).any(is_question) {
        return None;
    }
    let mut parts = Vec::new();
    let mut is_read = vec![false; table.rows.len()];
    let names = names_of_columns(table, &|row| row.cells.iter().any(is_question));
    for (at, row) in table.rows.iter().enumerate() {
        if is_read[at] {
            continue;
        }
        if at == 0 && !names.is_empty() {
            parts.extend(row.cells.iter().flat_map(|cell| &cell.blocks).cloned().map(FormPart::Guidance));
            continue;
        }
        let questions = row.cells.iter().filter(|cell| is_question(cell)).count();
        if questions > 1 {
            // Questions side by side, their answers below.
            let end = table.rows[at + 1..].iter().position(|row| row.cells.iter().any(is_question));
            let end = end.map_or(table.rows.len(), |end| at + 1 + end);
            for (column, cell) in row.cells.iter().enumerate() {
                let mut answers = table.rows[at + 1..end].iter().filter_map(|row| row.cells.get(column));
                parts.extend(ask(cell, question(cell), answers.any(|cell| !cell.blocks.is_empty())));
                let below = table.rows[at + 1..end].iter().filter_map(|row| row.cells.get(column));
                parts.extend(below.flat_map(|cell| &cell.blocks).cloned().map(FormPart::Answer));
            }
            is_read[at + 1..end].fill(true);
            continue;
        }
        if questions == 1 {
            let is_answered = row.cells.iter().any(|cell| !is_question(cell) && !cell.blocks.is_empty());
            let answer = row.cells.iter().position(|cell| !is_question(cell) && !cell.blocks.is_empty());
            for (column, cell) in row.cells.iter().enumerate() {
                // What is beside the answer says what it is.
                let name = names.get(column).filter(|_| answer.is_some_and(|answer| column > answer));
                match name.filter(|_| !is_question(cell) && !cell.blocks.is_empty()) {
                    Some(name) => parts.extend(with_label(name, &cell.blocks).into_iter().map(FormPart::Answer)),
                    None => parts.extend(ask(cell, question(cell), is_answered)),
                }
            }
            continue;
        }
        parts.extend(labelled(&row.cells));
    }
    Some(parts)
}

/// The names of a form's columns, if its first row has nothing else: *Question*, *Your answer*, *Evidence*.
fn names_of_columns(table: &Table, has_question: &dyn Fn(&Row) -> bool) -> Vec<String> {
    const NAMES: &[&str] = &[
        "question",
        "questions",
        "answer",
        "answers",
        "your answer",
        "response",
        "your response",
        "agency response",
        "cwestiwn",
        "cwestiynau",
        "ateb",
        "eich ateb",
    ];
    let [first, second, ..] = table.rows.as_slice() else { return Vec::new() };
    let names: Vec<String> = first.cells.iter().map(|cell| all_text(&cell.blocks).trim().to_owned()).collect();
    let is_known = |name: &String| NAMES.contains(&fold_heading(name).as_str());
    // Each name is repeated in every row.
    let are_short = names.iter().all(|name| name.len() <= LONGEST_HEADING);
    let are_names = are_short && names.iter().any(is_known) && !has_question(first) && has_question(second);
    if are_names { names } else { Vec::new() }
}

/// A cell with its question, or with text. If the answer is in another cell, what is below the question is guidance.
fn ask(cell: &Cell, question: Option<(String, String, u32)>, is_answered: bool) -> Vec<FormPart> {
    let Some((id, words, paragraph)) = question else {
        return cell.blocks.iter().cloned().map(FormPart::Answer).collect();
    };
    let mut parts = vec![FormPart::Question { id, words, paragraph }];
    let mut rest = cell.blocks.clone();
    if let BlockContent::Paragraph(text) | BlockContent::Heading { text, .. } = &mut rest[0].content {
        let end = text.iter().position(|inline| *inline == crate::document::Inline::LineBreak);
        text.drain(..end.map_or(text.len(), |end| end + 1));
        if text.is_empty() {
            rest.remove(0);
        }
    }
    parts.extend(rest.into_iter().map(if is_answered { FormPart::Guidance } else { FormPart::Answer }));
    parts
}

/// A row without a question. If its cells are a label and a value, they become one paragraph.
fn labelled(cells: &[Cell]) -> Vec<FormPart> {
    let text = |cell: &Cell| match cell.blocks.as_slice() {
        [Block { content: BlockContent::Paragraph(text), paragraph }] => Some((*paragraph, text.clone())),
        _ => None,
    };
    if let [label, value] = cells
        && let (Some((paragraph, mut label)), Some((_, value))) = (text(label), text(value))
    {
        let separator = if plain_text(&label).trim_end().ends_with([':', '?']) { " " } else { ": " };
        label.push(crate::document::Inline::Text(crate::document::StyledText {
            text: separator.to_owned(),
            ..Default::default()
        }));
        label.extend(value);
        return vec![FormPart::Answer(Block { paragraph, content: BlockContent::Paragraph(label) })];
    }
    cells.iter().flat_map(|cell| &cell.blocks).cloned().map(FormPart::Answer).collect()
}
