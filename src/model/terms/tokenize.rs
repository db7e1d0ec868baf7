//! Splits text into the words that terms and acronyms consist of: letters and digits, with hyphens and `&` inside.

/// A word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The number of its capitals.
    pub capitals: usize,
    /// Whether one of them comes after the first character.
    pub has_inner_capital: bool,
}

impl Token {
    /// Whether its capitals rule out an ordinary word, which may have a capital only at its start.
    pub(crate) fn is_like_acronym(self) -> bool {
        self.has_inner_capital
    }
}

/// The words of `text` from byte `at` on.
pub(crate) struct Tokenizer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokenizer<'t> {
    /// Starts at byte `at`, which must be the start of a character.
    pub(crate) fn from(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }
}

impl Iterator for Tokenizer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let kind = |at: usize| bytes.get(at).map_or(ByteKind::Separator, |byte| BYTE_KINDS[usize::from(*byte)]);
        let mut at = self.at;
        while at < bytes.len() {
            match kind(at) {
                ByteKind::Small | ByteKind::Capital => break,
                ByteKind::Other if letter(bytes, at) > 0 => break,
                ByteKind::Separator | ByteKind::Other => at += 1,
            }
        }
        let mut word = Token { start: at, end: at, capitals: 0, has_inner_capital: false };
        loop {
            match kind(at) {
                ByteKind::Small => at += 1,
                ByteKind::Capital => {
                    word.capitals += 1;
                    word.has_inner_capital |= at > word.start;
                    at += 1;
                }
                ByteKind::Other if letter(bytes, at) > 0 => at += letter(bytes, at),
                ByteKind::Separator | ByteKind::Other => {
                    word.end = at;
                    let joint = joint(bytes, at);
                    if joint == 0 || letter(bytes, at + joint) == 0 {
                        break;
                    }
                    at += joint;
                }
            }
        }
        self.at = at;
        (word.end > word.start).then_some(word)
    }
}

/// What a byte is in a word. Most bytes need no closer look.
#[derive(Clone, Copy)]
enum ByteKind {
    /// Not in a word.
    Separator,
    /// A small ASCII letter or a digit.
    Small,
    /// An ASCII capital.
    Capital,
    /// A hyphen, an `&`, or a part of a character that is not ASCII.
    Other,
}

static BYTE_KINDS: [ByteKind; 256] = {
    let mut kinds = [ByteKind::Other; 256];
    let mut byte = 0u8;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => ByteKind::Small,
            b'A'..=b'Z' => ByteKind::Capital,
            b'-' | b'&' => ByteKind::Other,
            _ => ByteKind::Separator,
        };
        byte += 1;
    }
    kinds
};

/// The length in bytes of the letter or digit at `at`; 0 if there is none.
///
/// Beyond ASCII, everything counts as a letter except Latin-1 signs, general punctuation and the placeholder for code:
/// a table of all letters would not find other words in such texts.
#[inline]
fn letter(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(byte) if byte.is_ascii() => usize::from(byte.is_ascii_alphanumeric()),
        Some(byte) => wide_letter(*byte, &bytes[at + 1..]),
        None => 0,
    }
}

/// The same for a character that is not ASCII and begins with the byte `first`.
fn wide_letter(first: u8, rest: &[u8]) -> usize {
    match (first, rest) {
        (0xC2 | 0x80..=0xBF, _) | (0xE2, [0x80 | 0x81, ..]) | (0xEF, [0xBF, ..]) => 0,
        (0xC0..=0xDF, _) => 2,
        (0xE0..=0xEF, _) => 3,
        _ => 4,
    }
}

/// The length in bytes of a hyphen or `&` at `at` that may join two parts of a word; 0 if there is none.
#[inline]
fn joint(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..).unwrap_or_default() {
        [b'-' | b'&', ..] => 1,
        // The hyphen and the non-breaking hyphen, U+2010 and U+2011.
        [0xE2, 0x80, 0x90 | 0x91, ..] => 3,
        _ => 0,
    }
}

/// The end of the part of a word that begins at `at`: its letters, digits and `&` up to a hyphen or the end of the
/// word. A lone `&` is a part too.
pub(crate) fn part_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(at) == Some(&b'&') && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) {
        return at + 1;
    }
    let mut end = at;
    loop {
        let length = letter(bytes, end);
        if length > 0 {
            end += length;
        } else if end > at && bytes.get(end) == Some(&b'&') && letter(bytes, end + 1) > 0 {
            end += 1;
        } else {
            return end;
        }
    }
}

/// The parts of a word between its hyphens.
pub(crate) fn parts(text: &str, word: Token) -> impl Iterator<Item = Token> {
    let pieces = text[word.start..word.end].split(['-', '\u{2010}', '\u{2011}']);
    let start = text.as_ptr() as usize;
    pieces.filter(|piece| !piece.is_empty()).map(move |piece| {
        let from = piece.as_ptr() as usize - start;
        let capitals = piece.bytes().filter(u8::is_ascii_uppercase).count();
        let has_inner_capital = piece.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
        Token { start: from, end: from + piece.len(), capitals, has_inner_capital }
    })
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Appends a part of a word in the form of [`key`](crate::model::glossary::key).
pub(super) fn push_folded(part: &str, key: &mut String) {
    for c in part.chars().filter(|c| !is_hyphen(*c)) {
        if c.is_ascii() { key.push(c.to_ascii_lowercase()) } else { key.extend(c.to_lowercase()) }
    }
}

/// The start of the next part, after one hyphen or white space.
pub(super) fn next_part(text: &str, end: usize, limit: usize) -> Option<usize> {
    let rest = &text[end..limit];
    let gap = match rest.chars().next()? {
        c if is_hyphen(c) => c.len_utf8(),
        c if c.is_whitespace() => rest.len() - rest.trim_start().len(),
        _ => return None,
    };
    (gap < rest.len()).then_some(end + gap)
}

/// Whether a word may end at `end`. A further part may follow only after a hyphen.
pub(super) fn is_end(text: &str, end: usize) -> bool {
    !text[end..].chars().next().is_some_and(|c| c.is_alphanumeric() || c == '&')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        let words = Tokenizer::from(text, 0).map(|word| format!("{}{}", &text[word.start..word.end], word.capitals));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_keep_the_signs_that_join_their_parts() {
        assert_eq!(check("The A&E, CP-IS & CP‑IS: a—b"), "The1 A&E2 CP-IS4 CP‑IS4 a0 b0");
        assert_eq!(check("SARs’ café £5 x\u{a0}y"), "SARs3 café0 50 x0 y0");
        assert_eq!(check("-a- &b\u{1e}c\u{fffc}d"), "a0 b0 c0 d0");
        assert_eq!(check(""), "");
    }

    #[test]
    fn parts_are_words() {
        let text = "a non-NHS-led";
        let word = Tokenizer::from(text, 2).next().unwrap();
        let shown: Vec<_> = parts(text, word).map(|part| (&text[part.start..part.end], part.capitals)).collect();
        assert_eq!(shown, [("non", 0), ("NHS", 3), ("led", 0)]);
    }
}
