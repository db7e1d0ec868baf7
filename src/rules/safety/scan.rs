//! Scans a text once, stopping only at words that could begin a finding.

use std::ops::Range;

use super::finding::{Finding, FindingKind, code_of};
use super::text_cursor::{begins_word, digits_at};
use super::{
    address, birth_date, email, initials, name, national_insurance, nhs_number, placeholder, postcode, reference,
    school, small_count, telephone,
};
use crate::diagnostic::Code;

/// An iterator over the findings in a text. Findings inside an earlier one are skipped, so each mistake is reported once.
pub(crate) struct Scan<'t> {
    text: &'t str,
    /// The next byte to scan.
    at: usize,
    /// The end of the last finding.
    done: usize,
}

impl<'t> Scan<'t> {
    /// Scans `text`.
    #[must_use]
    pub(crate) fn new(text: &'t str) -> Self {
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
            if !could_start(&bytes[start..], self.at - start) {
                continue;
            }
            // Non-ASCII letters count as separators here, so this may be the tail of a word that begins with one.
            let is_tail = start > 0 && bytes[start - 1] >= 0x80 && byte.is_ascii_alphanumeric();
            if is_tail && !begins_word(self.text, start) {
                continue;
            }
            if let Some(finding) = found_at(self.text, start, byte).filter(|finding| finding.range.start >= self.done) {
                let finding = to_the_end(self.text, finding);
                self.done = finding.range.end;
                self.at = self.at.max(finding.range.end);
                return Some(finding);
            }
        }
        None
    }
}

/// A finding to the end of the last one that begins in it, so that half a number never remains.
fn to_the_end(text: &str, mut finding: Finding) -> Finding {
    let is_personal = |kind| code_of(kind) == Code::PersonalData;
    if !is_personal(finding.kind) {
        return finding;
    }
    let mut at = finding.range.start + 1;
    while at < finding.range.end {
        let byte = text.as_bytes()[at];
        if (byte.is_ascii_digit() || byte == b'+')
            && begins_word(text, at)
            && let Some(inside) = found_at(text, at, byte).filter(|inside| is_personal(inside.kind))
        {
            finding.range.end = finding.range.end.max(inside.range.end);
        }
        at += 1;
    }
    finding
}

/// The first three letters of all words that can begin a finding; a space matches anything except a letter.
#[rustfmt::skip] // One word per line would take pages.
const BEGINNINGS: &[&[u8; 3]] = &[
    b"aca", b"adu", b"at ", b"b  ", b"bab", b"bir", b"bor", b"boy", b"bro", b"car", b"cas", b"chi", b"cli", b"col", b"cou",
    b"cri", b"cus", b"d o", b"dat", b"dau", b"dob", b"dri", b"ecl", b"ext", b"fam", b"fat", b"fil", b"fou", b"fra", b"gir",
    b"gra", b"hos", b"inc", b"inf", b"jun", b"kin", b"lcs", b"liq", b"liv", b"lor", b"man", b"mas", b"mis", b"mos", b"mot",
    b"mr ", b"mrn", b"mrs", b"ms ", b"mx ", b"nhs", b"nic", b"nur", b"occ", b"one", b"pai", b"pas", b"pat", b"per", b"pnc",
    b"pol", b"pre", b"pri", b"pup", b"res", b"rio", b"sch", b"sec", b"ser", b"sib", b"sin", b"sis", b"son", b"sta", b"stu",
    b"sub", b"sys", b"t b", b"tbc", b"tee", b"thr", b"to ", b"tod", b"tri", b"tur", b"twi", b"two", b"uln", b"uni", b"upn",
    b"vic", b"wom", b"ane", b"anw", b"bac", b"bed", b"ben", b"ble", b"cla", b"dai", b"dda", b"ddw", b"dri", b"dwy", b"dyd",
    b"gan", b"mer", b"mhl", b"oed", b"ped", b"pen", b"phe", b"phl", b"ple", b"tai", b"un ",
];

/// The 26 letters, and one value for everything else.
const LETTERS: usize = 27;

