//! NHS numbers: ten digits in any grouping, the last a check digit.
//!
//! Check digit as in the NHS Data Dictionary: multiply the first nine digits by 10 down to 2 and add them up; the check
//! digit is 11 minus the sum modulo 11, where 11 is written as 0, and numbers that give 10 are never issued. One in
//! eleven other numbers passes by chance. So a number described as an order or a meeting is allowed, and digits in
//! unusual groups are flagged only if they look like one number.

use super::date;
use super::initials::PEOPLE;
use super::text_cursor::{
    char_at, char_before, digits_at, ends_word, is_any_of, is_hyphen, near_before, sentence_before, skip_space,
    word_at, words_back,
};

/// The number of digits.
const DIGITS: usize = 10;
/// The most characters between two groups: a hyphen with a space on each side.
const SEPARATORS: usize = 3;
/// Groupings that are recognised without a label, in addition to 3-3-4 and ten digits together.
const GROUPINGS: &[&[usize]] = &[
    &[3, 7],
    &[7, 3],
    &[6, 4],
    &[4, 6],
    &[5, 5],
    &[4, 3, 3],
    &[3, 4, 3],
    &[4, 4, 2],
    &[2, 4, 4],
    &[3, 3, 2, 2],
    &[3, 3, 3, 1],
    &[2, 2, 2, 2, 2],
    &[1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
];
/// Words that make the next ten digits the number of something else.
#[rustfmt::skip] // One word per line would take pages.
const OTHERS: &[&str] = &[
    "account", "acct", "application", "asset", "barcode", "batch", "booking", "charity", "cheque", "company",
    "contract", "customer", "delivery", "docket", "doi", "ean", "foi", "grant", "invoice", "isbn", "issn", "job",
    "licence", "order", "orders", "payment", "po", "postage", "product", "purchase", "quotation", "quote", "receipt",
    "ref", "reference", "registration", "remittance", "requisition", "serial", "sku", "supplier", "tender", "ticket",
    "tracking", "transaction", "uprn", "urn", "utr", "vat", "vendor", "version", "voucher", "warranty",
    "visits", "views", "hits", "downloads", "clicks", "impressions", "bytes",
];
/// Those of [`OTHERS`] whose numbers are grouped like NHS numbers, 3-3-4.
const OTHERS_GROUPED_ALIKE: &[&str] = &["isbn", "invoice", "vat"];
/// Words that make the ten digits before them an amount.
const UNITS: &[&str] =
    &["pence", "pounds", "euros", "dollars", "bytes", "hits", "visits", "views", "downloads", "seconds"];
/// How many bytes before a number are searched for a label.
const LOOK_BACK: usize = 40;
/// Words allowed between a label and its number.
const BETWEEN: &[&str] = &["no", "nos", "num", "nr", "number", "numbers", "id", "is", "was", "as", "n", "gb", "rhif"];

/// Ten digits and how they are grouped.
struct TenDigits {
    /// The length of each group; only the first `count` are used.
    groups: [usize; DIGITS],
    count: usize,
    /// The separator after the first group: a space, hyphen, full stop or slash; `None` if the digits are not grouped.
    separator: Option<char>,
    /// Whether all groups have the same separator.
    is_even: bool,
    /// Whether any separator is a comma, a colon or an underscore, which separate other figures.
    is_odd: bool,
    end: usize,
}

impl TenDigits {
    /// The lengths of the groups.
    fn groups(&self) -> &[usize] {
        &self.groups[..self.count]
    }
}

/// The end of an NHS number at `start`, which is the start of a word.
pub(crate) fn at(text: &str, start: usize) -> Option<usize> {
    let number = read(text, start)?;
    let end = number.end;
    if !ends_word(text, end) {
        return None;
    }
    let is_valid = is_valid(text.get(start..end)?);
    let label = label_before(text, start);
    let is_number = match label {
        NumberLabel::None if number.is_odd => false,
        _ if number.is_odd => is_valid && number.groups() == [3, 3, 4],
        NumberLabel::Number => true,
        NumberLabel::Nhs => is_valid,
        NumberLabel::None => {
            is_valid && !is_other(text, start, &number) && (is_usual(&number) || is_one_number(&number, text, start))
        }
    };
    (is_number && !is_part(text, start, &number, label != NumberLabel::None)).then_some(end)
}

/// The end of a number in one word with its label at `start`: `NHS9434765919`.
pub(crate) fn in_word(text: &str, start: usize) -> Option<usize> {
    let digits = start + "NHS".len();
    let is_label = text.get(start..digits).is_some_and(|label| label.eq_ignore_ascii_case("NHS"));
    let end = read(text, digits).filter(|_| is_label)?.end;
    (is_valid(&text[digits..end]) && ends_word(text, end)).then_some(end)
}

/// Reads groups of digits until there are ten digits.
fn read(text: &str, start: usize) -> Option<TenDigits> {
    let mut number =
        TenDigits { groups: [0; DIGITS], count: 0, separator: None, is_even: true, is_odd: false, end: start };
    let mut total = 0;
    loop {
        let group = digits_at(text, number.end);
        total += group;
        if group == 0 || total > DIGITS {
            return None;
        }
        number.groups[number.count] = group;
        number.count += 1;
        number.end += group;
        if total == DIGITS {
            return Some(number);
        }
        let (separator, end) = separator(text, start, number.end)?;
        number.is_odd |= matches!(separator, ',' | ':' | '_');
        number.is_even &= *number.separator.get_or_insert(separator) == separator;
        number.end = end;
    }
}

/// The separator of two groups at `at`, and its end: one character with or without white space around it, or white
/// space alone.
///
/// The first group of a number at `start` may be in brackets: `(943) 476-5919`.
fn separator(text: &str, start: usize, at: usize) -> Option<(char, usize)> {
    let is_space = |c: char| c.is_whitespace();
    let space = skip_space(text, at);
    let closes = |c: char| c == ')' && char_before(text, start) == Some('(') && !text[start..at].contains(c);
    let sign =
        char_at(text, space).filter(|c| is_hyphen(*c) || matches!(c, '—' | '.' | '/' | ',' | ':' | '_') || closes(*c));
    let end = sign.map_or(space, |c| skip_space(text, space + c.len_utf8()));
    let between = text.get(at..end)?;
    let fits = between.chars().count() <= SEPARATORS || (between.contains('\n') && between.chars().all(is_space));
    let kind = match sign {
        None | Some(')') => ' ',
        Some(c) if is_hyphen(c) || c == '—' => '-',
        Some(c) => c,
    };
    (end > at && fits).then_some((kind, end))
}

/// Whether the digits are together or grouped 3-3-4.
fn is_usual(number: &TenDigits) -> bool {
    number.count == 1 || number.groups() == [3, 3, 4]
}

/// Whether digits in unusual groups are still one number, and not years, a date or several numbers.
fn is_one_number(number: &TenDigits, text: &str, start: usize) -> bool {
    let mut at = start;
    let is_year = |group: &&usize| {
        at += text[at..].find(|c: char| c.is_ascii_digit()).unwrap_or_default();
        let digits = &text[at..at + **group];
        at += **group;
        **group == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    };
    // A number may end with a year by chance, but one that begins with a year is a date or a list of years.
    let years = number.groups().iter().filter(is_year).count();
    let has_years = years > 1 || (years == 1 && number.groups()[0] == 4);
    number.is_even && !has_years && number.separator != Some('/') && GROUPINGS.contains(&number.groups())
}

/// Whether the word before the number says that it is of something else: `order no. 9434765919`.
fn is_other(text: &str, start: usize, number: &TenDigits) -> bool {
    let near = sentence_before(near_before(text, start, LOOK_BACK));
    let mut words = words_back(near).map(|word| word.split(is_hyphen).next().unwrap_or_default());
    let has_label = words_back(near).next().is_some_and(|word| is_any_of(word, BETWEEN));
    let Some(word) = words.find(|word| !is_any_of(word, BETWEEN)) else { return false };
    // Online meetings have ids with the same groups, and the text says so.
    let is_meeting = has_label && is_any_of(word, &["meeting", "zoom", "webinar", "teams", "conference"]);
    is_meeting
        || is_any_of(word, if number.groups() == [3, 3, 4] { OTHERS_GROUPED_ALIKE } else { OTHERS })
        || is_any_of(word_at(text, skip_space(text, number.end)), UNITS)
}

/// The label before a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NumberLabel {
    /// `NHS number` directly before it.
    Number,
    /// `NHS` a few words before it.
    Nhs,
    None,
}

