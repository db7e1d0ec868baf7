//! Telephone numbers: British ones in any usual grouping, and foreign ones with a country code.
//!
//! British numbers follow Ofcom's National Telephone Numbering Plan: 0 and nine or ten digits.

mod unusual;

pub(crate) use self::unusual::extension;

use std::ops::Range;

use super::text_cursor::{char_at, char_before, digits_at, is_hyphen};

/// Well-known numbers of eight digits. Other numbers of that length look the same as hours such as 0800-1600.
const SHORT_NUMBERS: &[&str] = &["08001111", "08454647"];
/// The most digits of a national number, including its 0.
const NATIONAL: usize = 11;
/// The most characters between two groups of digits, which may be a line ending and indentation.
const SEPARATORS: usize = 8;
/// How many digits an international number has: shorter ones rarely belong to a person, longer ones do not exist.
const INTERNATIONAL: std::ops::RangeInclusive<usize> = 10..=15;

/// A telephone number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Telephone {
    /// Its range in the text.
    pub range: Range<usize>,
    /// The numbers as digits; `01908 253169/70` gives two. British numbers begin with 0, others with `+`.
    pub numbers: Vec<String>,
}

/// The number at `start`, where a word begins with a digit, `+` or the letter O.
pub(crate) fn number_at(text: &str, start: usize) -> Option<Telephone> {
    let first = *text.as_bytes().get(start)?;
    let may_be_usual = matches!(first, b'0' | b'+');
    let usual = may_be_usual.then(|| at(text, start)).flatten();
    usual.or_else(|| unusual::at(text, start)).or_else(|| {
        let may_hold_letters = matches!(first, b'0' | b'O' | b'o');
        may_hold_letters.then(|| unusual::with_letters(text, start)).flatten()
    })
}

/// The number in one of the usual forms at `start`, where a word begins with `0` or `+`.
fn at(text: &str, start: usize) -> Option<Telephone> {
    if is_joined(text, start) {
        return None;
    }
    let (digits, end) = match char_at(text, start)? {
        '+' => international(text, start + 1)?,
        '0' if text[start..].starts_with("0044") => international(text, start + 2)?,
        '0' if text[start..].starts_with("0)") => {
            national(text, start + 2, "0".to_owned(), 2).filter(|(digits, _)| is_national(digits, text, start + 2))?
        }
        '0' => national(text, start, String::new(), 3).filter(|(digits, _)| is_national(digits, text, start))?,
        _ => return None,
    };
    if !ends_number(text, end) {
        return None;
    }
    let mut numbers = vec![digits];
    let end = alternatives(text, end, &mut numbers);
    // `(01908) 253772` includes its bracket.
    let opens = char_before(text, start) == Some('(')
        && text[start..end].find(')') < text[start..end].find('(').or(Some(usize::MAX));
    let start = if opens && text[start..end].contains(')') { start - 1 } else { start };
    Some(Telephone { range: start..end, numbers })
}

/// Whether the digits continue something before them, such as an amount, a decimal or a reference, and so are not a
/// number of their own.
fn is_joined(text: &str, start: usize) -> bool {
    let Some(before) = char_before(text, start) else { return false };
    let before_that = char_before(text, start - before.len_utf8());
    let may_part = matches!(before, '=' | '_') || is_hyphen(before);
    if may_part && before_that.is_some_and(char::is_alphabetic) {
        return !unusual::follows_label(text, start) && !is_grouped(text, start);
    }
    matches!(before, '£' | '$' | '€' | '_' | '#' | '+' | '=')
        || (matches!(before, '.' | ',' | ':') && before_that.is_some_and(|c| c.is_ascii_digit()))
        || (is_hyphen(before) && before_that.is_some_and(char::is_alphanumeric))
}

/// Whether white space separates the first groups of a number at `start`, which it never does in references and web
/// addresses.
fn is_grouped(text: &str, start: usize) -> bool {
    let digits = start + usize::from(text[start..].starts_with('+'));
    let end = digits + digits_at(text, digits);
    let next = super::text_cursor::skip_space(text, end);
    next > end && digits_at(text, next) > 0
}

/// Whether a number may end at `end` instead of being part of a longer word.
fn ends_number(text: &str, end: usize) -> bool {
    !char_at(text, end).is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '%'))
}

/// A number after `+` or `00`: its digits, with 0 for the British country code, and its end.
fn international(text: &str, start: usize) -> Option<(String, usize)> {
    if text[start..].starts_with("44") {
        let mut at = separators_end(text, start + 2);
        for zero in ["(0)", "0)", "0"] {
            if text[at..].starts_with(zero) {
                at = separators_end(text, at + zero.len());
                break;
            }
        }
        return national(text, at, "0".to_owned(), 2).filter(|(digits, _)| is_national(digits, text, at));
    }
    let (mut digits, mut at, mut end) = ("+".to_owned(), start, start);
    loop {
        let group = digits_at(text, at);
        if group == 0 || digits.len() + group > INTERNATIONAL.end() + 1 {
            break;
        }
        digits.push_str(&text[at..at + group]);
        end = at + group;
        at = separators_end(text, end);
        if at == end {
            break;
        }
    }
    INTERNATIONAL.contains(&(digits.len() - 1)).then_some((digits, end))
}

/// Reads groups of digits up to the length of a national number. The first group has at least `first` digits.
fn national(text: &str, start: usize, mut digits: String, first: usize) -> Option<(String, usize)> {
    let (mut at, mut end, mut least) = (start, start, first);
    loop {
        let group = digits_at(text, at);
        if group < least || digits.len() + group > NATIONAL {
            break;
        }
        digits.push_str(&text[at..at + group]);
        (end, least) = (at + group, 2);
        at = separators_end(text, end);
        // `01908/253772`: the second group completes the number and is not the ending of another one.
        if at == end && text[end..].starts_with('/') && is_rest(digits.len(), digits_at(text, end + 1)) {
            at = end + 1;
        }
        if at == end || digits.len() == NATIONAL || SHORT_NUMBERS.contains(&digits.as_str()) {
            break;
        }
    }
    (end > start).then_some((digits, end))
}

