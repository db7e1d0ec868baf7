//! Extracts the text between headings from a finished page.

use serde::Serialize;

use crate::escape::decode;

/// The text below a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct IndexSection(pub String, pub String, pub String);

/// The attribute of elements whose words are the site's and not the report's, such as "Back to top".
const NO_SEARCH: &str = " data-nosearch";

/// Whether an element's text is left out: navigation, downloads, drawings with the tables of their numbers, footnote
/// numbers, and what says so by its attributes.
fn is_passed_over(name: &str, attributes: &str) -> bool {
    matches!(name.as_bytes(), b"nav" | b"svg" | b"details" | b"script" | b"style" | b"sup")
        || (name == "a" && attributes.ends_with(" download"))
        || attributes.contains(NO_SEARCH)
}

/// Whether an element separates words as white space does. Names are compared as bytes, which needs no call for each.
fn is_block(name: &str) -> bool {
    let is_heading = matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
    is_heading
        || matches!(
            name.as_bytes(),
            b"p" | b"li" | b"ul" | b"ol" | b"dl" | b"dt" | b"dd" | b"td" | b"th" | b"tr" | b"br"
        )
        || matches!(name.as_bytes(), b"div" | b"pre" | b"table" | b"caption" | b"section" | b"header" | b"figure")
        || matches!(name.as_bytes(), b"figcaption" | b"blockquote")
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
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        reading.text(&rest[..at]);
        let Some(end) = memchr::memchr(b'>', &rest.as_bytes()[at..]) else { break };
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
        let is_end_of_name = |byte: u8| byte.is_ascii_whitespace() || byte == b'/';
        let name = &tag[..tag.bytes().position(is_end_of_name).unwrap_or(tag.len())];
        if let Some((passed, depth)) = &mut self.passing {
            if name == *passed {
                *depth = if is_end { *depth - 1 } else { *depth + 1 };
                if *depth == 0 {
                    self.passing = None;
                }
            }
            return;
        }
        let attributes = &tag[name.len()..];
        if !is_end && is_passed_over(name, attributes) {
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
        let id = id_of(attributes);
        let is_heading = matches!(name.as_bytes(), [b'h', b'2'..=b'6']);
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
        if let Some(text) = self.written() {
            add_words(text, escaped);
        }
    }
}

/// The id among an element's attributes; empty if it has none.
fn id_of(attributes: &str) -> &str {
    const ID: &[u8] = b" id=\"";
    let Some(at) = attributes.as_bytes().windows(ID.len()).position(|window| window == ID) else { return "" };
    let rest = &attributes[at + ID.len()..];
    &rest[..memchr::memchr(b'"', rest.as_bytes()).unwrap_or(rest.len())]
}

/// Adds some escaped text, decoded, with one space for any white space in it.
fn add_words(text: &mut String, escaped: &str) {
    let bytes = escaped.as_bytes();
    // What is before `from` has been added. A space between two words is added together with them.
    let (mut from, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        if byte == b'&' {
            text.push_str(&escaped[from..at]);
            let (c, length) = decode(&escaped[at..]).unwrap_or(('&', 1));
            text.push(c);
            at += length;
            from = at;
        } else if byte.is_ascii_whitespace() && (byte != b' ' || at == from || bytes[at - 1] == b' ') {
            text.push_str(&escaped[from..at]);
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            at += 1;
            from = at;
        } else {
            at += 1;
        }
    }
    text.push_str(&escaped[from..]);
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
    fn words_of_the_site_are_skipped() {
        let page = "<p class=\"newer\" data-nosearch>A <a href=\"x\">newer</a> report</p><p>Met.</p>\
                    <section><p data-nosearch class=\"sign\">Next</p><h2 id=\"n\">What next</h2><p>Meet.</p></section>\
                    <p class=\"to-top\" data-nosearch><a href=\"#main\">Back to top</a></p>\
                    <p>Source: x. <a href=\"x.csv\" download>Download</a> <a href=\"download\">Read</a></p>";
        assert_eq!(check(page), "#: Met.\nWhat next#n: Meet. Source: x. Read\n");
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
