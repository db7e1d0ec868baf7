//! The figure around a drawing: headline, name, description, table of numbers and download.

use std::collections::BTreeSet;

use super::canvas::Drawing;
use super::markup::{element, element_with_whole_years, push};
use super::number_format::{percent, tenths, units};
use crate::escape;
use crate::locale::{Locale, group_thousands};
use crate::quantity::{Money, Rate};

/// What a page gives a chart in addition to its numbers.
#[derive(Clone, Copy)]
pub struct ChartContext<'a> {
    /// The figure's id, and the prefix of all ids inside it: unique in the page; letters, digits and hyphens.
    pub id: &'a str,
    /// The year or years of the numbers as readers see them: `2019-20`.
    pub period: &'a str,
    /// The level of the headline: 2 to 6.
    pub level: u8,
    /// The text that says where the numbers come from, by its key.
    pub source: Option<&'a str>,
    /// The address of the CSV file with the numbers.
    pub csv: Option<&'a str>,
    /// The address of the drawing as a picture of its own, beside the chart's own page.
    pub picture: Option<&'a str>,
    /// The texts of the page's language.
    pub words: &'a Locale,
}

impl ChartContext<'_> {
    /// A text with its placeholders filled in.
    pub(super) fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.words.say(key, arguments)
    }

    /// A text that depends on a number, with its placeholders filled in.
    pub(super) fn say_count(&self, key: &str, count: usize, arguments: &[(&str, &str)]) -> String {
        self.words.count_with(key, count, arguments)
    }

    /// A part's share in whole percent, if that is meaningful.
    pub(super) fn share(&self, part: Money, whole: Money) -> Option<String> {
        match percent(part, whole)? {
            0 if part.pence > 0 => Some(self.say("chart.under-one-percent", &[])),
            // Only the whole is shown as 100%.
            100 if part.pence < whole.pence => Some(self.say("chart.over-ninety-nine-percent", &[])),
            number => Some(self.say("chart.percent", &[("number", &number.to_string())])),
        }
    }

    /// A rate with one decimal, or a dash if there was no seat.
    pub(super) fn rate(&self, rate: Rate) -> String {
        match rate.per_mille() {
            Some(per_mille) => self.words.per_cent(per_mille),
            None => self.say("chart.none", &[]),
        }
    }

    /// A rate with its fraction.
    pub(super) fn rate_of(&self, rate: Rate) -> String {
        let formatted = self.rate(rate);
        match rate.possible {
            0 => formatted,
            _ => self.say(
                "chart.rate.value",
                &[
                    ("rate", &formatted),
                    ("came", &group_thousands(rate.attended as usize)),
                    ("held", &group_thousands(rate.possible as usize)),
                ],
            ),
        }
    }

    /// Joins names into a list.
    pub(super) fn list(&self, names: &[impl AsRef<str>]) -> String {
        self.words.list(names)
    }
}

#[cfg(test)]
impl ChartContext<'static> {
    /// A context for tests, in British English.
    pub(super) fn english() -> Self {
        static WORDS: std::sync::LazyLock<Locale> =
            std::sync::LazyLock::new(|| crate::render::theme::carried_locale("en-GB"));
        Self { id: "c", period: "2019-20", level: 3, source: None, csv: None, picture: Some("c.svg"), words: &WORDS }
    }
}

/// The parts of a figure.
pub(super) struct Figure {
    /// What the chart shows, as a title.
    pub(super) title: String,
    /// What the chart says, as a sentence made from its numbers.
    pub(super) headline: String,
    /// The unit of the numbers, or how to read the chart.
    pub(super) note: Option<String>,
    /// The description for people who cannot see the chart.
    pub(super) description: String,
    pub(super) drawings: Vec<Drawing>,
    pub(super) table: FigureTable,
}

impl Figure {
    /// How a figure begins, up to its id.
    pub(super) const START: &'static str = "<figure class=\"chart\" id=\"";
}

