//! Dates with a day, a month and a year, in the forms used in Britain.

use super::text_cursor::{char_at, digits_at, ends_word, is_apostrophe, is_hyphen, number, phrase_at, skip_space};

/// The days of the month in words, in order.
#[rustfmt::skip] // One word per line would take pages.
const DAYS: [&str; 19] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
];
/// The number words that make up a year.
#[rustfmt::skip] // One word per line would take pages.
const NUMBERS: [&str; 28] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety", "oh",
];

/// The names and short names of the months, in order, and their Welsh names with the forms after `o`.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "ionawr"],
    &["february", "feb", "chwefror"],
    &["march", "mar", "mawrth", "fawrth"],
    &["april", "apr", "ebrill"],
    &["may", "mai", "fai"],
    &["june", "jun", "mehefin", "fehefin"],
    &["july", "jul", "gorffennaf", "orffennaf"],
    &["august", "aug", "awst"],
    &["september", "sept", "sep", "medi", "fedi"],
    &["october", "oct", "hydref"],
    &["november", "nov", "tachwedd", "dachwedd"],
    &["december", "dec", "rhagfyr", "ragfyr"],
];

/// The end of a date at `start`, which is the start of a word.
pub(crate) fn at(text: &str, start: usize) -> Option<usize> {
    let end = match digits_at(text, start) {
        0 => month_first(text, start).or_else(|| day_first(text, start)),
        1 | 2 => day_first(text, start).or_else(|| numeric(text, start)),
        4 => year_first(text, start),
        _ => None,
    }?;
    ends_word(text, end).then_some(end)
}

/// The end of a day and month without year at `start`: `12 March`, `the 12th of March`.
pub(crate) fn day_and_month(text: &str, start: usize) -> Option<usize> {
    month_after(text, day_end(text, start)?).filter(|end| ends_word(text, *end))
}

/// `12 March 2011`, `12th of March, 2011`, `12-Mar-11`, `twelfth of March two thousand and eleven`.
fn day_first(text: &str, start: usize) -> Option<usize> {
    year_after(text, month_after(text, day_end(text, start)?)?)
}

/// The end of a day, in words or in digits with or without `st`, `nd`, `rd` or `th`.
fn day_end(text: &str, start: usize) -> Option<usize> {
    let digits_end = start + digits_at(text, start);
    if digits_end > start {
        return is_day(number(text, start, digits_end)?).then(|| ordinal_end(text, digits_end));
    }
    let word = |at: usize| DAYS.iter().find_map(|day| phrase_at(text, at, day));
    let after_tens = || {
        let tens = text.get(start..start + "twenty".len())?;
        let is_tens = ["twenty", "thirty"].iter().any(|word| tens.eq_ignore_ascii_case(word));
        word(skip_separators(text, start + tens.len(), &[])).filter(|_| is_tens)
    };
    word(start)
        .or_else(after_tens)
        .or_else(|| phrase_at(text, start, "twentieth"))
        .or_else(|| phrase_at(text, start, "thirtieth"))
}

/// The end of a month's name after a day that ends at `day_end`.
fn month_after(text: &str, day_end: usize) -> Option<usize> {
    let mut at = skip_separators(text, day_end, &[]);
    for word in ["day of", "of", "o"] {
        if let Some(of) = phrase_at(text, at, word) {
            at = skip_space(text, of);
            break;
        }
    }
    month(text, at)
}

/// The end of a year after a month that ends at `month_end`.
fn year_after(text: &str, month_end: usize) -> Option<usize> {
    let at = skip_separators(text, month_end, &[',', '.']);
    year(text, at).or_else(|| year_in_words(text, at))
}

/// `two thousand and eleven`, `twenty eleven`, `nineteen ninety-eight`.
fn year_in_words(text: &str, start: usize) -> Option<usize> {
    let century = ["two thousand", "nineteen", "twenty"].iter().find_map(|word| phrase_at(text, start, word))?;
    let mut at = skip_separators(text, century, &[]);
    if let Some(and) = phrase_at(text, at, "and") {
        at = skip_space(text, and);
    }
    let word = |at: usize| NUMBERS.iter().find_map(|word| phrase_at(text, at, word));
    let is_round = text[start..].starts_with(['t', 'T']) && text[start..century].contains(char::is_whitespace);
    let Some(end) = word(at) else { return is_round.then_some(century) };
    Some(word(skip_separators(text, end, &[])).unwrap_or(end))
}

/// `12032011` or `120311` after a label: a day, a month and a year without separators.
pub(crate) fn compact(text: &str, start: usize) -> Option<usize> {
    let length = digits_at(text, start);
    let part = |from: usize, to: usize| number(text, start + from, start + to);
    let fits = match length {
        6 => is_day(part(0, 2)?) && is_month(part(2, 4)?),
        8 => {
            let day_first = is_day(part(0, 2)?) && is_month(part(2, 4)?) && (1900..2100).contains(&part(4, 8)?);
            day_first || ((1900..2100).contains(&part(0, 4)?) && is_month(part(4, 6)?) && is_day(part(6, 8)?))
        }
        _ => false,
    };
    (fits && ends_word(text, start + length)).then_some(start + length)
}

/// `March 12, 2011`, `March 12th 2011`.
fn month_first(text: &str, start: usize) -> Option<usize> {
    let day_start = skip_separators(text, month(text, start)?, &['.']);
    let day_end = day_start + digits_at(text, day_start);
    is_day(number(text, day_start, day_end)?).then_some(())?;
    let after = ordinal_end(text, day_end);
    let year_start = skip_separators(text, after, &[',']);
    (year_start > after).then(|| year(text, year_start))?
}

