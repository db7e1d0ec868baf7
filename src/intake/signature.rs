//! Leaves out what an email has besides its subject: greeting, signature, disclaimer, earlier emails.

use super::signed_block;
use super::typed_lists::text_with_breaks;
use crate::document::left_out::LeftOutLog;
use crate::document::{Block, BlockContent, Inline, LeftOutKind};
use crate::model::email_text::{
    EmailPart, email_part, is_covering, is_email_header, is_forwarded_subject, is_forwarding,
};

/// The longest line of a signature, in characters.
const LONGEST_LINE: usize = 90;

/// Removes those parts, and notes them with their words. `subject` is that of the email, if it came with one.
pub(super) fn leave_out_email_parts(
    blocks: Vec<Block>,
    subject: Option<&str>,
    left_out: &mut LeftOutLog,
) -> Vec<Block> {
    let mut blocks = split_paragraphs(blocks);
    let earlier = |blocks: &[Block]| blocks.iter().position(|block| part_of(block) == Some(EmailPart::QuotedEmail));
    while let Some(start) = earlier(&blocks).filter(|start| is_passed_on(&blocks, *start, subject)) {
        note_all(left_out, LeftOutKind::CoverNote, blocks.drain(..start));
        // The first block says that it is an earlier email, in whatever way.
        let header = blocks.iter().skip(1).position(|block| !is_header(block)).map_or(blocks.len(), |more| more + 1);
        note_all(left_out, LeftOutKind::QuotedEmail, blocks.drain(..header));
    }
    if let Some(start) = earlier(&blocks) {
        note_all(left_out, LeftOutKind::QuotedEmail, blocks.drain(start..));
    }
    leave_out_greeting(&mut blocks, left_out);
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut is_signature = false;
    let mut first = 0;
    for block in blocks {
        let part = part_of(&block);
        is_signature = match part {
            Some(EmailPart::Closing) => true,
            Some(EmailPart::Disclaimer) => is_signature,
            _ => is_signature && is_short(&block),
        };
        match part {
            Some(EmailPart::Disclaimer) => note(left_out, LeftOutKind::Disclaimer, &block),
            _ if is_signature => {
                // A signature of several paragraphs is one.
                first = if part == Some(EmailPart::Closing) { block.paragraph } else { first };
                note_at(left_out, LeftOutKind::Signature, first, &block);
            }
            _ => kept.push(block),
        }
    }
    leave_out_bare_signature(&mut kept, left_out);
    kept
}

/// Whether the earlier email that begins at `start` is what was sent: it is passed on, and has sections where what is above
/// it has none.
fn is_passed_on(blocks: &[Block], start: usize, subject: Option<&str>) -> bool {
    let has_section = |blocks: &[Block]| {
        blocks.iter().any(|block| matches!(block.content, BlockContent::Heading { level: ..=2, .. }))
    };
    let says_so = text_of(&blocks[start]).is_some_and(|text| is_forwarding(&text.trim().to_lowercase()))
        || subject.is_some_and(is_forwarded_subject);
    says_so && !has_section(&blocks[..start]) && has_section(&blocks[start..])
}

/// Whether a paragraph has nothing but lines of the header of an email: `From: …`, `Subject: …`.
fn is_header(block: &Block) -> bool {
    text_of(block).is_some_and(|text| is_email_header(&text))
}

/// The text of a block that may be a part of an email.
fn text_of(block: &Block) -> Option<String> {
    match &block.content {
        BlockContent::Paragraph(inlines) => Some(text_with_breaks(inlines)),
        _ => None,
    }
}

fn part_of(block: &Block) -> Option<EmailPart> {
    if let BlockContent::Quotation(quoted) = &block.content {
        // Programs quote the line that says whose words they are too: `> On 11 June Ann wrote:`.
        return part_of(quoted.first()?).filter(|part| *part == EmailPart::QuotedEmail);
    }
    email_part(&text_of(block)?)
}

/// Splits paragraphs in which closing words begin after the first line, or an earlier email below a greeting.
fn split_paragraphs(blocks: Vec<Block>) -> Vec<Block> {
    let mut split = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        for place_in in [earlier_email_below_greeting, closing_below_text] {
            if let BlockContent::Paragraph(inlines) = &mut block.content
                && let Some(place) = place_in(inlines)
            {
                let above = inlines.drain(..=place).take(place).collect();
                split.push(Block { paragraph: block.paragraph, content: BlockContent::Paragraph(above) });
            }
        }
        split.push(block);
    }
    split
}

