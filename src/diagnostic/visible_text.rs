//! Text as a reader sees it: which characters look alike, which are invisible, and how much white space shows.
//!
//! The rules for publication safety read [`VisibleText`]. [`VisibleLetters`] goes one step further and keeps only
//! letters and digits, so words flagged in one spelling are found in any other: in pages, feeds, indexes and addresses.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text as a reader sees it, with the source range of each of its bytes.
pub(crate) struct VisibleText<'t> {
    /// The visible text.
    pub text: Cow<'t, str>,
    /// For each byte of `text`, the start and end of its character in the source; empty if both texts are the same.
    places: Vec<(u32, u32)>,
}

impl<'t> VisibleText<'t> {
    /// What a reader sees of `text`. White space collapses to one space, digits of every script and full-width or
    /// mathematical letters become plain ones, and invisible characters are removed.
    #[must_use]
    pub(crate) fn new(text: &'t str) -> Self {
        if is_plain(text) {
            return Self { text: Cow::Borrowed(text), places: Vec::new() };
        }
        let (mut seen, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (at, c) in text.char_indices() {
            let location = location(at..at + c.len_utf8());
            if c.is_ascii_graphic() {
                // Most characters need none of the questions below.
                seen.push(c);
                places.push(location);
                continue;
            }
            if is_invisible(c) {
                continue;
            }
            if is_blank(c) {
                if seen.ends_with(' ') {
                    if let Some((_, end)) = places.last_mut() {
                        *end = location.1;
                    }
                    continue;
                }
                seen.push(' ');
            } else {
                seen.push(plain(c));
            }
            places.resize(seen.len(), location);
        }
        Self { text: Cow::Owned(seen), places }
    }

    /// The source range of a part of the visible text, which must not be empty.
    #[must_use]
    pub(crate) fn written(&self, part: Range<usize>) -> Range<usize> {
        match (self.places.get(part.start), self.places.get(part.end.wrapping_sub(1))) {
            (Some((start, _)), Some((_, end))) => *start as usize..*end as usize,
            _ => part,
        }
    }
}

/// The letters and digits of a text as a reader sees them, in lower case, without accents and without anything between
/// them. They are the same for `943 476 5919`, `943-476-5919` and `943.476<br>5919`.
#[derive(Clone, Debug, Default)]
pub(crate) struct VisibleLetters {
    text: String,
    /// For each byte, the start and end of its character in the source.
    places: Vec<(u32, u32)>,
    /// For each byte, whether a word begins there, or letters change to digits or digits to letters.
    begins: Vec<bool>,
    /// Whether something separates the next character from the last.
    is_parted: bool,
}

/// The separator between two texts that are not read as one.
const PART: char = '\u{1e}';

impl VisibleLetters {
    /// The letters and digits of a plain text.
    #[must_use]
    pub(crate) fn new(text: &str) -> Self {
        let mut letters = Self::default();
        letters.add(text, 0);
        letters
    }

    /// Adds a plain text whose source begins at the byte `at`.
    pub(crate) fn add(&mut self, text: &str, at: usize) {
        for (byte, c) in text.char_indices() {
            self.push(c, at + byte..at + byte + c.len_utf8());
        }
    }

    /// Adds a character with its source range; an escape may be several bytes long.
    pub(crate) fn push(&mut self, c: char, written: Range<usize>) {
        if c.is_ascii_alphanumeric() {
            self.push_letter(c.to_ascii_lowercase(), location(written));
        } else if is_invisible(c) {
            // Invisible characters do not separate words.
        } else if c.is_ascii() {
            self.is_parted = true;
        } else {
            let c = plain(c);
            for c in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
                if c.is_alphanumeric() {
                    self.push_letter(c, location(written.clone()));
                } else if !is_combining_mark(c) {
                    self.is_parted = true;
                }
            }
        }
    }

    /// Ends the current text: what follows belongs to another one.
    pub(crate) fn part(&mut self) {
        self.is_parted = true;
        if !self.text.ends_with(PART) {
            self.push_letter(PART, self.places.last().copied().unwrap_or_default());
        }
    }

    fn push_letter(&mut self, c: char, location: (u32, u32)) {
        let last = self.text.chars().next_back();
        let turns = last.is_none_or(|last| last.is_numeric() != c.is_numeric() || last == PART);
        self.text.push(c);
        self.begins.resize(self.text.len(), self.is_parted || turns);
        self.places.resize(self.text.len(), location);
        self.is_parted = false;
    }

    /// The letters and digits in one string. Separate texts are divided by [`PART`], which does not occur in texts.
    #[must_use]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether a word may begin or end before the byte `at` of the letters.
    #[must_use]
    pub(crate) fn may_part(&self, at: usize) -> bool {
        self.begins.get(at).is_none_or(|begins| *begins)
    }

