//! CSV as spreadsheets save it, with the place of every cell.
//!
//! The `csv` crate says on which line and at which byte a record begins, but not where its cells do, and it undoes
//! quotation marks in place; a diagnostic needs the character at which a cell begins, its quotation mark included.
//! So the few rules of the format are read here, in one pass over the text.

mod delimiter;
mod preamble;
mod ragged_rows;

use std::sync::Arc;

use delimiter::Delimiter;

use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics, excerpt};

/// How many cells a table may stand for, blank ones at the ends of its rows included.
///
/// A row may be cut short, so that a few megabytes could otherwise stand for far more cells than memory holds.
const CELL_LIMIT: usize = 60_000;

/// A CSV file: its header and its rows.
#[derive(Clone, Debug)]
pub struct CsvTable {
    /// The file.
    pub file: RelPath,
    /// The headings, in order; a column without a heading has a blank one. Empty where the file has no header.
    pub header: Vec<CsvCell>,
    /// The rows in which something stands, in order.
    pub rows: Vec<CsvRow>,
    /// Whether the file could be read to its end: where it could not, rows may be missing.
    pub is_complete: bool,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub struct CsvRow {
    /// The cells that are written; those cut off at its end are blank.
    cells: Vec<CsvCell>,
    /// The cell that stands for all that are cut off.
    padding: CsvCell,
}

/// One cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CsvCell {
    /// What stands in it, without quotation marks and the space around it.
    pub text: String,
    /// Where it stands: from the character after the separator, its quotation marks included.
    pub span: Span,
    /// Whether its row or quotation marks are faulty, which is diagnosed: what stands here may belong elsewhere.
    pub is_malformed: bool,
}

impl CsvCell {
    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

impl CsvRow {
    /// The cell of a column, counted from 0: blank, at the row's end, where the row is cut short.
    #[must_use]
    pub fn cell(&self, column: usize) -> &CsvCell {
        self.cells.get(column).unwrap_or(&self.padding)
    }

    /// All of the row.
    #[must_use]
    pub fn span(&self) -> Span {
        let start = self.cells.first().map_or(self.padding.span.start, |cell| cell.span.start);
        Span { start, end: self.padding.span.end }
    }
}

impl CsvTable {
    /// Reads the CSV file `file`, whose whole text is `text`.
    ///
    /// The separator is a comma or a semicolon, whichever the header has more of, or what a first line `sep=;` says.
    /// Blank rows are passed over. `names` are those of columns that must be there, where they are known: by them the
    /// header is found below a title.
    #[must_use]
    pub fn parse(file: &RelPath, text: &Arc<str>, names: &[&str]) -> WithDiagnostics<Self> {
        let mut table = Self { file: file.clone(), header: Vec::new(), rows: Vec::new(), is_complete: true };
        let (separator, begin) = match delimiter::find(text) {
            Delimiter::Known { separator, begin } => (separator, begin),
            Delimiter::Tab(line) => {
                table.is_complete = false;
                let message = "the cells of this table are parted by tabs, where commas are due";
                let fault = Diagnostic::new(Code::BadCsv, table.location(line), message);
                let help = "in the spreadsheet, save it as CSV (comma separated) and not as text (tab separated)";
                return WithDiagnostics::new(table, vec![fault.help(help)]);
            }
        };
        let mut reader = CsvReader { file, text, separator, at: begin, fault: None, diagnostics: Vec::new() };
        let mut title = None;
        while let Some(row) = reader.row() {
            if let Some(fault) = reader.fault.take() {
                reader.diagnostics.push(fault);
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
                let message = "this table is larger than any report's: it is read up to here";
                reader.report(row.span(), message, "keep one row for each member, agency or line of the budget");
                table.is_complete = false;
                break;
            }
            table.rows.push(row);
        }
        if table.header.is_empty() && table.is_complete {
            let message = "this table is empty: it has no header";
            reader.report(Span::default(), message, "write the names of the columns in the first line");
            table.is_complete = false;
        }
        let separator = char::from(reader.separator);
        let mut diagnostics = reader.diagnostics;
        diagnostics.extend(title);
        diagnostics.extend(ragged_rows::check(&mut table, separator, text));
        table.check_headings(&mut diagnostics);
        WithDiagnostics::new(table, diagnostics)
    }

    /// The place of a cell or row.
    #[must_use]
    pub fn location(&self, span: Span) -> Location {
        Location::new(&self.file, span)
    }

    /// The header as a whole, which is where a missing column is missed.
    #[must_use]
    pub fn header_location(&self) -> Location {
        let first = self.header.first().map_or(0, |cell| cell.span.start);
        let last = self.header.last().map_or(first, |cell| cell.span.end);
        self.location(Span { start: first, end: last })
    }

