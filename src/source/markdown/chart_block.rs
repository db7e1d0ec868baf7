//! Reads and checks chart blocks: YAML in a fenced block with the info string `chart`.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span};
use crate::source::files::ChartFile;
use crate::source::yaml::YamlReader;
use crate::source::yaml::node::{self, YamlNode, YamlValue};

/// Maximum number of rows in a chart, so that it stays readable.
pub(crate) const ROW_LIMIT: usize = 60;

/// Whether a fenced block with this info string is a chart.
#[must_use]
pub(crate) fn is_chart(info: &str) -> bool {
    info.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("chart"))
}

/// A `chart` block in a text.
pub(super) struct ChartSource<'t> {
    /// The text that contains it.
    pub(super) text: &'t str,
    /// The whole block, including its fences.
    pub(super) block: Range<usize>,
    /// The lines of its YAML, without the markers of a quotation or list before them.
    pub(super) lines: Vec<Range<usize>>,
}

/// Reads a chart. `place_of` converts spans of the text to spans of `file`.
///
/// # Errors
///
/// All problems of the chart, as `bad-chart`.
pub(super) fn read(
    file: &RelPath,
    source: &ChartSource<'_>,
    place_of: impl Fn(Span) -> Span,
) -> Result<ChartFile, Vec<Diagnostic>> {
    let (yaml, offset) = source.yaml();
    let parsed = node::parse(file, &yaml, offset);
    let mut errors = parsed.diagnostics;
    if let Some(error) = errors.first_mut() {
        error.location.span = place_of(error.location.span);
        return Err(as_bad_chart(errors));
    }
    let Some(mut node) = parsed.value else {
        let fence = Span::new(source.block.start, source.block.end).first_line(source.text);
        let help = "write `title`, `description` and `rows` in the block";
        let error = Diagnostic::new(Code::BadChart, Location::new(file, place_of(fence)), "this chart is empty");
        return Err(vec![error.help(help)]);
    };
    move_places(&mut node, &place_of);
    let mut reader = YamlReader::new(file, "");
    let chart = reader.value_of::<ChartFile>("chart", &node);
    check_rows(&node, chart.as_ref(), &mut reader);
    match chart {
        Some(chart) if reader.diagnostics.is_empty() => Ok(chart),
        _ => Err(as_bad_chart(reader.diagnostics)),
    }
}

impl ChartSource<'_> {
    /// Whether the block has a closing fence: a last line with at least as many of the same characters.
    pub(super) fn is_closed(&self) -> bool {
        let block = self.text[self.block.clone()].trim();
        let is_fence = |c: char| matches!(c, '`' | '~');
        let fence = &block[..block.find(|c| !is_fence(c)).unwrap_or(block.len())];
        let Some((_, last)) = block.rsplit_once(['\n', '\r']) else { return false };
        let is_indented = last.starts_with("    ") || last.starts_with('\t');
        let last = last.trim();
        !is_indented && last.starts_with(fence) && last.trim_start_matches(is_fence).is_empty()
    }

    /// The YAML, and the byte of the text at which it starts. Markers of quotations and lists before its lines are
    /// replaced by spaces, so every character keeps its place.
    fn yaml(&self) -> (String, usize) {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else {
            return (String::new(), self.block.start);
        };
        let start = self.text[..first.start].rfind('\n').map_or(0, |newline| newline + 1);
        let mut yaml = String::with_capacity(last.end - start);
        for line in &self.lines {
            let blank = &self.text.as_bytes()[(start + yaml.len()).min(line.start)..line.start];
            yaml.extend(blank.iter().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(*byte) } else { ' ' }));
            yaml.push_str(&self.text[line.clone()]);
        }
        (yaml, start)
    }
}

/// Converts the places of a node and everything in it. The parser limits the depth.
fn move_places(node: &mut YamlNode, place_of: &impl Fn(Span) -> Span) {
    node.span = place_of(node.span);
    match &mut node.value {
        YamlValue::Nothing | YamlValue::Text(_) => {}
        YamlValue::List(items) => items.iter_mut().for_each(|item| move_places(item, place_of)),
        YamlValue::Map(entries) => {
            for (key, value) in entries {
                key.span = place_of(key.span);
                move_places(value, place_of);
            }
        }
    }
}