/// The table of a chart's numbers.
#[derive(Default)]
pub(super) struct FigureTable {
    /// The column headings. The first column names the row.
    pub(super) head: Vec<String>,
    /// The number of columns, from the left, that hold words.
    pub(super) words: usize,
    pub(super) rows: Vec<Vec<String>>,
    /// The row of totals.
    pub(super) foot: Option<Vec<String>>,
}

/// Writes the figure as HTML.
pub(super) fn write(frame: &ChartContext<'_>, figure: &Figure) -> String {
    let inside: usize = figure.drawings.iter().map(|drawing| drawing.inside.len()).sum();
    let mut out = String::with_capacity(inside + 4096);
    let Figure { title, headline, note, description, drawings, table } = figure;
    push(&mut out, format_args!("{}{}\">\n<figcaption>", Figure::START, frame.id));
    let heading = ["h2", "h3", "h4", "h5", "h6"][usize::from(frame.level.clamp(2, 6) - 2)];
    element_with_whole_years(&mut out, heading, " class=\"headline\"", headline);
    if let Some(note) = note {
        element(&mut out, "p", " class=\"unit\"", note);
    }
    out.push_str("</figcaption>\n");
    for drawing in drawings {
        write_drawing(&mut out, frame.id, drawing, title, description);
    }
    out.push_str("<details>");
    element_with_whole_years(&mut out, "summary", "", &frame.say("chart.table", &[("title", title)]));
    let caption = format!("{}-table", frame.id);
    push(
        &mut out,
        format_args!(
            "\n<div class=\"chart-table\" role=\"group\" tabindex=\"0\" aria-labelledby=\"{caption}\"><table>"
        ),
    );
    element_with_whole_years(&mut out, "caption", &format!(" id=\"{caption}\""), title);
    write_table(&mut out, table);
    out.push_str("</table></div></details>\n");
    write_source(&mut out, frame, !drawings.is_empty());
    out.push_str("</figure>\n");
    out
}

/// Writes where the numbers come from, and the links to them and to the drawing as a picture.
fn write_source(out: &mut String, frame: &ChartContext<'_>, is_drawn: bool) {
    let picture = frame.picture.filter(|_| is_drawn);
    let links = [(frame.csv, "chart.download"), (picture, "chart.picture")];
    if frame.source.is_none() && links.iter().all(|(address, _)| address.is_none()) {
        return;
    }
    out.push_str("<p class=\"source\">");
    if let Some(key) = frame.source {
        escape::text_with_whole_years(out, &frame.say(key, &[("period", frame.period)]));
    }
    for (address, key) in links.into_iter().filter_map(|(address, key)| Some((address?, key))) {
        out.push_str(if out.ends_with("\"source\">") { "<a href=\"" } else { " <a href=\"" });
        escape::address(out, address);
        out.push_str("\" download>");
        escape::text(out, &frame.say(key, &[]));
        out.push_str("</a>");
    }
    out.push_str("</p>\n");
}

/// Writes an `<svg>` with a name, a description and a `viewBox`, but without size or colours. A drawing wider than its
/// variant keeps a minimum width and scrolls, so its text does not shrink.
fn write_drawing(out: &mut String, id: &str, drawing: &Drawing, title: &str, description: &str) {
    let class = drawing.form.class();
    let id = format!("{id}-{class}");
    let wide = units(tenths(drawing.width));
    let scrolls = drawing.width > drawing.form.width() * 1.1;
    let least = if scrolls {
        push(
            out,
            format_args!("<div class=\"scroll {class}\" role=\"group\" tabindex=\"0\" aria-labelledby=\"{id}-t\">"),
        );
        format!(" least-{}", tenths(drawing.width / 1000.0).clamp(4, 20))
    } else {
        String::new()
    };
    push(
        out,
        format_args!(
            "<svg class=\"{class}{least}\" viewBox=\"0 0 {wide} {}\" role=\"img\" aria-labelledby=\"{id}-t\">",
            units(tenths(drawing.height))
        ),
    );
    element(out, "title", &format!(" id=\"{id}-t\""), title);
    // It is read as the description: to name it as part of the label too would read it twice.
    element(out, "desc", "", description);
    write_patterns(out, &id, &drawing.patterns);
    // Its words would be read in the order in which they are drawn: all names, then all numbers. They are in the description
    // and in the table.
    push(out, format_args!("<g aria-hidden=\"true\">{}</g>", drawing.inside));
    out.push_str(if scrolls { "</svg></div>\n" } else { "</svg>\n" });
}

