//! CSV as spreadsheets save it, with the place of every cell.
//!
//! The `csv` crate gives the line and byte of a record, but not of its cells, and removes quotation marks in place.
//! Diagnostics need the exact start of a cell, including its quotation mark. So this module reads the format itself, in
//! one pass over the text.

mod delimiter;
mod preamble;
mod ragged_rows;

use delimiter::Delimiter;

use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SourceText, Span, WithDiagnostics, excerpt};

/// Maximum number of cells in a table, counting the padding at the ends of rows.
///
/// Rows may be shorter than the header, so without this limit a few megabytes of text could expand to more cells than
/// fit in memory.
const CELL_LIMIT: usize = 60_000;

/// A CSV file: its header and rows.
#[derive(Clone, Debug)]
pub struct CsvTable {
    /// The file's path from the site's root.
    pub file: RelPath,
    /// The headings, in order. A column without a heading has a blank cell. Empty if the file has no usable header.
    pub header: Vec<CsvCell>,
    /// The rows that are not blank, in order.
    pub rows: Vec<CsvRow>,
    /// Whether the whole file could be read. If not, rows may be missing.
    pub is_complete: bool,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub struct CsvRow {
    /// The cells that are in the file. The row may have fewer than the header.
    cells: Vec<CsvCell>,
    /// A blank cell that represents the missing ones at the end of the row.
    padding: CsvCell,
}

/// One cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CsvCell {
    /// Its text, without quotation marks and surrounding space.
    pub text: String,
    /// Its place, from the character after the separator and including quotation marks.
    pub span: Span,
    /// Whether there is an error in its row or quotation marks, so that its text may belong to another column. The
    /// error has been reported.
    pub is_malformed: bool,
}

impl CsvCell {
    /// Whether the cell is empty.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

impl CsvRow {
    /// The cell of a column, counted from 0. Columns beyond the end of the row are blank.
    #[must_use]
    pub fn cell(&self, column: usize) -> &CsvCell {
        self.cells.get(column).unwrap_or(&self.padding)
    }

    /// The cells that are in the file, in order.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &CsvCell> {
        self.cells.iter()
    }

    /// The span of the whole row.
    #[must_use]
    pub fn span(&self) -> Span {
        let start = self.cells.first().map_or(self.padding.span.start, |cell| cell.span.start);
        Span { start, end: self.padding.span.end }
    }
}

impl CsvTable {
    /// Reads the CSV file `file`, whose whole text is `text`.
    ///
    /// The separator is a comma, a semicolon or a tab: the one that a first line such as `sep=;` names, or the one the header
    /// has more of. Blank rows are skipped. `names` are the required columns, if known; they identify the header when a
    /// title comes before it.
    #[must_use]
    pub fn parse(file: &RelPath, text: &SourceText, names: &[&str]) -> WithDiagnostics<Self> {
        let mut table = Self { file: file.clone(), header: Vec::new(), rows: Vec::new(), is_complete: true };
        let Delimiter { separator, begin } = delimiter::find(text);
        let mut reader = CsvReader { file, text, separator, at: begin, error: None, diagnostics: Vec::new() };
        let mut title = None;
        while let Some(row) = reader.row() {
            if let Some(error) = reader.error.take() {
                reader.diagnostics.push(error);
                table.is_complete = false;
                break;
            }
            if row.cells.iter().all(CsvCell::is_blank) {
                continue;
            }
            if table.header.is_empty() {
                table.header = row.cells;
                continue;
            }
            if title.is_none() && preamble::is_above(&table, &row, names) {
                title = Some(preamble::remove(&mut table, row, text));
                continue;
            }
            if table.header.len() * (table.rows.len() + 1) > CELL_LIMIT {
                let message = "this table is too large; annal stopped reading it here";
                reader.report(row.span(), message, "keep one row for each member, agency or budget line");
                table.is_complete = false;
                break;
            }
            table.rows.push(row);
        }
        if table.header.is_empty() && table.is_complete {
            let message = "this table is empty";
            reader.report(Span::default(), message, "write the names of the columns in the first row");
            table.is_complete = false;
        }
        let separator = char::from(reader.separator);
        let mut diagnostics = reader.diagnostics;
        diagnostics.extend(title);
        diagnostics.extend(ragged_rows::check(&mut table, separator, text));
        table.check_headings(&mut diagnostics);
        WithDiagnostics::new(table, diagnostics)
    }