/// Checks what the type of `rows` cannot express: the number of rows, and that they agree with `series`.
fn check_rows(node: &YamlNode, chart: Option<&ChartFile>, reader: &mut YamlReader<'_>) {
    let Some(rows) = value(node, "rows") else { return };
    let YamlValue::Map(entries) = &rows.value else { return };
    let report = |reader: &mut YamlReader<'_>, span, message: String, help: &str| {
        reader.report(Code::BadChart, span, message, help);
    };
    if entries.is_empty() {
        report(reader, rows.span, "`rows` is empty".to_owned(), "write at least one row: `label: number`");
    }
    if let Some((key, _)) = entries.get(ROW_LIMIT) {
        let message = format!("a chart can have up to {ROW_LIMIT} rows, but this one has {}", entries.len());
        report(reader, key.span, message, "split the chart, or combine its smaller rows");
    }
    if let Some((key, _)) = entries.iter().find(|(key, _)| key.text.trim().is_empty()) {
        report(reader, key.span, "this row has no label".to_owned(), "write a label before the colon");
    }
    let names = chart.and_then(|chart| chart.series.as_deref()).unwrap_or_default();
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name.value.as_str()) {
            let message = format!("the series `{}` is listed twice", name.value);
            report(reader, name.span, message, "give each series its own name");
        }
    }
    // If `series` could not be read, rows cannot be compared with it.
    let expected = match value(node, "series") {
        Some(YamlNode { value: YamlValue::List(series), .. }) => Some(series.len()),
        Some(YamlNode { value: YamlValue::Nothing, .. }) | None => None,
        Some(_) => return,
    };
    for (key, row) in entries {
        let written = match &row.value {
            YamlValue::List(numbers) => numbers.len(),
            YamlValue::Text(_) => 1,
            YamlValue::Nothing | YamlValue::Map(_) => continue,
        };
        match expected {
            None if matches!(row.value, YamlValue::List(_)) => {
                let message = format!("`{}` has a list of numbers, but the chart has no `series`", key.text);
                report(reader, row.span, message, "add `series: [names]`, with one name for each number in a row");
                break;
            }
            Some(expected) if expected != written => {
                let count = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
                let message = format!("`{}` has {} for {} series", key.text, count(written, "number"), expected);
                report(reader, row.span, message, "give every row one number for each series");
            }
            _ => {}
        }
    }
}

/// The value of a key, if `node` is a mapping that has it.
fn value<'n>(node: &'n YamlNode, wanted: &str) -> Option<&'n YamlNode> {
    let YamlValue::Map(entries) = &node.value else { return None };
    entries.iter().find(|(key, _)| key.text == wanted).map(|(_, value)| value)
}

