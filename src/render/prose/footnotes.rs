//! Footnotes: which are printed, in what order, and the list of them.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::gapped_html::{GappedHtml, PageGap};
use crate::escape;
use crate::locale::Locale;
use crate::source::markdown::comments::CommentFree;
use crate::source::markdown::options;

/// The footnotes that some parts of a text refer to, numbered in the order of the references.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The footnote index of each label.
    indexes: HashMap<String, usize>,
}

impl Footnotes {
    /// Finds the footnotes of the parts for which `is_printed` holds. Its arguments are the ranges of a top-level block
    /// and of a reference within it.
    pub(super) fn find(reading: &CommentFree<'_>, is_printed: impl Fn(&Range<usize>, &Range<usize>) -> bool) -> Self {
        let mut found = Self::default();
        if !reading.text().contains("[^") {
            return found;
        }
        // The references in the text, and those in each footnote.
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
        let mut pending = VecDeque::from(in_text);
        while let Some(label) = pending.pop_front() {
            let next = found.indexes.len();
            if *found.indexes.entry(label.clone()).or_insert(next) == next {
                pending.extend(inside.remove(&label).unwrap_or_default());
            }
        }
        found
    }

    /// The number of printed footnotes.
    pub(super) fn count(&self) -> usize {
        self.indexes.len()
    }

    /// The index of the footnote with a label, if it is printed.
    pub(super) fn index(&self, label: &str) -> Option<usize> {
        self.indexes.get(&key(label)).copied()
    }
}

/// Normalises a label for comparison.
fn key(label: &str) -> String {
    label.to_lowercase()
}

/// The list of footnotes, each with a link back to every reference; empty if there are none.
///
/// `notes` holds the HTML of each footnote, `referred` the number of references to it.
pub(super) fn list(notes: Vec<GappedHtml>, referred: &[usize], words: &Locale) -> GappedHtml {
    let mut out = GappedHtml::default();
    if referred.is_empty() {
        return out;
    }
    out.text.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
    escape::attribute(&mut out.text, words.text("footnotes"));
    out.text.push_str("\">\n<ol>\n");
    for (number, (mut note, references)) in (1..).zip(notes.into_iter().zip(referred)) {
        out.text.push_str("<li id=\"");
        out.push_gap(PageGap::Prefix);
        let _ = write!(out.text, "footnote-{number}\">");
        // The links back are at the end of the last paragraph, if there is one.
        let end = if note.text.ends_with("</p>\n") { "</p>\n" } else { "" };
        note.text.truncate(note.text.len() - end.len());
        out.push(note);
        for nth in 1..=*references {
            out.text.push_str(" <a class=\"footnote-back\" href=\"#");
            push_reference_id(&mut out, number, nth);
            out.text.push_str("\" role=\"doc-backlink\" aria-label=\"");
            escape::attribute(&mut out.text, words.text("footnote_back"));
            let _ = write!(out.text, " {number}");
            if nth > 1 {
                let _ = write!(out.text, ".{nth}");
            }
            out.text.push_str("\">↩</a>");
        }
        out.text.push_str(end);
        out.text.push_str("</li>\n");
    }
    out.text.push_str("</ol>\n</section>\n");
    out
}

/// Writes the id of the nth reference to a footnote.
pub(super) fn push_reference_id(out: &mut GappedHtml, number: usize, nth: usize) {
    out.push_gap(PageGap::Prefix);
    let _ = write!(out.text, "footnote-{number}-reference");
    if nth > 1 {
        let _ = write!(out.text, "-{nth}");
    }
}
