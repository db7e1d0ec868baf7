//! Finds the sections of a submission in a document, and gives every heading its level.

use std::collections::BTreeSet;

use super::all_text;
use super::form_table::{FormPart, form_parts};
use super::plan_table::name_of_actions;
use super::typed_lists::{text_with_breaks, without_start};
use crate::document::left_out::LeftOutLog;
use crate::document::tree::plain_text;
use crate::document::{Block, BlockContent, Inline, LeftOutKind, List, Look, StyledText};
use crate::model::sections::SectionRules;
use crate::model::typed_marker::TypedMarker;

/// A part of a document in the order of the text.
enum Piece {
    /// The heading of a section: its id, the words in the document, and its level if it is a heading there.
    Section {
        id: String,
        words: String,
        level: Option<u8>,
        paragraph: u32,
    },
    Block(Block),
}

/// Puts the year's headings above the sections of a document. Titles are left out; other headings get levels below.
///
/// `names` are those of the board or agency, to recognise the document's title by.
pub(super) fn arrange(
    blocks: Vec<Block>,
    rules: &SectionRules,
    names: &[String],
    left_out: &mut LeftOutLog,
) -> Vec<Block> {
    let mut pieces = SectionFinder::new(rules, &blocks).find(blocks, left_out);
    find_by_usual_words(&mut pieces, rules);
    let mut pieces = leave_out_title(pieces, names, left_out);
    set_levels(&mut pieces, left_out);
    let mut before = 1;
    let mut arranged = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let mut block = match piece {
            Piece::Block(block) => block,
            Piece::Section { id, words, paragraph, .. } => {
                let title = rules.title_of(&id).unwrap_or(&words).to_owned();
                if rules.opened_by(&words) != Some(&id) || !alike(&words, &title) {
                    left_out.add_text(LeftOutKind::Heading, paragraph, words.trim());
                }
                let text = vec![Inline::Text(StyledText { text: title, ..StyledText::default() })];
                Block { paragraph, content: BlockContent::Heading { level: 2, text } }
            }
        };
        if let BlockContent::Heading { level, .. } = &mut block.content {
            *level = (*level).min(before + 1);
            before = *level;
        }
        arranged.push(block);
    }
    arranged
}

/// Whether two headings have the same words.
fn alike(words: &str, title: &str) -> bool {
    letters(words) == letters(title)
}

/// The letters and digits of a text in lower case, to compare texts whatever marks and spaces are in them.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Recognises the headings of sections.
struct SectionFinder<'a> {
    rules: &'a SectionRules,
    /// The sections that headings of the document open. Other lines need not be taken for them.
    opened: BTreeSet<String>,
}

impl<'a> SectionFinder<'a> {
    fn new(rules: &'a SectionRules, blocks: &[Block]) -> Self {
        let opened = blocks.iter().filter_map(|block| match &block.content {
            BlockContent::Heading { text, .. } => section_of(rules, &plain_text(text), true),
            _ => None,
        });
        let opened = opened.map(str::to_owned).collect();
        Self { rules, opened }
    }

