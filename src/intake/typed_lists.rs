//! Makes lists of lines with typed bullets or numbers, and tables of lines with tabs.

use crate::document::LeftOutKind;
use crate::document::left_out::LeftOutLog;
use crate::document::lists::{FlatBlock, FlatItem, assemble};
use crate::document::{Block, BlockContent, Cell, Inline, Row, StyledText, Table};
use crate::model::typed_marker::{TypedMarker, TypedMarkerKind};

/// A paragraph, or a line of one, with the marker that it begins with.
struct TypedLine {
    paragraph: u32,
    inlines: Vec<Inline>,
    marker: Option<TypedMarker>,
    /// How far it is indented, in columns; a tab counts as four.
    indent: usize,
}

/// What lines of one level of a list have in common.
#[derive(Clone, PartialEq)]
struct LevelKey {
    indent: usize,
    kind: LevelKind,
}

#[derive(Clone, PartialEq)]
enum LevelKind {
    Bullet(char),
    /// Numbers with this many parts.
    Outline(usize),
    Letters,
}

/// Makes lists and tables of the paragraphs among `blocks` that are typed as such. Numbers that lists do not have are noted.
pub(super) fn typed_lists(blocks: Vec<Block>, left_out: &mut LeftOutLog) -> Vec<Block> {
    let mut made = Vec::with_capacity(blocks.len());
    let mut lines: Vec<TypedLine> = Vec::new();
    for block in blocks {
        match block.content {
            BlockContent::Paragraph(inlines) if is_typed(&inlines) => lines.extend(lines_of(block.paragraph, &inlines)),
            _ => {
                flush(&mut made, &mut lines, left_out);
                made.push(block);
            }
        }
    }
    flush(&mut made, &mut lines, left_out);
    made
}

/// Whether a line of a paragraph begins with a marker, or has tabs.
fn is_typed(inlines: &[Inline]) -> bool {
    let text = text_with_breaks(inlines);
    text.lines().any(|line| TypedMarker::parse(line).is_some() || line.trim().contains('\t'))
}

/// The text of a paragraph with its line breaks and tabs.
pub(super) fn text_with_breaks(inlines: &[Inline]) -> String {
    let piece = |inline: &Inline| match inline {
        Inline::Text(run) => run.text.clone(),
        Inline::LineBreak => "\n".to_owned(),
        Inline::Footnote(_) | Inline::Picture { .. } => String::new(),
    };
    inlines.iter().map(piece).collect()
}

/// The lines of a paragraph. Lines after the first that have no marker of their own continue the one before.
fn lines_of(paragraph: u32, inlines: &[Inline]) -> Vec<TypedLine> {
    let mut lines: Vec<TypedLine> = Vec::new();
    for inlines in inlines.split(|inline| *inline == Inline::LineBreak) {
        let text: String = text_with_breaks(inlines);
        let marker = TypedMarker::parse(&text);
        match lines.last_mut() {
            Some(last) if marker.is_none() && last.marker.is_some() && !text.trim().is_empty() => {
                last.inlines.push(Inline::Text(StyledText { text: " ".to_owned(), ..StyledText::default() }));
                last.inlines.extend(without_start(inlines.to_vec(), text.len() - text.trim_start().len()));
            }
            Some(last) if marker.is_none() && last.marker.is_none() && !text.contains('\t') => {
                last.inlines.push(Inline::LineBreak);
                last.inlines.extend_from_slice(inlines);
            }
            _ if text.trim().is_empty() && !inlines.iter().any(|inline| matches!(inline, Inline::Picture { .. })) => {}
            _ => {
                let blank = &text[..text.len() - text.trim_start().len()];
                let indent = blank.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
                lines.push(TypedLine { paragraph, inlines: inlines.to_vec(), marker, indent });
            }
        }
    }
    lines
}

/// Puts together the lines collected so far.
fn flush(made: &mut Vec<Block>, lines: &mut Vec<TypedLine>, left_out: &mut LeftOutLog) {
    let mut lines = std::mem::take(lines).into_iter().peekable();
    let mut run: Vec<TypedLine> = Vec::new();
    while let Some(line) = lines.next() {
        let columns = columns_of(&line);
        if line.marker.is_some() {
            run.push(line);
            continue;
        }
        end_list(made, &mut run, left_out);
        let mut rows = vec![line];
        if columns > 1 {
            while let Some(next) = lines.next_if(|next| next.marker.is_none() && columns_of(next) == columns) {
                rows.push(next);
            }
        }
        if rows.len() > 1 {
            made.push(table(rows));
        } else {
            made.extend(rows.into_iter().map(paragraph));
        }
    }
    end_list(made, &mut run, left_out);
}

