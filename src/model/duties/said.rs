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

/// Whole blocks that say that there is nothing, or nothing yet, as words with spaces between them.
#[rustfmt::skip] // One phrase per line would take pages.
const NOTHING: &[&str] = &[
    "nil", "nil return", "none", "n a", "na", "nothing", "not applicable", "x", "pending", "awaited", "awaiting",
    "awaiting text", "awaiting update", "awaiting information", "text awaited", "tbd", "to come", "text to come",
    "coming soon", "to be provided", "to be completed", "to be decided", "draft", "placeholder", "dim", "amherthnasol",
];

/// How many words the description of a picture needs to count as content: `The drop-in centre`, but not `Logo`.
const DESCRIPTION: usize = 3;

/// Whether part of a text, given as a span of its Markdown, has any content.
#[must_use]
pub(crate) fn has_content(body: &Markdown, part: Span) -> bool {
    // Headings do not overlap and are in order.
    let is_of_heading = |run: &TextRun| {
        let at = body.headings.partition_point(|heading| heading.span.end < run.span.end);
        body.headings.get(at).is_some_and(|heading| is_in(heading.span, run.span))
    };
    // Cells and pictures do not overlap each other and are in order, so each run is looked up and not compared with all.
    let cells: Vec<Span> = body.tables.iter().flatten().flatten().copied().collect();
    let pictures: Vec<Span> =
        body.linked.links.iter().filter(|link| link.is_image).map(|picture| picture.span).collect();
    let place_of = |spans: &[Span], run: &TextRun| {
        let at = spans.partition_point(|span| span.start <= run.span.start).checked_sub(1)?;
        is_in(spans[at], run.span).then_some(at)
    };
    let (mut prose, mut descriptions): (Vec<TextRun>, Vec<TextRun>) = Default::default();
    let mut in_cells: Vec<Vec<TextRun>> = vec![Vec::new(); cells.len()];
    for run in body.shown_runs().iter().filter(|run| is_in(part, run.span) && !is_of_heading(run)) {
        let cell = place_of(&cells, run);
        if let Some(cell) = cell {
            in_cells[cell].push(run.clone());
        }
        if place_of(&pictures, run).is_some() {
            descriptions.push(run.clone());
        } else if cell.is_none() {
            prose.push(run.clone());
        }
    }
    let passage = |runs: &[TextRun]| PlainText::of_runs(body.text(), runs, None).text().to_owned();
    let describes = |run: &TextRun| {
        let text = passage(std::slice::from_ref(run));
        words(&text).len() >= DESCRIPTION && block_says(&text)
    };
    let mut texts = in_cells.iter().map(|runs| passage(runs));
    let mut rows = body.tables.iter().flat_map(|table| table.iter().enumerate());
    passage(&prose).split(BLOCK_END).any(block_says)
        || descriptions.iter().any(describes)
        || rows.any(|(number, row)| {
            let row: Vec<String> = texts.by_ref().take(row.len()).collect();
            // The first row has the headings.
            number > 0 && row_says(&row)
        })
}

/// Whether a short text of a YAML file has any content.
pub(super) fn says_anything(text: &Markdown) -> bool {
    has_content(text, Span::new(0, text.text().len()))
}

fn is_in(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether a row of a table has any content. Of `Police | TBC` the first cell is a label.
fn row_says(cells: &[String]) -> bool {
    let (label, others) = cells.split_first().map_or(("", [].as_slice()), |(label, others)| (label.as_str(), others));
    let is_label = others.iter().any(|cell| !cell.trim().is_empty()) && words(label).len() < ENOUGH;
    others.iter().any(|cell| block_says(cell)) || (!is_label && block_says(label))
}

/// The words of a text.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Whether all that a block says is that there is nothing, or nothing yet: `£0.00`, `n/a`, `Pending.`.
fn is_nothing(words: &[&str]) -> bool {
    let is_zero = |word: &&str| word.bytes().all(|byte| byte == b'0');
    words.iter().all(is_zero) || NOTHING.contains(&words.join(" ").as_str())
}

/// Whether a block, given as plain text, has any content.
fn block_says(text: &str) -> bool {
    let lower = text.to_lowercase();
    let (before, after) = match lower.split_once("[insert") {
        Some((before, rest)) => (before, rest.split_once(']').map_or("", |(_, after)| after)),
        None => (lower.as_str(), ""),
    };
    let words: Vec<&str> = [before, after].into_iter().flat_map(words).collect();
    if is_nothing(&words) {
        return false;
    }
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
            "£0",
            "0",
            "£0.00",
            "nil",
            "n/a",
            "*None.*",
            "x",
            "- x\n- N/A\n",
            "Pending",
            "Awaiting text",
            "![a](../media/a.png)",
            "![Our logo](../media/a.png)",
            "| a |\n| --- |\n| TBC |",
            "| Agency | What it did |\n| --- | --- |\n| Police | TBC |\n| Fire | £0 |",
            "| a | b |\n| --- | --- |\n",
        ] {
            assert!(!check(silent), "{silent}");
        }
        for text in [
            "Much.",
            "## A\n\n- We met.\n\nTBC",
            "> Much.",
            "| a | b |\n|---|---|\n| c | 5 |",
            "| What we did |\n| --- |\n| Trained forty |",
            "| What we did | Cost |\n| --- | --- |\n| We trained forty officers in May | £0 |",
            "| Agency | What it did |\n| --- | --- |\n| Police | Pending cases were closed. |",
            "£40",
            "None of the reviews was late.",
            "Nobody died.",
            "![Volunteers at the drop-in centre](../media/a.png)",
            "We met.",
            "X marks the place.",
            "No change.",
            "We trained forty officers, and more are to be added.",
            "## A\n\nTBC\n\n## B\n\n`much`",
        ] {
            assert!(check(text), "{text}");
        }
    }
}
