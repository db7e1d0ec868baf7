//! Telephone numbers in unusual forms: without the 0, with the letter O for 0, in pairs, with 44 but without `+`,
//! without the area code after a label, and extensions.

use super::super::text_cursor::{
    begins_word, char_at, digits_at, ends_word, is_any_of, is_hyphen, near_after, near_before, phrase_at, skip_space,
    words_back,
};
use super::{NATIONAL, Telephone, ends_number, international, is_joined, is_national, national, separators_end};

/// Words that announce a number. Those with a full stop may also be written without it.
const LABELS: &[&str] = &[
    "tel",
    "telephone",
    "phone",
    "ph",
    "mobile",
    "mob",
    "landline",
    "fax",
    "ring",
    "rang",
    "rung",
    "call",
    "dial",
    "text",
    "phoned",
    "telephoned",
    "cell",
    "whatsapp",
    "ffôn",
    "ffon",
    "ffoniwch",
    "symudol",
];
/// The verbs in [`LABELS`]; a short number after a verb may be a count.
const VERBS: &[&str] = &["ring", "rang", "rung", "call", "dial", "text", "phoned", "telephoned"];
/// Words allowed between a label and its number.
const BETWEEN: &[&str] = &[
    "no", "nos", "num", "nr", "number", "numbers", "is", "was", "are", "on", "her", "him", "them", "us", "me", "at",
    "to", "the", "or", "out", "via", "contact", "new", "home", "work",
];
/// How many bytes before a number are searched for a label.
const LOOK_BACK: usize = 60;
/// How many digits a number without area code has.
const LOCAL: std::ops::RangeInclusive<usize> = 5..=8;

/// A number in one of these forms at `start`, which is the start of a word.
pub(crate) fn at(text: &str, start: usize) -> Option<Telephone> {
    if is_joined(text, start) {
        return None;
    }
    let (digits, end) = match text.as_bytes().get(start)? {
        b'0' if text[start..].starts_with("00 44") => international(text, start + 3),
        b'0' => even(text, start),
        b'1' | b'2' => labelled(text, start).then(|| without_zero(text, start)).flatten(),
        b'4' if text[start..].starts_with("44") => with_country(text, start),
        b'7' => without_zero(text, start),
        _ => None,
    }
    .or_else(|| local(text, start))?;
    ends_number(text, end).then(|| Telephone { range: start..end, numbers: vec![digits] })
}

/// `7700 900123`. A mobile number is recognised by its groups; ten digits together need a label.
fn without_zero(text: &str, start: usize) -> Option<(String, usize)> {
    let (digits, end) = national(text, start, "0".to_owned(), 3)?;
    let is_mobile = digits.starts_with("07") && !digits.starts_with("070") && !digits.starts_with("076");
    let is_grouped = digits_at(text, start) == 4;
    let is_number = digits.len() == NATIONAL && is_national(&digits, text, start);
    (is_number && ((is_mobile && is_grouped) || labelled(text, start))).then_some((digits, end))
}

/// `447700900123`, `44 7700 900123`.
fn with_country(text: &str, start: usize) -> Option<(String, usize)> {
    let (digits, end) = international(text, start)?;
    (digits.starts_with("07") || labelled(text, start)).then_some((digits, end))
}

/// `01 90 82 53 77 2`, `07 700 900 123`, `0 7 7 0 0 9 0 0 1 2 3`: short groups, all with the same separator.
fn even(text: &str, start: usize) -> Option<(String, usize)> {
    let first = digits_at(text, start);
    if first > 2 {
        return None;
    }
    let (mut digits, mut end) = (String::new(), start);
    let mut separator = None;
    loop {
        let group = digits_at(text, end);
        // A group of four would make it a date with a year.
        let fits = match first {
            1 => group == 1 || digits.len() == 1,
            _ => group < 4 || (digits.len() == 5 && group == 6),
        };
        if group == 0 || !fits || digits.len() + group > NATIONAL {
            return None;
        }
        digits.push_str(&text[end..end + group]);
        end += group;
        if digits.len() == NATIONAL {
            break;
        }
        let next = separators_end(text, end);
        if next == end || *separator.get_or_insert(&text[end..next]) != &text[end..next] {
            return None;
        }
        end = next;
    }
    let goes_on = separators_end(text, end) > end;
    (!goes_on && matches!(digits.as_bytes()[1], b'1' | b'2' | b'3' | b'7' | b'8')).then_some((digits, end))
}

/// `Ring 253 772`, `tel: 253772`: five to eight digits after a label.
fn local(text: &str, start: usize) -> Option<(String, usize)> {
    let (mut end, mut total) = (start, 0);
    loop {
        let group = digits_at(text, end);
        let is_year = group == 4 && (text[end..].starts_with("19") || text[end..].starts_with("20"));
        total += group;
        if total > *LOCAL.end() || group < if end == start { 3 } else { 2 } || is_year {
            return None;
        }
        end += group;
        let next = separators_end(text, end);
        if next != end + 1 {
            break;
        }
        end = next;
    }
    let is_short = total == *LOCAL.start();
    let is_number = LOCAL.contains(&total) && is_labelled_as(text, start, is_short);
    is_number.then(|| (text[start..end].chars().filter(char::is_ascii_digit).collect(), end))
}

