//! Reads action plans that are laid out as tables: each row is a commitment, with who is responsible for it and by when.

use std::collections::BTreeMap;

use super::all_text;
use super::plan_columns::{PlanColumn, PlanColumns};
use super::typed_lists::typed_lists;
use crate::document::left_out::LeftOutLog;
use crate::document::tree::plain_text;
use crate::document::{Block, BlockContent, Cell, Inline, LeftOutKind, List, StyledText, Table};
use crate::edit::yaml_content::YamlContent;
use crate::model::section_headings::PLANS;
use crate::model::sections::SectionRules;
use crate::source::one_line::one_line;
use crate::source::yaml::dates;

/// The braces that items end with, by the paragraph that the item begins with.
pub(super) type FactsByParagraph = BTreeMap<u32, String>;

/// Makes lists of the tables under *What will we do next?* that have a column of actions, unless a list there has the
/// commitments already. Other tables there are kept and noted, since only items of a list are read as commitments.
pub(super) fn plans_as_lists(
    blocks: Vec<Block>,
    rules: &SectionRules,
    left_out: &mut LeftOutLog,
) -> (Vec<Block>, FactsByParagraph) {
    let mut facts = FactsByParagraph::new();
    let mut made = Vec::with_capacity(blocks.len());
    let opens = |block: &Block| match &block.content {
        BlockContent::Heading { level: ..=2, text } => Some(rules.opened_by(&plain_text(text)) == Some(PLANS)),
        _ => None,
    };
    let mut rest = blocks.into_iter().peekable();
    while let Some(block) = rest.next() {
        let is_plans = opens(&block) == Some(true);
        made.push(block);
        if !is_plans {
            continue;
        }
        let mut section = Vec::new();
        while let Some(block) = rest.next_if(|next| opens(next).is_none()) {
            section.push(block);
        }
        let has_list = section.iter().any(|block| matches!(block.content, BlockContent::List(_)));
        for block in section {
            let BlockContent::Table(table) = &block.content else {
                made.push(block);
                continue;
            };
            let columns = PlanColumns::find(table).filter(|_| !has_list);
            if let Some(plan) = columns.as_ref().and_then(|columns| PlanReader::new(columns).read(table)) {
                left_out.add_text(LeftOutKind::Plan, block.paragraph, &plan.changed.join(" | "));
                made.extend(plan.blocks);
                facts.extend(plan.facts);
            } else {
                left_out.add(LeftOutKind::PlanTable, block.paragraph);
                made.push(block);
            }
        }
    }
    (made, facts)
}

/// The name above the actions of a plan that also says who or by when, and its paragraph. Such a table is not a form, although
/// a form may have that name as a question.
pub(super) fn name_of_actions(table: &Table) -> Option<(String, u32)> {
    let columns = PlanColumns::find(table)?;
    columns.owner.or(columns.by)?;
    let cell = table.rows[columns.heading].cells.get(columns.action)?;
    Some((columns.names[columns.action].clone(), cell.blocks.first()?.paragraph))
}

/// Reads the rows of a plan.
struct PlanReader<'a> {
    columns: &'a PlanColumns,
    /// What each column says that can be a fact, for the cells below that continue it.
    above: Vec<Option<String>>,
    blocks: Vec<Block>,
    facts: FactsByParagraph,
    /// The words that are not written, or not as they were: names of columns, numbers and dates.
    changed: Vec<String>,
}

impl<'a> PlanReader<'a> {
    fn new(columns: &'a PlanColumns) -> Self {
        let named = columns.names.iter().filter(|name| !name.is_empty()).cloned();
        let above = vec![None; columns.names.len()];
        Self { columns, above, blocks: Vec::new(), facts: FactsByParagraph::new(), changed: named.collect() }
    }

    /// Reads all rows. `None` if one is not like the others.
    fn read(mut self, table: &Table) -> Option<Self> {
        for (at, row) in table.rows.iter().enumerate() {
            let is_blank = |cell: &Cell| cell.blocks.is_empty() && !cell.continues_above;
            if at == self.columns.heading || row.cells.iter().all(is_blank) {
                continue;
            }
            if row.cells.len() == 1 {
                self.subheading(&row.cells[0]);
            } else if at > self.columns.heading && row.cells.len() == self.columns.names.len() {
                self.row(&row.cells)?;
            } else {
                return None;
            }
        }
        self.blocks.iter().any(|block| matches!(block.content, BlockContent::List(_))).then_some(self)
    }

    /// A row of one cell: a title, or what the rows below it are about.
    fn subheading(&mut self, cell: &Cell) {
        self.blocks.extend(cell.blocks.iter().map(|block| {
            let content = match &block.content {
                BlockContent::Paragraph(text) => BlockContent::Heading { level: 3, text: text.clone() },
                other => other.clone(),
            };
            Block { paragraph: block.paragraph, content }
        }));
    }