    /// The letters whose source is in `written`.
    #[must_use]
    pub(crate) fn within(&self, written: Range<usize>) -> Range<usize> {
        let start = self.places.partition_point(|location| (location.0 as usize) < written.start);
        start..self.places.partition_point(|location| (location.0 as usize) < written.end).max(start)
    }

    /// The source range of a part of the letters, which must not be empty.
    #[must_use]
    pub(crate) fn written(&self, part: Range<usize>) -> Range<usize> {
        let start = self.places.get(part.start).map_or(0, |location| location.0);
        let end = self.places.get(part.end.saturating_sub(1)).map_or(start, |location| location.1);
        start as usize..end as usize
    }
}

/// A source range in 32 bits. Texts are far smaller than 4 GiB.
#[allow(clippy::cast_possible_truncation, reason = "texts that annal reads or writes are never that long")]
fn location(written: Range<usize>) -> (u32, u32) {
    (written.start as u32, written.end as u32)
}

/// Whether the visible text is the same as the source, byte for byte.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    // No early exit, so that the compiler can check many bytes at once. The separator 0x1e is allowed.
    let has_control = bytes.iter().fold(false, |any, byte| any | matches!(byte, 0..=0x1d | 0x1f | 0x7f));
    let is_even = !has_control && memchr::memmem::find(bytes, b"  ").is_none();
    is_even && (text.is_ascii() || has_only_plain_characters(text))
}

/// Whether every character looks as written, in a text without line endings and double spaces.
fn has_only_plain_characters(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii() || !(is_blank(c) || is_invisible(c) || plain(c) != c);
    text.chars().all(is_plain)
}

/// Whether a character shows as white space.
fn is_blank(c: char) -> bool {
    // The Braille blank and the Hangul fillers are not white space in Unicode, but look like it.
    c.is_whitespace() || matches!(c, '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{115f}' | '\u{1160}')
}

/// Whether a character is invisible on the page: soft hyphens, joiners, variation selectors, direction marks, and
/// control characters, which HTML ignores.
fn is_invisible(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1d}' | '\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The digit 0 of every script with its own digits; 1 to 9 follow it (Unicode 16, general category `Nd`).
const ZEROS: &[u32] = &[
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0,
    0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50,
    0x11d50, 0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2,
    0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The plain character that a reader takes `c` for: the ASCII digit for a digit of another script, the plain letter or
/// sign for a full-width or mathematical one, otherwise `c` itself.
fn plain(c: char) -> char {
    let code = c as u32;
    // No character below the first non-ASCII digit looks like another.
    if code < ZEROS[0] {
        return c;
    }
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last().copied().unwrap_or_default();
    if code - zero < 10 {
        return char::from_digit(code - zero, 10).unwrap_or(c);
    }
    match code {
        // Full-width and mathematical letters. Superscripts are kept: they number footnotes.
        0xff01..=0xff5e | 0xfe50..=0xfe6b | 0x1d400..=0x1d7cb => std::iter::once(c).nfkc().next().unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_again_in_what_is_written() {
        for (written, seen) in [
            ("plain é", "plain é"),
            ("0770\u{200b}0 é\u{ad}1\u{feff}", "07700 é1"),
            ("\u{ff10}\u{ff11} x", "01 x"),
            ("943\u{a0} 476\n\n  5919", "943 476 5919"),
            ("٩٤٣ 𝟜𝟟𝟞 jo＠x", "943 476 jo@x"),
            ("𝐉𝐨\u{2800}Smith", "Jo Smith"),
            ("943\u{1} 4\u{7f}76", "943 476"),
        ] {
            let made = VisibleText::new(written);
            assert_eq!(made.text, seen);
            for (at, c) in seen.char_indices() {
                let part = &written[made.written(at..at + c.len_utf8())];
                assert_eq!(VisibleText::new(part).text, c.to_string());
            }
        }
    }

    #[test]
    fn every_zero_begins_ten_digits() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            for digit in 0..10 {
                let c = char::from_u32(zero + digit).unwrap();
                assert_eq!(plain(c).to_digit(10), Some(digit), "U+{:X}", zero + digit);
            }
        }
    }

    #[test]
    fn letters_are_what_all_spellings_share() {
        for text in ["Child J.S.", "child-j-s", "CHILD\u{a0}J S", "Chíld, J–S!", "child\u{ad}j.s"] {
            assert_eq!(VisibleLetters::new(text).text(), "childjs", "{text}");
        }
        let letters = VisibleLetters::new("ring 01908 25");
        assert_eq!(letters.written(4..11), 5..13);
        assert!(letters.may_part(0) && letters.may_part(4) && !letters.may_part(5) && letters.may_part(11));
        assert!(letters.may_part(9), "the space before 25");
        assert!(VisibleLetters::new("n943").may_part(1), "digits begin after a letter");
        let mut parts = VisibleLetters::default();
        parts.add("ab", 0);
        parts.part();
        parts.add("c", 9);
        assert!(!parts.text().contains("abc") && parts.may_part(parts.text().len() - 1));
    }
}
