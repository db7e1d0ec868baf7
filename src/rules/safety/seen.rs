//! A text as a reader sees it: without the characters that nobody sees, which come along from messengers and word
//! processors and would part a number, and with digits of full width as plain ones.

use std::borrow::Cow;
use std::ops::Range;

/// A text as it is seen, and where each byte of it stands in the text as it is written.
pub struct Seen<'t> {
    /// What is seen.
    pub text: Cow<'t, str>,
    /// For each byte of it, where its character begins and ends in what is written; nothing where both are the same.
    places: Vec<(usize, usize)>,
}

impl<'t> Seen<'t> {
    /// What a reader sees of `text`.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        if text.is_ascii() || !text.chars().any(|c| is_invisible(c) || is_wide_digit(c)) {
            return Self { text: Cow::Borrowed(text), places: Vec::new() };
        }
        let (mut seen, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (at, c) in text.char_indices().filter(|(_, c)| !is_invisible(*c)) {
            // The wide digits stand in their order, as the plain ones do.
            let plain = if is_wide_digit(c) { char::from_u32(c as u32 - WIDE_ZERO + u32::from('0')) } else { Some(c) };
            seen.push(plain.unwrap_or(c));
            places.resize(seen.len(), (at, at + c.len_utf8()));
        }
        Self { text: Cow::Owned(seen), places }
    }

    /// Where a part of what is seen, which is not empty, stands in what is written.
    #[must_use]
    pub fn written(&self, part: Range<usize>) -> Range<usize> {
        match (self.places.get(part.start), self.places.get(part.end.wrapping_sub(1))) {
            (Some((start, _)), Some((_, end))) => *start..*end,
            _ => part,
        }
    }
}

/// The digit 0 of full width; the others follow it.
const WIDE_ZERO: u32 = 0xff10;

fn is_wide_digit(c: char) -> bool {
    (WIDE_ZERO..WIDE_ZERO + 10).contains(&(c as u32))
}

/// Whether a character leaves no trace on the page: soft hyphens, joiners, and marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_again_in_what_is_written() {
        for (written, seen) in
            [("plain é", "plain é"), ("0770\u{200b}0 é\u{ad}1\u{feff}", "07700 é1"), ("\u{ff10}\u{ff11} x", "01 x")]
        {
            let made = Seen::of(written);
            assert_eq!(made.text, seen);
            for (at, c) in seen.char_indices() {
                let part = &written[made.written(at..at + c.len_utf8())];
                assert_eq!(Seen::of(part).text, c.to_string());
            }
        }
    }
}