/// Changes the code of diagnostics to `bad-chart`.
fn as_bad_chart(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        diagnostic.code = Code::BadChart;
        diagnostic.severity = Code::BadChart.severity();
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{LineIndex, RelPath, Span};
    use crate::source::markdown::Markdown;

    /// The diagnostics of a text with their places, or the number of charts if there are none.
    fn check(text: &str) -> String {
        let shared = text.into();
        let mut checked = Markdown::of_file(&RelPath::new("a.md"), &shared, Span::new(0, text.len()));
        crate::diagnostic::sort(&mut checked.diagnostics);
        let lines = LineIndex::new(text);
        let shown = checked.diagnostics.iter().map(|diagnostic| {
            let at = lines.position(diagnostic.location.span.start);
            format!("{}:{} {}: {}\n", at.line, at.column, diagnostic.code, diagnostic.message)
        });
        let shown = shown.collect::<Vec<_>>().concat();
        if shown.is_empty() { format!("{} read", checked.value.charts.len()) } else { shown }
    }

    const HEAD: &str = "```chart\ntitle: T\ndescription: D\n";

    #[test]
    fn charts_are_read_in_quotations_and_lists_too() {
        assert_eq!(check(&format!("{HEAD}rows:\n  a: 1\n  b: -2.5\n```\n")), "1 read");
        assert_eq!(check(&format!("{HEAD}series: [x, y]\nrows: {{a: [1, 2]}}\n```\n").replace('\n', "\r\n")), "1 read");
        assert_eq!(check("~~~ Chart\ntitle: T\ndescription: D\nrows: {a: 1}\n~~~\n"), "1 read");
        assert_eq!(check("> ```chart\n> title: T\n> description: D\n> rows:\n>   a: 1\n> ```\n"), "1 read");
        assert_eq!(check("- x\n\n  ```chart\n  title: T\n  description: D\n  rows: {a: 1}\n  ```\n"), "1 read");
        assert_eq!(check("```charts\nx\n```\n"), "0 read");
        assert_eq!(check("````chart\ntitle: T\ndescription: D\nrows: {a: 1}\n````` \n\n"), "1 read");
    }

    #[test]
    fn a_chart_without_an_end_is_reported_at_its_start() {
        let error = "1:1 bad-chart: this chart block is never closed\n";
        for rest in ["", "rows: {a: 1}", "rows: {a: 1}\n``\n\n## Next\n\nIt's \"on\n", "rows: {a: 1}\n    ```\n", "~~~"]
        {
            assert_eq!(check(&format!("{HEAD}{rest}")), error, "{rest}");
        }
        assert_eq!(check("```chart"), error);
    }

    #[test]
    fn errors_are_at_the_key_or_value() {
        let check = |rest: &str| check(&format!("%% note\n\n{HEAD}{rest}\n```\n"));
        assert_eq!(check("rows: {a: £5}"), "6:11 bad-chart: `a` must be a number, but is `£5`\n");
        assert_eq!(check("rows: {a: 1, a: 2}"), "6:14 bad-chart: `a` is given twice\n");
        assert_eq!(check("rows: {}"), "6:7 bad-chart: `rows` is empty\n");
        assert_eq!(
            check("rows: {a: 1}\nkind: pie"),
            "7:7 bad-chart: `kind` must be `bar`, `column` or `line`, but is `pie`\n"
        );
        assert_eq!(
            check("rows: {a: [1, 2]}"),
            "6:11 bad-chart: `a` has a list of numbers, but the chart has no `series`\n"
        );
        assert_eq!(
            check("series: [x, y]\nrows:\n  a: [1, 2]\n  b: [1]\n  c: 3"),
            "9:6 bad-chart: `b` has 1 number for 2 series\n10:6 bad-chart: `c` has 1 number for 2 series\n"
        );
        assert_eq!(check("series: [x, x]\nrows: {a: [1, 2]}"), "6:13 bad-chart: the series `x` is listed twice\n");
        assert_eq!(check("series: [x, y]\nrows: {a: [1, z]}"), "7:15 bad-chart: `a` must be a number, but is `z`\n");
        assert_eq!(check("rows: {a: inf}"), "6:11 bad-chart: `a` must be a number, but is `inf`\n");
        assert_eq!(check("rows: {a: 1"), "6:7 bad-chart: this is not valid YAML: a bracket is not closed\n");
        let many = (0..61).map(|row| format!("\n  r{row}: 1")).collect::<Vec<_>>().concat();
        assert_eq!(
            check(&format!("rows:{many}")),
            "67:3 bad-chart: a chart can have up to 60 rows, but this one has 61\n"
        );
    }

    #[test]
    fn missing_keys_are_reported() {
        assert_eq!(check("```chart\n```\n"), "1:1 bad-chart: this chart is empty\n");
        assert_eq!(check("x\n\n```chart\n# soon\n```\n"), "3:1 bad-chart: this chart is empty\n");
        assert_eq!(
            check("```chart\ntitle: T\nrows: {a: 1}\n```\n"),
            "2:1 bad-chart: `description` is missing from `chart`\n"
        );
        assert_eq!(check("> ```chart\n> title: T\n> rows: 3\n> ```\n").lines().count(), 2);
    }
}
