//! Plain-text tables, aligned by the display width of characters.

use unicode_width::UnicodeWidthStr;

/// A table whose first row is the heading. Columns that hold only numbers are right-aligned, except the first column.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let is_number = |cell: &String| cell.chars().all(|c| c.is_ascii_digit());
    let is_numeric = |column: usize| column > 0 && rows.iter().skip(1).filter_map(|row| row.get(column)).all(is_number);
    let numeric: Vec<bool> = (0..columns).map(is_numeric).collect();
    let mut table = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let gap = " ".repeat(widths[column] - cell.width());
            let (before, after) = if numeric[column] { (gap.as_str(), "") } else { ("", gap.as_str()) };
            line.push_str(if column > 0 { "  " } else { "" });
            line.extend([before, cell, after]);
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_aligned_by_display_width() {
        let rows = [["name", "words"], ["漢字", "7"], ["Tŷ", ""], ["a", "12"]];
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect();
        assert_eq!(table(&rows), "name  words\n漢字      7\nTŷ\na        12\n");
        assert_eq!(table(&[]), "");
    }
}
