//! Writes HTML in which all text is escaped and flagged words are masked.

use crate::diagnostic::redact::Redactions;

/// HTML under construction. Markup can only come from the code (`&'static str`). All other text goes through
/// [`HtmlBuffer::text`] or an attribute's value, which escape it.
pub(crate) struct HtmlBuffer<'a> {
    written: String,
    flagged: Option<&'a Redactions>,
}

impl<'a> HtmlBuffer<'a> {
    /// An empty buffer. The `flagged` words will be masked in every text.
    pub(crate) fn new(flagged: Option<&'a Redactions>) -> Self {
        Self { written: String::new(), flagged }
    }

    pub(crate) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.written.push_str(markup);
        self
    }

    /// Appends a text, escaped and masked.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        let hidden = self.flagged.map(|flagged| flagged.hide(text));
        for c in hidden.as_deref().unwrap_or(text).chars() {
            match c {
                '&' => self.written.push_str("&amp;"),
                '<' => self.written.push_str("&lt;"),
                '>' => self.written.push_str("&gt;"),
                '"' => self.written.push_str("&quot;"),
                '\'' => self.written.push_str("&#39;"),
                // HTML does not allow control characters, except white space.
                '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                    self.written.push('\u{fffd}');
                }
                _ => self.written.push(c),
            }
        }
        self
    }

    /// Appends a start tag with attributes, given as names and unescaped values.
    pub(crate) fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) -> &mut Self {
        self.raw("<").raw(tag);
        for (name, value) in attributes {
            self.raw(" ").raw(name).raw("=\"").text(value).raw("\"");
        }
        self.raw(">")
    }

    pub(crate) fn close(&mut self, tag: &'static str) -> &mut Self {
        self.raw("</").raw(tag).raw(">")
    }

    /// Appends an element that contains only a text.
    pub(crate) fn element(&mut self, tag: &'static str, attributes: &[(&'static str, &str)], text: &str) -> &mut Self {
        self.open(tag, attributes).text(text).close(tag)
    }

    pub(crate) fn link(&mut self, address: &str, text: &str) -> &mut Self {
        self.element("a", &[("href", address)], text)
    }

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
