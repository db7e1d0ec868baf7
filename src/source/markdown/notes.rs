//! Notes: lines that begin with `%%` and are left out of the page.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use crate::diagnostic::Span;

/// A piece of Markdown as it is read: without the lines that are notes, as though they had never been there.
///
/// A paragraph or list goes on around a note. In a fenced code block `%%` is code.
pub struct Reading<'t> {
    text: Cow<'t, str>,
    cuts: Vec<Cut>,
}

/// A line that was left out.
struct Cut {
    /// The byte of the reading before which it stood.
    at: usize,
    /// How many bytes are gone up to here, this line included.
    gone: usize,
}

impl<'t> Reading<'t> {
    /// How a piece of Markdown is read.
    #[must_use]
    pub fn of(written: &'t str) -> Self {
        // Most texts hold no note; they are read as they stand.
        if !written.contains("%%") {
            return Self { text: Cow::Borrowed(written), cuts: Vec::new() };
        }
        let fences = fences(written);
        let mut fences = fences.iter().peekable();
        let (mut text, mut cuts) = (String::with_capacity(written.len()), Vec::new());
        let mut start = 0;
        for line in written.split_inclusive('\n') {
            while fences.next_if(|fence| fence.end <= start).is_some() {}
            let is_code = fences.peek().is_some_and(|fence| fence.contains(&start));
            start += line.len();
            if line.trim_start().starts_with("%%") && !is_code {
                cuts.push(Cut { at: text.len(), gone: start - text.len() });
            } else {
                text.push_str(line);
            }
        }
        Self { text: Cow::Owned(text), cuts }
    }

    /// The text without its notes.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a range of the reading stands in what was written. A range that goes over a note takes it in; one that
    /// ends or begins beside a note does not.
    #[must_use]
    pub fn written(&self, range: &Range<usize>) -> Span {
        let gone = |cuts: usize| cuts.checked_sub(1).map_or(0, |last| self.cuts[last].gone);
        let start = range.start + gone(self.cuts.partition_point(|cut| cut.at <= range.start));
        let end = range.end + gone(self.cuts.partition_point(|cut| cut.at < range.end));
        Span::new(start, end.max(start))
    }
}

/// The fenced code blocks of a text, in order.
fn fences(written: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(written, super::options()).into_offset_iter();
    let fenced = events.filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))));
    fenced.map(|(_, range)| range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str) -> String {
        let reading = Reading::of(written);
        // Every line of the reading stands in what was written, where the reading says.
        let mut start = 0;
        for line in reading.text().split_inclusive('\n') {
            assert_eq!(reading.written(&(start..start + line.len())).of(written), line);
            start += line.len();
        }
        reading.text().to_owned()
    }

    #[test]
    fn notes_are_left_out() {
        assert_eq!(check("a\n%% not yet\nb\n"), "a\nb\n");
        assert_eq!(check("%% one\n%% two\na\r\n%%\r\nb"), "a\r\nb");
        assert_eq!(check("- a\n  %% who?\n  b\n"), "- a\n  b\n");
        assert_eq!(check("a\n%% é last"), "a\n");
        assert_eq!(check("%%"), "");
    }

    #[test]
    fn other_lines_stay() {
        assert_eq!(check("50 %% of\n"), "50 %% of\n");
        assert_eq!(check("```\n%% code\n```\n%% note\n"), "```\n%% code\n```\n");
        assert_eq!(check("- ~~~\n  %% code\n  ~~~\n"), "- ~~~\n  %% code\n  ~~~\n");
        assert_eq!(check("% one\n"), "% one\n");
    }

    #[test]
    fn ranges_are_found_again() {
        let written = "one\n%% x\ntwo\n";
        let reading = Reading::of(written);
        assert_eq!(reading.written(&(0..7)).of(written), "one\n%% x\ntwo");
        assert_eq!(reading.written(&(0..4)).of(written), "one\n");
        assert_eq!(reading.written(&(4..7)).of(written), "two");
        assert_eq!(reading.written(&(8..8)).of(written), "");
    }
}