    /// A row of the plan. Without an action of its own it is more about the one above.
    fn row(&mut self, cells: &[Cell]) -> Option<()> {
        let columns = self.columns;
        let action = &cells[columns.action];
        let continues = action.continues_above || action.blocks.is_empty();
        let mut facts: Vec<(String, YamlContent)> = Vec::new();
        let mut more: Vec<Vec<Block>> = Vec::new();
        for (column, cell) in cells.iter().enumerate().filter(|(column, _)| *column != columns.action) {
            if !cell.continues_above {
                self.above[column] = short_text(&cell.blocks);
            }
            let text = self.above[column].as_deref().filter(|_| !continues);
            let by = text.filter(|_| columns.by == Some(column)).and_then(date);
            let owner = text.filter(|text| columns.owner == Some(column) && can_be_fact(text));
            if let Some(by) = by {
                facts.insert(0, ("by".to_owned(), YamlContent::Text(by)));
            } else if let Some(owner) = owner {
                facts.push(("owner".to_owned(), owner.into()));
                continue;
            } else if columns.kinds[column] != PlanColumn::Number {
                more.extend((!cell.blocks.is_empty()).then(|| with_label(&columns.names[column], &cell.blocks)));
                continue;
            }
            if !cell.continues_above {
                self.changed.push(all_text(&cell.blocks).trim().to_owned());
            }
        }
        if continues {
            let Some(BlockContent::List(list)) = self.blocks.last_mut().map(|block| &mut block.content) else {
                return None;
            };
            add_below(list.items.last_mut()?, more);
            return Some(());
        }
        let mut numbers = LeftOutLog::default();
        for item in items_of(action, &mut numbers) {
            let paragraph = item.first()?.paragraph;
            if !facts.is_empty() {
                let braces = YamlContent::Map(facts.clone()).in_brackets();
                // Lines of one paragraph share its number, so only one of them could have facts.
                if self.facts.insert(paragraph, braces).is_some() {
                    return None;
                }
            }
            match self.blocks.last_mut().map(|block| &mut block.content) {
                Some(BlockContent::List(list)) => list.items.push(item),
                _ => self.blocks.push(list_of(paragraph, vec![item])),
            }
        }
        if let Some(BlockContent::List(list)) = self.blocks.last_mut().map(|block| &mut block.content) {
            add_below(list.items.last_mut()?, more);
        }
        self.changed.extend(numbers.into_list().into_iter().filter_map(|entry| entry.text));
        Some(())
    }
}

/// The commitments in a cell: each item, if it has nothing but a list.
fn items_of(cell: &Cell, numbers: &mut LeftOutLog) -> Vec<Vec<Block>> {
    let mut blocks = typed_lists(cell.blocks.clone(), numbers);
    match blocks.as_mut_slice() {
        [Block { content: BlockContent::List(list), .. }] => std::mem::take(&mut list.items),
        _ => vec![blocks],
    }
}

/// Adds what the other columns say to a commitment, as a list below it.
fn add_below(item: &mut Vec<Block>, more: Vec<Vec<Block>>) {
    let Some(paragraph) = more.first().and_then(|blocks| blocks.first()).map(|block| block.paragraph) else { return };
    match item.last_mut().map(|block| &mut block.content) {
        Some(BlockContent::List(list)) if !list.is_numbered => list.items.extend(more),
        _ => item.push(list_of(paragraph, more)),
    }
}

fn list_of(paragraph: u32, items: Vec<Vec<Block>>) -> Block {
    Block { paragraph, content: BlockContent::List(List { is_numbered: false, start: 1, items }) }
}

/// What a column says, with its name in front.
pub(super) fn with_label(name: &str, blocks: &[Block]) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    let name = name.trim_end_matches([':', '?', '.']);
    if name.is_empty() {
        return blocks;
    }
    let label = Inline::Text(StyledText { text: format!("{name}: "), ..StyledText::default() });
    match blocks.first_mut() {
        Some(Block { content: BlockContent::Paragraph(text), .. }) => text.insert(0, label),
        first => {
            let paragraph = first.map_or(0, |block| block.paragraph);
            blocks.insert(0, Block { paragraph, content: BlockContent::Paragraph(vec![label]) });
        }
    }
    blocks
}

/// The most characters of a fact. What is longer is text.
const LONGEST_FACT: usize = 120;

/// The text of a cell on one line, if it has nothing but a little text.
fn short_text(blocks: &[Block]) -> Option<String> {
    let is_plain = |block: &Block| match &block.content {
        BlockContent::Paragraph(line) => line.iter().all(|inline| match inline {
            Inline::Text(run) => run.link.is_none(),
            Inline::LineBreak => true,
            Inline::Footnote(_) | Inline::Picture { .. } => false,
        }),
        _ => false,
    };
    if !blocks.iter().all(is_plain) {
        return None;
    }
    let text = all_text(blocks);
    let lines = text.lines().map(one_line);
    let text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    Some(text).filter(|text| !text.is_empty() && text.chars().count() <= LONGEST_FACT)
}

/// Whether Markdown takes a text for nothing but text, also between braces.
fn can_be_fact(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '–' | '.' | ',' | '\'' | '’' | '&' | '(' | ')' | '/' | ':')
    })
}

/// The day or month that a text says something is to be done by: *31/03/2026*, *end of March 2026*.
fn date(text: &str) -> Option<String> {
    let words = text.to_lowercase();
    let mut words: Vec<&str> = words.split_whitespace().collect();
    while words.first().is_some_and(|word| matches!(*word, "by" | "before" | "end" | "the" | "of")) {
        words.remove(0);
    }
    dates::meant(&words.join(" ")).map(|date| date.to_string())
}
