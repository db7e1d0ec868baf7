//! Publication safety in Markdown: readable text including code, links, heading ids and charts.

use std::ops::Range;

use percent_encoding::percent_decode_str;

use super::allow_list::AllowedContacts;
use super::columns::{self, ColumnMeaning};
use super::finding::FindingKind;
use super::initials::PEOPLE;
use super::text_cursor::is_any_of;
use super::{SafetyFinding, Scanner, as_words};
use crate::diagnostic::{Diagnostic, Location, RelPath, SourceTexts, Span};
use crate::model::plain_text::PlainText;
use crate::source::files::ChartFile;
use crate::source::markdown::comments::is_note;
use crate::source::markdown::{Link, Markdown};
use crate::source::yaml::{ShortOr, Text};

/// Words in the addresses of web pages after which a number is that of somebody's record.
const RECORDS: &[&str] = &["case", "cases", "patients", "pupils", "clients", "people", "record", "records", "gig"];

impl Scanner<'_> {
    /// Checks everything that a reader could see of a piece of Markdown.
    pub(super) fn check_markdown(&self, markdown: &Markdown, found: &mut Vec<Diagnostic>) {
        let first = found.len();
        let passage = PlainText::from_markdown(markdown);
        let mut tell = |passage: &PlainText, one: SafetyFinding| {
            let location = markdown.location(passage.span(one.range.clone()));
            found.push(one.diagnostic(location));
        };
        let in_words = self.findings(passage.text()).into_iter();
        if markdown.shows_more() {
            // Personal data may continue into code; small counts and placeholders are searched for only in prose.
            let shown = PlainText::shown(markdown);
            in_words.filter(|one| !one.is_personal()).for_each(|one| tell(&passage, one));
            self.findings(shown.text())
                .into_iter()
                .filter(SafetyFinding::is_personal)
                .for_each(|one| tell(&shown, one));
            found[first..].sort_by_key(|diagnostic| diagnostic.location.span);
        } else {
            in_words.for_each(|one| tell(&passage, one));
        }
        self.check_links(markdown, first, found);
        self.check_titles(markdown, found);
        self.check_unread(markdown, found);
        self.check_ids(markdown, found);
        self.check_tables(markdown, found);
        for block in &markdown.charts {
            self.check_chart(&markdown.linked.file, &block.chart, found);
        }
    }

    /// Checks the cells of tables against their headings and row labels.
    fn check_tables(&self, markdown: &Markdown, found: &mut Vec<Diagnostic>) {
        let runs = markdown.shown_runs();
        let words = |cell: &Span| {
            let first = runs.partition_point(|run| run.span.start < cell.start);
            let inside = runs[first..].partition_point(|run| run.span.start < cell.end);
            PlainText::of_runs(markdown.text(), &runs[first..first + inside], None)
        };
        for table in &markdown.tables {
            let Some((head, rows)) = table.split_first() else { continue };
            let headings: Vec<ColumnMeaning> =
                head.iter().map(|cell| ColumnMeaning::from_heading(words(cell).text())).collect();
            for row in rows {
                let label =
                    row.first().map_or(ColumnMeaning::Other, |cell| ColumnMeaning::from_heading(words(cell).text()));
                for (column, cell) in row.iter().enumerate() {
                    // A row's label does not describe itself.
                    let label = if column == 0 { ColumnMeaning::Other } else { label };
                    let heading = headings.get(column).copied().unwrap_or(ColumnMeaning::Other);
                    let passage = words(cell);
                    if let Some(one) = self.finding_in_cell(heading, label, passage.text()) {
                        let location = markdown.location(passage.span(one.range.clone()));
                        found.push(one.diagnostic(location));
                    }
                }
            }
        }
    }

    /// Checks the words of a chart, and its values if they count people.
    fn check_chart(&self, file: &RelPath, chart: &ChartFile, found: &mut Vec<Diagnostic>) {
        let file_text = &self.tree.text(file).unwrap_or_default();
        let rows = || chart.rows.iter().flat_map(|rows| &rows.0);
        let texts = [&chart.title, &chart.description, &chart.unit].into_iter().flatten();
        for text in texts.chain(chart.series.iter().flatten()).chain(rows().map(|(label, _)| label)) {
            self.check_text(file, file_text, text, true, found);
        }
        let text = |text: &Option<Text>| text.as_ref().map_or_else(String::new, |text| text.value.clone());
        let (title, unit) = (text(&chart.title), text(&chart.unit));
        for (label, values) in rows() {
            let values = match values {
                ShortOr::One(value) => std::slice::from_ref(value),
                ShortOr::More(values) => values,
            };
            for (at, value) in values.iter().enumerate() {
                let series = chart.series.as_ref().and_then(|series| series.get(at)).map_or("", |series| &series.value);
                let number = value.value.0.to_string();
                if columns::is_small_in_chart(&title, &unit, series, &label.value, &number) {
                    let one = SafetyFinding { kind: FindingKind::SmallCount, range: 0..number.len(), words: number };
                    found.push(one.diagnostic(Location::new(file, value.span)));
                }
            }
        }
    }

    /// Checks link targets: email addresses, telephone numbers, and URLs that contain them. What the link's text gives away
    /// too is reported only once: the diagnostics from index `first` on may be in the link.
    fn check_links(&self, markdown: &Markdown, first: usize, found: &mut Vec<Diagnostic>) {
        let in_text = found.len();
        for link in &markdown.linked.links {
            let target = percent_decode_str(&link.target).decode_utf8_lossy().into_owned();
            let mut in_target = match scheme(&target) {
                Some(scheme @ ("mailto" | "tel")) => self.findings(&target[scheme.len() + 1..]),
                Some(_) => self.findings_in_url(&target),
                None => Vec::new(),
            };
            in_target.retain(SafetyFinding::is_personal);
            if in_target.is_empty() {
                continue;
            }
            let whole = markdown.location(link.span);
            // Diagnostics from the text are sorted and come before those found here.
            let after = found[first..in_text].partition_point(|d| d.location.span.start < whole.span.start);
            let inside = found[first + after..in_text].iter().take_while(|d| d.location.span.start < whole.span.end);
            let words: Vec<&str> = inside.flat_map(|d| &d.flagged).map(|flagged| flagged.words.as_str()).collect();
            let said = AllowedContacts::from_texts(&words);
            in_target.retain(|one| !words.contains(&&*one.words) && !said.is_allowed(one.kind, &one.words));
            let mut from = 0;
            for one in in_target {
                let span = span_in(link, markdown, &one.words, &mut from);
                found.push(one.diagnostic(markdown.location(span)));
            }
        }
    }

    /// What is personal in the address of a web page: email addresses, what its query asks for, and the NHS numbers of those
    /// whom it names (`?nhs=…`, `/patients/…`). Other numbers in addresses rarely belong to a person: an ISBN can look like
    /// an NHS number.
    fn findings_in_url(&self, url: &str) -> Vec<SafetyFinding> {
        let emails = self.findings(url).into_iter().filter(|one| one.words.contains('@'));
        let query = url.find(['?', '#']).unwrap_or(url.len());
        // Most addresses have neither numbers nor a query, and are not searched a second time.
        if query == url.len() && !url.contains(|c: char| c.is_ascii_digit()) {
            return emails.collect();
        }
        let words = url.replace(['/', '?', '#', '&', '=', ';', '+'], " ");
        let names_person = |before: &str| {
            let word = before.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
            word.to_lowercase().contains("nhs") || is_any_of(word, PEOPLE) || is_any_of(word, RECORDS)
        };
        let in_words = self.findings(&words).into_iter().filter(|one| match one.kind {
            FindingKind::Email => false,
            FindingKind::NhsNumber => names_person(&words[..one.range.start]),
            _ => one.range.start > query,
        });
        emails.chain(in_words).collect()
    }

    /// Checks the titles of links and images: an image's is shown below it.
    fn check_titles(&self, markdown: &Markdown, found: &mut Vec<Diagnostic>) {
        for link in markdown.linked.links.iter().filter(|link| !link.title.is_empty()) {
            let mut from = 0;
            for one in self.findings(&link.title).into_iter().filter(|one| link.is_image || one.is_personal()) {
                let span = span_in(link, markdown, &one.words, &mut from);
                found.push(one.diagnostic(markdown.location(span)));
            }
        }
    }

    /// Checks HTML for personal data: it is not part of a page, but the file itself may be shown.
    fn check_unread(&self, markdown: &Markdown, found: &mut Vec<Diagnostic>) {
        let source = markdown.text();
        if !source.contains('<') {
            return;
        }
        let shown = markdown.shown_runs();
        let touches =
            |span: Span, range: &Range<usize>| (span.start as usize) < range.end && range.start < span.end as usize;
        // Findings are in order, so each search for a line starts at the previous one.
        let (mut line, mut looked) = (0, 0);
        for one in self.findings(source).into_iter().filter(SafetyFinding::is_personal) {
            let range = &one.range;
            if let Some(newline) = source[looked..range.start].rfind('\n') {
                line = looked + newline + 1;
            }
            looked = range.start;
            let after = shown.partition_point(|run| run.span.end as usize <= range.start);
            let is_elsewhere = shown.get(after).is_some_and(|run| touches(run.span, range))
                || markdown.link_around(Span::at(range.start)).is_some()
                || markdown.charts.iter().any(|chart| touches(chart.span, range))
                || is_note(&source[line..]);
            if !is_elsewhere {
                found.push(one.diagnostic(markdown.location(Span::new(range.start, range.end))));
            }
        }
    }

    /// Checks the explicit ids of headings for personal data: they become part of addresses.
    fn check_ids(&self, markdown: &Markdown, found: &mut Vec<Diagnostic>) {
        for heading in &markdown.headings {
            let written = heading.span.slice(markdown.text());
            let Some(at) = written.rfind("{#") else { continue };
            for one in self.findings(&as_words(&written[at..])).into_iter().filter(SafetyFinding::is_personal) {
                let start = heading.span.start as usize + at;
                let location = markdown.location(Span::new(start + one.range.start, start + one.range.end));
                found.push(one.diagnostic(location));
            }
        }
    }
}

/// The span of words from a link's target or title, searched for from a byte of the link on; the whole link if they are spelt
/// differently there.
fn span_in(link: &Link, markdown: &Markdown, words: &str, from: &mut usize) -> Span {
    let whole = link.definition.unwrap_or(link.span);
    let written = whole.slice(markdown.text());
    let Some(at) = written.get(*from..).and_then(|rest| rest.find(words)).map(|at| *from + at) else { return whole };
    *from = at + words.len();
    Span::new(at, at + words.len()).shifted(whole.start as usize)
}

/// The scheme of a URL.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let known = ["mailto", "tel", "https", "http"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    Some(known)
}