/// Finds the label before a number.
fn label_before(text: &str, start: usize) -> NumberLabel {
    let mut is_direct = text[..start].trim_end().ends_with([':', '#']);
    let mut words = words_back(near_before(text, start, LOOK_BACK)).take(5).peekable();
    while let Some(word) = words.next() {
        // In Welsh the word for `number` comes first: `Rhif GIG 943 476 5919`.
        if word.eq_ignore_ascii_case("GIG") {
            is_direct |= words.peek().is_some_and(|word| is_any_of(word, &["rhif", "rif"]));
            return if is_direct { NumberLabel::Number } else { NumberLabel::Nhs };
        }
        if word.eq_ignore_ascii_case("NHS") {
            return if is_direct { NumberLabel::Number } else { NumberLabel::Nhs };
        }
        is_direct = is_any_of(word, BETWEEN);
    }
    NumberLabel::None
}

/// Whether the digits of a text are a number that can be issued.
pub(crate) fn is_valid(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let [number @ .., check] = digits.as_slice() else { return false };
    if digits.len() != DIGITS {
        return false;
    }
    let sum: u32 = number.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    // Ten equal digits always pass the check, but are never issued.
    (11 - sum % 11) % 11 == *check && digits.iter().any(|digit| digit != check)
}

/// Whether the digits are part of a longer number, an amount or a web address.
fn is_part(text: &str, start: usize, number: &TenDigits, is_labelled: bool) -> bool {
    let end = number.end;
    // Groups of digits beside 3-3-4 are other numbers, such as an age. But three cells of a table may have 3-3-4 digits.
    let is_whole = is_usual(number) && !text[start..end].contains(['\n', '\t']);
    let joins = |c: char| {
        let separates = c == ',' || (number.separator == Some(' ') && c.is_whitespace());
        matches!(c, '.' | '/' | ':' | '_') || is_hyphen(c) || (separates && !is_whole)
    };
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = char_before(text, start);
    let before_that = before.and_then(|c| char_before(text, start - c.len_utf8()));
    let after = char_at(text, end);
    let after_that = after.and_then(|c| char_at(text, end + c.len_utf8()));
    let is_named = || {
        before == Some('_')
            && (is_labelled
                || words_back(near_before(text, start, LOOK_BACK)).next().is_some_and(|word| is_any_of(word, PEOPLE)))
    };
    let follows_number = || ends_with_number(&text[..start]);
    before.is_some_and(|c| matches!(c, '£' | '$' | '€' | '+' | '_')) && !is_named()
        || (before == Some('/') && !is_labelled && before_that.is_some_and(char::is_alphanumeric) && !follows_number())
        || (before.is_some_and(joins) && is_digit(before_that) && !follows_number() && !ends_with_date(text, start))
        || (after.is_some_and(joins)
            && is_digit(after_that)
            && !begins_with_number(&text[end..])
            && !(after.is_some_and(char::is_whitespace) && (is_labelled || begins_with_date(text, end))))
        || matches!(after, Some('%' | '_'))
}

