//! Writes HTML in which no text is ever taken for markup, and what must not be shown is masked.

use crate::diagnostic::redact::Redactions;

/// A piece of HTML that grows at its end. Markup comes from the code alone (`&'static str`); whatever was written by
/// somebody goes through [`HtmlBuffer::text`] or an attribute's value, which escape it.
pub(crate) struct HtmlBuffer<'a> {
    written: String,
    flagged: Option<&'a Redactions>,
}

impl<'a> HtmlBuffer<'a> {
    /// Nothing yet. Texts are written without the flagged words.
    pub(crate) fn new(flagged: Option<&'a Redactions>) -> Self {
        Self { written: String::new(), flagged }
    }

    /// Adds markup.
    pub(crate) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.written.push_str(markup);
        self
    }

    /// Adds a text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        let hidden = self.flagged.map(|flagged| flagged.hide(text));
        for c in hidden.as_deref().unwrap_or(text).chars() {
            match c {
                '&' => self.written.push_str("&amp;"),
                '<' => self.written.push_str("&lt;"),
                '>' => self.written.push_str("&gt;"),
                '"' => self.written.push_str("&quot;"),
                '\'' => self.written.push_str("&#39;"),
                // No control character but white space may stand in HTML.
                '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                    self.written.push('\u{fffd}');
                }
                _ => self.written.push(c),
            }
        }
        self
    }

    /// Adds a start tag with attributes.
    pub(crate) fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) -> &mut Self {
        self.raw("<").raw(tag);
        for (name, value) in attributes {
            self.raw(" ").raw(name).raw("=\"").text(value).raw("\"");
        }
        self.raw(">")
    }

    /// Adds an end tag.
    pub(crate) fn close(&mut self, tag: &'static str) -> &mut Self {
        self.raw("</").raw(tag).raw(">")
    }

    /// Adds an element that holds a text.
    pub(crate) fn element(&mut self, tag: &'static str, attributes: &[(&'static str, &str)], text: &str) -> &mut Self {
        self.open(tag, attributes).text(text).close(tag)
    }

    /// Adds a link.
    pub(crate) fn link(&mut self, address: &str, text: &str) -> &mut Self {
        self.element("a", &[("href", address)], text)
    }

    /// What was written.
    pub(crate) fn finish(self) -> String {
        self.written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_never_markup() {
        let mut html = HtmlBuffer::new(None);
        html.element("p", &[("title", "\"><script>")], "<b>&'\0");
        assert_eq!(html.finish(), "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;\u{fffd}</p>");
    }
}
