//! Reads a form that has come back: what was chosen and noted for each of last year's commitments, and the text without the
//! form's own words.

use std::collections::BTreeSet;

use super::{Form, OUTCOMES, tag_of};
use crate::document::left_out::LeftOutLog;
use crate::document::tree::plain_text;
use crate::document::word::write::{WordBlock, WordStyle};
use crate::document::{Block, BlockContent, Cell, Document, FormControl, Inline, LeftOut, LeftOutKind, Row, Table};
use crate::intake::all_text;
use crate::intake::sections::letters;
use crate::model::sections::SectionRules;
use crate::source::files::Outcome;

/// How many letters and digits a line of a form has, if it is one that nobody else would write.
const LONG: usize = 40;

/// What a form says about a commitment of last year.
#[derive(Clone, Debug)]
pub(in crate::intake) struct FormAnswer {
    /// The id of the commitment, without that of the submission.
    pub commitment: String,
    pub outcome: Option<Outcome>,
    pub note: Vec<Block>,
}

/// A form that has come back.
#[derive(Debug)]
pub(in crate::intake) struct ReturnedForm {
    /// The text without what the form says itself.
    pub blocks: Vec<Block>,
    /// What was answered, in the order of the form.
    pub answers: Vec<FormAnswer>,
    /// Whether anybody has written anything or chosen an outcome.
    pub is_filled_in: bool,
}

impl ReturnedForm {
    /// Reads the blocks of a document as a form. `None` if it is no form, so that nothing has been noted.
    pub(in crate::intake) fn read(
        form: &Form<'_>,
        document: &mut Document,
        blocks: &[Block],
        left_out: &mut LeftOutLog,
    ) -> Option<Self> {
        let own = OwnWords::new(form);
        if document.form.is_none() && own.count_in(blocks) < 2 {
            return None;
        }
        let mut reader = FormReader { form, document, own, words: String::new(), answers: Vec::new(), left_out };
        let blocks = reader.blocks(blocks);
        let blocks = reader.without_blank_sections(blocks);
        let FormReader { words, answers, own, .. } = reader;
        let is_own_hint = |entry: &LeftOut| {
            entry.kind == LeftOutKind::Placeholder
                && entry.text.as_deref().is_some_and(|text| letters(text) == own.hint)
        };
        document.left_out.retain(|entry| !is_own_hint(entry));
        if !words.is_empty() {
            left_out.add_text(LeftOutKind::FormText, 0, words.trim());
        }
        let is_written = |block: &Block| !matches!(block.content, BlockContent::Heading { .. });
        Some(Self { is_filled_in: blocks.iter().any(is_written) || !answers.is_empty(), blocks, answers })
    }
}

/// The words of a form itself, as their letters.
struct OwnWords {
    lines: BTreeSet<String>,
    /// The names of the columns of its table.
    columns: Vec<String>,
    /// What a list of outcomes shows until one is chosen.
    hint: String,
}

impl OwnWords {
    fn new(form: &Form<'_>) -> Self {
        let titles: BTreeSet<String> = form
            .report
            .rules_of(form.owner.kind)
            .into_iter()
            .flat_map(SectionRules::all)
            .map(|rule| letters(rule.title))
            .collect();
        let mut lines = BTreeSet::new();
        let mut columns = Vec::new();
        for block in form.document().blocks {
            match block {
                WordBlock::Paragraph(WordStyle::Heading, text) if titles.contains(&letters(&text)) => {}
                WordBlock::Paragraph(_, text) => _ = lines.insert(letters(&text)),
                WordBlock::Table(table) => columns = table.heading.iter().map(|text| letters(text)).collect(),
                // No form has a label before a paragraph.
                WordBlock::Frame { .. } | WordBlock::Labelled(..) => {}
            }
        }
        Self { lines, columns, hint: letters(form.words.text("form.choose")) }
    }

    fn has(&self, line: &[Inline]) -> bool {
        self.lines.contains(&letters(&plain_text(line)))
    }

    /// How many of its longer lines a document has.
    fn count_in(&self, blocks: &[Block]) -> usize {
        let mut found = BTreeSet::new();
        crate::document::tree::visit_lines(blocks, &mut |line| {
            let line = letters(&plain_text(line));
            if line.chars().count() >= LONG && self.lines.contains(&line) {
                found.insert(line);
            }
        });
        found.len()
    }
}

struct FormReader<'a> {
    form: &'a Form<'a>,
    document: &'a Document,
    own: OwnWords,
    /// The form's own words that have been left out.
    words: String,
    answers: Vec<FormAnswer>,
    left_out: &'a mut LeftOutLog,
}