    /// The location of a cell or row.
    #[must_use]
    pub fn location(&self, span: Span) -> Location {
        Location::new(&self.file, span)
    }

    /// The location of the whole header, used for missing columns.
    #[must_use]
    pub fn header_location(&self) -> Location {
        let first = self.header.first().map_or(0, |cell| cell.span.start);
        let last = self.header.last().map_or(first, |cell| cell.span.end);
        self.location(Span { start: first, end: last })
    }

    /// Reports columns that have text but no heading.
    fn check_headings(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (column, heading) in self.header.iter().enumerate().filter(|(_, heading)| heading.is_blank()) {
            let filled =
                self.rows.iter().map(|row| row.cell(column)).find(|cell| !cell.is_blank() && !cell.is_malformed);
            if let Some(cell) = filled {
                let message = format!("this column has no heading, but it contains `{}`", excerpt(&cell.text));
                diagnostics.push(
                    Diagnostic::new(Code::UnknownColumn, self.location(heading.span), message)
                        .related(self.location(cell.span), "the first cell with text")
                        .help("add a heading, or clear the column"),
                );
            }
        }
    }
}

/// Reads rows and cells from the text of a file.
struct CsvReader<'a> {
    file: &'a RelPath,
    text: &'a str,
    separator: u8,
    /// The next byte to read.
    at: usize,
    /// An error that makes the rest of the file unreadable.
    error: Option<Diagnostic>,
    diagnostics: Vec<Diagnostic>,
}

