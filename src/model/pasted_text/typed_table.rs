//! Tables whose columns are separated by tabs, as programs paste them.

use super::{TextLine, fix, line_end};
use crate::diagnostic::{Code, Diagnostic, Span, TextEdit};
use crate::source::markdown::Markdown;

/// Finds rows of cells with tabs between them, two or more below each other, and reports each table once.
pub(super) fn find(body: &Markdown, lines: &[TextLine<'_>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Span> {
    let text = body.text();
    let mut tables = Vec::new();
    let mut rest = lines;
    while let Some((first, below)) = rest.split_first() {
        let mut length = usize::from(row(text, first).contains('\t'));
        while length > 0
            && let Some(next) = rest.get(length)
            && is_next_line(text, &rest[length - 1], next)
            && row(text, next).contains('\t')
        {
            length += 1;
        }
        let rows = &rest[..length];
        // A row may begin with an empty cell; lines that are only indented are no table.
        if length >= 2 && rows.iter().filter(|line| line.text.contains('\t')).count() + 1 >= length {
            tables.push(report(body, rows, diagnostics));
        }
        rest = if length > 1 { &rest[length..] } else { below };
    }
    tables
}

/// A line with the tabs at its start, which are empty cells.
fn row<'t>(text: &'t str, line: &TextLine<'_>) -> &'t str {
    text[line.start..line.span.end as usize].trim_start_matches(' ')
}

fn is_next_line(text: &str, above: &TextLine<'_>, line: &TextLine<'_>) -> bool {
    text[above.span.end as usize..line.start].matches('\n').count() == 1
}

fn report(body: &Markdown, rows: &[TextLine<'_>], diagnostics: &mut Vec<Diagnostic>) -> Span {
    let text = body.text();
    let (first, last) = (rows[0].span, rows[rows.len() - 1].span);
    let is_indented = rows.iter().all(|line| row(text, line).starts_with('\t'));
    let cells = |line: &TextLine<'_>| row(text, line).matches('\t').count() + 1 - usize::from(is_indented);
    let width = rows.iter().map(cells).max().unwrap_or(1);
    let end = line_end(text);
    let mut edits = Vec::new();
    for (index, line) in rows.iter().enumerate() {
        let written = row(text, line);
        let from = line.span.end as usize - written.len();
        let begin = if is_indented { from + 1 } else { from };
        let has_text_above =
            index == 0 && text[..line.start].lines().next_back().is_some_and(|line| !line.trim().is_empty());
        let gap = if has_text_above { end } else { "" };
        edits.push(TextEdit::new(Span::new(line.start, begin), format!("{gap}| ")));
        for (at, c) in text[begin..line.span.end as usize].char_indices().filter(|(_, c)| matches!(c, '\t' | '|')) {
            let new = if c == '\t' { " | " } else { "\\|" };
            edits.push(TextEdit::new(Span::new(begin + at, begin + at + 1), new));
        }
        let mut new = " |".repeat(width - cells(line) + 1);
        if index == 0 {
            new = format!("{new}{end}|{}", "---|".repeat(width));
        }
        let below = text[line.span.end as usize..].lines().nth(1);
        if index + 1 == rows.len() && below.is_some_and(|line| !line.trim().is_empty()) {
            new.push_str(end);
        }
        edits.push(TextEdit::new(Span { start: line.span.end, end: line.span.end }, new));
    }
    let is_even = rows.iter().all(|line| cells(line) == width);
    let message = "these columns are separated by tabs, which Markdown does not read as a table";
    diagnostics.push(
        Diagnostic::new(Code::TypedTable, body.location(rows[0].span), message)
            .help("write `|` between the cells, and a line `|---|---|` below the first row")
            .fix(fix(body, "write these lines as a table", is_even, edits)),
    );
    Span { start: first.start, end: last.end }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn columns_become_a_table() {
        for (text, fixed) in [
            ("Name\tRole\nJo\tChair\n", "| Name | Role |\n|---|---|\n| Jo | Chair |\n"),
            ("\tQ1\tQ2\nStaff\t3\t4\n", "|  | Q1 | Q2 |\n|---|---|---|\n| Staff | 3 | 4 |\n"),
            ("\ta\tb\n\tc\td\n", "| a | b |\n|---|---|\n| c | d |\n"),
            (
                "In short:\r\na\tb\r\nc\td\r\nEnd.\r\n",
                "In short:\r\n\r\n| a | b |\r\n|---|---|\r\n| c | d |\r\n\r\nEnd.\r\n",
            ),
            ("a\t\tb|c\nd\te\n", "| a |  | b\\|c |\n|---|---|---|\n| d | e | |\n"),
        ] {
            let found = check(text);
            let after = found.split_once("---\n").map_or("", |(_, after)| after);
            assert_eq!(after, fixed, "{text:?}: {found}");
            assert!(found.starts_with("typed-table "), "{found}");
            assert_eq!(check(after), "", "{text:?}");
        }
    }

    #[test]
    fn other_tabs_are_left_alone() {
        for text in [
            "Name\tRole\n",
            "a\tb\n\nc\td\n",
            "a\n\tb\n\tc\n",
            "```\na\tb\nc\td\n```\n",
            "- a\tb\n- c\td\n",
            "| a\t|b |\n|---|---|\n| c\t| d |\n",
        ] {
            assert_eq!(check(text), "", "{text:?}");
        }
    }
}
