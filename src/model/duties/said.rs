//! Whether a text has any content: headings, notes to editors and placeholders do not count.

use crate::diagnostic::Span;
use crate::model::plain_text::{BLOCK_END, PlainText};
use crate::source::markdown::{Markdown, TextRun};

/// Phrases that announce a text still to come, as lists of words.
const WAITING: [&[&str]; 8] = [
    &["tbc"],
    &["tba"],
    &["todo"],
    &["t", "b", "c"],
    &["to", "be", "added"],
    &["to", "be", "confirmed"],
    &["to", "be", "written"],
    &["to", "follow"],
];

/// How many other words a block with a placeholder needs to count as content.
const ENOUGH: usize = 5;

/// Whether part of a text, given as a span of its Markdown, has any content.
#[must_use]
pub(crate) fn has_content(body: &Markdown, part: Span) -> bool {
    let is_in = |outer: Span, inner: Span| outer.start <= inner.start && inner.end <= outer.end;
    // Headings do not overlap and are in order.
    let is_of_heading = |run: &TextRun| {
        let at = body.headings.partition_point(|heading| heading.span.end < run.span.end);
        body.headings.get(at).is_some_and(|heading| is_in(heading.span, run.span))
    };
    let runs = body.shown_runs().iter().filter(|run| is_in(part, run.span) && !is_of_heading(run));
    let runs: Vec<TextRun> = runs.cloned().collect();
    let passage = PlainText::of_runs(body.text(), &runs, None);
    passage.text().split(BLOCK_END).any(block_says)
}

/// Whether a block, given as plain text, has any content.
fn block_says(text: &str) -> bool {
    let lower = text.to_lowercase();
    let (before, after) = match lower.split_once("[insert") {
        Some((before, rest)) => (before, rest.split_once(']').map_or("", |(_, after)| after)),
        None => (lower.as_str(), ""),
    };
    let words: Vec<&str> = [before, after]
        .into_iter()
        .flat_map(|part| part.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    if words.windows(2).any(|two| two == ["lorem", "ipsum"]) {
        return false;
    }
    let is_cross = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte == b'x');
    let waiting = |at: usize| WAITING.iter().find(|phrase| words[at..].starts_with(phrase)).map(|phrase| phrase.len());
    let (mut at, mut others, mut is_waiting) = (0, 0, lower.contains("[insert"));
    while at < words.len() {
        let length = waiting(at).or_else(|| is_cross(words[at]).then_some(1));
        is_waiting |= length.is_some();
        others += usize::from(length.is_none());
        at += length.unwrap_or(1);
    }
    others >= if is_waiting { ENOUGH } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;

    fn check(text: &str) -> bool {
        let file = RelPath::new("a.md");
        let body = Markdown::of_file(&file, &text.into(), Span::new(0, text.len())).value;
        has_content(&body, Span::new(0, body.text().len()))
    }

    #[test]
    fn placeholders_notes_and_headings_are_not_content() {
        for silent in [
            "",
            "TBC",
            "**TBC.**\n\n- To be added.\n- XX/XX",
            "[insert what the police did here]",
            "Text to follow",
            "%% We met often and did much.\n",
            "## What we did\n\n### Neglect\n\nT.B.C.\n",
            "> ### We met every month\n",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
            "***\n",
        ] {
            assert!(!check(silent), "{silent}");
        }
        for text in [
            "Much.",
            "## A\n\n- We met.\n\nTBC",
            "> Much.",
            "| a | b |\n|---|---|\n| c | 5 |",
            "We trained forty officers, and more are to be added.",
            "## A\n\nTBC\n\n## B\n\n`much`",
        ] {
            assert!(check(text), "{text}");
        }
    }
}