/// The number of a letter from 1 to 26, ignoring case; 0 for anything else.
const fn letter(byte: u8) -> usize {
    if byte.is_ascii_alphabetic() { (byte.to_ascii_lowercase() - b'a' + 1) as usize } else { 0 }
}

/// Lookup table for [`BEGINNINGS`].
static MAY_BEGIN: [bool; LETTERS * LETTERS * LETTERS] = {
    let mut table = [false; LETTERS * LETTERS * LETTERS];
    let mut i = 0;
    while i < BEGINNINGS.len() {
        let [a, b, c] = *BEGINNINGS[i];
        table[(letter(a) * LETTERS + letter(b)) * LETTERS + letter(c)] = true;
        i += 1;
    }
    // `b. 12.3.2011`: after the `b`, anything except a letter, then anything.
    let mut c = 0;
    while c < LETTERS {
        table[letter(b'b') * LETTERS * LETTERS + c] = true;
        c += 1;
    }
    table
};

/// Whether a finding could begin with the word of `length` bytes at the start of `rest`. Looks only at the first bytes,
/// so ordinary words take almost no time.
fn could_start(rest: &[u8], length: usize) -> bool {
    let first = rest[0];
    if !first.is_ascii_alphabetic() {
        return true;
    }
    let at = |i: usize| rest.get(i).map_or(0, |byte| letter(*byte));
    MAY_BEGIN[(letter(first) * LETTERS + at(1)) * LETTERS + at(2)]
        || matches!((first, rest.get(1)), (b'x' | b'X', Some(b'x' | b'X')))
        || is_zero(rest)
        || is_code(rest, length)
        || is_capitals(rest, length)
        || length == LONGEST_CODE
}

/// Whether a word begins with the letter O, which may be meant as 0 in a telephone number.
fn is_zero(rest: &[u8]) -> bool {
    matches!(rest, [b'O' | b'o', b'0'..=b'9' | b'O' | b'o', ..])
}

