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

/// Which bytes are ASCII letters and digits.
static IS_OF_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

impl Iterator for Scan<'_> {
    type Item = Finding;

    fn next(&mut self) -> Option<Finding> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            let start = self.at;
            self.at += 1;
            if IS_OF_WORD[usize::from(byte)] {
                while let Some(&next) = bytes.get(self.at)
                    && IS_OF_WORD[usize::from(next)]
                {
                    self.at += 1;
                }
            } else if !matches!(byte, b'@' | b'[' | b'+') {
                continue;
            }
            if !may_begin(&bytes[start..], self.at - start) {
                continue;
            }
            // Bytes beyond ASCII are no letters here, so a word that one of them begins must be told from its tail.
            let is_tail = start > 0 && bytes[start - 1] >= 0x80 && byte.is_ascii_alphanumeric();
            if is_tail && !begins_word(self.text, start) {
                continue;
            }
            if let Some(finding) = found_at(self.text, start, byte).filter(|finding| finding.range.start >= self.done) {
                self.done = finding.range.end;
                self.at = self.at.max(finding.range.end);
                return Some(finding);
            }
        }
        None
    }
}

/// Whether anything that is looked for may begin with the word of `length` bytes at the start of `rest`: told by its
/// first bytes, so that ordinary words cost next to nothing.
fn may_begin(rest: &[u8], length: usize) -> bool {
    let byte = |i: usize| rest.get(i).map_or(0, u8::to_ascii_lowercase);
    let is_known = match byte(0) {
        b'a' => byte(1) == b'd',
        b'b' => matches!(byte(1), b'a' | b'i' | b'o'),
        b'c' => byte(1) == b'h',
        b'd' => matches!(byte(1), b'a' | b'o' | b'.'),
        b'f' | b'l' => byte(1) == b'o',
        b'i' | b'o' => byte(1) == b'n',
        b't' => matches!(byte(1), b'b' | b'h' | b'o' | b'w' | b'.'),
        b'x' => byte(1) == b'x',
        b'e' | b'g'..=b'h' | b'j'..=b'k' | b'm'..=b'n' | b'p'..=b's' | b'u'..=b'w' | b'y'..=b'z' => false,
        _ => return true,
    };
    is_known || is_code(rest, length)
}

/// Whether a word may be the start of a postcode or a National Insurance number: a digit stands second or third, or
/// after the space or hyphen that follows two letters.
fn is_code(rest: &[u8], length: usize) -> bool {
    let is_digit = |i: usize| rest.get(i).is_some_and(u8::is_ascii_digit);
    is_digit(1)
        || is_digit(2)
        || (length == 2 && (is_digit(3) || rest.get(2).is_some_and(|byte| *byte >= 0x80)))
        || is_gir(rest)
}

/// Whether a word begins as the one postcode does that has no digit in its first half.
fn is_gir(rest: &[u8]) -> bool {
    matches!(rest, [b'G' | b'g', b'I' | b'i', b'R' | b'r', ..])
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
    let rest = &text.as_bytes()[start..];
    let length = rest.iter().take(3).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if is_code(rest, length) {
        let code = finding(Kind::NationalInsurance, national_insurance::at(text, start))
            .or_else(|| finding(Kind::Postcode, postcode::at(text, start)));
        if code.is_some() {
            return code;
        }
    }
    // Three letters tell nearly all other words apart before anything is compared.
    let letter = |i: usize| rest.get(i).map_or(0, u8::to_ascii_lowercase);
    match &[byte.to_ascii_lowercase(), letter(1), letter(2)] {
        b"chi" | b"adu" | b"bab" | b"inf" => finding(Kind::Initials, initials::at(text, start)),
        b"one" | b"two" | b"thr" | b"fou" => finding(Kind::SmallCount, small_count::at(text, start)),
        b"bor" | b"bir" | b"dob" | b"d.o" | b"dat" => {
            birth_date::at(text, start).map(|range| Finding { kind: Kind::BirthDate, range })
        }
        b"tbc" | b"t.b" | [b'x', b'x', _] | b"lor" => finding(Kind::Placeholder, placeholder::at(text, start)),
        [b't', b'o', after] if !after.is_ascii_alphanumeric() => {
            finding(Kind::Placeholder, placeholder::at(text, start))
        }
        _ => None,
    }
}