/// Whether a group of digits completes a number that begins with an area code of `area` digits.
fn is_rest(area: usize, group: usize) -> bool {
    area + group == NATIONAL && group >= area
}

/// Whether digits read from `start` are a number that can be called.
fn is_national(digits: &str, text: &str, start: usize) -> bool {
    let area = digits_at(text, start);
    match digits.len() {
        NATIONAL => matches!(digits.as_bytes()[1], b'1' | b'2' | b'3' | b'7' | b'8'),
        // Old numbers of ten digits differ from references by their grouping.
        10 => digits.starts_with("0800") || (digits.starts_with("01") && (4..=6).contains(&area)),
        _ => SHORT_NUMBERS.contains(&digits),
    }
}

/// The end of a separator between two groups of digits; `at` itself if no digit follows.
fn separators_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let is_separator = |c: char| c.is_whitespace() || is_hyphen(c) || matches!(c, '.' | '(' | ')');
    let separators = rest.chars().take_while(|c| is_separator(*c)).take(SEPARATORS).map(char::len_utf8).sum::<usize>();
    if digits_at(text, at + separators) > 0 { at + separators } else { at }
}

/// Reads `/70` or `/253170` after a number, meaning further numbers with that ending. Returns the end.
fn alternatives(text: &str, mut end: usize, numbers: &mut Vec<String>) -> usize {
    while let Some('/') = char_at(text, end) {
        let start = end + 1;
        let length = digits_at(text, start);
        let first = &numbers[0];
        // An ending that begins like an area code belongs to the next number.
        let is_code = length > 2 && char_at(text, start) == Some('0');
        let is_ending = (1..=7).contains(&length) && length < first.len() && !is_code;
        if !is_ending || char_at(text, start + length).is_some_and(char::is_alphanumeric) {
            break;
        }
        let other = format!("{}{}", &first[..first.len() - length], &text[start..start + length]);
        numbers.push(other);
        end = start + length;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;
    use super::*;

    fn check(text: &str) -> String {
        found(text, super::super::FindingKind::Telephone)
    }

    #[test]
    fn numbers_are_found_however_they_are_grouped() {
        for text in [
            "01908 253772",
            "01908/253772",
            "(0)1908 253772",
            "01908253772",
            "01908 253 772",
            "01908 25 37 72",
            "01908-253-772",
            "01908.253.772",
            "(01908) 253772",
            "0121 303 1888",
            "020 7946 0958",
            "0207 946 0958",
            "0300 123 4567",
            "07700 900123",
            "07700 900 123",
            "0800 1111",
            "0800 123456",
            "0845 46 47",
            "016977 3456",
            "01204 12345",
            "+44 1908 253772",
            "+441908253772",
            "+44 (0)1908 253772",
            "+44(0) 1908 253772",
            "(+44) 1908 253772",
            "0044 1908 253772",
            "+353 1 234 5678",
            "+1-202-555-0123",
            "01908\u{a0}253772",
            "01908\n  253772",
            "01908 253169/70",
            "01908 253169/253170",
        ] {
            assert_eq!(check(text), text);
            assert_eq!(check(&format!("Ring {text}.")), text);
            assert_eq!(check(&format!("tel:{text}, 24 hours")), text);
        }
        assert_eq!(check("mobile=07700900123"), "07700900123");
        assert_eq!(check("Mobile-07700 900123"), "07700 900123");
        assert_eq!(check("subject=01632 960123"), "01632 960123");
        assert_eq!(check("mob_07700 900123"), "07700 900123");
        assert_eq!(check("?id=01908253772"), "");
        assert_eq!(check("01908 253772 24 hours"), "01908 253772");
        assert_eq!(check("0800 1111 24 hours"), "0800 1111");
        assert_eq!(check("9 to 5 01908 253772"), "01908 253772");
        assert_eq!(check("01908 253772 or 07700 900123"), "01908 253772|07700 900123");
        assert_eq!(check("01908 253772/01908 253773"), "01908 253772|01908 253773");
    }

    #[test]
    fn other_numbers_are_allowed() {
        for text in [
            "999",
            "111",
            "101",
            "112",
            "116 123",
            "01/02/2019 10:30",
            "01-02-2019 1030",
            "01.02.2019 10:30",
            "2019-20 4567890",
            "0800-1600",
            "0830 to 1700",
            "0830-1700 1630",
            "£01908253772",
            "0.01908253772",
            "01908253772%",
            "01908253772a",
            "01908 2537",
            "0123 4567 8901 2345",
            "0190825377",
            "09012345678901",
            "AB01908253772",
            "REF-01908253772",
            "04908 253772",
            "10,000,000,000",
            "+10%",
            "+1234",
            "1,908,253,772",
            "01908 253",
            "02-1234-5678-9",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }

    #[test]
    fn digits_are_given_in_one_form() {
        let numbers = |text: &str| at(text, text.find(['0', '+']).unwrap()).unwrap().numbers.join(" ");
        assert_eq!(numbers("01908 253169/70"), "01908253169 01908253170");
        assert_eq!(numbers("01908 253169/70/71"), "01908253169 01908253170 01908253171");
        assert_eq!(numbers("+44 (0)1908 253772"), "01908253772");
        assert_eq!(numbers("0044 1908 253772"), "01908253772");
        assert_eq!(numbers("(01908) 253772"), "01908253772");
        assert_eq!(numbers("+353 1 234 5678"), "+35312345678");
    }
}