    fn find(&self, blocks: Vec<Block>, left_out: &mut LeftOutLog) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(blocks.len());
        for block in blocks {
            match block.content {
                BlockContent::Heading { level, ref text } => {
                    let words = plain_text(text);
                    match section_of(self.rules, &words, true) {
                        Some(id) => pieces.push(Piece::Section {
                            id: id.to_owned(),
                            words,
                            level: Some(level.max(1)),
                            paragraph: block.paragraph,
                        }),
                        None => pieces.push(Piece::Block(block)),
                    }
                }
                BlockContent::Paragraph(inlines) => self.paragraph(block.paragraph, inlines, &mut pieces),
                BlockContent::List(list) => self.list(block.paragraph, list, &mut pieces),
                BlockContent::Table(table) => {
                    let opens = |text: &str| {
                        section_of(self.rules, text, true).filter(|id| !self.opened.contains(*id)).map(str::to_owned)
                    };
                    let plan = name_of_actions(&table);
                    let parts = if plan.is_none() { form_parts(&table, &opens) } else { None };
                    match parts {
                        None => {
                            let is_open = |id: &str| {
                                pieces
                                    .iter()
                                    .any(|piece| matches!(piece, Piece::Section { id: known, .. } if known == id))
                            };
                            if let Some((words, paragraph)) = plan
                                && let Some(id) = opens(&words).filter(|id| !is_open(id))
                            {
                                pieces.push(Piece::Section { id, words, level: None, paragraph });
                            }
                            let content = BlockContent::Table(table);
                            pieces.push(Piece::Block(Block { paragraph: block.paragraph, content }));
                        }
                        Some(parts) => pieces.extend(parts.into_iter().filter_map(|part| match part {
                            FormPart::Question { id, words, paragraph } => {
                                Some(Piece::Section { id, words, level: None, paragraph })
                            }
                            FormPart::Answer(block) => Some(Piece::Block(block)),
                            FormPart::Guidance(block) => {
                                let text = all_text(std::slice::from_ref(&block));
                                left_out.add_text(LeftOutKind::Placeholder, block.paragraph, text.trim());
                                None
                            }
                        })),
                    }
                }
                BlockContent::Quotation(_) => pieces.push(Piece::Block(block)),
            }
        }
        pieces
    }

    /// A paragraph of which a line, or the bold beginning of one, may be the heading of a section.
    fn paragraph(&self, paragraph: u32, inlines: Vec<Inline>, pieces: &mut Vec<Piece>) {
        let plain = |inlines| Piece::Block(Block { paragraph, content: BlockContent::Paragraph(inlines) });
        let is_blank = |line: &[Inline]| {
            plain_text(line).trim().is_empty()
                && line.iter().all(|inline| matches!(inline, Inline::Text(_) | Inline::LineBreak))
        };
        let before = pieces.len();
        let mut text: Vec<Inline> = Vec::new();
        for line in inlines.split(|inline| *inline == Inline::LineBreak) {
            let Some((id, words, length)) = self.opening(line) else {
                if !text.is_empty() {
                    text.push(Inline::LineBreak);
                }
                if !text.is_empty() || !is_blank(line) {
                    text.extend_from_slice(line);
                }
                continue;
            };
            let above = std::mem::take(&mut text);
            if !is_blank(&above) {
                pieces.push(plain(above));
            }
            pieces.push(Piece::Section { id, words, level: None, paragraph });
            let rest = &line[length..];
            let written = text_with_breaks(rest);
            let punctuation = written.len() - written.trim_start_matches([' ', ':', '-', '–', '—', '?', '.']).len();
            text = without_start(rest.to_vec(), punctuation);
            if is_blank(&text) {
                text.clear();
            }
        }
        if pieces.len() == before {
            pieces.push(plain(inlines));
        } else if !is_blank(&text) {
            pieces.push(plain(text));
        }
    }

    /// The section that a line begins, the words of its heading, and how many pieces of text the heading has.
    fn opening(&self, line: &[Inline]) -> Option<(String, String, usize)> {
        let is_new = |id: &&str| !self.opened.contains(*id);
        let words = plain_text(line);
        if let Some(id) = section_of(self.rules, &words, is_emphasised(line)).filter(is_new) {
            return Some((id.to_owned(), words, line.len()));
        }
        let is_bold = |inline: &Inline| match inline {
            Inline::Text(run) => {
                run.look.has(Look::BOLD) || run.look.has(Look::UNDERLINED) || run.text.trim().is_empty()
            }
            _ => false,
        };
        let lead = line.iter().take_while(|inline| is_bold(inline)).count();
        let words = plain_text(&line[..lead]);
        let id = section_of(self.rules, &words, false).filter(is_new).filter(|_| lead > 0 && lead < line.len())?;
        Some((id.to_owned(), words, lead))
    }

    /// A list among whose items there may be headings: *1. What have we done?*
    fn list(&self, paragraph: u32, list: List, pieces: &mut Vec<Piece>) {
        let heading_of = |item: &[Block]| {
            let BlockContent::Paragraph(inlines) = &item.first()?.content else { return None };
            let words = plain_text(inlines);
            let id = section_of(self.rules, &words, true).filter(|id| !self.opened.contains(*id))?;
            Some((id.to_owned(), words))
        };
        if !list.items.iter().any(|item| heading_of(item).is_some()) {
            pieces.push(Piece::Block(Block { paragraph, content: BlockContent::List(list) }));
            return;
        }
        let mut open = List { items: Vec::new(), ..list };
        for (index, item) in list.items.into_iter().enumerate() {
            let Some((id, words)) = heading_of(&item) else {
                if open.items.is_empty() {
                    open.start = list.start + index as u64;
                }
                open.items.push(item);
                continue;
            };
            let place = item.first().map_or(paragraph, |block| block.paragraph);
            end_list(&mut open, pieces);
            pieces.push(Piece::Section { id, words, level: None, paragraph: place });
            for block in item.into_iter().skip(1) {
                match block.content {
                    BlockContent::List(inner) => self.list(block.paragraph, inner, pieces),
                    _ => pieces.push(Piece::Block(block)),
                }
            }
        }
        end_list(&mut open, pieces);
    }
}