    /// Reports columns in which something stands though they have no heading.
    fn check_headings(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (column, heading) in self.header.iter().enumerate().filter(|(_, heading)| heading.is_blank()) {
            let filled =
                self.rows.iter().map(|row| row.cell(column)).find(|cell| !cell.is_blank() && !cell.is_malformed);
            if let Some(cell) = filled {
                let message = format!("this column has no heading, but `{}` stands in it", excerpt(&cell.text));
                diagnostics.push(
                    Diagnostic::new(Code::UnknownColumn, self.location(heading.span), message)
                        .related(self.location(cell.span), "the first cell that is not blank")
                        .help("write a heading, or empty the column"),
                );
            }
        }
    }
}

/// Where reading has got to.
struct CsvReader<'a> {
    file: &'a RelPath,
    text: &'a str,
    separator: u8,
    /// The next byte.
    at: usize,
    /// What makes the rest of the file unreadable.
    fault: Option<Diagnostic>,
    diagnostics: Vec<Diagnostic>,
}

impl CsvReader<'_> {
    fn error_at(&self, span: Span, message: impl Into<String>, help: &str) -> Diagnostic {
        Diagnostic::new(Code::BadCsv, Location::new(self.file, span), message).help(help)
    }

    fn report(&mut self, span: Span, message: impl Into<String>, help: &str) {
        let fault = self.error_at(span, message, help);
        self.diagnostics.push(fault);
    }

    /// The byte at which reading is, or a line feed at the end of the text.
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(b'\n')
    }

    /// Reads one row and goes behind its line end; nothing at the end of the text.
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

    /// Reads a cell whose opening quotation mark comes next.
    fn quoted(&mut self, start: usize) -> CsvCell {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(quote) = rest.find('"') else {
                self.at = self.text.len();
                let span = Span::new(start, self.at).first_line(self.text);
                let message = "this cell begins with a quotation mark that is never closed";
                let help = "close it with `\"`; a quotation mark inside a quoted cell is written twice";
                self.fault = Some(self.error_at(span, message, help));
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
        let behind = self.text[closed..self.at].trim();
        let is_malformed = !behind.is_empty();
        if is_malformed {
            let message = format!("`{}` stands behind the closing quotation mark of this cell", excerpt(behind));
            let help = "write a quotation mark inside a quoted cell twice: `\"the \"\"new\"\" board\"`";
            self.report(Span::new(start, self.at).first_line(self.text), message, help);
        }
        CsvCell { text: text.trim().to_owned(), span: Span::new(start, self.at), is_malformed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::LineIndex;

    /// The table as `text@line:column` cells between `|`, the header first, and then what is wrong with it.
    fn check(text: &str) -> String {
        let text: Arc<str> = text.into();
        let lines = LineIndex::new(&text);
        let position = |span: Span| {
            let position = lines.position(span.start);
            format!("{}:{}", position.line, position.column)
        };
        let checked = CsvTable::parse(&RelPath::new("a.csv"), &text, &["a", "b"]);
        let table = checked.value;
        let show = |cell: &CsvCell| {
            let torn = if cell.is_malformed { "!" } else { "" };
            format!("{}@{}{torn}", cell.text.replace('\n', "/"), position(cell.span))
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
    fn quotation_marks_are_undone() {
        assert_eq!(check("a,b\n\"the \"\"new\"\" one\",\"\"\n"), "a@1:1|b@1:3\nthe \"new\" one@2:1|@2:19");
        assert_eq!(check("a,b\n\"x\ny\",2\n3,4\n"), "a@1:1|b@1:3\nx/y@2:1|2@3:4\n3@4:1|4@4:3");
        assert_eq!(check("a,b\n5\" pipe,2\n"), "a@1:1|b@1:3\n5\" pipe@2:1|2@2:9");
    }

    #[test]
    fn blank_rows_and_columns_are_passed_over() {
        assert_eq!(
            check("\n,,\na,b,,\n1,2,,,,\n,,,\n\n3\n,,"),
            "a@3:1|b@3:3|@3:5|@3:6\n1@4:1|2@4:3|@4:5|@4:6\n3@7:1|@7:2|@7:2|@7:2"
        );
        assert_eq!(check("a"), "a@1:1");
        assert_eq!(check("a,b\r1,2\r"), "a@1:1|b@1:3\n1@1:5|2@1:7", "old Macintosh line ends");
    }

    #[test]
    fn faults_are_told_once() {
        assert_eq!(
            check("a,b\n1,\"two\nthree,4\n5,6\n"),
            "a@1:1|b@1:3\nbad-csv 2:3: this cell begins with a quotation mark that is never closed"
        );
        assert_eq!(
            check("a,b\n\"x\" y,2\n3,4\n"),
            "a@1:1|b@1:3\nx@2:1!|2@2:7\n3@3:1|4@3:3\nbad-csv 2:1: `y` stands behind the closing quotation mark of this cell"
        );
        assert_eq!(
            check("a,b\nx,1,234,,5\n"),
            "a@1:1|b@1:3\nx@2:1!|1@2:3!\nbad-csv 2:5: `234` stands beyond the header's 2 columns"
        );
        assert_eq!(check(""), "\nbad-csv 1:1: this table is empty: it has no header");
        assert_eq!(check("\n ,,\n"), "\nbad-csv 1:1: this table is empty: it has no header");
        assert_eq!(check("\"a,b\n"), "\nbad-csv 1:1: this cell begins with a quotation mark that is never closed");
        assert_eq!(
            check("a,,b\n1,,2\n1,x,2\n1,y,2\n"),
            "a@1:1|@1:3|b@1:4\n1@2:1|@2:3|2@2:4\n1@3:1|x@3:3|2@3:5\n1@4:1|y@4:3|2@4:5\n\
             unknown-column 1:3: this column has no heading, but `x` stands in it"
        );
    }

    #[test]
    fn rows_that_are_too_long_are_told_as_the_one_mistake_they_are() {
        assert_eq!(
            check("a\nx,1\ny,2\nz,3\n"),
            "\nbad-csv 2:3: `1` stands beyond the header's one column, and so it is in every row"
        );
        assert_eq!(
            check("a,b,c\nx,1,234.50,\ny,1,2\n"),
            "a@1:1|b@1:3|c@1:5\nx@2:1!|1@2:3!|234.50@2:5!\ny@3:1|1@3:3|2@3:5\n\
             bad-csv 2:3: `1` and `234.50` stand in two cells, and this row has one too many"
        );
        for fine in ["a,b\nx,1,\ny,2,\n", "a,b\nx,1,,\ny,2\n", "a,b,c\n1,234,,\n", "a,b,c\n1,\"234\",5,\ny,2\n"] {
            assert!(!check(fine).contains("bad-csv"), "{fine}");
        }
    }

    #[test]
    fn a_line_for_the_spreadsheet_is_passed_over() {
        assert_eq!(check("sep=,\r\na,b\r\n1,2\r\n"), "a@2:1|b@2:3\n1@3:1|2@3:3");
        assert_eq!(check("SEP=;\na;b,c\n1;2\n"), "a@2:1|b,c@2:3\n1@3:1|2@3:3");
        assert_eq!(check("sep=,"), "\nbad-csv 1:1: this table is empty: it has no header");
    }

    #[test]
    fn tabs_are_no_separators() {
        let told = "\nbad-csv 1:1: the cells of this table are parted by tabs, where commas are due";
        assert_eq!(check("a\tb\n1\t2,5\n"), told);
        assert_eq!(check("sep=\t\na\tb\n"), told.replace("1:1", "2:1"));
        assert_eq!(check("a,\tb\n1,\t2\n"), "a@1:1|b@1:3\n1@2:1|2@2:3");
    }

    #[test]
    fn a_title_above_the_header_is_told_and_passed_over() {
        let one = "bad-csv 1:1: this line stands above the line that names the columns";
        assert_eq!(check("Report 2019,,\na,b,c\n1,2\n"), format!("a@2:1|b@2:3|c@2:5\n1@3:1|2@3:3|@3:4\n{one}"));
        assert_eq!(check("Report, 2019\n\nA;B\n1;2\n"), "Report@1:1|2019@1:8\nA;B@3:1|@3:4\n1;2@4:1|@4:4");
        assert_eq!(check("Report 2019\n\nA;B\n1;2\n"), format!("A@3:1|B@3:3\n1@4:1|2@4:3\n{one}"));
        assert_eq!(
            check("Report\nof 2019\na,b\n1,2\n"),
            "a@3:1|b@3:3\n1@4:1|2@4:3\nbad-csv 1:1: these 2 lines stand above the line that names the columns"
        );
        assert_eq!(check("x,y\na,1\n"), "x@1:1|y@1:3\na@2:1|1@2:3", "a cell may hold a column's name");
    }

    #[test]
    fn no_text_is_too_much() {
        for pattern in ["\"", "\"\"", ",", "\n", "\r", "\"\n,", "é\"", "a,\"b\"\"\n", ";\"", " \""] {
            for length in 0..40 {
                check(&pattern.chars().cycle().take(length).collect::<String>());
            }
        }
        let wide = format!("{}\n{}", "a,".repeat(100_000), "x\n".repeat(1000));
        let table = CsvTable::parse(&RelPath::new("a.csv"), &wide.into(), &[]);
        assert!(!table.value.is_complete, "a row that is cut short still stands for all its cells");
        assert_eq!(table.diagnostics.len(), 1);
    }
}
