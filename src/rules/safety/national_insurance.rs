//! National Insurance numbers: two letters, six digits and a letter, as in HMRC's manual NIM39110.

use super::text_cursor::{
    begins_word, char_at, ends_word, is_any_of, is_hyphen, near_before, single_space_end, words_back,
};

/// Prefixes that are never issued.
const NEVER_GIVEN: &[&[u8; 2]] = &[b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"];
/// Words and units of two letters after which `10 12 14 a` is not such a number: `we 10 12 14 a day`.
#[rustfmt::skip] // One word per line would take pages.
const WORDS: &[&str] = &[
    "ah", "al", "am", "an", "as", "at", "ax", "be", "by", "cc", "ch", "cl", "cm", "ct", "eg", "em", "en", "et", "ex",
    "go", "ha", "he", "hm", "km", "la", "le", "lb", "ma", "me", "ml", "mm", "mr", "ms", "my", "nr", "oh", "ox", "pa",
    "pm", "pp", "pt", "re", "sh", "st", "th", "to", "we", "ya", "ye",
];
/// How many bytes before a number are searched for its label.
const LOOK_BACK: usize = 40;

/// Letters and digits in the form of such a number.
struct LettersAndDigits {
    /// The first two letters, in capitals.
    prefix: [u8; 2],
    /// Whether they are written in capitals.
    is_capital: bool,
    has_suffix: bool,
    parting: Grouping,
    end: usize,
}

/// How letters and digits are separated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grouping {
    /// Not at all.
    None,
    /// Only after pairs.
    Even,
    Uneven,
}

/// The end of a number at `start`, which is the start of a word.
///
/// A number without its last letter needs pairs or a label. A number in small letters with separators needs the same,
/// or a prefix that is not a word.
pub(crate) fn at(text: &str, start: usize) -> Option<usize> {
    let shape = shape(text, start)?;
    let prefix = shape.prefix;
    // HMRC reserves QQ for examples.
    if &prefix == b"QQ" {
        return None;
    }
    let is_given =
        !b"DFIQUV".contains(&prefix[0]) && !b"DFIQUVO".contains(&prefix[1]) && !NEVER_GIVEN.contains(&&prefix);
    let is_clear = match (shape.is_capital, shape.has_suffix) {
        (true, true) => true,
        (true, false) => shape.parting == Grouping::Even && is_in_pairs(&text[start..shape.end]),
        (false, true) if shape.parting == Grouping::None => true,
        (false, true) => shape.parting == Grouping::Even && !is_any_of(&text[start..start + 2], WORDS),
        (false, false) => false,
    };
    ((is_given && is_clear) || is_labelled(text, start)).then_some(shape.end)
}

/// The end of letters and digits in the form of such a number, even if the prefix is never issued.
pub(crate) fn shape_end(text: &str, start: usize) -> Option<usize> {
    let shape = shape(text, start)?;
    (shape.has_suffix || is_labelled(text, start)).then_some(shape.end)
}

/// Reads letters and digits at `start`, with single spaces, hyphens, full stops or slashes between.
fn shape(text: &str, start: usize) -> Option<LettersAndDigits> {
    let letters = text.as_bytes().get(start..start + 2)?;
    if !letters.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let prefix = [letters[0].to_ascii_uppercase(), letters[1].to_ascii_uppercase()];
    let is_capital = letters.iter().all(u8::is_ascii_uppercase);
    let (mut at, mut parting) = (start + 2, Grouping::None);
    for digit in 0..6 {
        let next = separator_end(text, at);
        if next > at {
            parting = if digit % 2 == 1 || parting == Grouping::Uneven { Grouping::Uneven } else { Grouping::Even };
        }
        if !char_at(text, next)?.is_ascii_digit() {
            return None;
        }
        at = next + 1;
    }
    let suffix = separator_end(text, at);
    let after = char_at(text, suffix);
    let is_suffix = |c: char| matches!(c, 'A'..='D') || (!is_capital && matches!(c, 'a'..='d'));
    let has_suffix = after.is_some_and(is_suffix) && ends_word(text, suffix + 1);
    let end = if has_suffix { suffix + 1 } else { at };
    // Further digits make it another kind of number.
    let goes_on = after.is_some_and(|c| c.is_ascii_digit());
    (ends_word(text, end) && !goes_on).then_some(LettersAndDigits { prefix, is_capital, has_suffix, parting, end })
}

/// Whether the digits are in pairs: `AB 12 34 56`.
fn is_in_pairs(text: &str) -> bool {
    text.bytes().filter(|byte| !byte.is_ascii_alphanumeric()).count() >= 3
}

/// Whether words before the number say what it is.
fn is_labelled(text: &str, start: usize) -> bool {
    let near = near_before(text, start, LOOK_BACK);
    let mut words = words_back(near).take(5).peekable();
    let is_label = |word: &str| is_any_of(word, &["NI", "NINO", "NINo"]);
    while let Some(word) = words.next() {
        let is_insurance = word.eq_ignore_ascii_case("insurance");
        if is_label(word) || (is_insurance && words.peek().is_some_and(|word| word.eq_ignore_ascii_case("national"))) {
            return true;
        }
    }
    near.rfind("N.I.").is_some_and(|at| begins_word(near, at))
}

/// The end of a separator at `at`; `at` itself if there is none.
fn separator_end(text: &str, at: usize) -> usize {
    match char_at(text, at) {
        Some(c) if is_hyphen(c) || matches!(c, '.' | '/') => at + c.len_utf8(),
        _ => single_space_end(text, at).unwrap_or(at),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::FindingKind::NationalInsurance)
    }

    #[test]
    fn numbers_are_found_however_they_are_separated() {
        for text in [
            "AB123456C",
            "AB 12 34 56 C",
            "AB 123456 C",
            "AB-12-34-56-C",
            "AB 123 456 D",
            "ab123456c",
            "JK123456A",
            "AB.12.34.56.C",
            "jk 12 34 56 a",
            "Jk 12 34 56 A",
            "jk-12-34-56-a",
            "jk 123456 a",
            "JK 12 34 56",
            "ab 12 34 56 c",
        ] {
            assert_eq!(check(text), text);
            assert_eq!(check(&format!("(NI: {text}).")), text);
        }
        for text in ["JK123456", "jk123456", "jk 12 34 56", "DA123456C"] {
            assert_eq!(check(&format!("National Insurance number {text}")), text);
            assert_eq!(check(&format!("NINO: {text}")), text);
        }
    }

    #[test]
    fn other_references_are_allowed() {
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
            "JK 123456",
            "jk 12 34 56",
            "JK 12 34 56 78",
            "NI number QQ 12 34 56 C",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