/// The place of the line break above an earlier email, if nothing but a greeting and empty lines are above it.
fn earlier_email_below_greeting(inlines: &[Inline]) -> Option<usize> {
    let first = line_breaks(inlines).next()?;
    let breaks = inlines[first..].iter().take_while(|inline| **inline == Inline::LineBreak).count();
    let (greeting, below) = inlines.split_at(first);
    let is_greeting = email_part(&text_with_breaks(greeting)) == Some(EmailPart::Greeting);
    (is_greeting && email_part(&text_with_breaks(below)) == Some(EmailPart::QuotedEmail)).then_some(first + breaks - 1)
}

/// The place of the line break above closing words, unless the first line has some.
fn closing_below_text(inlines: &[Inline]) -> Option<usize> {
    let mut lines = inlines.split(|inline| *inline == Inline::LineBreak);
    let line = lines.position(|line| email_part(&text_with_breaks(line)) == Some(EmailPart::Closing))?;
    line_breaks(inlines).nth(line.checked_sub(1)?)
}

fn line_breaks(inlines: &[Inline]) -> impl Iterator<Item = usize> {
    let breaks = inlines.iter().enumerate().filter(|(_, inline)| **inline == Inline::LineBreak);
    breaks.map(|(place, _)| place)
}

/// Removes a greeting among the first blocks. It may share its paragraph with the text that follows.
fn leave_out_greeting(blocks: &mut Vec<Block>, left_out: &mut LeftOutLog) {
    let first = blocks.iter().take(4).position(|block| {
        text_of(block)
            .is_some_and(|text| email_part(text.lines().next().unwrap_or_default()) == Some(EmailPart::Greeting))
    });
    let Some(first) = first else { return };
    let BlockContent::Paragraph(inlines) = &mut blocks[first].content else { return };
    let end = inlines.iter().position(|inline| *inline == Inline::LineBreak);
    let (greeting, is_whole) = match end {
        Some(end) => {
            // Empty lines below it belong to it.
            let breaks = inlines[end..].iter().take_while(|inline| **inline == Inline::LineBreak).count();
            (inlines.drain(..end + breaks).collect::<Vec<_>>(), inlines.is_empty())
        }
        None => (std::mem::take(inlines), true),
    };
    left_out.add_text(LeftOutKind::Greeting, blocks[first].paragraph, text_with_breaks(&greeting).trim());
    if is_whole {
        blocks.remove(first);
    }
    // `Please find our submission below.`
    if let Some(text) = blocks.get(first).and_then(text_of).filter(|text| is_covering(text)) {
        left_out.add_text(LeftOutKind::Greeting, blocks[first].paragraph, &text);
        blocks.remove(first);
    }
}

/// Removes a signature without closing words: short lines at the end that say who signs, or that begin with a name and give a
/// number or address.
fn leave_out_bare_signature(blocks: &mut Vec<Block>, left_out: &mut LeftOutLog) {
    let is_end = |block: &Block| is_short(block) || signed_block::is_labelled(block);
    let end = blocks.iter().rposition(|block| !is_end(block)).map_or(0, |last| last + 1);
    if let Some(signed) = signed_block::start(&blocks[end..]).filter(|signed| end + signed > 0) {
        note_all(left_out, LeftOutKind::Signature, blocks.drain(end + signed..));
        return;
    }
    let start = blocks.iter().rposition(|block| !is_short(block)).map_or(0, |last| last + 1);
    let texts: Vec<String> = blocks[start..].iter().filter_map(text_of).collect();
    let has_contact = |texts: &[String]| texts.iter().flat_map(|text| text.lines()).any(is_contact);
    let name = texts.iter().position(|text| is_name(text.lines().next().unwrap_or_default()));
    if let Some(name) = name.filter(|name| has_contact(&texts[*name..])) {
        note_all(left_out, LeftOutKind::Signature, blocks.drain(start + name..));
    }
}

