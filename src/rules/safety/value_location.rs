//! Finds parts of a value in its file, however the file spells them.

use std::ops::Range;

use crate::diagnostic::Span;
use crate::diagnostic::visible_text::VisibleLetters;
use crate::source::yaml::Text;

/// A value of a YAML or CSV file, indexed to find parts of it in the file. Built once per value, so a thousand findings
/// take no longer than one.
pub(crate) struct ValueLocation<'t> {
    value: &'t Text,
    /// The value as written in the file.
    written: &'t str,
    /// The offset at which `written` contains the value literally.
    exact: Option<usize>,
    /// The letters of the value and of `written`, if they are the same.
    letters: Option<(VisibleLetters, VisibleLetters)>,
}

impl<'t> ValueLocation<'t> {
    /// Indexes a value of a file that contains `text`.
    #[must_use]
    pub(crate) fn new(text: &'t str, value: &'t Text) -> Self {
        let written = value.span.slice(text);
        let exact = written.find(value.value.as_str());
        let letters = exact.is_none().then(|| (VisibleLetters::new(&value.value), written_letters(written)));
        let letters = letters.filter(|(value, written)| value.text() == written.text());
        Self { value, written, exact, letters }
    }

    /// The span of a part of the value in the file; the whole value if the part cannot be located.
    #[must_use]
    pub(crate) fn span(&self, part: Range<usize>) -> Span {
        let start = self.value.span.start as usize;
        let inside = match (self.exact, &self.letters) {
            (Some(at), _) => Some(at + part.start..at + part.end),
            (None, Some((value, written))) => {
                let letters = value.within(part.clone());
                (!letters.is_empty()).then(|| self.with_signs(part, written.written(letters)))
            }
            (None, None) => None,
        };
        inside.map_or(self.value.span, |inside| Span::new(inside.start, inside.end).shifted(start))
    }

    /// Extends a range of `written` by the signs that the part begins and ends with, such as `(` and `+` of a number.
    fn with_signs(&self, part: Range<usize>, inside: Range<usize>) -> Range<usize> {
        let words = self.value.value.get(part).unwrap_or_default();
        let before = words.split(char::is_alphanumeric).next().unwrap_or_default();
        let after = words.rsplit(char::is_alphanumeric).next().unwrap_or_default();
        let start = self.written[..inside.start].strip_suffix(before).map_or(inside.start, str::len);
        let end = if self.written[inside.end..].starts_with(after) { inside.end + after.len() } else { inside.end };
        start..end
    }
}

/// The letters of a value as written, with the escapes of a double-quoted string resolved and without the header line of
/// a block scalar.
fn written_letters(written: &str) -> VisibleLetters {
    let mut letters = VisibleLetters::default();
    if written.starts_with(['|', '>']) {
        let body = written.find('\n').unwrap_or(written.len());
        letters.add(&written[body..], body);
        return letters;
    }
    let has_escapes = written.starts_with('"');
    let mut chars = written.char_indices();
    while let Some((at, c)) = chars.next() {
        if c != '\\' || !has_escapes {
            letters.push(c, at..at + c.len_utf8());
            continue;
        }
        let Some((_, kind)) = chars.next() else { break };
        let digits = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let start = at + 1 + kind.len_utf8();
        let code = written.get(start..start + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        for _ in 0..digits {
            chars.next();
        }
        let c = match kind {
            'x' | 'u' | 'U' => code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER),
            // Line feeds, tabs, spaces and escaped line endings are not letters.
            _ => ' ',
        };
        letters.push(c, at..(start + digits).min(written.len()));
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text at the location of a part of a value, which is everything after `title: `.
    fn check(written: &str, value: &str, part: &str) -> String {
        let text = format!("title: {written}\n");
        let value = Text::new(value.to_owned(), Span::new(7, 7 + written.len()));
        let at = value.value.rfind(part).unwrap();
        ValueLocation::new(&text, &value).span(at..at + part.len()).slice(&text).to_owned()
    }

    #[test]
    fn words_are_found_in_their_value() {
        assert_eq!(check("\"a b a\"", "a b a", "a"), "a");
        assert_eq!(check("a\n  b a", "a b a", "b a"), "b a");
        assert_eq!(check("ring 943\n  476 5919 x", "ring 943 476 5919 x", "943 476 5919"), "943\n  476 5919");
        assert_eq!(check("'o''neil (01632) 9'", "o'neil (01632) 9", "(01632) 9"), "(01632) 9");
        assert_eq!(check("\"x 943\\x20476\\u00205919\"", "x 943 476 5919", "943 476 5919"), "943\\x20476\\u00205919");
        assert_eq!(check("\"\\x41b\"", "Ab", "Ab"), "\\x41b");
        assert_eq!(check(">2\n    a 1\n    2", "a 1 2", "1 2"), "1\n    2");
        assert_eq!(check("*alias", "a c a", "c"), "*alias");
    }
}
