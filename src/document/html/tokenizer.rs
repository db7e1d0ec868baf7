//! Splits HTML into tags and text, as browsers and word processors write it.

use std::borrow::Cow;

/// The most attributes of a tag that are looked at.
const MOST_ATTRIBUTES: usize = 64;

/// A piece of HTML.
pub(crate) enum HtmlToken<'t> {
    /// A start tag: its name in lower case, and its attributes.
    Start(String, &'t str),
    /// An end tag: its name in lower case.
    End(String),
    Text(Cow<'t, str>),
}

/// Iterates over the tags and texts of a page. Comments, declarations and conditional comments are skipped.
pub(crate) struct HtmlTokens<'t> {
    rest: &'t str,
    /// The elements of which no end tag is to come, so that nobody looks for it again.
    without_end: Vec<String>,
}

impl<'t> HtmlTokens<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { rest: text, without_end: Vec::new() }
    }

    /// Skips to the end tag of an element whose content is not shown, such as a script, and returns what was skipped.
    /// Without an end tag, only scripts and style sheets reach to the end of the page.
    pub(crate) fn skip_raw(&mut self, name: &str) -> &'t str {
        if self.without_end.iter().any(|known| known == name) {
            return "";
        }
        let end = format!("</{name}");
        let bytes = self.rest.as_bytes();
        let found = memchr::memchr_iter(b'<', bytes)
            .find(|at| bytes.get(*at..at + end.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(end.as_bytes())));
        let reaches = match found {
            Some(at) => at,
            None if matches!(name, "script" | "style") => self.rest.len(),
            None => {
                self.without_end.push(name.to_owned());
                0
            }
        };
        let (skipped, rest) = self.rest.split_at(reaches);
        self.rest = rest;
        skipped
    }
}

/// Whether nobody sees what is in an element of this name.
#[must_use]
pub(super) fn is_skipped(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "noscript" | "xml" | "iframe" | "svg" | "object")
}

/// The title of a page, in the text of its head.
#[must_use]
pub(super) fn title_in(head: &str) -> Option<String> {
    let mut tokens = HtmlTokens::new(head);
    while let Some(token) = tokens.next() {
        match token {
            HtmlToken::Start(name, _) if name == "title" => return title_of(tokens.skip_raw(&name)),
            HtmlToken::Start(name, _) if matches!(name.as_str(), "script" | "style" | "xml") => {
                tokens.skip_raw(&name);
            }
            _ => {}
        }
    }
    None
}

/// The words of a title, unless it is empty.
#[must_use]
pub(super) fn title_of(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    Some(decode_entities(&words.join(" ")).into_owned()).filter(|title| !title.trim().is_empty())
}

impl<'t> Iterator for HtmlTokens<'t> {
    type Item = HtmlToken<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(tag) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(HtmlToken::Text(decode_entities(text)));
            };
            if let Some(comment) = tag.strip_prefix("!--") {
                self.rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            if tag.starts_with(['!', '?']) {
                self.rest = tag.find('>').map_or("", |end| &tag[end + 1..]);
                continue;
            }
            let (name, is_end) = match tag.strip_prefix('/') {
                Some(name) => (name, true),
                None => (tag, false),
            };
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.rest = tag;
                return Some(HtmlToken::Text(Cow::Borrowed("<")));
            }
            let length = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
            let after = &name[length..];
            let end = end_of_tag(after);
            self.rest = after.get(end + 1..).unwrap_or("");
            let lower = name[..length].to_ascii_lowercase();
            return Some(if is_end { HtmlToken::End(lower) } else { HtmlToken::Start(lower, &after[..end]) });
        }
    }
}

/// Where a tag ends: at a `>` outside quotation marks.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            // A quotation mark only opens a value.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    text.find('>').unwrap_or(text.len())
}

/// The value of an attribute of a tag, with entities decoded.
#[must_use]
pub(crate) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes.trim_start_matches(['/', ' ', '\t', '\r', '\n']);
    for _ in 0..MOST_ATTRIBUTES {
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        if rest.is_empty() {
            return None;
        }
        let (known, after) = rest.split_at(length);
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('=') {
            None => ("", after),
            Some(value) => {
                let value = value.trim_start();
                match value.chars().next() {
                    Some(quote @ ('"' | '\'')) => {
                        let inner = &value[1..];
                        let end = inner.find(quote).unwrap_or(inner.len());
                        (&inner[..end], inner.get(end + 1..).unwrap_or(""))
                    }
                    _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
                }
            }
        };
        if known.eq_ignore_ascii_case(name) {
            return Some(decode_entities(value).into_owned());
        }
        let next = next.trim_start_matches(['/', ' ', '\t', '\r', '\n']);
        // An attribute without a name.
        rest = if next.len() == rest.len() { next.get(1..).unwrap_or("") } else { next };
    }
    None
}

/// Named entities that texts have; others stay as they are.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("middot", '·'),
    ("hellip", '…'),
    ("pound", '£'),
    ("euro", '€'),
    ("cent", '¢'),
    ("yen", '¥'),
    ("sect", '§'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("divide", '÷'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("rarr", '→'),
    ("larr", '←'),
    ("check", '✓'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("auml", 'ä'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("ocirc", 'ô'),
    ("ouml", 'ö'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("wcirc", 'ŵ'),
    ("ycirc", 'ŷ'),
    ("szlig", 'ß'),
];

/// Text with its entities decoded.
fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len())];
        let character = match name.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(digits) => u32::from_str_radix(digits, 16).ok(),
                    None => number.parse().ok(),
                };
                // Numbers from 128 to 159 are meant as Windows-1252.
                code.and_then(|code| match code {
                    0x80..=0x9f => u8::try_from(code).ok().map(crate::charset::windows_1252),
                    _ => char::from_u32(code),
                })
            }
            None => ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, character)| *character),
        };
        match character {
            Some(character) => {
                decoded.push(character);
                rest = &rest[name.len()..];
                rest = rest.strip_prefix(';').unwrap_or(rest);
            }
            None => decoded.push('&'),
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str) -> String {
        let pieces = HtmlTokens::new(html).map(|token| match token {
            HtmlToken::Start(name, attributes) => format!("<{name}|{attributes}>"),
            HtmlToken::End(name) => format!("</{name}>"),
            HtmlToken::Text(text) => text.into_owned(),
        });
        pieces.collect()
    }

    #[test]
    fn pages_are_split_into_tags_and_text() {
        assert_eq!(check("<!DOCTYPE html><P class=a>x &amp; y<br/>"), "<p| class=a>x & y<br|/>");
        assert_eq!(check("<![if !supportLists]>·<![endif]>a<!--[if gte mso 9]>x<![endif]-->b"), "·ab");
        assert_eq!(check("1 < 2 <a title='>'>b</a>"), "1 < 2 <a| title='>'>b</a>");
        assert_eq!(check("&eacute;&#233;&#x2022;&#150;&nope; &"), "éé•–&nope; &");
        assert_eq!(check("<p"), "<p|>");
    }

    #[test]
    fn attributes_are_found() {
        let attributes = " href=\"a&amp;b\" STYLE='x: y' checked data-x=1 /";
        assert_eq!(attribute(attributes, "href").as_deref(), Some("a&b"));
        assert_eq!(attribute(attributes, "style").as_deref(), Some("x: y"));
        assert_eq!(attribute(attributes, "checked").as_deref(), Some(""));
        assert_eq!(attribute(attributes, "data-x").as_deref(), Some("1"));
        assert_eq!(attribute(attributes, "x"), None);
        assert_eq!(attribute("=====", "x"), None);
    }
}