/// `12/03/2011`, `12.3.11`, `12-03-2011`, `12 03 2011`; day and month in either order.
fn numeric(text: &str, start: usize) -> Option<usize> {
    let first_end = start + digits_at(text, start);
    let separator = char_at(text, first_end).filter(|c| matches!(c, '/' | '.' | ' ') || is_hyphen(*c))?;
    let second = first_end + separator.len_utf8();
    let second_end = second + digits_at(text, second);
    let year_start = char_at(text, second_end).filter(|c| *c == separator).map(|c| second_end + c.len_utf8())?;
    let (a, b) = (number(text, start, first_end)?, number(text, second, second_end)?);
    let is_date = second_end - second < 3 && ((is_day(a) && is_month(b)) || (is_month(a) && is_day(b)));
    let end = year(text, year_start).filter(|_| is_date)?;
    // Three small numbers in a row are a date only if the year has four digits.
    (separator != ' ' || end - year_start == 4).then_some(end)
}

/// `2011-03-12`, `2011/3/12`.
fn year_first(text: &str, start: usize) -> Option<usize> {
    let year_end = year(text, start)?;
    let separator = char_at(text, year_end).filter(|c| matches!(c, '/' | '.') || is_hyphen(*c))?;
    let month = year_end + separator.len_utf8();
    let month_end = month + digits_at(text, month);
    let day = char_at(text, month_end).filter(|c| *c == separator).map(|c| month_end + c.len_utf8())?;
    let day_end = day + digits_at(text, day);
    let is_date = is_month(number(text, month, month_end)?)
        && is_day(number(text, day, day_end)?)
        && (month_end - month).max(day_end - day) < 3;
    is_date.then_some(day_end)
}

/// Whether a word is a number up to ninety.
pub(crate) fn is_number_word(word: &str) -> bool {
    NUMBERS.iter().any(|number| number.eq_ignore_ascii_case(word))
}

fn is_day(number: u32) -> bool {
    (1..=31).contains(&number)
}

fn is_month(number: u32) -> bool {
    (1..=12).contains(&number)
}

/// The end of a month's name.
fn month(text: &str, at: usize) -> Option<usize> {
    MONTHS.iter().flat_map(|names| names.iter()).find_map(|name| phrase_at(text, at, name))
}

/// The end of a year: four digits from 1900 on, or two, perhaps with an apostrophe before them.
fn year(text: &str, at: usize) -> Option<usize> {
    let start = char_at(text, at).filter(|c| is_apostrophe(*c)).map_or(at, |c| at + c.len_utf8());
    let end = start + digits_at(text, start);
    match end - start {
        2 => Some(end),
        4 if start == at => number(text, start, end).filter(|year| (1900..2100).contains(year)).map(|_| end),
        _ => None,
    }
}

/// The end of a day with its `st`, `nd`, `rd` or `th`.
fn ordinal_end(text: &str, at: usize) -> usize {
    ["st", "nd", "rd", "th", "fed", "af", "ail", "ydd", "ain", "eg"]
        .iter()
        .find_map(|ending| phrase_at(text, at, ending))
        .unwrap_or(at)
}

/// The first offset from `at` on that is not white space, a hyphen or one of the characters in `more`.
fn skip_separators(text: &str, at: usize, more: &[char]) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || is_hyphen(c) || more.contains(&c)).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_forms_are_dates() {
        for text in [
            "12/03/2011",
            "12.3.11",
            "12-03-2011",
            "3/25/2011",
            "12 03 2011",
            "2011-03-12",
            "2011/3/2",
            "12 March 2011",
            "12th March 2011",
            "12th of March, 2011",
            "1st Sept. 2011",
            "12-Mar-11",
            "12 mar '11",
            "March 12th, 2011",
            "March 12 2011",
            "12\u{a0}March\u{a0}2011",
            "twelfth of March 2011",
            "Twenty-first of March, 2011",
            "twelfth March two thousand and eleven",
            "first of May twenty eleven",
            "1st May nineteen ninety-eight",
            "12th day of March 2011",
            "thirtieth June two thousand",
        ] {
            assert_eq!(at(text, 0), Some(text.len()), "{text}");
            assert_eq!(at(&format!("{text}."), 0), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn parts_of_dates_are_read_where_they_are_asked_for() {
        assert_eq!(day_and_month("12 March", 0), Some(8));
        assert_eq!(day_and_month("12th of March.", 0), Some(13));
        assert_eq!(day_and_month("12 Marchioness", 0), None);
        assert_eq!(compact("12032011", 0), Some(8));
        assert_eq!(compact("20110312", 0), Some(8));
        assert_eq!(compact("120311", 0), Some(6));
        assert_eq!(compact("123311", 0), None);
        assert_eq!(compact("1203", 0), None);
    }

    #[test]
    fn other_numbers_are_not_dates() {
        for text in [
            "2011",
            "March 2011",
            "12 March",
            "12/2011",
            "32/01/2011",
            "13/13/2011",
            "12/03/2011x",
            "12 03 11",
            "1.2.345",
            "2011-13-01",
            "12 Marchioness 2011",
            "1234/03/2011",
            "12/03/1811",
            "May 2011",
            "second of March",
            "twenty March 2011x",
            "first of all 2011",
            "12",
            "",
        ] {
            assert_eq!(at(text, 0), None, "{text}");
        }
    }
}
