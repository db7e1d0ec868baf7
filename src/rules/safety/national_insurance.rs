//! National Insurance numbers: two letters, six digits and a letter, as HMRC's manual NIM39110 gives them out.

use super::around::{char_at, ends_word, is_hyphen, single_space_end};

/// Pairs of letters that are never given out.
const NEVER_GIVEN: &[&[u8; 2]] = &[b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"];

/// Where the number ends that begins at `start`, a place where a word begins.
///
/// Capitals may be parted by single spaces or hyphens; small letters are read in one run alone, since `we 10 12 14 a
/// day` has the same shape.
pub fn at(text: &str, start: usize) -> Option<usize> {
    let letters = text.as_bytes().get(start..start + 2)?;
    let prefix = [letters[0].to_ascii_uppercase(), letters[1].to_ascii_uppercase()];
    let is_given =
        !b"DFIQUV".contains(&prefix[0]) && !b"DFIQUVO".contains(&prefix[1]) && !NEVER_GIVEN.contains(&&prefix);
    shape_end(text, start).filter(|_| is_given)
}

/// Where letters and digits end that are written as such a number is, though their prefix may never be given out.
pub fn shape_end(text: &str, start: usize) -> Option<usize> {
    let letters = text.as_bytes().get(start..start + 2)?;
    if !letters.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let may_part = letters.iter().all(u8::is_ascii_uppercase);
    let mut at = start + 2;
    for _ in 0..6 {
        at = separator_end(text, at, may_part);
        if !char_at(text, at)?.is_ascii_digit() {
            return None;
        }
        at += 1;
    }
    at = separator_end(text, at, may_part);
    let suffix = char_at(text, at)?;
    let is_suffix = if may_part { matches!(suffix, 'A'..='D') } else { matches!(suffix, 'a'..='d' | 'A'..='D') };
    (is_suffix && ends_word(text, at + 1)).then_some(at + 1)
}

/// The place after one separator, where one stands at `at` and may.
fn separator_end(text: &str, at: usize, may_part: bool) -> usize {
    let end = match char_at(text, at) {
        Some(c) if is_hyphen(c) => Some(at + c.len_utf8()),
        _ => single_space_end(text, at),
    };
    end.filter(|_| may_part).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::Kind::NationalInsurance)
    }

    #[test]
    fn numbers_are_found_however_they_are_parted() {
        for text in
            ["AB123456C", "AB 12 34 56 C", "AB 123456 C", "AB-12-34-56-C", "AB 123 456 D", "ab123456c", "JK123456A"]
        {
            assert_eq!(check(text), text);
            assert_eq!(check(&format!("(NI: {text}).")), text);
        }
    }

    #[test]
    fn other_references_are_none() {
        for text in [
            "DA123456C",
            "AO123456C",
            "BG123456C",
            "ZZ123456A",
            "AB123456E",
            "AB12345C",
            "AB1234567C",
            "AB123456",
            "XAB123456C",
            "AB123456CD",
            "AB  123456C",
            "we 10 12 14 a day",
            "MK 12 34 56",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