/// Writes the patterns that the drawing uses. They distinguish series when two plain colours are not enough.
fn write_patterns(out: &mut String, id: &str, used: &BTreeSet<u8>) {
    if used.is_empty() {
        return;
    }
    out.push_str("<defs>");
    for number in used {
        let lines = match number {
            3 => "M-2 2l4-4M0 8l8-8M6 10l4-4",
            4 => "M-2 6l4 4M0 0l8 8M6-2l4 4",
            5 => "M0 2h8M0 6h8",
            _ => "M2 0v8M6 0v8",
        };
        push(
            out,
            format_args!(
                "<pattern id=\"{id}-p{number}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
                 <path class=\"s{number}\" d=\"M0 0h8v8h-8z\"/><path class=\"hatch\" d=\"{lines}\"/></pattern>"
            ),
        );
    }
    out.push_str("</defs>");
}

fn write_table(out: &mut String, table: &FigureTable) {
    let class = |column: usize| if column >= table.words { " class=\"n\"" } else { "" };
    out.push_str("<thead><tr>");
    for (column, text) in table.head.iter().enumerate() {
        // What is above numbers is on one line anyway.
        let write = if column < table.words { element_with_whole_years } else { element };
        write(out, "th", &format!(" scope=\"col\"{}", class(column)), text);
    }
    out.push_str("</tr></thead>\n<tbody>");
    for row in &table.rows {
        write_row(out, row, class);
    }
    out.push_str("</tbody>");
    if let Some(foot) = &table.foot {
        out.push_str("<tfoot>");
        write_row(out, foot, class);
        out.push_str("</tfoot>");
    }
}

fn write_row(out: &mut String, row: &[String], class: impl Fn(usize) -> &'static str) {
    out.push_str("<tr>");
    for (column, text) in row.iter().enumerate() {
        if column == 0 {
            element_with_whole_years(out, "th", " scope=\"row\"", text);
        } else {
            element(out, "td", class(column), text);
        }
    }
    out.push_str("</tr>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{BudgetData, budget_waterfall};

    #[test]
    fn nothing_written_becomes_markup() {
        let input = BudgetData { income: vec![("<script>".to_owned(), Money { pence: 100 })], expenditure: vec![] };
        let frame = ChartContext { csv: Some("/data/x.csv?a=\"b\""), ..ChartContext::english() };
        let figure = budget_waterfall(&input, &frame).unwrap();
        assert!(!figure.contains("<script>"), "{figure}");
        assert!(figure.contains("href=\"/data/x.csv?a=%22b%22\""), "{figure}");
    }

    #[test]
    fn offers_the_download() {
        let input = BudgetData { income: vec![("Levy".to_owned(), Money { pence: 100 })], expenditure: vec![] };
        let frame = ChartContext { csv: Some("/2019-20/data/budget.csv"), ..ChartContext::english() };
        let figure = budget_waterfall(&input, &frame).unwrap();
        let end = "<p class=\"source\"><a href=\"/2019-20/data/budget.csv\" download>Download this table (CSV)</a> \
                   <a href=\"c.svg\" download>Download this chart (SVG)</a></p>";
        assert!(figure.contains(end), "{figure}");
        assert!(!budget_waterfall(&input, &ChartContext::english()).unwrap().contains("(CSV)"));
    }

    #[test]
    fn ids_are_unique() {
        let input = BudgetData { income: vec![("Levy".to_owned(), Money { pence: 100 })], expenditure: vec![] };
        let figure = budget_waterfall(&input, &ChartContext::english()).unwrap();
        let mut ids: Vec<&str> = figure.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
        assert!(ids.iter().all(|id| id.starts_with('c')));
    }
}