/// How many columns a line has that is separated by tabs.
fn columns_of(line: &TypedLine) -> usize {
    let text = text_with_breaks(&line.inlines);
    text.trim_matches(' ').split('\t').count()
}

/// A table of lines with tabs between their cells.
fn table(lines: Vec<TypedLine>) -> Block {
    let paragraph = lines[0].paragraph;
    let row = |line: TypedLine| {
        let mut cells: Vec<Vec<Inline>> = vec![Vec::new()];
        for inline in line.inlines {
            let Inline::Text(run) = inline else {
                cells.last_mut().expect("there is a first cell").push(inline);
                continue;
            };
            for (index, piece) in run.text.split('\t').enumerate() {
                if index > 0 {
                    cells.push(Vec::new());
                }
                let text = Inline::Text(StyledText { text: piece.trim().to_owned(), ..run.clone() });
                cells.last_mut().expect("there is a first cell").push(text);
            }
        }
        let cell = |inlines| Cell {
            blocks: vec![Block { paragraph: line.paragraph, content: BlockContent::Paragraph(inlines) }],
            columns: 1,
            continues_above: false,
        };
        Row { cells: cells.into_iter().map(cell).collect(), is_heading: false }
    };
    Block { paragraph, content: BlockContent::Table(Table { rows: lines.into_iter().map(row).collect() }) }
}

fn paragraph(line: TypedLine) -> Block {
    Block { paragraph: line.paragraph, content: BlockContent::Paragraph(line.inlines) }
}

/// Makes a list of lines with markers, or leaves them as they are if they are no list.
fn end_list(made: &mut Vec<Block>, run: &mut Vec<TypedLine>, left_out: &mut LeftOutLog) {
    let lines = std::mem::take(run);
    let are_several = lines.len() > 1;
    let mut levels: Vec<LevelKey> = Vec::new();
    let mut flat = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(marker) = line.marker.clone().filter(|marker| marker.begins_item(are_several)) else {
            flat.push(FlatBlock::Block(paragraph(line)));
            levels.clear();
            continue;
        };
        let (kind, number) = match &marker.kind {
            TypedMarkerKind::Bullet(c) | TypedMarkerKind::Dash(c) => (LevelKind::Bullet(*c), None),
            TypedMarkerKind::Number(number) => (LevelKind::Outline(1), Some(*number)),
            TypedMarkerKind::Outline(parts) => (LevelKind::Outline(parts.len()), parts.last().copied()),
            TypedMarkerKind::Letters(letters) => (LevelKind::Letters, Some(position(letters))),
        };
        if matches!(marker.kind, TypedMarkerKind::Outline(_) | TypedMarkerKind::Letters(_)) {
            let text = text_with_breaks(&line.inlines);
            left_out.add_text(LeftOutKind::Numbering, line.paragraph, text.get(..marker.length).unwrap_or_default());
        }
        let key = LevelKey { indent: line.indent, kind };
        let level = level_of(&mut levels, key);
        let inlines = without_start(line.inlines, marker.length);
        let block = Block { paragraph: line.paragraph, content: BlockContent::Paragraph(inlines) };
        flat.push(FlatBlock::Item(FlatItem { level, number, block }));
    }
    made.extend(assemble(flat));
}

/// How deep an item is: as deep as the last one like it, or deeper than the one before.
fn level_of(levels: &mut Vec<LevelKey>, key: LevelKey) -> usize {
    let is_same = |known: &LevelKey| *known == key;
    let is_above = |known: &LevelKey| match (&known.kind, &key.kind) {
        (LevelKind::Outline(known), LevelKind::Outline(own)) => known < own,
        _ => true,
    };
    if let Some(known) = levels.iter().position(is_same) {
        levels.truncate(known + 1);
    } else {
        levels.retain(|known| is_above(known) && known.indent <= key.indent);
        levels.push(key);
    }
    levels.len() - 1
}

/// The number that letters count: `b` is 2, and so is `ii`.
fn position(letters: &str) -> u64 {
    const ROMAN: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
        "xviii", "xix", "xx",
    ];
    let roman = ROMAN.iter().position(|known| *known == letters).map(|at| at as u64 + 1);
    let letter = letters.bytes().next().map_or(1, |letter| u64::from(letter.saturating_sub(b'a')) + 1);
    roman.unwrap_or(letter)
}

/// A line without its first bytes.
pub(super) fn without_start(inlines: Vec<Inline>, mut length: usize) -> Vec<Inline> {
    let mut rest = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(run) if length > 0 => {
                let cut = length.min(run.text.len());
                length -= cut;
                if cut < run.text.len() {
                    rest.push(Inline::Text(StyledText { text: run.text[cut..].to_owned(), ..run }));
                }
            }
            other => rest.push(other),
        }
    }
    rest
}