/// Whether a block could be part of a signature: a paragraph of short lines that are no sentences.
fn is_short(block: &Block) -> bool {
    text_of(block).is_some_and(|text| {
        let is_line = |line: &str| line.chars().count() <= LONGEST_LINE && !line.trim_end().ends_with(['?', ';', ':']);
        let is_sentence = text.trim_end().ends_with('.') && text.split_whitespace().count() > 6;
        text.lines().all(is_line) && !is_sentence
    })
}

/// Whether a line gives a telephone number, an email address or a website.
fn is_contact(text: &str) -> bool {
    let folded = text.to_lowercase();
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let has_number = digits >= 9 && folded.chars().filter(|c| c.is_alphabetic()).count() <= 30;
    has_number
        || folded.contains("www.")
        || folded.split_whitespace().any(|word| word.contains('@') && word.contains('.'))
}

/// Whether a line is a name: two to four words that begin with capitals, and nothing else.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_capital = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
    };
    (2..=4).contains(&words.len()) && words.iter().all(is_capital)
}

/// Notes several paragraphs as one part, at the first of them.
fn note_all(left_out: &mut LeftOutLog, kind: LeftOutKind, blocks: impl Iterator<Item = Block>) {
    let mut first = None;
    for block in blocks {
        note_at(left_out, kind, *first.get_or_insert(block.paragraph), &block);
    }
}

fn note(left_out: &mut LeftOutLog, kind: LeftOutKind, block: &Block) {
    note_at(left_out, kind, block.paragraph, block);
}

fn note_at(left_out: &mut LeftOutLog, kind: LeftOutKind, paragraph: u32, block: &Block) {
    left_out.add_text(kind, paragraph, &super::all_text(std::slice::from_ref(block)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::StyledText;

    /// Paragraphs, and headings where a text begins with `#`, without the parts of an email; and what was left out.
    fn kept(texts: &[&str]) -> (Vec<String>, Vec<String>) {
        let line = |text: &str| Inline::Text(StyledText { text: text.to_owned(), ..StyledText::default() });
        let block = |(text, paragraph): (&&str, u32)| {
            let content = if let Some(text) = text.strip_prefix('#') {
                BlockContent::Heading { level: 2, text: vec![line(text)] }
            } else {
                let lines = text.lines().flat_map(|text| [Inline::LineBreak, line(text)]);
                BlockContent::Paragraph(lines.skip(1).collect())
            };
            Block { paragraph, content }
        };
        let mut left_out = LeftOutLog::default();
        let blocks = leave_out_email_parts(texts.iter().zip(1..).map(block).collect(), None, &mut left_out);
        let notes = left_out.into_list().into_iter();
        let kept = blocks.iter().map(|block| super::super::all_text(std::slice::from_ref(block)).trim().to_owned());
        (
            kept.collect(),
            notes.map(|note| format!("{}: {}", note.kind.name(), note.text.unwrap_or_default().trim())).collect(),
        )
    }

    #[test]
    fn an_earlier_email_below_a_greeting_in_its_paragraph_is_left_out() {
        let (text, left_out) =
            kept(&["#What have we done?", "We met.", "Hi Sam\nOn 1 June Ann wrote:\nDear Sam", "Where is it?"]);
        assert_eq!(text, ["What have we done?", "We met."]);
        assert_eq!(left_out, ["greeting: Hi Sam", "quoted-email: On 1 June Ann wrote: Dear Sam\nWhere is it?"]);

        let (text, left_out) =
            kept(&["Hi Sam\n---------- Forwarded message ---------\nFrom: Ann", "#What have we done?", "We met."]);
        assert_eq!(text, ["What have we done?", "We met."]);
        assert_eq!(left_out, ["quoted-email: ---------- Forwarded message --------- From: Ann", "cover-note: Hi Sam"]);
    }

    #[test]
    fn only_one_greeting_is_left_out() {
        let (text, left_out) =
            kept(&["Hi Sam,", "#What have we done?", "Hello Project", "We met.", "On 1 June Ann wrote:"]);
        assert_eq!(text, ["What have we done?", "Hello Project", "We met."]);
        assert_eq!(left_out, ["greeting: Hi Sam,", "quoted-email: On 1 June Ann wrote:"]);
    }
}