/// Opens the sections that no line has opened yet where the document has a heading, or a line like one, with words that are
/// usually above them: *Key achievements*, *Plans for next year*.
fn find_by_usual_words(pieces: &mut [Piece], rules: &SectionRules) {
    let opened = pieces.iter().filter_map(|piece| match piece {
        Piece::Section { id, .. } => Some(id.clone()),
        Piece::Block(_) => None,
    });
    let mut opened: BTreeSet<String> = opened.collect();
    for piece in pieces {
        let Piece::Block(Block { paragraph, content }) = piece else { continue };
        let (level, text) = match content {
            BlockContent::Heading { level, text } => (Some((*level).max(1)), text),
            BlockContent::Paragraph(text) if is_emphasised(text) => (None, text),
            _ => continue,
        };
        let words = plain_text(text);
        if let Some(id) = rules.usually_opened_by(&words)
            && opened.insert(id.to_owned())
        {
            *piece = Piece::Section { id: id.to_owned(), words, level, paragraph: *paragraph };
        }
    }
}

fn end_list(open: &mut List, pieces: &mut Vec<Piece>) {
    let items = std::mem::take(&mut open.items);
    let first = items.first().and_then(|item| item.first()).map(|block| block.paragraph);
    if let Some(paragraph) = first {
        // Items that headings separate begin again.
        let list = List { is_numbered: open.is_numbered, start: if open.is_numbered { 1 } else { open.start }, items };
        pieces.push(Piece::Block(Block { paragraph, content: BlockContent::List(list) }));
    }
}

/// The section that a line opens: its words are an accepted heading, perhaps after a typed number and before a remark in
/// brackets, or `may_be_near` one.
fn section_of<'a>(rules: &'a SectionRules, line: &str, may_be_near: bool) -> Option<&'a str> {
    if line.len() > 200 {
        return None;
    }
    let line = line.trim();
    let bare = TypedMarker::parse(line).map_or(line, |marker| &line[marker.length..]);
    let before_remark = bare.split_once('(').map_or(bare, |(before, _)| before).trim_end();
    let exact = [line, bare, before_remark].iter().find_map(|words| rules.opened_by(words));
    exact.or_else(|| rules.nearly_opened_by(before_remark).filter(|_| may_be_near))
}

/// Whether a line looks like a heading: all of it bold, underlined or in capitals, or numbered.
fn is_emphasised(line: &[Inline]) -> bool {
    let runs = || {
        line.iter().filter_map(|inline| match inline {
            Inline::Text(run) if !run.text.trim().is_empty() => Some(run),
            _ => None,
        })
    };
    let all = |look: Look| runs().all(|run| run.look.has(look));
    let text = plain_text(line);
    let is_capital = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    all(Look::BOLD) || all(Look::UNDERLINED) || all(Look::CAPITALS) || is_capital || TypedMarker::parse(&text).is_some()
}

