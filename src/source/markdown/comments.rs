//! Removes notes from Markdown: lines that start with `%%`, also in quotations and lists, are not published.

use std::borrow::Cow;
use std::iter::Peekable;
use std::ops::Range;
use std::slice::Iter;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use crate::diagnostic::Span;

/// Markdown without its notes, and without what else is no part of its words.
///
/// A paragraph or list continues around a note. In a fenced code block, `%%` is code.
pub(crate) struct CommentFree<'t> {
    text: Cow<'t, str>,
    cuts: Vec<CutOut>,
}

/// A removed line, or part of a line.
struct CutOut {
    /// The byte of the cleaned text before which it was.
    at: usize,
    /// Number of bytes removed up to here, including this cut.
    gone: usize,
}

/// Maximum number of quotation and list markers at the start of a line. The parser's time grows with the square of
/// their depth, so a hostile text could block a build for hours. No real text has a hundred.
const DEPTH_LIMIT: usize = 100;

impl<'t> CommentFree<'t> {
    /// Removes notes, markers beyond [`DEPTH_LIMIT`], and the parts in `hidden`, which are in order.
    #[must_use]
    pub(super) fn new(written: &'t str, hidden: &[Span]) -> Self {
        let is_deep = |line: &str| line.len() > DEPTH_LIMIT && excess_markers(line).is_some();
        let has_notes = written.contains("%%");
        // Most texts have no notes, and need no copy.
        if !has_notes && hidden.is_empty() && !written.split_inclusive('\n').any(is_deep) {
            return Self { text: Cow::Borrowed(written), cuts: Vec::new() };
        }
        let mut rest = hidden.iter().peekable();
        let shallow =
            Self::cut(written, |line, start| hidden_on(&mut rest, start, line.len()).or_else(|| excess_markers(line)));
        if !has_notes {
            return shallow;
        }
        let fences = shallow.fences();
        let mut fences = fences.iter().peekable();
        let mut rest = hidden.iter().peekable();
        Self::cut(written, |line, start| {
            if let Some(hidden) = hidden_on(&mut rest, start, line.len()) {
                return Some(hidden);
            }
            while fences.next_if(|fence| fence.end as usize <= start).is_some() {}
            let is_code = fences.peek().is_some_and(|fence| fence.range().contains(&start));
            let note = if is_code { None } else { note(line, &written[start + line.len()..]) };
            note.or_else(|| excess_markers(line))
        })
    }

    /// Removes from each line the range that `excess` returns for the line and its start byte.
    fn cut(written: &str, mut excess: impl FnMut(&str, usize) -> Option<Range<usize>>) -> Self {
        let (mut text, mut cuts) = (String::with_capacity(written.len()), Vec::new());
        let mut start = 0;
        for line in written.split_inclusive('\n') {
            let mut kept = line;
            if let Some(excess) = excess(line, start) {
                text.push_str(&line[..excess.start]);
                kept = &line[excess.end..];
                cuts.push(CutOut { at: text.len(), gone: start + excess.end - text.len() });
            }
            text.push_str(kept);
            start += line.len();
        }
        Self { text: Cow::Owned(text), cuts }
    }

    /// The fenced code blocks, as spans of the original text, in order.
    fn fences(&self) -> Vec<Span> {
        if !self.text.contains("```") && !self.text.contains("~~~") {
            return Vec::new();
        }
        let events = Parser::new_ext(&self.text, super::options()).into_offset_iter();
        let fenced =
            events.filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))));
        fenced.map(|(_, range)| self.written(&range)).collect()
    }

    /// The cleaned text.
    #[must_use]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Converts a range of the cleaned text to a span of the original. A range across a note includes the note; one
    /// that starts or ends next to a note does not.
    #[must_use]
    pub(crate) fn written(&self, range: &Range<usize>) -> Span {
        let gone = |cuts: usize| cuts.checked_sub(1).map_or(0, |last| self.cuts[last].gone);
        let start = range.start + gone(self.cuts.partition_point(|cut| cut.at <= range.start));
        let end = range.end + gone(self.cuts.partition_point(|cut| cut.at < range.end));
        Span::new(start, end.max(start))
    }
}

/// The range to remove from the line at `start`: its part of the next hidden span. A span may cross lines.
fn hidden_on(rest: &mut Peekable<Iter<'_, Span>>, start: usize, length: usize) -> Option<Range<usize>> {
    while rest.next_if(|hidden| hidden.end as usize <= start).is_some() {}
    let hidden = rest.peek()?.range();
    let end = hidden.end.min(start + length);
    (hidden.start.max(start) < end).then(|| hidden.start.max(start) - start..end - start)
}

/// Whether a line is a note, if it is not in a code block.
#[must_use]
pub(crate) fn is_note(line: &str) -> bool {
    let mut markers = Markers { line, at: 0 };
    markers.by_ref().for_each(drop);
    line[markers.at..].starts_with("%%")
}

