//! Recognises the lines and tables at the end of a document in which somebody signs for it: *Signed*, *Name*, *Role*, *Date*.

use super::typed_lists::text_with_breaks;
use crate::document::tree::all_text;
use crate::document::{Block, BlockContent};

/// Words that only somebody who signs writes, whatever follows.
const SIGNED: &[&str] = &[
    "signed",
    "signature",
    "signed by",
    "signed off by",
    "submitted by",
    "completed by",
    "prepared by",
    "report by",
    "author",
    "report author",
    "authorised by",
    "approved by",
    "on behalf of",
    "llofnod",
    "llofnodwyd gan",
    "awdur",
];

/// Words that are beside those.
const DETAILS: &[&str] = &[
    "name",
    "role",
    "date",
    "dated",
    "job title",
    "title",
    "position",
    "post",
    "rank",
    "organisation",
    "agency",
    "email",
    "e-mail",
    "email address",
    "tel",
    "telephone",
    "phone",
    "mobile",
    "contact",
    "contact details",
    "enw",
    "rôl",
    "swydd",
    "dyddiad",
];

/// What the label of a line says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Signed,
    Detail,
}

/// Where a signature begins among the blocks at the end of a document: at a line or table that says who signs, or at the first
/// of two that give such details.
pub(super) fn start(blocks: &[Block]) -> Option<usize> {
    let labels: Vec<Vec<Label>> = blocks.iter().map(labels_of).collect();
    let first = labels.iter().position(|labels| !labels.is_empty())?;
    let all = || labels[first..].iter().flatten();
    (all().any(|label| *label == Label::Signed) || all().count() > 1).then_some(first)
}

/// Whether a block has such a label, and so may belong to the signature although it is longer than a line.
pub(super) fn is_labelled(block: &Block) -> bool {
    !labels_of(block).is_empty()
}

/// The labels of the lines of a paragraph, or of the rows of a table. None if a row of the table has no label.
fn labels_of(block: &Block) -> Vec<Label> {
    match &block.content {
        BlockContent::Paragraph(line) => text_with_breaks(line).lines().filter_map(label_of_line).collect(),
        BlockContent::Table(table) => {
            let first = table.rows.iter().map(|row| match row.cells.as_slice() {
                [label, _] => label_called(&all_text(&label.blocks)),
                _ => None,
            });
            first.collect::<Option<Vec<Label>>>().unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The label of a line such as `Signed: ______`.
fn label_of_line(line: &str) -> Option<Label> {
    let (label, value) = line.trim().split_once([':', '\t', '_', '…'])?;
    let is_short = value.split_whitespace().count() <= 8 && !value.trim_end().ends_with(['.', ';', '?']);
    // `Completed by: March 2021` says when.
    let is_date = value.chars().any(|c| c.is_ascii_digit());
    label_called(label).filter(|label| is_short && (*label == Label::Detail || !is_date))
}

fn label_called(label: &str) -> Option<Label> {
    let folded = label.trim().trim_end_matches([':', '?', '.']).to_lowercase();
    let is_on_behalf = || {
        ["signed", "submitted", "completed", "for and on behalf"].iter().any(|word| folded.starts_with(word))
            && folded.contains("on behalf of")
    };
    if SIGNED.contains(&folded.as_str()) || is_on_behalf() {
        return Some(Label::Signed);
    }
    DETAILS.contains(&folded.as_str()).then_some(Label::Detail)
}