/// Whether a date or a year follows after a space: `943 476 5919 12/03/2011`.
fn begins_with_date(text: &str, end: usize) -> bool {
    let at = skip_space(text, end);
    date::at(text, at).is_some() || is_year(word_at(text, at))
}

/// Whether there is a date or a year before `start`, with a space between.
fn ends_with_date(text: &str, start: usize) -> bool {
    let near = near_before(text, start, LOOK_BACK);
    let word = near.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    near.ends_with(char::is_whitespace) && (date::at(word, 0) == Some(word.len()) || is_year(word))
}

/// Whether a word is a year or a span of years, such as `2024` or `2024-25`.
fn is_year(word: &str) -> bool {
    let is_first = word.starts_with("19") || word.starts_with("20");
    let mut years = word.split(|c: char| is_hyphen(c) || c == '/');
    let is_complete = |year: &str| year.len() == 4 && digits_at(year, 0) == 4;
    is_first
        && years.next().is_some_and(is_complete)
        && years.all(|year| matches!(year.len(), 2 | 4) && digits_at(year, 0) == year.len())
}

/// Whether a character is between two numbers of a list.
fn separates_numbers(c: char) -> bool {
    c.is_whitespace() || c == '/'
}

/// Whether another complete number follows after a space: the items of a list are separate numbers.
fn begins_with_number(text: &str) -> bool {
    let next = text.trim_start_matches(separates_numbers);
    next.len() < text.len() && read(next, 0).is_some_and(|number| is_valid(&next[..number.end]))
}

