//! What is pasted from Word or an email and means something else in Markdown: typed bullets, columns between tabs, the
//! parts of an email.
//!
//! It is found by line. Markdown joins the lines of a paragraph, and that is how a typed list becomes one sentence.

mod email;
mod typed_list;
mod typed_table;

use super::typed_marker::TypedMarker;
use crate::diagnostic::{Code, Diagnostic, Fix, Span, TextEdit};
use crate::source::markdown::{Markdown, MarkdownBlockKind};

/// What was pasted into a text. Spans are of its Markdown.
#[derive(Clone, Debug, Default)]
pub(crate) struct PastedText {
    /// Lists whose bullets or numbers Markdown does not read, in order, each from its first bullet to its end.
    lists: Vec<Span>,
    /// The items of those lists, in order, without their bullets. Lists inside an item belong to it.
    items: Vec<Span>,
    /// Tables whose columns are separated by tabs, in order.
    tables: Vec<Span>,
    /// Greetings, signatures and notices of emails, in order.
    emails: Vec<Span>,
}

/// A line of a paragraph, or of text that is indented so far that Markdown reads it as code.
#[derive(Clone, Copy, Debug)]
struct TextLine<'t> {
    /// From its first to its last character that is not white space.
    span: Span,
    /// The first byte of the line, before its indentation.
    start: usize,
    text: &'t str,
    /// The index of its block, top-level blocks only.
    block: usize,
    /// Whether the block is read as code.
    is_code: bool,
    /// Whether the block is a list, which is read as one.
    is_in_list: bool,
}

impl PastedText {
    /// Finds what was pasted into a text and reports it. Only submissions are searched for emails, and for numbered
    /// paragraphs: a page may number its paragraphs.
    pub(crate) fn find(body: &Markdown, is_submission: bool, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut lines = lines_of(body);
        let emails = if is_submission { email::find(body, &lines, diagnostics) } else { Vec::new() };
        lines.retain(|line| around(&emails, line.span.start).is_none());
        let (lists, items) = typed_list::find(body, &lines, is_submission, diagnostics);
        lines.retain(|line| !line.is_in_list && around(&lists, line.span.start).is_none());
        let tables = typed_table::find(body, &lines, diagnostics);
        report_titles(body, diagnostics);
        Self { lists, items, tables, emails }
    }

    /// The items of typed lists that begin in a block.
    pub(crate) fn items_in(&self, block: Span) -> impl Iterator<Item = Span> {
        let first = self.items.partition_point(|item| item.start < block.start);
        self.items[first..].iter().copied().take_while(move |item| item.start < block.end)
    }

    /// The part of a block or item that is the submission's own text: what comes before a typed list or table, or before
    /// an email's signature. `None` if nothing is.
    #[must_use]
    pub(crate) fn own_part(&self, span: Span) -> Option<Span> {
        let pasted = [&self.lists, &self.tables, &self.emails];
        if pasted.iter().any(|found| around(found, span.start).is_some()) {
            return None;
        }
        let end = pasted.iter().filter_map(|found| first_in(found, span)).map(|found| found.start).min();
        Some(Span { start: span.start, end: end.unwrap_or(span.end) })
    }
}

/// The one of some spans, in order, that contains the byte `at`.
fn around(spans: &[Span], at: u32) -> Option<Span> {
    let after = spans.partition_point(|span| span.start <= at);
    spans[..after].last().copied().filter(|span| at < span.end)
}

/// The first of some spans, in order, that begins in `span`.
fn first_in(spans: &[Span], span: Span) -> Option<Span> {
    let first = spans.partition_point(|one| one.start < span.start);
    spans.get(first).copied().filter(|one| one.start < span.end)
}

/// The lines of a text's paragraphs, lists and indented blocks, in order.
fn lines_of(body: &Markdown) -> Vec<TextLine<'_>> {
    let text = body.text();
    let mut lines = Vec::new();
    for (block, found) in body.blocks.iter().enumerate() {
        let start = line_start(text, found.span.start as usize);
        let indent = &text[start..found.span.start as usize];
        let is_code = found.kind == MarkdownBlockKind::Other && (indent.contains('\t') || indent.len() >= 4);
        let is_in_list = matches!(found.kind, MarkdownBlockKind::List(_));
        if !is_code && !is_in_list && !matches!(found.kind, MarkdownBlockKind::Paragraph { .. }) {
            continue;
        }
        let mut at = start;
        for line in text[start..found.span.end as usize].split_inclusive('\n') {
            let words = line.trim();
            let first = at + (line.len() - line.trim_start().len());
            if !words.is_empty() && !words.starts_with("%%") {
                let span = Span::new(first, first + words.len());
                lines.push(TextLine { span, start: at, text: words, block, is_code, is_in_list });
            }
            at += line.len();
        }
    }
    lines
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// What the lines of a text end with.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// A fix with places in a text's Markdown.
fn fix(body: &Markdown, title: &str, is_certain: bool, edits: Vec<TextEdit>) -> Fix {
    let edits = edits.into_iter().map(|edit| TextEdit { span: body.location(edit.span).span, ..edit }).collect();
    Fix { title: title.to_owned(), edits, is_certain }
}

/// Reports headings of level 1, which the page has for its title.
fn report_titles(body: &Markdown, diagnostics: &mut Vec<Diagnostic>) {
    for heading in body.headings.iter().filter(|heading| heading.level == 1 && heading.top_level) {
        let written = heading.span.slice(body.text());
        let start = heading.span.start as usize;
        let edits = if written.starts_with('#') {
            vec![TextEdit::new(Span::at(start + 1), "#")]
        } else {
            let below = written.rfind('\n').map_or(0, |newline| newline + 1);
            let line = &written[below..];
            let from = start + below + line.find('=').unwrap_or(0);
            // Three hyphens are a heading's line even below a text that begins like a list.
            let count = line.matches('=').count().max(3);
            vec![TextEdit::new(Span::new(from, start + written.trim_end().len()), "-".repeat(count))]
        };
        let message = "this heading has level 1 (`#`), which is the page's own title";
        diagnostics.push(
            Diagnostic::new(Code::ExtraTitle, body.location(heading.span), message)
                .help("write `##` for a heading, or remove it if it only repeats the title")
                .fix(fix(body, "make it a level 2 heading", true, edits)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;

    /// What is found in a text, and the text with every fix applied.
    pub(super) fn check(text: &str) -> String {
        let body = Markdown::of_file(&RelPath::new("a.md"), &text.into(), Span::new(0, text.len())).value;
        let mut found = Vec::new();
        PastedText::find(&body, true, &mut found);
        let said =
            found.iter().map(|one| format!("{} {:?}\n", one.code, one.location.span.first_line(text).slice(text)));
        let said: String = said.collect();
        let mut edits: Vec<_> = found.into_iter().filter_map(|one| one.fix).flat_map(|fix| fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        let mut fixed = text.to_owned();
        for edit in edits.into_iter().rev() {
            fixed.replace_range(edit.span.range(), &edit.replacement);
        }
        if said.is_empty() { said } else { format!("{said}---\n{fixed}") }
    }

    #[test]
    fn titles_become_headings() {
        let found = "extra-title \"# A #\"\nextra-title \"B\"\n---\n";
        assert_eq!(check("# A #\n\nx\n\nB\n====\n"), format!("{found}## A #\n\nx\n\nB\n----\n"));
        assert_eq!(check("## A\n\n#B\n\n> # C\n"), "");
    }
}
