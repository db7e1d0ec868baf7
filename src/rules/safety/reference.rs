//! Numbers of one person's documents and files: pupils, passports, crimes, cases. All except pupil numbers and driving
//! licences are recognised by their label.

use super::text_cursor::{char_at, ends_word, is_any_of, is_hyphen, phrase_at, skip_space};

/// The letters of a pupil number; the index is the value in the check.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
/// The number of characters in a pupil number.
const PUPIL: usize = 13;

/// A kind of number: the words before it, and the fewest digits that distinguish it from a year or a count.
struct ReferenceLabel {
    words: &'static [&'static str],
    /// Whether a word such as `number` is required after them.
    needs_number: bool,
    digits: usize,
}

/// The labels, each with the fewest digits of its number, not counting one year.
const LABELS: &[ReferenceLabel] = &[
    ReferenceLabel { words: &["passport"], needs_number: false, digits: 6 },
    ReferenceLabel { words: &["driving licence", "driver's licence", "driver number"], needs_number: false, digits: 6 },
    ReferenceLabel {
        words: &["crime", "crime report", "occurrence", "custody", "police log", "police", "incident"],
        needs_number: true,
        digits: 4,
    },
    ReferenceLabel {
        words: &[
            "case",
            "case file",
            "file",
            "client",
            "patient",
            "service user",
            "child",
            "person",
            "hospital",
            "unit",
        ],
        needs_number: true,
        digits: 5,
    },
    ReferenceLabel {
        words: &[
            "mosaic",
            "liquidlogic",
            "lcs",
            "eclipse",
            "carefirst",
            "systmone",
            "rio",
            "pnc",
            "mrn",
            "niche",
            "framework",
        ],
        needs_number: false,
        digits: 4,
    },
    ReferenceLabel {
        words: &["upn", "uln", "unique pupil number", "pupil number", "unique learner number"],
        needs_number: false,
        digits: 9,
    },
];
/// Words that announce a number.
#[rustfmt::skip] // One word per line would take pages.
const NUMBERS: &[&str] = &[
    "reference number", "reference no", "ref number", "ref no", "log number", "log no", "id number", "number", "num",
    "no", "reference", "ref", "refs", "id", "urn", "log",
];
/// Reviews, whose references are published.
const PUBLISHED: &[&str] = &["SAR", "SCR", "CSPR", "LCSPR", "DHR", "DARDR", "MAPPA", "EWCA", "EWHC", "EWFC", "UKSC"];

/// The end of a number whose label begins at `start`, which is the start of a word.
pub(crate) fn labelled(text: &str, start: usize) -> Option<usize> {
    LABELS.iter().find_map(|label| {
        let words_end = label.words.iter().find_map(|words| phrase_at(text, start, words))?;
        let mut at = skip_space(text, words_end + usize::from(char_at(text, words_end) == Some(',')));
        let number = NUMBERS.iter().find_map(|words| phrase_at(text, at, words));
        if let Some(end) = number {
            at = end;
        } else if label.needs_number {
            return None;
        }
        at = value_start(text, at)?;
        value_end(text, at, label.digits)
    })
}

/// The start of the number after a label that ends at `at`, following a colon, `is` or similar.
fn value_start(text: &str, at: usize) -> Option<usize> {
    let signs = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        let is_sign =
            |c: char| c.is_whitespace() || matches!(c, ':' | '.' | ',' | '#' | '(' | '“' | '"') || is_hyphen(c);
        at + rest.chars().take(SIGNS).take_while(|c| is_sign(*c)).map(char::len_utf8).sum::<usize>()
    };
    let at = signs(at);
    let verb = ["is", "was"].iter().find_map(|verb| phrase_at(text, at, verb));
    let at = verb.map_or(at, signs);
    (at < text.len()).then_some(at)
}

/// The most signs between a label and its number.
const SIGNS: usize = 4;
/// The most characters in a number.
const LONGEST: usize = 40;

/// The end of a number of capitals, digits, hyphens and slashes with at least `least` digits, not counting one year.
fn value_end(text: &str, at: usize, least: usize) -> Option<usize> {
    let is_of_value = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase() || matches!(byte, b'/' | b'-');
    let bytes = text.as_bytes().get(at..)?;
    let run =
        |from: usize| bytes.get(from..).unwrap_or_default().iter().take(LONGEST).take_while(|b| is_of_value(b)).count();
    let mut end = run(0);
    // Spaces may separate groups of digits: `925 076 473`.
    while end > 0
        && end < LONGEST
        && bytes.get(end) == Some(&b' ')
        && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
    {
        end += 1 + run(end + 1);
    }
    let value = text.get(at..at + end)?.trim_end_matches(['/', '-', ' ']);
    let is_year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let parts = || value.split(|c: char| !c.is_ascii_alphanumeric());
    let digits = value.bytes().filter(u8::is_ascii_digit).count() - parts().filter(is_year).count().min(1) * 4;
    let is_published = parts().any(|part| is_any_of(part.trim_end_matches(|c: char| c.is_ascii_digit()), PUBLISHED));
    (digits >= least && !is_published && ends_word(text, at + value.len())).then_some(at + value.len())
}

/// The end of a pupil number at `start`: a check letter and twelve digits, the last of which may be a letter.
///
/// The Department for Education's check: multiply the twelve values by 2 to 13, add them up, and take the sum modulo 23.
pub(crate) fn pupil(text: &str, start: usize) -> Option<usize> {
    let number = text.as_bytes().get(start..start + PUPIL)?;
    let value = |letter: u8| LETTERS.iter().position(|listed| *listed == letter.to_ascii_uppercase());
    let mut sum = 0;
    for (i, byte) in number.iter().enumerate().skip(1) {
        let last = || (i == PUPIL - 1).then(|| value(*byte)).flatten();
        sum += (i + 1) * if byte.is_ascii_digit() { usize::from(byte - b'0') } else { last()? };
    }
    (value(number[0]) == Some(sum % LETTERS.len()) && ends_word(text, start + PUPIL)).then_some(start + PUPIL)
}

