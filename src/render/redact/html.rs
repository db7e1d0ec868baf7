//! The visible text of HTML or XML: the text between the tags with entities resolved. Attributes, comments, scripts and
//! footnote numbers are read separately.

use std::ops::Range;

use crate::diagnostic::visible_text::VisibleLetters;
use crate::escape::decode;

/// Attributes that hold addresses or ids, where brackets are not allowed.
const ADDRESSES: &[&str] = &[
    "action",
    "aria-controls",
    "aria-describedby",
    "aria-labelledby",
    "cite",
    "class",
    "data",
    "for",
    "headers",
    "href",
    "id",
    "name",
    "poster",
    "src",
    "srcset",
    "xlink:href",
];

/// Adds the letters of some markup. Returns the ranges of its addresses and ids, in order.
pub(crate) fn read(markup: &str, letters: &mut VisibleLetters) -> Vec<Range<usize>> {
    let mut aside = Vec::new();
    let mut addresses = Vec::new();
    let mut at = 0;
    // A footnote number does not separate words.
    let mut in_footnote = 0usize;
    while at < markup.len() {
        let rest = &markup[at..];
        if let Some(end) = whole_end(rest) {
            aside.push(SideText { text: at..at + end, is_address: false });
            at += end;
        } else if is_tag(rest) {
            let end = at + tag_end(rest);
            let tag = &markup[at..end];
            let (is_end, name) = name_of(tag);
            if name.eq_ignore_ascii_case("sup") {
                in_footnote = if is_end { in_footnote.saturating_sub(1) } else { in_footnote + 1 };
            }
            if !is_end {
                attributes(tag, at, &mut aside);
            }
            // A word may end at any tag, or continue after it.
            letters.push(' ', at..end);
            at = end;
            if matches!(name, "script" | "style") && !is_end {
                let end = at + memchr::memmem::find(&markup.as_bytes()[at..], b"</").unwrap_or(markup.len() - at);
                aside.push(SideText { text: at..end, is_address: false });
                at = end;
            }
        } else {
            let end = at + 1 + memchr::memchr(b'<', &rest.as_bytes()[1..]).unwrap_or(rest.len() - 1);
            let end = markup.ceil_char_boundary(end);
            if in_footnote > 0 {
                aside.push(SideText { text: at..end, is_address: false });
            } else {
                decoded(markup, at..end, false, letters);
            }
            at = end;
        }
    }
    for SideText { text, is_address } in aside {
        letters.part();
        decoded(markup, text.clone(), is_address, letters);
        if is_address {
            addresses.push(text);
        }
    }
    addresses
}

/// A text that is read separately from its surroundings.
struct SideText {
    text: Range<usize>,
    is_address: bool,
}

/// The tags of some markup, in order.
pub(crate) fn tags(markup: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(found) = memchr::memchr(b'<', &markup.as_bytes()[at..]) {
            let start = at + found;
            if is_tag(&markup[start..]) {
                at = start + tag_end(&markup[start..]);
                return Some(&markup[start..at]);
            }
            at = start + 1;
        }
        None
    })
}

/// The length of a comment, declaration or instruction at the start of some markup. These have no attributes.
fn whole_end(markup: &str) -> Option<usize> {
    let closing = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", "?>")];
    let (_, close) = closing.iter().find(|(open, _)| markup.starts_with(open))?;
    let end = memchr::memmem::find(markup.as_bytes(), close.as_bytes());
    Some(end.map_or(markup.len(), |end| end + close.len()))
}

/// Whether some markup begins with a tag.
fn is_tag(markup: &str) -> bool {
    let name = markup.strip_prefix('<').map(|rest| rest.strip_prefix('/').unwrap_or(rest));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// The end of the tag at the start of some markup: after the first `>` outside quotation marks.
fn tag_end(markup: &str) -> usize {
    let mut quote = None;
    for (at, byte) in markup.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    markup.len()
}

/// Whether a tag closes an element, and the element's name.
fn name_of(tag: &str) -> (bool, &str) {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    (is_end, inner.split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or_default())
}

/// Adds the values of a tag's attributes. `start` is the position of the tag in the whole markup.
fn attributes(tag: &str, start: usize, aside: &mut Vec<SideText>) {
    let bytes = tag.as_bytes();
    let mut at = 0;
    while let Some(equals) = memchr::memchr(b'=', &bytes[at..]).map(|found| at + found) {
        let name = tag[at..equals].trim_end();
        let name = name.rsplit(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | '/')).next();
        let value = equals + 1 + tag[equals + 1..].len() - tag[equals + 1..].trim_start().len();
        let quote = bytes.get(value).filter(|byte| matches!(byte, b'"' | b'\''));
        let (from, to) = if let Some(quote) = quote {
            let end = memchr::memchr(*quote, &bytes[value + 1..]);
            (value + 1, end.map_or(tag.len(), |end| value + 1 + end))
        } else {
            let end = tag[value..].find(|c: char| c.is_ascii_whitespace() || c == '>');
            (value, end.map_or(tag.len(), |end| value + end))
        };
        let is_address = name.is_some_and(|name| ADDRESSES.iter().any(|known| known.eq_ignore_ascii_case(name)));
        aside.push(SideText { text: start + from..start + to, is_address });
        at = (to + 1).min(tag.len());
    }
}

/// Adds the letters of a part of some markup, with entities resolved, and in an address also percent codes.
fn decoded(markup: &str, part: Range<usize>, is_address: bool, letters: &mut VisibleLetters) {
    let mut at = part.start;
    while at < part.end {
        let rest = &markup[at..part.end];
        let Some(c) = rest.chars().next() else { break };
        let (c, length) = match c {
            '&' => decode(rest).unwrap_or((c, 1)),
            '%' if is_address => percent(rest).unwrap_or((c, 1)),
            c => (c, c.len_utf8()),
        };
        letters.push(c, at..at + length);
        at += length;
    }
}

/// The ASCII character of a percent code at the start of a text, with the code's length.
fn percent(text: &str) -> Option<(char, usize)> {
    let code = u8::from_str_radix(text.get(1..3)?, 16).ok()?;
    code.is_ascii().then_some((char::from(code), 3))
}
