//! A report to a committee as one HTML file, to read, print and paste from.

use std::fmt::Write;

use super::{CoverBlock, CoverReport, CoverTable};
use crate::escape;

/// The report as a page of its own. The same report gives the same bytes.
#[must_use]
pub(crate) fn page(report: &CoverReport) -> String {
    let mut html = String::from("<!DOCTYPE html>\n<html lang=\"");
    escape::attribute(&mut html, &report.language);
    html.push_str("\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
    html.push_str("<meta name=\"robots\" content=\"noindex\">\n");
    let committee = report.facts.first().map_or("", |(_, committee)| committee.as_str());
    element(&mut html, "title", &format!("{}: {committee}", report.title));
    let _ = write!(html, "<style>\n{}</style>\n", include_str!("cover.css"));
    html.push_str("<main>\n");
    element(&mut html, "h1", &report.title);
    html.push_str("<dl>\n");
    for (label, fact) in &report.facts {
        html.push_str("<div>");
        element(&mut html, "dt", label);
        element(&mut html, "dd", fact);
        html.push_str("</div>\n");
    }
    html.push_str("</dl>\n");
    if let Some((heading, blocks)) = &report.recommendations {
        element(&mut html, "h2", heading);
        write_blocks(&mut html, blocks);
    }
    for (index, (heading, blocks)) in report.sections.iter().enumerate() {
        element(&mut html, "h2", &format!("{}. {heading}", index + 1));
        write_blocks(&mut html, blocks);
    }
    html.push_str("</main>\n</html>\n");
    html
}

/// Writes an element of plain text on a line of its own.
fn element(html: &mut String, name: &str, text: &str) {
    let _ = write!(html, "<{name}>");
    escape::text(html, text);
    let _ = writeln!(html, "</{name}>");
}

fn write_blocks(html: &mut String, blocks: &[CoverBlock]) {
    let mut is_list = false;
    for block in blocks {
        let is_bullet = matches!(block, CoverBlock::Bullet(_));
        if is_bullet != is_list {
            html.push_str(if is_bullet { "<ul>\n" } else { "</ul>\n" });
            is_list = is_bullet;
        }
        match block {
            CoverBlock::Numbered(number, text) => {
                html.push_str("<p><span>");
                escape::text(html, number);
                html.push_str("</span> ");
                escape::text(html, text);
                html.push_str("</p>\n");
            }
            CoverBlock::Bullet(text) => element(html, "li", text),
            CoverBlock::Table(table) => write_table(html, table),
        }
    }
    if is_list {
        html.push_str("</ul>\n");
    }
}

fn write_table(html: &mut String, table: &CoverTable) {
    html.push_str("<table>\n");
    element(html, "caption", &table.caption);
    let mut row = |part: &str, [line, amount]: &[String; 2], scope: &str, cell: &str| {
        let _ = write!(html, "{part}<tr><th scope=\"{scope}\">");
        escape::text(html, line);
        let _ = write!(html, "</th><{cell}>");
        escape::text(html, amount);
        let _ = writeln!(html, "</{}></tr>", &cell[..2]);
    };
    row("<thead>", &table.heading, "col", "th scope=\"col\"");
    for line in &table.rows {
        row("", line, "row", "td");
    }
    row("<tfoot>", &table.total, "row", "td");
    html.push_str("</table>\n");
}