/// The range to remove from a line that is a note: all of it. If it opens a list item that continues on the `next`
/// line, the item's marker stays.
fn note(line: &str, next: &str) -> Option<Range<usize>> {
    let mut markers = Markers { line, at: 0 };
    let last = markers.by_ref().last();
    if !line[markers.at..].starts_with("%%") {
        return None;
    }
    let Some(item) = last.filter(|marker| !line[marker.clone()].starts_with('>')) else { return Some(0..line.len()) };
    let next = next.lines().next().unwrap_or_default();
    let mut below = Markers { line: next, at: 0 };
    let opens_an_item = below.by_ref().any(|marker| !next[marker].starts_with('>'));
    let goes_on = !opens_an_item && below.at > item.start && below.at < next.len();
    let end = line.trim_end_matches(['\r', '\n']).len();
    Some(if goes_on { markers.at..end } else { 0..line.len() })
}

/// The range of quotation and list markers at the start of a line beyond [`DEPTH_LIMIT`].
fn excess_markers(line: &str) -> Option<Range<usize>> {
    let mut markers = Markers { line, at: 0 };
    let first = markers.by_ref().nth(DEPTH_LIMIT)?;
    markers.by_ref().for_each(drop);
    Some(first.start..markers.at)
}

/// Iterates over the quotation and list markers at the start of a line.
struct Markers<'l> {
    line: &'l str,
    /// The start of the next marker, or of the text.
    at: usize,
}

impl Iterator for Markers<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let bytes = self.line.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        let is_blank = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
        let digits = bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let length = match bytes.get(self.at + digits) {
            Some(b'>') if digits == 0 => 1,
            Some(b'-' | b'*' | b'+') if digits == 0 && is_blank(self.at + 1) => 1,
            Some(b'.' | b')') if (1..10).contains(&digits) && is_blank(self.at + digits + 1) => digits + 1,
            _ => return None,
        };
        let marker = self.at..self.at + length;
        self.at = marker.end;
        Some(marker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str) -> String {
        let reading = CommentFree::new(written, &[]);
        // Every character of the cleaned text has the right place in the original.
        for (at, c) in reading.text().char_indices() {
            assert_eq!(reading.written(&(at..at + c.len_utf8())).slice(written), c.to_string());
        }
        reading.text().to_owned()
    }

    #[test]
    fn notes_are_removed() {
        assert_eq!(check("a\n%% not yet\nb\n"), "a\nb\n");
        assert_eq!(check("%% one\n%% two\na\r\n%%\r\nb"), "a\r\nb");
        assert_eq!(check("- a\n  %% who?\n  b\n"), "- a\n  b\n");
        assert_eq!(check("a\n%% é last"), "a\n");
        assert_eq!(check("%%"), "");
    }

    #[test]
    fn notes_in_quotations_and_lists_are_removed() {
        assert_eq!(check("> a\n> %% who?\n> b\n"), "> a\n> b\n");
        assert_eq!(check(">%% who?\n"), "");
        assert_eq!(check("> > %% who?\r\n> b"), "> b");
        assert_eq!(check("- > a\n  > %% who?\n"), "- > a\n");
        assert_eq!(check("> - a\n>   %% who?\n> - b\n"), "> - a\n> - b\n");
        assert_eq!(check("- a\n- %% to come\n- b\n"), "- a\n- b\n");
        assert_eq!(check("1. %% to come\n"), "");
        assert_eq!(check("- %% how many?\n  Four.\n"), "- \n  Four.\n");
        assert_eq!(check("> - %% how many?\n>   Four.\n"), "> - \n>   Four.\n");
        assert_eq!(check("- %% how many?\n\nFour.\n"), "\nFour.\n");
        assert_eq!(check("> ```\n> %% code\n> ```\n> %% note\n"), "> ```\n> %% code\n> ```\n");
        assert_eq!(check("> 50 %% of\n"), "> 50 %% of\n");
    }

    #[test]
    fn hidden_parts_are_removed_across_lines() {
        let written = "- a {b: c,\n  d: é}\n%% note\n- e\n";
        let hidden = Span::new(3, written.find("\n%%").unwrap());
        let reading = CommentFree::new(written, &[hidden]);
        assert_eq!(reading.text(), "- a\n- e\n");
        assert_eq!(reading.written(&(2..3)), Span::new(2, 3));
        assert_eq!(reading.written(&(6..7)).slice(written), "e");
    }

    #[test]
    fn other_lines_stay() {
        assert_eq!(check("50 %% of\n"), "50 %% of\n");
        assert_eq!(check("```\n%% code\n```\n%% note\n"), "```\n%% code\n```\n");
        assert_eq!(check("- ~~~\n  %% code\n  ~~~\n"), "- ~~~\n  %% code\n  ~~~\n");
        assert_eq!(check("% one\n"), "% one\n");
    }

    #[test]
    fn depth_is_limited() {
        assert_eq!(check(&format!("{}a\n", "> ".repeat(200))), format!("{}a\n", "> ".repeat(100)));
        assert_eq!(check(&format!("{}1. a\n", ">".repeat(100))), format!("{}a\n", ">".repeat(100)));
        assert_eq!(check(&format!("x\n{}b", "- ".repeat(100))), format!("x\n{}b", "- ".repeat(100)));
    }

    #[test]
    fn ranges_are_converted_to_the_original() {
        let written = "one\n%% x\ntwo\n";
        let reading = CommentFree::new(written, &[]);
        assert_eq!(reading.written(&(0..7)).slice(written), "one\n%% x\ntwo");
        assert_eq!(reading.written(&(0..4)).slice(written), "one\n");
        assert_eq!(reading.written(&(4..7)).slice(written), "two");
        assert_eq!(reading.written(&(8..8)).slice(written), "");
    }
}
