//! Writes a document's blocks as the content format's Markdown. Text that Markdown would take for markup is escaped.

mod escape;
mod inline;
mod table;

use std::collections::BTreeMap;
use std::fmt::Write;

use self::escape::{escape, escape_line_start};
use self::inline::{InlineWriter, write_heading};
use super::plan_table::FactsByParagraph;
use crate::document::left_out::LeftOutLog;
use crate::document::{Block, BlockContent, Document, List};
use crate::model::typed_marker::{TypedMarker, TypedMarkerKind};

/// The written text, and which pictures are in it.
pub(super) struct Written {
    /// The body, without front matter. Ends with a line end unless it is empty.
    pub text: String,
    /// The pictures that the text shows: their numbers and descriptions.
    pub pictures: BTreeMap<usize, String>,
}

/// Lines of plain text as Markdown: items of a list where somebody typed bullets, else nothing but text.
#[must_use]
pub(super) fn escape_lines(lines: &[&str]) -> String {
    let are_several = lines.iter().filter(|line| TypedMarker::parse(line).is_some()).count() > 1;
    let is_bullet = |marker: &TypedMarker| {
        matches!(marker.kind, TypedMarkerKind::Bullet(_) | TypedMarkerKind::Dash(_)) && marker.begins_item(are_several)
    };
    let written = lines.iter().map(|line| match TypedMarker::parse(line).filter(is_bullet) {
        Some(marker) => format!("- {}", escape(&line[marker.length..])),
        None => escape_line_start(&escape(line)).into_owned(),
    });
    written.collect::<Vec<_>>().join("\n")
}

/// Writes blocks. `media` gives the address of a picture, or `None` for one that cannot be shown, and `facts` what items end
/// with.
///
/// Heading levels are those of Markdown. What is changed on the way is noted in `left_out`.
pub(super) fn write(
    document: &Document,
    blocks: &[Block],
    media: &dyn Fn(usize) -> Option<String>,
    facts: FactsByParagraph,
    left_out: &mut LeftOutLog,
) -> Written {
    let mut writer = MarkdownWriter { inline: InlineWriter::new(media, left_out), facts, repeated: 0 };
    let mut text = writer.blocks(blocks, "");
    let mut written = 0;
    // A footnote may refer to another.
    while let Some(&footnote) = writer.inline.footnotes.get(written) {
        written += 1;
        let note = document.footnotes.get(footnote).map(Vec::as_slice).unwrap_or_default();
        let body = writer.blocks(note, "    ");
        let _ = write!(text, "\n[^{written}]: {}", if body.is_empty() { "\n" } else { body.trim_start() });
    }
    Written { text: text.trim_start_matches('\n').to_owned(), pictures: writer.inline.pictures }
}

struct MarkdownWriter<'a> {
    inline: InlineWriter<'a>,
    /// Those of items that have not been written yet.
    facts: FactsByParagraph,
    /// The bytes of merged cells that have been repeated.
    repeated: usize,
}

impl MarkdownWriter<'_> {
    /// Writes blocks with an empty line between them. Lines after the first of each begin with `margin`, and so does the
    /// first.
    fn blocks(&mut self, blocks: &[Block], margin: &str) -> String {
        let mut text = String::new();
        let mut alternates = false;
        let mut before: Option<&Block> = None;
        for block in blocks {
            // Two lists of one kind in a row would be one, so every other has another marker.
            let follows_list = before.is_some_and(|before| are_lists_of_one_kind(before, block));
            alternates = follows_list && !alternates;
            let written = self.block(block, margin, alternates);
            if written.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&written);
            before = Some(block);
        }
        text
    }

    fn block(&mut self, block: &Block, margin: &str, alternates: bool) -> String {
        self.inline.paragraph = block.paragraph;
        match &block.content {
            BlockContent::Heading { level, text } => {
                let text = write_heading(&mut self.inline, text);
                if text.is_empty() {
                    return String::new();
                }
                format!("{margin}{} {text}\n", "#".repeat(usize::from((*level).clamp(1, 6))))
            }
            BlockContent::Paragraph(inlines) => {
                let text = self.inline.paragraph(inlines);
                lines_with(&text, margin)
            }
            BlockContent::List(list) => self.list(list, margin, alternates),
            BlockContent::Table(table) => self.table(table, block.paragraph, margin),
            BlockContent::Quotation(blocks) => {
                let inner = self.blocks(blocks, "");
                lines_with(&inner, &format!("{margin}> "))
            }
        }
    }

    fn list(&mut self, list: &List, margin: &str, alternates: bool) -> String {
        let mut text = String::new();
        // A list is loose, with empty lines, if an item has more than a paragraph and lists.
        let is_plain = |block: &Block| matches!(block.content, BlockContent::Paragraph(_));
        let is_loose = list.items.iter().any(|item| item.iter().skip(1).any(is_plain));
        for (index, item) in list.items.iter().enumerate() {
            let marker = match (list.is_numbered, alternates) {
                (true, _) => {
                    let number = list.start.saturating_add(index as u64).min(999_999_999);
                    format!("{number}{} ", if alternates { ')' } else { '.' })
                }
                (false, false) => "- ".to_owned(),
                (false, true) => "* ".to_owned(),
            };
            let inner = format!("{margin}{}", " ".repeat(marker.len()));
            let mut written = String::new();
            for (place, block) in item.iter().enumerate() {
                let mut one = self.block(block, &inner, false);
                let facts = (place == 0).then(|| self.facts.remove(&block.paragraph)).flatten();
                if let Some(facts) = facts {
                    one.truncate(one.trim_end().len());
                    let _ = writeln!(one, " {facts}");
                }
                let is_separate = is_loose || !matches!(block.content, BlockContent::List(_));
                if is_separate && !one.is_empty() && !written.is_empty() {
                    written.push('\n');
                }
                written.push_str(&one);
            }
            if written.trim().is_empty() {
                continue;
            }
            if is_loose && !text.is_empty() {
                text.push('\n');
            }
            let first = written.strip_prefix(&inner).unwrap_or(&written);
            let _ = write!(text, "{margin}{marker}{first}");
        }
        text
    }
}

/// The lines of a text, each after a margin.
fn lines_with(text: &str, margin: &str) -> String {
    text.lines().fold(String::new(), |lines, line| lines + format!("{margin}{line}").trim_end() + "\n")
}

fn are_lists_of_one_kind(before: &Block, block: &Block) -> bool {
    match (&before.content, &block.content) {
        (BlockContent::List(before), BlockContent::List(list)) => before.is_numbered == list.is_numbered,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_bullets_of_plain_text_become_items() {
        assert_eq!(
            escape_lines(&["We will:", "▪ train *all* staff", "– meet", "o\tpublish"]),
            "We will:\n- train \\*all\\* staff\n- meet\n- publish"
        );
        assert_eq!(escape_lines(&["•Train"]), "- Train");
        assert_eq!(escape_lines(&["- Train"]), "- Train");
        // A sign alone may belong to the sentence.
        assert_eq!(escape_lines(&["§ 42 was used."]), "§ 42 was used.");
        assert_eq!(escape_lines(&["1. Train", "2. Meet"]), "1\\. Train\n2\\. Meet");
    }
}