impl CsvReader<'_> {
    fn error_at(&self, span: Span, message: impl Into<String>, help: &str) -> Diagnostic {
        Diagnostic::new(Code::BadCsv, Location::new(self.file, span), message).help(help)
    }

    fn report(&mut self, span: Span, message: impl Into<String>, help: &str) {
        let error = self.error_at(span, message, help);
        self.diagnostics.push(error);
    }

    /// The current byte, or a line feed at the end of the text.
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(b'\n')
    }

    /// Reads one row and its line end. `None` at the end of the text.
    fn row(&mut self) -> Option<CsvRow> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell());
            if self.byte() != self.separator {
                break;
            }
            self.at += 1;
        }
        let end = Span::at(self.at);
        if self.text[self.at..].starts_with("\r\n") {
            self.at += 1;
        }
        self.at += 1;
        Some(CsvRow { cells, padding: CsvCell { span: end, ..CsvCell::default() } })
    }

    /// Reads one cell up to its separator or line end.
    fn cell(&mut self) -> CsvCell {
        let start = self.at;
        while matches!(self.byte(), b' ' | b'\t') && self.separator != self.byte() {
            self.at += 1;
        }
        if self.byte() == b'"' && self.at < self.text.len() {
            return self.quoted(start);
        }
        self.skip_to_end_of_cell();
        let text = self.text[start..self.at].trim().to_owned();
        CsvCell { text, span: Span::new(start, self.at), is_malformed: false }
    }

    fn skip_to_end_of_cell(&mut self) {
        while !matches!(self.byte(), b'\n' | b'\r') && self.byte() != self.separator {
            self.at += 1;
        }
    }

    /// Reads a quoted cell, starting at its opening quotation mark.
    fn quoted(&mut self, start: usize) -> CsvCell {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(quote) = rest.find('"') else {
                self.at = self.text.len();
                let span = Span::new(start, self.at).first_line(self.text);
                let message = "this cell begins with a quotation mark that is never closed";
                let help = "add the closing `\"`; double any other quotation mark inside the cell";
                self.error = Some(self.error_at(span, message, help));
                return CsvCell { text, span, is_malformed: true };
            };
            text.push_str(&rest[..quote]);
            self.at += quote + 1;
            if self.text[self.at..].starts_with('"') {
                text.push('"');
                self.at += 1;
            } else {
                break;
            }
        }
        let closed = self.at;
        self.skip_to_end_of_cell();
        let extra = self.text[closed..self.at].trim();
        let is_malformed = !extra.is_empty();
        if is_malformed {
            let message = format!("this cell has `{}` after its closing quotation mark", excerpt(extra));
            let help = "double any quotation mark inside a quoted cell: `\"the \"\"new\"\" board\"`";
            self.report(Span::new(start, self.at).first_line(self.text), message, help);
        }
        CsvCell { text: text.trim().to_owned(), span: Span::new(start, self.at), is_malformed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::LineIndex;

    /// The table as cells `text@line:column` separated by `|`, header first, followed by its diagnostics.
    fn check(text: &str) -> String {
        let text: SourceText = text.into();
        let lines = LineIndex::new(&text);
        let position = |span: Span| {
            let position = lines.position(span.start);
            format!("{}:{}", position.line, position.column)
        };
        let checked = CsvTable::parse(&RelPath::new("a.csv"), &text, &["a", "b"]);
        let table = checked.value;
        let show = |cell: &CsvCell| {
            let mark = if cell.is_malformed { "!" } else { "" };
            format!("{}@{}{mark}", cell.text.replace('\n', "/"), position(cell.span))
        };
        let mut out = vec![table.header.iter().map(show).collect::<Vec<_>>().join("|")];
        for row in &table.rows {
            out.push((0..table.header.len()).map(|column| show(row.cell(column))).collect::<Vec<_>>().join("|"));
        }
        out.extend(
            checked.diagnostics.iter().map(|d| format!("{} {}: {}", d.code, position(d.location.span), d.message)),
        );
        out.join("\n")
    }

    #[test]
    fn cells_have_their_places() {
        assert_eq!(check("a,b\n1,2\n"), "a@1:1|b@1:3\n1@2:1|2@2:3");
        assert_eq!(check("a;b\r\n1;\"x;y\"\r\n"), "a@1:1|b@1:3\n1@2:1|x;y@2:3");
        assert_eq!(check("é,\"£,\",b\n\"1\",2,3"), "é@1:1|£,@1:3|b@1:8\n1@2:1|2@2:5|3@2:7");
        assert_eq!(check("a,b\n x , \"y, z\" \n"), "a@1:1|b@1:3\nx@2:1|y, z@2:5");
    }

    #[test]
    fn quotation_marks_are_removed() {
        assert_eq!(check("a,b\n\"the \"\"new\"\" one\",\"\"\n"), "a@1:1|b@1:3\nthe \"new\" one@2:1|@2:19");
        assert_eq!(check("a,b\n\"x\ny\",2\n3,4\n"), "a@1:1|b@1:3\nx/y@2:1|2@3:4\n3@4:1|4@4:3");
        assert_eq!(check("a,b\n5\" pipe,2\n"), "a@1:1|b@1:3\n5\" pipe@2:1|2@2:9");
    }

    #[test]
    fn blank_rows_and_columns_are_skipped() {
        assert_eq!(
            check("\n,,\na,b,,\n1,2,,,,\n,,,\n\n3\n,,"),
            "a@3:1|b@3:3|@3:5|@3:6\n1@4:1|2@4:3|@4:5|@4:6\n3@7:1|@7:2|@7:2|@7:2"
        );
        assert_eq!(check("a"), "a@1:1");
        assert_eq!(check("a,b\r1,2\r"), "a@1:1|b@1:3\n1@1:5|2@1:7", "old Macintosh line ends");
    }

    #[test]
    fn errors_are_reported_once() {
        assert_eq!(
            check("a,b\n1,\"two\nthree,4\n5,6\n"),
            "a@1:1|b@1:3\nbad-csv 2:3: this cell begins with a quotation mark that is never closed"
        );
        assert_eq!(
            check("a,b\n\"x\" y,2\n3,4\n"),
            "a@1:1|b@1:3\nx@2:1!|2@2:7\n3@3:1|4@3:3\nbad-csv 2:1: this cell has `y` after its closing quotation mark"
        );
        assert_eq!(
            check("a,b\nx,1,234,,5\n"),
            "a@1:1|b@1:3\nx@2:1!|1@2:3!\nbad-csv 2:5: `234` has no column: the header names only 2"
        );
        assert_eq!(check(""), "\nbad-csv 1:1: this table is empty");
        assert_eq!(check("\n ,,\n"), "\nbad-csv 1:1: this table is empty");
        assert_eq!(check("\"a,b\n"), "\nbad-csv 1:1: this cell begins with a quotation mark that is never closed");
        assert_eq!(
            check("a,,b\n1,,2\n1,x,2\n1,y,2\n"),
            "a@1:1|@1:3|b@1:4\n1@2:1|@2:3|2@2:4\n1@3:1|x@3:3|2@3:5\n1@4:1|y@4:3|2@4:5\n\
             unknown-column 1:3: this column has no heading, but it contains `x`"
        );
    }

    #[test]
    fn one_mistake_that_makes_rows_too_long_is_one_diagnostic() {
        assert_eq!(
            check("a\nx,1\ny,2\nz,3\n"),
            "\nbad-csv 2:3: `1` has no column: the header names only 1, and every row has more"
        );
        assert_eq!(
            check("a,b,c\nx,1,234.50,\ny,1,2\n"),
            "a@1:1|b@1:3|c@1:5\nx@2:1!|1@2:3!|234.50@2:5!\ny@3:1|1@3:3|2@3:5\n\
             bad-csv 2:3: `1` and `234.50` are in two cells, and this row has one cell too many"
        );
        for fine in ["a,b\nx,1,\ny,2,\n", "a,b\nx,1,,\ny,2\n", "a,b,c\n1,234,,\n", "a,b,c\n1,\"234\",5,\ny,2\n"] {
            assert!(!check(fine).contains("bad-csv"), "{fine}");
        }
    }

    #[test]
    fn a_sep_line_is_skipped() {
        assert_eq!(check("sep=,\r\na,b\r\n1,2\r\n"), "a@2:1|b@2:3\n1@3:1|2@3:3");
        assert_eq!(check("SEP=;\na;b,c\n1;2\n"), "a@2:1|b,c@2:3\n1@3:1|2@3:3");
        assert_eq!(check("sep=,"), "\nbad-csv 1:1: this table is empty");
    }

    #[test]
    fn tabs_separate_cells_too() {
        assert_eq!(check("a\tb\n1\t2,5\n"), "a@1:1|b@1:3\n1@2:1|2,5@2:3");
        assert_eq!(check("sep=\t\na\tb\n\t2\n"), "a@2:1|b@2:3\n@3:1|2@3:2");
        assert_eq!(check("a,\tb\n1,\t2\n"), "a@1:1|b@1:3\n1@2:1|2@2:3");
    }

    #[test]
    fn a_title_above_the_header_is_reported_and_skipped() {
        let one = "bad-csv 1:1: this line comes before the column names";
        assert_eq!(check("Report 2019,,\na,b,c\n1,2\n"), format!("a@2:1|b@2:3|c@2:5\n1@3:1|2@3:3|@3:4\n{one}"));
        assert_eq!(check("Report, 2019\n\nA;B\n1;2\n"), "Report@1:1|2019@1:8\nA;B@3:1|@3:4\n1;2@4:1|@4:4");
        assert_eq!(check("Report 2019\n\nA;B\n1;2\n"), format!("A@3:1|B@3:3\n1@4:1|2@4:3\n{one}"));
        assert_eq!(
            check("Report\nof 2019\na,b\n1,2\n"),
            "a@3:1|b@3:3\n1@4:1|2@4:3\nbad-csv 1:1: these 2 lines come before the column names"
        );
        assert_eq!(check("x,y\na,1\n"), "x@1:1|y@1:3\na@2:1|1@2:3", "a cell may contain a column's name");
    }

    #[test]
    fn any_text_can_be_parsed() {
        for pattern in ["\"", "\"\"", ",", "\n", "\r", "\"\n,", "é\"", "a,\"b\"\"\n", ";\"", " \""] {
            for length in 0..40 {
                check(&pattern.chars().cycle().take(length).collect::<String>());
            }
        }
        let wide = format!("{}\n{}", "a,".repeat(100_000), "x\n".repeat(1000));
        let table = CsvTable::parse(&RelPath::new("a.csv"), &wide.into(), &[]);
        assert!(!table.value.is_complete, "a short row counts with all its cells");
        assert_eq!(table.diagnostics.len(), 1);
    }
}
