//! Rows with more cells than the header has columns, where an extra separator has shifted the cells.

use super::{CsvRow, CsvTable};
use crate::diagnostic::{Code, Diagnostic, Span, excerpt};

/// Reports rows that are longer than the header, and cuts every row to the header's width. Cells of rows that are too
/// long are marked as malformed, since it is not certain to which column they belong.
pub(super) fn check(table: &mut CsvTable, separator: char, text: &str) -> Vec<Diagnostic> {
    let width = table.header.len();
    let mut diagnostics = Vec::new();
    let long = table.rows.iter().filter(|row| extra(row, width).is_some()).count();
    // Spreadsheets may save blank cells at the ends of all rows. At the ends of only some rows they are a mistake.
    let is_odd = table.rows.iter().any(|row| row.cells.len() <= width);
    let is_header_short = long > 1 && long == table.rows.len();
    for row in &mut table.rows {
        let is_reported =
            row.cells.iter().any(|cell| cell.is_malformed) || (is_header_short && !diagnostics.is_empty());
        let found = match extra(row, width) {
            Some((span, words)) => Some((span, describe_extra(&words, width, is_header_short, separator))),
            None if separator != '\t' && is_odd && row.cells.len() > width => split_amount(row, separator),
            None => None,
        };
        row.cells.truncate(width);
        let Some((span, (message, help))) = found else { continue };
        if !is_reported {
            let location = super::Location::new(&table.file, span.first_line(text));
            diagnostics.push(Diagnostic::new(Code::BadCsv, location, message).help(help));
        }
        row.cells.iter_mut().for_each(|cell| cell.is_malformed = true);
        row.padding.is_malformed = true;
    }
    if is_header_short {
        // The mistake is in the header, so none of its columns can be trusted.
        table.header.clear();
        table.rows.clear();
        table.is_complete = false;
    }
    diagnostics
}

/// The first cell with text beyond the header's columns.
fn extra(row: &CsvRow, width: usize) -> Option<(Span, String)> {
    let mut beyond = row.cells.get(width..)?.iter();
    beyond.find(|cell| !cell.is_blank()).map(|cell| (cell.span, excerpt(&cell.text)))
}

/// The message and help for a cell beyond the header's columns.
fn describe_extra(words: &str, width: usize, is_header_short: bool, separator: char) -> (String, String) {
    let mark = if separator == '\t' { "a tab".to_owned() } else { format!("a `{separator}`") };
    if is_header_short {
        let message = format!("`{words}` has no column: the header names only {width}, and every row has more");
        let help = format!("name every column in the header, or put quotation marks round cells with {mark}");
        (message, help)
    } else {
        let message = format!("`{words}` has no column: the header names only {width}");
        let help = format!("put quotation marks round a cell with {mark}, or name the column in the header");
        (message, help)
    }
}

/// Two adjacent cells that are probably one amount, split at its thousands separator: `1` and `234.50`.
fn split_amount(row: &CsvRow, separator: char) -> Option<(Span, (String, String))> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let pair = row.cells.windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        let is_bare = [first, second].iter().all(|cell| (cell.span.end - cell.span.start) as usize == cell.text.len());
        let begins = is_digits(first.text.trim_start_matches(['-', '(', '£']))
            && first.text.trim_start_matches(['-', '(', '£']).len() <= 3;
        let rest = second.text.trim_end_matches(')');
        let ends = rest.split_once('.').map_or(rest, |(pounds, _)| pounds);
        (is_bare && begins && is_digits(ends) && ends.len() == 3).then_some((first, second))
    });
    let (first, second) = pair?;
    let message =
        format!("`{}` and `{}` are in two cells, and this row has one cell too many", first.text, second.text);
    let help = format!(
        "if they are one amount, write it as `\"{}{separator}{}\"`, or without the `{separator}`",
        first.text, second.text
    );
    Some((Span { start: first.span.start, end: second.span.end }, (message, help)))
}