/// Whether there is a label directly before the sign that ends at `start`: `mobile=`, `Mobile-`.
pub(crate) fn follows_label(text: &str, start: usize) -> bool {
    let word = words_back(near_before(text, start, LOOK_BACK)).next().unwrap_or_default();
    is_any_of(word.trim_end_matches(is_hyphen), LABELS)
}

/// Whether there is a label for a telephone number before `start`.
fn labelled(text: &str, start: usize) -> bool {
    is_labelled_as(text, start, false)
}

/// Whether there is such a label; with `is_noun`, it must not be a verb.
fn is_labelled_as(text: &str, start: usize, is_noun: bool) -> bool {
    let near = near_before(text, start, LOOK_BACK);
    // `Ring her aunt, 253 772`.
    let (mut may_be_name, mut names) = (near.trim_end().ends_with(','), 0);
    let mut words = words_back(near).take(8).peekable();
    while let Some(word) = words.next() {
        let word = word.trim_end_matches(is_hyphen);
        if is_any_of(word, LABELS) {
            // `two phone calls`, `a text`: a noun with a word before it is not a label.
            return !(is_noun && is_any_of(word, VERBS));
        }
        // `Ring Mrs Lee on 253772`.
        if is_any_of(word, BETWEEN) {
            may_be_name |= is_any_of(word, &["on", "is", "at"]);
            if word.eq_ignore_ascii_case("number")
                && words.peek().is_some_and(|w| is_any_of(w, &["her", "his", "their"]))
            {
                return true;
            }
        } else {
            names += 1;
            if !may_be_name || names > 3 || word.starts_with(|c: char| c.is_ascii_digit()) {
                return false;
            }
        }
    }
    false
}

/// A number in which the letter O is written for 0: `O1632 96O123`.
pub(crate) fn with_letters(text: &str, start: usize) -> Option<Telephone> {
    const LONGEST: usize = 40;
    let from = near_before(text, start, 4).len();
    let window = near_after(text, start - from, LONGEST);
    let word = |c: char| c.is_ascii_digit() || matches!(c, 'O' | 'o');
    let mut plain = String::with_capacity(window.len());
    let mut is_changed = false;
    for piece in window.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let letters = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_number = letters.chars().all(word) && letters.contains(|c: char| c.is_ascii_digit());
        is_changed |= is_number && letters.contains(['O', 'o']);
        plain.push_str(&if is_number { piece.replace(['O', 'o'], "0") } else { piece.to_owned() });
    }
    if !is_changed || !begins_word(text, start) {
        return None;
    }
    let found = super::at(&plain, from)?;
    let range = start - from + found.range.start..start - from + found.range.end;
    Some(Telephone { range, numbers: found.numbers })
}

/// The end of an extension at `start`: `ext. 4123`.
pub(crate) fn extension(text: &str, start: usize) -> Option<usize> {
    let end = ["extension", "extn", "ext"].iter().find_map(|label| phrase_at(text, start, label))?;
    let mut at = skip_space(text, end + usize::from(matches!(char_at(text, end), Some('.' | ':'))));
    for word in ["number", "no."] {
        if let Some(after) = text.get(at..at + word.len()).filter(|w| w.eq_ignore_ascii_case(word)) {
            at = skip_space(text, at + after.len());
        }
    }
    // `ext: 01908 253772` is a number to call, with a label that says too little.
    if super::number_at(text, at).is_some() {
        return None;
    }
    let length = digits_at(text, at);
    let is_year = length == 4 && (text[at..].starts_with("19") || text[at..].starts_with("20"));
    ((3..=5).contains(&length) && !is_year && ends_word(text, at + length)).then_some(at + length)
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::super::FindingKind::Telephone)
    }

    #[test]
    fn unusual_forms_are_found() {
        for text in [
            "7700 900123",
            "7700 900 123",
            "447700900123",
            "44 7700 900123",
            "O7700 9OO123",
            "o1632 960123",
            "01632 96O123",
            "01 63 29 60 12 3",
            "07 700 900 123",
            "0 7 7 0 0 9 0 0 1 2 3",
            "00 44 7700 900123",
            "ext. 4123",
            "extension 4123",
        ] {
            assert_eq!(check(text), text);
            assert_eq!(check(&format!("Her, {text}.")), text);
        }
        assert_eq!(check("Tel/ext: 01908 253 773. Or ext 07700 900123."), "01908 253 773|07700 900123");
        assert_eq!(check("Mobile: 7700900123"), "7700900123");
        assert_eq!(check("Ring 1632 960123"), "1632 960123");
        assert_eq!(check("Ring 960 123"), "960 123");
        assert_eq!(check("tel. no.: 960123"), "960123");
        assert_eq!(check("tel 60123"), "60123");
        assert_eq!(check("Ring Mrs Lee on 960123"), "960123");
        assert_eq!(check("Ring her aunt, 960 123"), "960 123");
        assert_eq!(check("her number is 960123"), "960123");
        assert_eq!(check("Phone 7946 0123"), "7946 0123");
    }

    #[test]
    fn other_numbers_are_allowed() {
        for text in [
            "7400 calls and 100200 emails",
            "7700900123",
            "44 7700 children",
            "0 1 2 3 4 5 6 7 8 9 10",
            "01 02 2019 103",
            "call 12345 people",
            "ring 99 families",
            "phone calls to 123456",
            "call 2019 2020",
            "text messages: 960123",
            "Extension to 2021",
            "the extension 2021",
            "Oh 1632",
            "O2 shop",
            "960123",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
