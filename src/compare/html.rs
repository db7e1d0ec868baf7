//! A comparison as a page to send to somebody: one file, without scripts, that needs nothing else.

use super::change::{ChangeKind, Difference, ReaderChange, SHARED, SiteChanges, by_kind};
use super::published::ReportId;
use super::words::WordRun;
use crate::escape;

/// The page's style: annal's own look, in light, dark and print.
const STYLE: &str = include_str!("html.css");

/// The changes as a page in English. `notes` say what the reader has to know about the comparison.
#[must_use]
pub(crate) fn html(changes: &SiteChanges, old: &str, new: &str, notes: &[String]) -> String {
    let mut page = ComparisonPage::default();
    page.raw("<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"robots\" content=\"noindex\">\n<title>What changed</title>\n<style>\n");
    page.raw(STYLE);
    page.raw("</style>\n</head>\n<body>\n<main>\n<h1>What changed</h1>\n");
    page.raw("<dl>\n<div><dt>From</dt><dd>").text(old).raw("</dd></div>\n<div><dt>To</dt><dd>").text(new);
    page.raw("</dd></div>\n</dl>\n");
    let summary = changes.summary();
    let summary = if summary.is_empty() { "Readers see no difference." } else { &summary };
    page.raw("<p class=\"summary\">").text(summary).raw("</p>\n");
    for note in notes {
        page.raw("<p class=\"note\">").text(note).raw("</p>\n");
    }
    for (report, changes) in changes.by_report() {
        let heading = report.map_or_else(|| SHARED.to_owned(), ReportId::heading);
        page.raw("<section>\n<h2>").text(&heading).raw("</h2>\n");
        for (kind, changes) in by_kind(changes) {
            page.raw("<h3>").text(kind.heading()).raw("</h3>\n");
            match kind {
                ChangeKind::Figure => page.figures(changes),
                _ => page.list(changes),
            }
        }
        page.raw("</section>\n");
    }
    page.raw("</main>\n</body>\n</html>\n");
    page.html
}

/// The page so far.
#[derive(Default)]
struct ComparisonPage {
    html: String,
}

impl ComparisonPage {
    fn raw(&mut self, html: &str) -> &mut Self {
        self.html.push_str(html);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        escape::text(&mut self.html, text);
        self
    }

    /// Figures as a table, and the rows that came and went as a list below it.
    fn figures(&mut self, changes: &[ReaderChange]) {
        let is_value = |change: &&ReaderChange| matches!(change.difference, Difference::Value { .. });
        let (values, others): (Vec<&ReaderChange>, Vec<&ReaderChange>) = changes.iter().partition(is_value);
        if !values.is_empty() {
            self.raw(
                "<div class=\"scroll\" role=\"region\" aria-label=\"Figures\" tabindex=\"0\">\n<table>\n<thead><tr>",
            );
            self.raw("<th scope=\"col\">Figure</th><th scope=\"col\">Was</th><th scope=\"col\">Is</th>");
            self.raw("<th scope=\"col\">Difference</th></tr></thead>\n<tbody>\n");
            for change in values {
                let Difference::Value { was, is, by } = &change.difference else { continue };
                self.raw("<tr><th scope=\"row\">").text(&change.title()).raw("</th>");
                for (label, value) in [("Was", was), ("Is", is), ("Difference", by)] {
                    let missing = if label == "Difference" { "" } else { "nothing" };
                    self.raw("<td data-label=\"").raw(label).raw("\">");
                    self.text(value.as_deref().unwrap_or(missing)).raw("</td>");
                }
                self.raw("</tr>\n");
            }
            self.raw("</tbody>\n</table>\n</div>\n");
        }
        self.items(&others);
    }

    fn list(&mut self, changes: &[ReaderChange]) {
        self.items(&changes.iter().collect::<Vec<_>>());
    }

    fn items(&mut self, changes: &[&ReaderChange]) {
        if changes.is_empty() {
            return;
        }
        self.raw("<ul>\n");
        for change in changes {
            self.raw("<li>");
            self.item(change);
            self.raw("</li>\n");
        }
        self.raw("</ul>\n");
    }

    fn item(&mut self, change: &ReaderChange) {
        let title = change.title();
        self.raw("<p class=\"of\">").text(&title).raw("</p>");
        match &change.difference {
            Difference::Added(text) => self.whole("ins", "Added", &title, text),
            Difference::Removed(text) => self.whole("del", "Removed", &title, text),
            Difference::Value { was, is, by } => {
                self.raw("<p>");
                self.part("del", "was", was.as_deref().unwrap_or("nothing"));
                self.raw(" → ");
                self.part("ins", "is", is.as_deref().unwrap_or("nothing"));
                if let Some(by) = by {
                    self.raw(" (").text(by).raw(")");
                }
                self.raw("</p>");
            }
            Difference::Reworded(pieces) => {
                self.raw("<p>");
                for (at, piece) in pieces.iter().enumerate() {
                    self.raw(if at > 0 { " " } else { "" });
                    match piece {
                        WordRun::Same(words) => _ = self.text(words),
                        WordRun::Removed(words) => self.part("del", "removed", words),
                        WordRun::Added(words) => self.part("ins", "added", words),
                    }
                }
                self.raw("</p>");
            }
        }
    }

    /// Something that is new or gone as a whole.
    fn whole(&mut self, element: &str, label: &str, title: &str, text: &str) {
        self.raw("<p><span class=\"how\">").text(label).raw("</span>");
        if title != text {
            self.raw(" <").raw(element).raw(">").text(text).raw("</").raw(element).raw(">");
        }
        self.raw("</p>");
    }

    /// Some words in an element that screen readers may not announce, so that a hidden word does.
    fn part(&mut self, element: &str, label: &str, text: &str) {
        self.raw("<").raw(element).raw("><span class=\"vh\">").text(label).raw(": </span>").text(text);
        self.raw("<span class=\"vh\">;</span></").raw(element).raw(">");
    }
}