/// Whether a word may be initials: one capital with a full stop, or two or three capitals.
fn is_capitals(rest: &[u8], length: usize) -> bool {
    let is_capital = |i: usize| rest.get(i).is_some_and(u8::is_ascii_uppercase);
    let next = rest.get(length).copied().unwrap_or_default();
    match length {
        1 => is_capital(0) && next == b'.',
        2 | 3 => is_capital(0) && is_capital(1) && (length == 2 || is_capital(2)) && !next.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// Whether a word may be the start of a postcode or a National Insurance number: its second or third character is a
/// digit, or a digit follows two letters and a space or hyphen.
fn is_code(rest: &[u8], length: usize) -> bool {
    let is_digit = |i: usize| rest.get(i).is_some_and(u8::is_ascii_digit);
    is_digit(1)
        || is_digit(2)
        || (length == 2 && (is_digit(3) || rest.get(2).is_some_and(|byte| *byte >= 0x80)))
        || is_gir(rest)
}

/// Whether a word begins like GIR 0AA, the only postcode without a digit in its first half.
fn is_gir(rest: &[u8]) -> bool {
    matches!(rest, [b'G' | b'g', b'I' | b'i', b'R' | b'r', ..])
}

/// The finding at `start`, where `byte` begins a word or is a sign with a possible finding around it.
fn found_at(text: &str, start: usize, byte: u8) -> Option<Finding> {
    let finding = |kind, end: Option<usize>| end.map(|end| Finding { kind, range: start..end });
    let around = |kind, range: Option<Range<usize>>| range.map(|range| Finding { kind, range });
    match byte {
        b'@' => around(FindingKind::Email, email::around(text, start)),
        b'[' => finding(FindingKind::Placeholder, placeholder::at(text, start)),
        b'+' => around(FindingKind::Telephone, telephone::number_at(text, start).map(|telephone| telephone.range)),
        b'0'..=b'9' => finding(FindingKind::NhsNumber, nhs_number::at(text, start))
            .or_else(|| {
                around(FindingKind::Telephone, telephone::number_at(text, start).map(|telephone| telephone.range))
            })
            .or_else(|| finding(FindingKind::Address, address::at(text, start)))
            .or_else(|| finding(FindingKind::Coordinates, reference::coordinates(text, start)))
            .or_else(|| {
                let is_small = matches!(byte, b'1'..=b'4') && digits_at(text, start) == 1;
                finding(FindingKind::SmallCount, is_small.then(|| small_count::at(text, start)).flatten())
            }),
        _ => in_letters(text, start, byte),
    }
}

/// The finding at `start`, where a word begins with a letter.
fn in_letters(text: &str, start: usize, byte: u8) -> Option<Finding> {
    let finding = |kind, end: Option<usize>| end.map(|end| Finding { kind, range: start..end });
    let rest = &text.as_bytes()[start..];
    let length = rest.iter().take(LONGEST_CODE).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if is_code(rest, length) {
        let code = finding(FindingKind::NationalInsurance, national_insurance::at(text, start))
            .or_else(|| finding(FindingKind::Postcode, postcode::at(text, start)))
            .or_else(|| finding(FindingKind::PupilNumber, reference::pupil(text, start)));
        if code.is_some() {
            return code;
        }
    }
    if is_capitals(rest, length)
        && let Some(range) = initials::aged(text, start)
    {
        return Some(Finding { kind: FindingKind::Initials, range });
    }
    if length == LONGEST_CODE
        && let Some(end) = reference::licence(text, start)
    {
        return finding(FindingKind::Reference, Some(end));
    }
    named(text, start, byte, rest)
}

/// The length of the longest code, the number of a driving licence.
const LONGEST_CODE: usize = 16;

/// The finding that begins with a known word at `start`. Matching on three letters excludes nearly all other words before
/// any comparison.
fn named(text: &str, start: usize, byte: u8, rest: &[u8]) -> Option<Finding> {
    let finding = |kind, end: Option<usize>| end.map(|end| Finding { kind, range: start..end });
    let around = |kind, range: Option<Range<usize>>| range.map(|range| Finding { kind, range });
    let person = || {
        let named =
            name::at(text, start).map(|end| Finding { kind: FindingKind::Name, range: name::begins(text, start)..end });
        named.or_else(|| finding(FindingKind::Initials, initials::at(text, start)))
    };
    let labelled = || finding(FindingKind::Reference, reference::labelled(text, start));
    let school = || around(FindingKind::School, school::around(text, start));
    let placeholder = || finding(FindingKind::Placeholder, placeholder::at(text, start));
    let lived_in = || finding(FindingKind::Address, address::lived_in(text, start));
    let birth_date = || around(FindingKind::BirthDate, birth_date::at(text, start));
    let letter = |i: usize| rest.get(i).map_or(0, u8::to_ascii_lowercase);
    match &[byte.to_ascii_lowercase(), letter(1), letter(2)] {
        b"chi" | b"per" | b"cli" | b"pat" | b"pup" => person().or_else(labelled),
        b"inf" => person().or_else(school),
        b"res" => person().or_else(lived_in),
        b"adu" | b"bab" | b"boy" | b"gir" | b"stu" | b"vic" | b"sib" | b"bro" | b"sis" | b"mot" | b"fat" | b"man"
        | b"wom" | b"tee" | b"tod" | b"twi" | b"son" | b"sub" | b"fam" | b"ple" | b"phl" | b"ble" | b"mhl" | b"oed"
        | b"bac" | b"mer" | b"cla" => person(),
        b"dau" | b"tri" => person()
            .or_else(|| finding(FindingKind::SmallCount, small_count::single(text, start)))
            .or_else(|| finding(FindingKind::SmallCount, small_count::at(text, start))),
        b"dri" => labelled().or_else(|| finding(FindingKind::SmallCount, small_count::at(text, start))),
        b"ped" | b"phe" => birth_date().or_else(|| finding(FindingKind::SmallCount, small_count::at(text, start))),
        b"one" | b"two" | b"thr" | b"fou" | b"dwy" | b"dda" | b"ddw" | b"tai" | b"dai" | b"bed" | b"un " => {
            finding(FindingKind::SmallCount, small_count::at(text, start))
        }
        b"sin" | b"cou" | b"pai" => finding(FindingKind::SmallCount, small_count::single(text, start)),
        b"bor" | b"bir" | b"dob" | b"d.o" | b"d/o" | b"d-o" | b"d o" | b"dat" | b"tur" | b"dyd" | b"gan" | b"anw"
        | b"ane" | b"pen" | b"ben" => birth_date(),
        [b'b', after, _] if !after.is_ascii_alphanumeric() => birth_date(),
        b"mr " | b"mr." | b"mrs" | b"ms " | b"ms." | b"mis" | b"mx " | b"mx." | b"mas" => {
            finding(FindingKind::Initials, initials::titled(text, start))
        }
        [b'a', b't', after] if !after.is_ascii_alphanumeric() => around(FindingKind::Email, email::spelt(text, start)),
        b"ext" => finding(FindingKind::Telephone, telephone::extension(text, start)),
        b"nhs" => finding(FindingKind::NhsNumber, nhs_number::in_word(text, start)),
        b"liv" | b"sta" => lived_in(),
        b"sch" | b"pri" | b"aca" | b"col" | b"nur" | b"pre" | b"jun" | b"gra" | b"sec" | b"kin" => school(),
        b"pas" | b"cri" | b"occ" | b"cus" | b"pol" | b"inc" | b"cas" | b"fil" | b"ser" | b"hos" | b"uni" | b"mos"
        | b"liq" | b"lcs" | b"ecl" | b"car" | b"sys" | b"rio" | b"pnc" | b"mrn" | b"nic" | b"fra" | b"upn" | b"uln" => {
            labelled()
        }
        b"tbc" | b"t.b" | [b'x', b'x', _] | b"lor" => placeholder(),
        [b't', b'o', after] if !after.is_ascii_alphanumeric() => placeholder(),
        [b'o', ..] if is_zero(rest) => {
            around(FindingKind::Telephone, telephone::number_at(text, start).map(|telephone| telephone.range))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_combination_of_words_makes_the_scan_panic() {
        let pieces = [
            "é",
            "O7",
            "01632",
            " ",
            "b.",
            "at",
            " dot ",
            "(",
            "“",
            "Child A",
            "J.S.",
            ", 9",
            "School",
            "52.0412",
            "°",
            "NHS",
            "ext ",
            "14 Acacia ",
            "Avenue",
            "–",
            "\u{1e}",
            "one",
            "St. ",
            "born",
            "Ms ",
            "ab 12",
            "case no ",
            "/",
            "@x.uk",
            "twenty-",
            "aged",
        ];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    let text = format!("{a}{b}{c}{a} {c}");
                    let mut end = 0;
                    for finding in Scan::new(&text) {
                        assert!(finding.range.start >= end && !text[finding.range.clone()].is_empty(), "{text}");
                        end = finding.range.end;
                    }
                }
            }
        }
    }

    #[test]
    fn no_text_makes_the_scan_panic() {
        let pieces = [
            "é", "0", "01908", " ", "born", "12/", "@", "[insert", "’", "Child", "J.", "\u{1e}", "one", "MK9", "+44",
            "(", ")", "x", "-",
        ];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    let text = format!("{a}{b}{c}{a}");
                    for finding in Scan::new(&text) {
                        assert!(text.get(finding.range).is_some(), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn overlapping_findings_are_reported_once() {
        let kinds = |text: &str| Scan::new(text).map(|finding| finding.kind).collect::<Vec<_>>();
        assert_eq!(
            kinds("DOB 12/03/2011, 01908 253772, jane@example.org, MK9 3EJ"),
            [FindingKind::BirthDate, FindingKind::Telephone, FindingKind::Email, FindingKind::Postcode]
        );
        assert_eq!(kinds("tbc@example.org"), [FindingKind::Email]);
    }
}