impl FormReader<'_> {
    /// The blocks without the form's own words and without the table of commitments.
    fn blocks(&mut self, blocks: &[Block]) -> Vec<Block> {
        let mut kept = Vec::with_capacity(blocks.len());
        for block in blocks {
            match &block.content {
                BlockContent::Heading { text, .. } | BlockContent::Paragraph(text) if self.own.has(text) => {
                    self.leave_out(block);
                }
                BlockContent::List(list) => {
                    let mut list = list.clone();
                    list.items.retain(|item| match item.as_slice() {
                        [only] => {
                            let is_own = matches!(&only.content, BlockContent::Paragraph(text) if self.own.has(text));
                            if is_own {
                                self.leave_out(only);
                            }
                            !is_own
                        }
                        _ => true,
                    });
                    if !list.items.is_empty() {
                        kept.push(Block { paragraph: block.paragraph, content: BlockContent::List(list) });
                    }
                }
                BlockContent::Table(table) if self.is_about_commitments(table) => self.table(table),
                _ => kept.push(block.clone()),
            }
        }
        kept
    }

    fn leave_out(&mut self, block: &Block) {
        self.words.push_str(&all_text(std::slice::from_ref(block)));
    }

    /// The blocks without the headings of optional sections that nobody has written anything under.
    fn without_blank_sections(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let rules = self.form.report.rules_of(self.form.owner.kind);
        let is_optional = |block: &Block| match &block.content {
            BlockContent::Heading { text, .. } => {
                let words = plain_text(text);
                let id = rules.and_then(|rules| rules.opened_by(&words));
                rules.is_some_and(|rules| rules.all().any(|rule| Some(rule.id) == id && !rule.is_required))
            }
            _ => false,
        };
        let mut kept = Vec::with_capacity(blocks.len());
        let mut rest = blocks.into_iter().peekable();
        while let Some(block) = rest.next() {
            let is_blank = rest.peek().is_none_or(|next| matches!(next.content, BlockContent::Heading { .. }));
            if is_blank && is_optional(&block) {
                self.leave_out(&block);
            } else {
                kept.push(block);
            }
        }
        kept
    }

    /// Whether a table has last year's commitments in its rows.
    fn is_about_commitments(&self, table: &Table) -> bool {
        table.rows.iter().any(|row| self.commitment_of(row, &[]).is_some())
    }

    /// Reads the table of commitments.
    fn table(&mut self, table: &Table) {
        let mut answered: Vec<usize> = Vec::new();
        for row in &table.rows {
            let Some(first) = row.cells.first() else { continue };
            if self.own.columns.first() == Some(&letters(&all_text(&first.blocks))) {
                self.words.extend(row.cells.iter().map(|cell| all_text(&cell.blocks)));
                continue;
            }
            let Some(number) = self.commitment_of(row, &answered) else {
                self.note_row(row);
                continue;
            };
            answered.push(number);
            let commitment = &self.form.commitments[number];
            if letters(&all_text(&first.blocks)) == letters(&commitment.text) {
                self.words.push_str(&all_text(&first.blocks));
            } else {
                self.left_out.add_text(LeftOutKind::FormRow, paragraph_of(first), all_text(&first.blocks).trim());
            }
            let outcome = row.cells.get(1).and_then(|cell| self.outcome(cell));
            let note: Vec<Block> = row.cells.iter().skip(2).flat_map(|cell| cell.blocks.clone()).collect();
            if outcome.is_some() || !note.is_empty() {
                self.answers.push(FormAnswer { commitment: commitment.id.slug().to_owned(), outcome, note });
            }
        }
    }

    fn note_row(&mut self, row: &Row) {
        let text: String = row.cells.iter().map(|cell| all_text(&cell.blocks)).collect();
        if let Some(cell) = row.cells.first().filter(|_| !text.trim().is_empty()) {
            self.left_out.add_text(LeftOutKind::FormRow, paragraph_of(cell), text.trim());
        }
    }

    /// The number of the commitment that a row is about: by its list of outcomes, or by its words, which programs other
    /// than Word keep. Those `answered` already have a row.
    fn commitment_of(&self, row: &Row, answered: &[usize]) -> Option<usize> {
        let is_open = |number: &usize| !answered.contains(number);
        let all = || self.form.commitments.iter().enumerate();
        let control = row.cells.iter().find_map(|cell| self.control(cell));
        let by_tag = control.and_then(|control| all().find(|(_, commitment)| tag_of(commitment) == control.tag));
        let by_tag = by_tag.map(|(number, _)| number).filter(is_open);
        let words = letters(&all_text(&row.cells.first()?.blocks));
        let by_words = || {
            let mut same = all().filter(|(_, commitment)| letters(&commitment.text) == words);
            same.find(|(number, _)| is_open(number)).map(|(number, _)| number)
        };
        by_tag.or_else(by_words)
    }

    /// The list of choices in a cell. There is none if a program has made plain text of it, or nothing has been chosen.
    fn control(&self, cell: &Cell) -> Option<&FormControl> {
        let lines = cell.blocks.iter().filter_map(|block| match &block.content {
            BlockContent::Paragraph(line) => Some(line),
            _ => None,
        });
        let number = lines.flatten().find_map(|inline| match inline {
            Inline::Text(run) => run.control,
            _ => None,
        });
        self.document.controls.get(number?)
    }

    /// The outcome in a cell: the choice that was made, or its words.
    fn outcome(&mut self, cell: &Cell) -> Option<Outcome> {
        let words = all_text(&cell.blocks);
        let (text, words) = (words.trim(), letters(&words));
        if words.is_empty() || words == self.own.hint {
            return None;
        }
        let chosen = self.control(cell).and_then(|control| control.chosen.as_deref());
        let is_meant = |(outcome, key): &&(Outcome, &str)| match chosen {
            Some(value) => value == outcome.word(),
            None => letters(self.form.words.text(key)) == words,
        };
        let meant = OUTCOMES.iter().find(is_meant).map(|(outcome, _)| *outcome);
        if meant.is_none() {
            self.left_out.add_text(LeftOutKind::Outcome, paragraph_of(cell), text);
        }
        meant
    }
}

fn paragraph_of(cell: &Cell) -> u32 {
    cell.blocks.first().map_or(0, |block| block.paragraph)
}
