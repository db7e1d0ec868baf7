//! Extracts the text between headings from a finished page.

use serde::Serialize;

use crate::escape::decode;

/// The text below a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct IndexSection(pub String, pub String, pub String);

/// Whether an element's text is left out: navigation, drawings with the tables of their numbers, and footnote numbers.
fn is_passed_over(name: &str) -> bool {
    matches!(name, "nav" | "svg" | "details" | "script" | "style" | "sup")
}

/// Whether an element separates words as white space does.
fn is_block(name: &str) -> bool {
    let is_heading = matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
    is_heading
        || matches!(name, "p" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "td" | "th" | "tr" | "br" | "div" | "pre")
        || matches!(name, "table" | "caption" | "section" | "header" | "figure" | "figcaption" | "blockquote")
}

/// The sections of a page: the text of its `main` element, from heading to heading. A term in a definition list with an
/// id also begins a section.
#[must_use]
pub(crate) fn sections(html: &str) -> Vec<IndexSection> {
    let mut reading = TextExtractor { sections: vec![IndexSection::default()], ..TextExtractor::default() };
    let find = |text: &str, wanted: &str| memchr::memmem::find(text.as_bytes(), wanted.as_bytes());
    let main = find(html, "<main").map_or("", |at| &html[at..]);
    let main = find(main, "</main>").map_or(main, |at| &main[..at]);
    let mut rest = main;
    while let Some(at) = rest.find('<') {
        reading.text(&rest[..at]);
        let Some(end) = rest[at..].find('>') else { break };
        reading.tag(&rest[at + 1..at + end]);
        rest = &rest[at + end + 1..];
    }
    let mut sections = reading.sections;
    sections.retain(|section| !(section.0.is_empty() && section.2.is_empty()));
    for IndexSection(heading, _, text) in &mut sections {
        heading.truncate(heading.trim_end().len());
        text.truncate(text.trim_end().len());
    }
    sections
}

/// The state of reading a page.
#[derive(Default)]
struct TextExtractor<'a> {
    sections: Vec<IndexSection>,
    /// The element being skipped, and how many of its kind are open.
    passing: Option<(&'a str, usize)>,
    /// The element whose text is a heading.
    heading: Option<&'a str>,
    /// The id of the last element, unless there has been text since.
    id: &'a str,
}

impl<'a> TextExtractor<'a> {
    fn tag(&mut self, tag: &'a str) {
        let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or_default();
        if let Some((passed, depth)) = &mut self.passing {
            if name == *passed {
                *depth = if is_end { *depth - 1 } else { *depth + 1 };
                if *depth == 0 {
                    self.passing = None;
                }
            }
            return;
        }
        if !is_end && is_passed_over(name) {
            self.passing = Some((name, 1));
            return;
        }
        if is_block(name) {
            self.part();
        }
        if is_end {
            if self.heading == Some(name) {
                self.heading = None;
            }
            return;
        }
        let id = tag.split_once(" id=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
        let is_heading = matches!(name, "h2" | "h3" | "h4" | "h5" | "h6");
        if name == "h1" {
            // The title is stored with the page.
            self.passing = Some((name, 1));
        } else if is_heading || (name == "dt" && !self.id.is_empty()) {
            let anchor = if is_heading { id } else { self.id };
            self.sections.push(IndexSection(String::new(), anchor.to_owned(), String::new()));
            self.heading = Some(name);
        }
        self.id = id;
    }

    /// The text being written: a heading's, or the text below it.
    fn written(&mut self) -> Option<&mut String> {
        let is_heading = self.heading.is_some();
        self.sections.last_mut().map(|section| if is_heading { &mut section.0 } else { &mut section.2 })
    }

    fn part(&mut self) {
        if let Some(text) = self.written().filter(|text| !text.is_empty() && !text.ends_with(' ')) {
            text.push(' ');
        }
    }

    fn text(&mut self, escaped: &str) {
        if self.passing.is_some() || escaped.is_empty() {
            return;
        }
        if !escaped.trim().is_empty() {
            self.id = "";
        }
        let Some(text) = self.written() else { return };
        for (at, word) in escaped.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if at > 0 && !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            decode_into(text, word);
        }
    }
}

/// Adds some escaped text, decoded.
fn decode_into(text: &mut String, escaped: &str) {
    let mut rest = escaped;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = decode(rest).unwrap_or(('&', 1));
        text.push(c);
        rest = &rest[length..];
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(main: &str) -> String {
        let page = format!("<body><p>Top</p><main id=\"main\">{main}</main><p>Foot</p></body>");
        let lines = sections(&page)
            .into_iter()
            .map(|IndexSection(heading, anchor, text)| format!("{heading}#{anchor}: {text}"));
        lines.fold(String::new(), |all, one| all + &one + "\n")
    }

    #[test]
    fn text_belongs_to_the_heading_above() {
        let page = "<nav>Way</nav><header><h1>Title</h1><p>First.</p></header>\
                    <section aria-labelledby=\"a\"><h2 id=\"a\">What <em>next</em></h2><ul><li>One</li><li>Two&amp;three</li></ul>\
                    <h3>Bare</h3>\n<p>More <abbr title=\"x\">NHS</abbr>.<sup><a href=\"#f\">1</a></sup></p></section>";
        assert_eq!(check(page), "#: First.\nWhat next#a: One Two&three\nBare#: More NHS.\n");
    }

    #[test]
    fn terms_are_sections() {
        let page = "<h2 id=\"letter-p\">P</h2><dl><div id=\"term-pst\"><dt><dfn>PST</dfn></dt><dd>Team</dd></div></dl>\
                    <dl class=\"about\"><div><dt>Kind</dt><dd>Board</dd></div></dl>";
        assert_eq!(check(page), "P#letter-p: \nPST#term-pst: Team Kind Board\n");
    }

    #[test]
    fn drawings_and_their_tables_are_skipped() {
        let page = "<figure><figcaption><p>Found</p></figcaption><svg><g><text>1</text></g></svg>\
                    <details><summary>Table</summary><details>x</details>2</details></figure><p>&lt;b&gt; &#39;q&#x27;</p>";
        assert_eq!(check(page), "#: Found <b> 'q'\n");
        assert_eq!(sections("nothing < here"), []);
        assert_eq!(check("&unknown; & &#xD800; <"), "#: &unknown; & &#xD800;\n");
    }
}
