//! Rows that have more cells than the header has columns: a separator too many has moved what stands in them.

use super::{CsvRow, CsvTable};
use crate::diagnostic::{Code, Diagnostic, Span, excerpt};

/// Reports rows that are longer than the header, and cuts every row to the header's width. The cells of a row that is
/// too long are torn: which column they belong to is in doubt.
pub(super) fn check(table: &mut CsvTable, separator: char, text: &str) -> Vec<Diagnostic> {
    let width = table.header.len();
    let mut diagnostics = Vec::new();
    let long = table.rows.iter().filter(|row| extra(row, width).is_some()).count();
    // Blank cells at the ends of all rows are how spreadsheets save; at the end of some they were put there.
    let is_odd = table.rows.iter().any(|row| row.cells.len() <= width);
    let is_header_short = long > 1 && long == table.rows.len();
    for row in &mut table.rows {
        let is_told = row.cells.iter().any(|cell| cell.is_malformed) || (is_header_short && !diagnostics.is_empty());
        let found = match extra(row, width) {
            Some((span, words)) => Some((span, beyond(&words, width, is_header_short, separator))),
            None if is_odd && row.cells.len() > width => parted(row, separator),
            None => None,
        };
        row.cells.truncate(width);
        let Some((span, (message, help))) = found else { continue };
        if !is_told {
            let location = super::Location::new(&table.file, span.first_line(text));
            diagnostics.push(Diagnostic::new(Code::BadCsv, location, message).help(help));
        }
        row.cells.iter_mut().for_each(|cell| cell.is_malformed = true);
        row.padding.is_malformed = true;
    }
    if is_header_short {
        // The fault is the header's, so that no column of it is sure.
        table.header.clear();
        table.rows.clear();
        table.is_complete = false;
    }
    diagnostics
}

/// The first cell beyond the header in which something stands.
fn extra(row: &CsvRow, width: usize) -> Option<(Span, String)> {
    let mut beyond = row.cells.get(width..)?.iter();
    beyond.find(|cell| !cell.is_blank()).map(|cell| (cell.span, excerpt(&cell.text)))
}

/// What is said of a cell beyond the header.
fn beyond(words: &str, width: usize, is_header_short: bool, separator: char) -> (String, String) {
    let columns = if width == 1 { "one column".to_owned() } else { format!("{width} columns") };
    if is_header_short {
        let message = format!("`{words}` stands beyond the header's {columns}, and so it is in every row");
        (
            message,
            format!("name every column in the header, or put quotation marks round cells that hold `{separator}`"),
        )
    } else {
        let message = format!("`{words}` stands beyond the header's {columns}");
        let help =
            format!("put quotation marks round a cell that holds `{separator}`, or name the column in the header");
        (message, help)
    }
}

/// Two neighbours in a row with a cell too many that were one amount before its separator parted them: `1` and
/// `234.50`.
fn parted(row: &CsvRow, separator: char) -> Option<(Span, (String, String))> {
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
    let message = format!("`{}` and `{}` stand in two cells, and this row has one too many", first.text, second.text);
    let help = format!(
        "if they are one amount, write it as `\"{}{separator}{}\"` or without the separator",
        first.text, second.text
    );
    Some((Span { start: first.span.start, end: second.span.end }, (message, help)))
}