/// Leaves out a title that only says whose document it is.
fn leave_out_title(pieces: Vec<Piece>, names: &[String], left_out: &mut LeftOutLog) -> Vec<Piece> {
    let first_section = pieces.iter().position(|piece| matches!(piece, Piece::Section { .. })).unwrap_or(pieces.len());
    let mut kept = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.into_iter().enumerate() {
        if let Piece::Block(block) = &piece
            && index < first_section
            && let BlockContent::Heading { text, .. } | BlockContent::Paragraph(text) = &block.content
            && is_title(&plain_text(text), names)
            && !text.iter().any(|inline| matches!(inline, Inline::Picture { .. } | Inline::Footnote(_)))
        {
            left_out.add_text(LeftOutKind::Title, block.paragraph, plain_text(text).trim());
            continue;
        }
        kept.push(piece);
    }
    kept
}

/// Whether a line only has one of these names, and words that say what kind of document it is.
pub(super) fn is_title(line: &str, names: &[String]) -> bool {
    const GENERAL: &[&str] = &[
        "a",
        "agency",
        "and",
        "annual",
        "by",
        "contribution",
        "draft",
        "final",
        "for",
        "form",
        "from",
        "name",
        "of",
        "on",
        "organisation",
        "our",
        "partner",
        "partnership",
        "report",
        "return",
        "safeguarding",
        "submission",
        "the",
        "to",
        "update",
        "version",
        "year",
    ];
    let folded = |text: &str| {
        let words = text.to_lowercase().replace('&', " and ");
        words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    if line.len() > 200 {
        return false;
    }
    let words = folded(line);
    let text = format!(" {} ", words.join(" "));
    let rests = names.iter().filter_map(|name| {
        let name = format!(" {} ", folded(name).join(" "));
        text.contains(&name).then(|| text.replacen(&name, " ", 1))
    });
    let is_general = |word: &str| {
        GENERAL.contains(&word) || word.chars().all(|c| c.is_ascii_digit()) || word.starts_with('v') && word.len() < 4
    };
    let rest = rests.min_by_key(String::len);
    rest.is_some_and(|rest| rest.split_whitespace().all(is_general))
}

/// Sets the levels of all headings that open no section, so that sections are at level 2. A heading above those of the
/// sections, before the first of them, is the document's title and is left out.
fn set_levels(pieces: &mut Vec<Piece>, left_out: &mut LeftOutLog) {
    let base = pieces.iter().filter_map(|piece| match piece {
        Piece::Section { level, .. } => *level,
        Piece::Block(_) => None,
    });
    let base = base.min();
    let first_section = pieces.iter().position(|piece| matches!(piece, Piece::Section { .. }));
    let others = || {
        pieces.iter().filter_map(|piece| match piece {
            Piece::Block(Block { content: BlockContent::Heading { level, .. }, .. }) if *level > 0 => Some(*level),
            _ => None,
        })
    };
    let highest = others().min().unwrap_or(1);
    // Below sections that only look like headings, the document's own headings are one level lower.
    let (top, shift) = match (base, first_section) {
        (Some(base), _) => (base, 2),
        (None, Some(_)) => (highest, 3),
        (None, None) => (highest, 2),
    };
    let mut index = 0;
    pieces.retain_mut(|piece| {
        let at = index;
        index += 1;
        let Piece::Block(block) = piece else { return true };
        let BlockContent::Heading { level, text } = &mut block.content else { return true };
        let is_before = first_section.is_none_or(|first| at < first);
        let has_more = text.iter().any(|inline| matches!(inline, Inline::Picture { .. } | Inline::Footnote(_)));
        if (*level == 0 || base.is_some_and(|base| *level < base)) && is_before && !has_more {
            left_out.add_text(LeftOutKind::Title, block.paragraph, plain_text(text).trim());
            return false;
        }
        let shift = if base.is_none() && is_before { 2 } else { shift };
        *level = (shift + level.saturating_sub(top)).clamp(2, 6);
        true
    });
}
