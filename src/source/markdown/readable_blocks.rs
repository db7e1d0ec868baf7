//! The text of Markdown as readers meet it, block by block, so that two versions of it can be compared.

use super::{ChartBlock, Markdown};
use crate::diagnostic::Span;
use crate::source::one_line::into_one_line;
use crate::source::yaml::ShortOr;

/// What is between the cells of a row, and between the numbers of a chart.
const CELL_END: &str = " | ";

/// The blocks that begin in `within`, each on one line: paragraphs, headings, items, lines of code, alternative texts of
/// pictures, rows of tables, and the title and rows of charts. Blocks without text are left out.
#[must_use]
pub(crate) fn readable_blocks(markdown: &Markdown, within: Span) -> Vec<String> {
    let rows = markdown.tables.iter().flatten().filter_map(|row| Some(row.first()?.start..row.last()?.end));
    let mut rows = rows.peekable();
    let mut charts = markdown.charts.iter().filter(|chart| within.start <= chart.span.start).peekable();
    let runs = markdown.shown_runs();
    let first = runs.partition_point(|run| run.span.start < within.start);
    let mut blocks: Vec<String> = Vec::new();
    let mut row_of_last = None;
    for run in runs[first..].iter().take_while(|run| run.span.start < within.end) {
        while let Some(chart) = charts.next_if(|chart| chart.span.start < run.span.start) {
            blocks.extend(chart_lines(chart));
        }
        while rows.next_if(|row| row.end <= run.span.start).is_some() {}
        let row = rows.peek().filter(|row| row.start <= run.span.start).map(|row| row.start);
        match blocks.last_mut() {
            Some(block) if !run.begins_block => block.push_str(run_text(markdown, run)),
            Some(block) if row.is_some() && row == row_of_last => {
                block.push_str(CELL_END);
                block.push_str(run_text(markdown, run));
            }
            _ => blocks.push(run_text(markdown, run).to_owned()),
        }
        row_of_last = row;
    }
    blocks.extend(charts.take_while(|chart| chart.span.start < within.end).flat_map(chart_lines));
    blocks.into_iter().map(into_one_line).filter(|block| !block.is_empty()).collect()
}

fn run_text<'a>(markdown: &'a Markdown, run: &'a super::TextRun) -> &'a str {
    run.text.as_deref().unwrap_or_else(|| run.span.slice(markdown.text()))
}

/// The title of a chart, its description, and its rows with their numbers.
fn chart_lines(chart: &ChartBlock) -> Vec<String> {
    let chart = &chart.chart;
    let unit = chart.unit.as_ref().map(|unit| format!(" ({})", unit.value)).unwrap_or_default();
    let title = chart.title.iter().map(|title| format!("{}{unit}", title.value));
    let description = chart.description.iter().map(|text| text.value.clone());
    let series = chart.series.as_ref().map(|names| names.iter().map(|name| name.value.as_str()).collect::<Vec<_>>());
    let rows = chart.rows.iter().flat_map(|rows| &rows.0).map(|(label, numbers)| {
        let numbers = match numbers {
            ShortOr::One(number) => std::slice::from_ref(number),
            ShortOr::More(numbers) => numbers.as_slice(),
        };
        let numbers = numbers.iter().map(|number| number.value.0.to_string());
        std::iter::once(label.value.clone()).chain(numbers).collect::<Vec<_>>().join(CELL_END)
    });
    title.chain(description).chain(series.map(|names| names.join(CELL_END))).chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;

    fn check(text: &str) -> String {
        let markdown = Markdown::of_file(&RelPath::new("a.md"), &text.into(), Span::new(0, text.len())).value;
        readable_blocks(&markdown, Span::new(0, text.len())).join("\n")
    }

    #[test]
    fn blocks_are_what_readers_meet() {
        assert_eq!(check("one **two**\nthree\n%% note\n\n- four\n  - `five`\n"), "one two three\nfour\nfive");
        assert_eq!(check("## H\n\n![alt](x.png) &amp; <b>\n"), "H\nalt &");
        assert_eq!(check("| a | b |\n|---|---|\n| c | d *e* |\n\nf\n"), "a | b\nc | d e\nf");
        assert_eq!(check("| a |\n|---|\n| c |\n\n| d |\n|---|\n| e |\n"), "a\nc\nd\ne");
    }

    #[test]
    fn numbers_of_charts_are_text() {
        let chart = "before\n\n```chart\ntitle: T\ndescription: D\nunit: people\nrows: {A: 1, B: 2.5}\n```\n\nafter\n";
        assert_eq!(check(chart), "before\nT (people)\nD\nA | 1\nB | 2.5\nafter");
        assert_eq!(
            check("```chart\ntitle: T\ndescription: D\nseries: [x, y]\nrows: {A: [1, 2]}\n```\n"),
            "T\nD\nx | y\nA | 1 | 2"
        );
    }

    #[test]
    fn spelling_in_the_source_makes_no_difference() {
        assert_eq!(check("*one* two\n\n* a\n* b\n"), check("_one_\ntwo\n\n\n- a\n- b\n"));
    }
}
