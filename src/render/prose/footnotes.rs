//! Footnotes: which are printed, and in what order.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::source::markdown::notes::Reading;
use crate::source::markdown::options;

/// The footnotes that some parts of a text refer to, numbered in the order of the references.
#[derive(Default)]
pub(super) struct Footnotes {
    /// For each label, the footnote's index.
    indexes: HashMap<String, usize>,
}

impl Footnotes {
    /// Finds the footnotes of the parts for which `is_printed` holds. It is asked about places of the reading, of a
    /// block at the top level and of a reference in it.
    pub(super) fn find(reading: &Reading<'_>, is_printed: impl Fn(&Range<usize>, &Range<usize>) -> bool) -> Self {
        let mut found = Self::default();
        if !reading.text().contains("[^") {
            return found;
        }
        // The references that stand in the text, and those that stand in each footnote.
        let mut inside: HashMap<String, Vec<String>> = HashMap::new();
        let mut in_text = Vec::new();
        let (mut open, mut block, mut notes) = (0_usize, 0..0, Vec::new());
        for (event, range) in Parser::new_ext(reading.text(), options()).into_offset_iter() {
            match event {
                Event::Start(tag) => {
                    if open == 0 {
                        block = range;
                    }
                    open += 1;
                    if let Tag::FootnoteDefinition(label) = tag {
                        notes.push(key(&label));
                    }
                }
                Event::End(tag) => {
                    open = open.saturating_sub(1);
                    if tag == TagEnd::FootnoteDefinition {
                        notes.pop();
                    }
                }
                Event::FootnoteReference(label) => match notes.last() {
                    Some(note) => inside.entry(note.clone()).or_default().push(key(&label)),
                    None if is_printed(&block, &range) => in_text.push(key(&label)),
                    None => {}
                },
                _ => {}
            }
        }
        let mut pending = std::collections::VecDeque::from(in_text);
        while let Some(label) = pending.pop_front() {
            let next = found.indexes.len();
            if *found.indexes.entry(label.clone()).or_insert(next) == next {
                pending.extend(inside.remove(&label).unwrap_or_default());
            }
        }
        found
    }

    /// How many footnotes are printed.
    pub(super) fn count(&self) -> usize {
        self.indexes.len()
    }

    /// The index of the footnote with a label, where it is printed.
    pub(super) fn index(&self, label: &str) -> Option<usize> {
        self.indexes.get(&key(label)).copied()
    }
}

/// The form in which labels are compared.
fn key(label: &str) -> String {
    label.to_lowercase()
}