/// The end of a driving licence number at `start`: `MORGA657054SM9IJ`.
pub(crate) fn licence(text: &str, start: usize) -> Option<usize> {
    let number = text.as_bytes().get(start..start + LICENCE)?;
    let is_of_name = |byte: &u8| byte.is_ascii_uppercase() || *byte == b'9';
    let fits = number[..5].iter().all(is_of_name)
        && number[..2].iter().all(u8::is_ascii_uppercase)
        && number[5..11].iter().all(u8::is_ascii_digit)
        && number[11..13].iter().all(is_of_name)
        && number[13..].iter().all(u8::is_ascii_alphanumeric);
    (fits && ends_word(text, start + LICENCE)).then_some(start + LICENCE)
}

/// The number of characters in a driving licence number.
const LICENCE: usize = 16;

/// The end of a pair of coordinates that begins with a British latitude at `start`, exact to about ten metres.
pub(crate) fn coordinates(text: &str, start: usize) -> Option<usize> {
    let (latitude, end, is_exact) = degrees(text, start)?;
    if !is_exact || !(49.0..61.0).contains(&latitude) {
        return None;
    }
    let rest = text.get(end..)?;
    let is_between = |c: &char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | 'N' | '°' | 'º');
    let next = end + rest.chars().take(BETWEEN).take_while(is_between).map(char::len_utf8).sum::<usize>();
    let sign = char_at(text, next).filter(|c| matches!(c, '-' | '−' | '–' | '+'));
    let (longitude, end, is_exact) = degrees(text, next + sign.map_or(0, char::len_utf8))?;
    let west = skip_space(text, end);
    let is_west = matches!(char_at(text, west), Some('W' | 'E')) && ends_word(text, west + 1);
    (next > start && is_exact && longitude < 9.0).then_some(if is_west { west + 1 } else { end })
}

/// The most characters between latitude and longitude.
const BETWEEN: usize = 5;

/// The degrees at `at`, written as `52.0417` or `52°02'30"`, with their end and whether they are exact.
fn degrees(text: &str, at: usize) -> Option<(f64, usize, bool)> {
    let digits = |at: usize| super::text_cursor::digits_at(text, at);
    let whole = digits(at);
    if !(1..=2).contains(&whole) {
        return None;
    }
    let end = at + whole;
    if char_at(text, end) == Some('.') {
        let decimals = digits(end + 1);
        let end = end + 1 + decimals;
        let degree = char_at(text, end).filter(|c| matches!(c, '°' | 'º'));
        let value = text.get(at..at + whole + 1 + decimals)?.parse().ok()?;
        return Some((value, end + degree.map_or(0, char::len_utf8), decimals >= 4));
    }
    let sign = char_at(text, end).filter(|c| matches!(c, '°' | 'º'))?;
    let minutes = skip_space(text, end + sign.len_utf8());
    let minutes_end = minutes + digits(minutes);
    let mark = char_at(text, minutes_end).filter(|c| matches!(c, '\'' | '’' | '′'))?;
    let seconds = skip_space(text, minutes_end + mark.len_utf8());
    let mut seconds_end = seconds + digits(seconds);
    if char_at(text, seconds_end) == Some('.') {
        seconds_end += 1 + digits(seconds_end + 1);
    }
    let mark = char_at(text, seconds_end).filter(|c| matches!(c, '"' | '”' | '″'))?;
    let value = text.get(at..end)?.parse().ok()?;
    Some((value, seconds_end + mark.len_utf8(), minutes_end > minutes && seconds_end > seconds))
}

#[cfg(test)]
mod tests {
    use super::super::FindingKind;
    use super::super::tests::found;

    #[test]
    fn pupils_numbers_have_a_check_letter() {
        for text in ["Y952882001826", "R933043483954", "U90175989834Q"] {
            assert_eq!(found(&format!("It listed {text}."), FindingKind::PupilNumber), text);
        }
        for text in ["X952882001826", "Y95288200182", "Y9528820018261", "U9017598983QQ"] {
            assert_eq!(found(text, FindingKind::PupilNumber), "", "{text}");
        }
    }

    #[test]
    fn labelled_numbers_are_found() {
        for text in [
            "Passport number 925076473",
            "crime reference is 43/12345/19",
            "Crime ref: 43190123456",
            "Case number 1045567",
            "Mosaic ID 2345678",
            "hospital no. 4455667",
            "incident number 20190503-0456",
            "UPN: A123456789012",
            "MORGA657054SM9IJ",
        ] {
            assert_eq!(found(&format!("{text} was noted"), FindingKind::Reference), text);
        }
        for text in [
            "The passport scheme began in 2019",
            "crime reference numbers are given",
            "Case 12 of 2019",
            "case reference SAR-2020-01",
            "case number 2019/12",
            "the crime number rose to 4567",
            "case C1/2019/1234",
            "police number 45",
        ] {
            assert_eq!(found(text, FindingKind::Reference), "", "{text}");
        }
    }

    #[test]
    fn exact_coordinates_are_found() {
        for text in ["52.04172, -0.75583", "52.0417 N, 0.7558 W", "52.0417°N 0.7558°W", "52°02'30\"N 0°45'21\"W"] {
            assert_eq!(found(&format!("It was at {text}."), FindingKind::Coordinates), text);
        }
        for text in ["52.04, -0.75", "52.0412 and 51.9876", "72.0412, 0.7558", "52.0417"] {
            assert_eq!(found(text, FindingKind::Coordinates), "", "{text}");
        }
    }
}