/// Whether there is another complete number before, with a space between.
fn ends_with_number(text: &str) -> bool {
    let before = text.trim_end_matches(separates_numbers);
    let mut count = 0;
    let first = before.char_indices().rev().find(|(_, c)| {
        count += usize::from(c.is_ascii_digit());
        count == DIGITS || !(c.is_ascii_digit() || matches!(c, ' ' | '.') || is_hyphen(*c))
    });
    let start = first.map_or(0, |(at, _)| at);
    before.len() < text.len()
        && read(before, start).is_some_and(|number| number.end == before.len() && is_valid(&before[start..]))
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::FindingKind::NhsNumber)
    }

    #[test]
    fn numbers_are_found_however_they_are_grouped() {
        for text in [
            "9434765919",
            "943 476 5919",
            "943-476-5919",
            "943\u{a0}476\u{a0}5919",
            "943 476\n  5919",
            "943.476.5919",
            "943/476/5919",
            "943 4765919",
            "943-476 5919",
            "94347 65919",
            "943476-5919",
            "9434 765 919",
            "94 34 76 59 19",
            "9 4 3 4 7 6 5 9 1 9",
            "943 – 476 – 5919",
        ] {
            assert_eq!(check(text), text);
            assert_eq!(check(&format!("(NHS no. {text}).")), text);
            assert_eq!(check(&format!("NHS ref {text}")), text);
            assert_eq!(check(&format!("NHS number:{text}, and")), text);
        }
        assert_eq!(check("943 476 5919, 943 476 5870"), "943 476 5919|943 476 5870");
        assert_eq!(check("943 476 5919 943 476 5870 9434765919"), "943 476 5919|943 476 5870|9434765919");
        assert_eq!(check("4010232137"), "4010232137");
        assert_eq!(check("NHS9434765919"), "NHS9434765919");
        assert_eq!(check("NHS943 476 5919"), "NHS943 476 5919");
        assert_eq!(check("943476 5919"), "943476 5919");
        assert_eq!(check("943 476 5919 12/03/2011"), "943 476 5919");
        assert_eq!(check("943 476 5919 2024"), "943 476 5919");
        assert_eq!(check("12/03/2011 943 476 5919"), "943 476 5919");
        assert_eq!(check("NHS number 943 476 5919 2024-25"), "943 476 5919");
        assert_eq!(check("NHS number 943 476 5919 7"), "943 476 5919");
        for text in ["943_476_5919", "943, 476, 5919", "943:476:5919"] {
            assert_eq!(check(&format!("NHS number {text}")), text);
            assert_eq!(check(text), "");
        }
        for text in ["Ward 7 943 476 5919", "9 (943 476 5919 1)", "7,943 476 5919,2", "1,943 476 5919"] {
            assert_eq!(check(text), "943 476 5919", "{text}");
        }
        assert_eq!(check("case 1,9434765919,2"), "9434765919");
        assert_eq!(check("943 476 5919/943 476 5870"), "943 476 5919|943 476 5870");
        assert_eq!(check("(943) 476-5919"), "943) 476-5919");
        assert_eq!(check("943—476—5919"), "943—476—5919");
        assert_eq!(check("patient_9434765919"), "9434765919");
        assert_eq!(check("charity 943 476 5919"), "943 476 5919");
        assert_eq!(check("Rhif GIG 943 476 5918"), "943 476 5918");
        assert_eq!(check("ref 943 476 5919"), "943 476 5919");
        // With the label, even a number with a wrong check digit must not be published.
        assert_eq!(check("NHS number 943 476 5918"), "943 476 5918");
        assert_eq!(check("NHS No: 9434765918"), "9434765918");
    }

    #[test]
    fn other_numbers_are_allowed() {
        for text in [
            "9434765918",
            "943 476 5918",
            "19434765919",
            "94347659191",
            "12-943-476-5919",
            "£9434765919",
            "9434765919.50",
            "1.9434765919",
            "9,434,765,919",
            "12\n943\n476\n5919\n7",
            "12\t943\t476\t5919\t7",
            "0000000000",
            "1111111111",
            "ISBN 9434765919",
            "ISBN-10: 9434765919",
            "Order 9434765919",
            "invoice no. 9434765919",
            "Zoom meeting ID 943 476 5919",
            "Invoice number 943 476 5919",
            "VAT number GB 943 4765 919",
            "budget rose 9434765919 pence",
            "Visits: 9434765919",
            "NHS: 10, 20, 30, 2019",
            "in 2011 476 591",
            "NHS spending 9434765918",
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
