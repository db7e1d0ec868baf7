//! Finds documents in which two boards or agencies have put their submissions below each other.

use std::collections::BTreeSet;

use super::owner::{Owner, others};
use super::sections::is_title;
use crate::document::tree::plain_text;
use crate::document::{Block, BlockContent};
use crate::model::Report;
use crate::model::sections::SectionRules;

/// Whose the second submission is: somebody else, whose name is a title between two sections of the same kind.
pub(super) fn find(report: &Report, owner: &Owner, rules: &SectionRules, blocks: &[Block]) -> Option<Owner> {
    let others = others(report, owner);
    let mut opened = BTreeSet::new();
    let mut titled = None;
    for block in blocks {
        let (BlockContent::Heading { text, .. } | BlockContent::Paragraph(text)) = &block.content else { continue };
        let words = plain_text(text);
        let section = match block.content {
            BlockContent::Heading { level: 2, .. } => rules.opened_by(&words),
            _ => None,
        };
        match section {
            Some(id) if titled.is_some() && opened.contains(id) => return titled,
            Some(id) => _ = opened.insert(id),
            None if opened.is_empty() => {}
            None => {
                let named = others.iter().find(|(_, names)| is_title(&words, names));
                titled = named.map(|(other, _)| other.clone()).or(titled);
            }
        }
    }
    None
}
