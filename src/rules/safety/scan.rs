//! One pass over a text that stops only where something may begin that must not be published.

use std::ops::Range;

use super::around::{begins_word, digits_at};
use super::{
    birth_date, email, initials, national_insurance, nhs_number, placeholder, postcode, small_count, telephone,
};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An NHS number.
    NhsNumber,
    /// A National Insurance number.
    NationalInsurance,
    /// A date of birth.
    BirthDate,
    /// A telephone number.
    Telephone,
    /// An email address.
    Email,
    /// A postcode.
    Postcode,
    /// A child or an adult by initials.
    Initials,
    /// A count of people from one to four.
    SmallCount,
    /// Words that were to be replaced.
    Placeholder,
}

/// Something that must not be published, in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// The flagged words.
    pub range: Range<usize>,
}

/// Finds everything in a text; what lies in an earlier finding is passed over, so that one mistake is told once.
pub struct Scan<'t> {
    text: &'t str,
    /// The next byte to look at.
    at: usize,
    /// Where the last finding ends.
    done: usize,
}

impl<'t> Scan<'t> {
    /// Whatever is found in `text`.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        Self { text, at: 0, done: 0 }
    }
}

impl Iterator for Scan<'_> {
    type Item = Finding;

    fn next(&mut self) -> Option<Finding> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            let start = self.at;
            match byte {
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                    let word = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                    self.at += word;
                }
                _ => {
                    self.at += 1;
                    if !matches!(byte, b'@' | b'[' | b'+') {
                        continue;
                    }
                }
            }
            // Bytes beyond ASCII are no letters here, so a word that one of them begins must be told from its tail.
            let is_tail = start > 0 && bytes[start - 1] >= 0x80 && byte.is_ascii_alphanumeric();
            if is_tail && !begins_word(self.text, start) {
                continue;
            }
            if let Some(finding) = found_at(self.text, start, *byte).filter(|finding| finding.range.start >= self.done)
            {
                self.done = finding.range.end;
                self.at = self.at.max(finding.range.end);
                return Some(finding);
            }
        }
        None
    }
}

/// What begins at `start`, where `byte` begins a word or is a sign that something may lie around it.
fn found_at(text: &str, start: usize, byte: u8) -> Option<Finding> {
    let finding = |kind, end: Option<usize>| end.map(|end| Finding { kind, range: start..end });
    let around = |kind, range: Option<Range<usize>>| range.map(|range| Finding { kind, range });
    match byte {
        b'@' => around(Kind::Email, email::around(text, start)),
        b'[' => finding(Kind::Placeholder, placeholder::at(text, start)),
        b'+' => around(Kind::Telephone, telephone::at(text, start).map(|telephone| telephone.range)),
        b'0'..=b'9' => finding(Kind::NhsNumber, nhs_number::at(text, start))
            .or_else(|| {
                let telephone = (byte == b'0').then(|| telephone::at(text, start)).flatten();
                around(Kind::Telephone, telephone.map(|telephone| telephone.range))
            })
            .or_else(|| {
                let is_small = matches!(byte, b'1'..=b'4') && digits_at(text, start) == 1;
                finding(Kind::SmallCount, is_small.then(|| small_count::at(text, start)).flatten())
            }),
        _ => in_letters(text, start, byte),
    }
}

/// What begins at `start`, where a letter does.
fn in_letters(text: &str, start: usize, byte: u8) -> Option<Finding> {
    let finding = |kind, end: Option<usize>| end.map(|end| Finding { kind, range: start..end });
    // Two characters on stands a digit or what parts it from them, or else it is an ordinary word.
    let rest = &text.as_bytes()[start..];
    let is_code = rest.iter().skip(1).take(3).any(u8::is_ascii_digit);
    if is_code || matches!(rest, [b'G' | b'g', b'I' | b'i', b'R' | b'r', ..]) {
        let code = finding(Kind::NationalInsurance, national_insurance::at(text, start))
            .or_else(|| finding(Kind::Postcode, postcode::at(text, start)));
        if code.is_some() {
            return code;
        }
    }
    match byte.to_ascii_lowercase() {
        b'a' | b'c' | b'i' => finding(Kind::Initials, initials::at(text, start)),
        b'b' | b'd' => finding(Kind::Initials, initials::at(text, start))
            .or_else(|| birth_date::at(text, start).map(|range| Finding { kind: Kind::BirthDate, range })),
        b'o' | b'f' => finding(Kind::SmallCount, small_count::at(text, start)),
        b't' => finding(Kind::SmallCount, small_count::at(text, start))
            .or_else(|| finding(Kind::Placeholder, placeholder::at(text, start))),
        b'x' | b'l' => finding(Kind::Placeholder, placeholder::at(text, start)),
        _ => None,
    }
}
