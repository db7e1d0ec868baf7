//! A report to a committee as a Word document.

use super::{CoverBlock, CoverReport, CoverTable};
use crate::document::word::write::{WordBlock, WordCell, WordDocument, WordStyle, WordTable};

/// The property by which a document says which report it is.
const PROPERTY: &str = "annal-cover";

/// The report as a Word document. `name` says which it is, such as `2024-25/hwb`.
#[must_use]
pub(crate) fn document(report: &CoverReport, name: String) -> WordDocument {
    let committee = report.facts.first().map_or("", |(_, committee)| committee.as_str());
    let mut blocks = vec![WordBlock::Paragraph(WordStyle::Title, report.title.clone())];
    let fact = |(label, fact): &(String, String)| WordBlock::Labelled(WordStyle::Fact, label.clone(), fact.clone());
    blocks.extend(report.facts.iter().map(fact));
    if let Some((heading, asked)) = &report.recommendations {
        blocks.push(WordBlock::Paragraph(WordStyle::Heading, heading.clone()));
        blocks.extend(asked.iter().flat_map(word_blocks));
    }
    for (index, (heading, below)) in report.sections.iter().enumerate() {
        blocks.push(WordBlock::Paragraph(WordStyle::Heading, format!("{}. {heading}", index + 1)));
        blocks.extend(below.iter().flat_map(word_blocks));
    }
    WordDocument {
        title: format!("{}: {committee}", report.title),
        language: report.language.clone(),
        property: (PROPERTY, name),
        blocks,
    }
}

fn word_blocks(block: &CoverBlock) -> Vec<WordBlock> {
    match block {
        CoverBlock::Numbered(number, text) => {
            vec![WordBlock::Labelled(WordStyle::Numbered, number.clone(), text.clone())]
        }
        CoverBlock::Bullet(text) => vec![WordBlock::Paragraph(WordStyle::Bullet, text.clone())],
        CoverBlock::Table(table) => vec![WordBlock::Table(word_table(table))],
    }
}

fn word_table(table: &CoverTable) -> WordTable {
    let row = |[line, amount]: &[String; 2]| vec![WordCell::Text(line.clone()), WordCell::Amount(amount.clone())];
    WordTable {
        description: table.caption.clone(),
        widths: vec![70, 30],
        heading: table.heading.to_vec(),
        rows: table.rows.iter().chain([&table.total]).map(row).collect(),
    }
}
