//! NHS numbers: ten digits in one run or as 3-3-4, the last a check digit.
//!
//! The check digit is that of the NHS Data Dictionary: the first nine digits times 10 to 2, added up, and what their
//! sum lacks to a multiple of 11; 11 is written 0, and 10 is never given out.

use super::around::{char_at, char_before, digits_at, ends_word, is_hyphen, single_space_end, word_before};

/// Where the NHS number ends that begins at `start`, a place where a word begins.
pub fn at(text: &str, start: usize) -> Option<usize> {
    let (end, separator) = match digits_at(text, start) {
        10 => (start + 10, None),
        3 => grouped(text, start)?,
        _ => return None,
    };
    let digits: Vec<u32> = text.get(start..end)?.chars().filter_map(|c| c.to_digit(10)).collect();
    let is_number = is_valid(&digits) && ends_word(text, end) && !is_part(text, start, end, separator);
    (is_number && !is_book(text, start)).then_some(end)
}

/// The end and the separator of three digits, three and four, with the same separator twice.
fn grouped(text: &str, start: usize) -> Option<(usize, Option<char>)> {
    let separator = char_at(text, start + 3)?;
    let second = separator_end(text, start + 3)?;
    let again = char_at(text, second + 3).filter(|_| digits_at(text, second) == 3)?;
    let third = separator_end(text, second + 3)?;
    let is_grouped = digits_at(text, third) == 4 && is_hyphen(separator) == is_hyphen(again);
    is_grouped.then_some((third + 4, Some(separator)))
}

/// The place after the one space or hyphen at `at`.
fn separator_end(text: &str, at: usize) -> Option<usize> {
    char_at(text, at).filter(|c| is_hyphen(*c)).map(|c| at + c.len_utf8()).or_else(|| single_space_end(text, at))
}

/// Whether ten digits are a number that could be given out.
fn is_valid(digits: &[u32]) -> bool {
    let [number @ .., check] = digits else { return false };
    let sum: u32 = number.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    // The sum of ten equal digits always fits, and no such number is given out.
    (11 - sum % 11) % 11 == *check && digits.iter().any(|digit| digit != check)
}

/// Whether the digits belong to a longer number, an amount or an address on the web.
fn is_part(text: &str, start: usize, end: usize, separator: Option<char>) -> bool {
    let joins = |c: char| {
        matches!(c, '.' | ',' | '/' | ':' | '_')
            || is_hyphen(c)
            || separator.is_some_and(|s| s.is_whitespace() && c == s)
    };
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = char_before(text, start);
    let before_that = before.and_then(|c| char_before(text, start - c.len_utf8()));
    let after = char_at(text, end);
    let after_that = after.and_then(|c| char_at(text, end + c.len_utf8()));
    before.is_some_and(|c| matches!(c, '£' | '$' | '€' | '+' | '_'))
        || (before == Some('/') && before_that.is_some_and(char::is_alphanumeric))
        || (before.is_some_and(joins) && is_digit(before_that))
        || (after.is_some_and(joins) && is_digit(after_that))
        || matches!(after, Some('%' | '_'))
}

/// Whether the number is said to be a book's: an ISBN of ten digits has the same check digit.
fn is_book(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().trim_end_matches([':', ' ']);
    word_before(text, before.len())
        .is_some_and(|(_, word)| word.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("ISBN")))
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::Kind::NhsNumber)
    }

    #[test]
    fn numbers_are_found_however_they_are_grouped() {
        for text in ["9434765919", "943 476 5919", "943-476-5919", "943\u{a0}476\u{a0}5919", "943 476\n  5919"] {
            assert_eq!(check(text), text);
            assert_eq!(check(&format!("(NHS no. {text}).")), text);
            assert_eq!(check(&format!("NHS number:{text}, and")), text);
        }
        assert_eq!(check("943 476 5919, 943 476 5870"), "943 476 5919|943 476 5870");
        assert_eq!(check("4010232137"), "4010232137");
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "9434765918",
            "943 476 5918",
            "19434765919",
            "94347659191",
            "943 4765919",
            "9434 765 919",
            "1 943 476 5919",
            "943 476 5919 1",
            "12-943-476-5919",
            "943-476 5919",
            "£9434765919",
            "9434765919.50",
            "1.9434765919",
            "9,434,765,919",
            "0000000000",
            "1111111111",
            "ISBN 9434765919",
            "ISBN-10: 9434765919",
            "https://example.org/9434765919",
            "A9434765919",
            "9434765919X",
            "٩٤٣٤٧٦٥٩١٩",
            "+9434765919",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
