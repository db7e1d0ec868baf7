//! Counts of people from one to four in Welsh: `tri phlentyn`, `dwy ferch`, `dau o blant`.

use super::counts_from;
use crate::rules::safety::text_cursor::{ends_word, is_any_of, phrase_at, skip_space, word_at, word_before};

/// The numbers from one to four, with their mutated forms.
#[rustfmt::skip] // One word per line would take pages.
const NUMBERS: &[&str] = &[
    "un", "dau", "dwy", "ddau", "ddwy", "tri", "tair", "thri", "thair", "dri", "dair", "pedwar", "pedair", "phedwar",
    "phedair", "bedwar", "bedair",
];
/// Words for people in the singular, which follows a number.
#[rustfmt::skip] // One word per line would take pages.
const ONE: &[&str] = &[
    "plentyn", "phlentyn", "blentyn", "mhlentyn", "oedolyn", "merch", "ferch", "bachgen", "fachgen", "teulu", "deulu",
    "theulu", "menyw", "fenyw", "dyn", "ddyn", "claf", "glaf", "chlaf", "dioddefwr", "ddioddefwr", "person ifanc",
    "berson ifanc", "pherson ifanc", "baban", "faban", "disgybl", "ddisgybl",
];
/// Words for people in the plural, which follows `o` or `o'r`.
#[rustfmt::skip] // One word per line would take pages.
const SEVERAL: &[&str] = &[
    "blant", "plant", "oedolion", "ferched", "merched", "fechgyn", "bechgyn", "deuluoedd", "teuluoedd", "fenywod",
    "menywod", "ddynion", "dynion", "gleifion", "cleifion", "ddioddefwyr", "dioddefwyr", "bobl ifanc", "pobl ifanc",
    "fabanod", "ddisgyblion",
];
/// Words that make the next number a limit or part of a larger one.
const LIMITS: &[&str] = &["at", "leiaf", "fesul", "bob", "mwy", "na", "oed", "oedran", "blwyddyn", "tudalen"];

/// The end of the people counted by a small number at `start`, which is the start of a word.
pub(crate) fn at(text: &str, start: usize) -> Option<usize> {
    let digit = text.as_bytes().get(start).is_some_and(|byte| matches!(byte, b'1'..=b'4'));
    let end = if digit {
        ends_word(text, start + 1).then_some(start + 1)
    } else {
        NUMBERS.iter().find_map(|number| phrase_at(text, start, number))
    }?;
    let first = skip_space(text, end);
    let is_one = text[start..end].eq_ignore_ascii_case("un") || text[start..end] == *"1";
    let listed = |at: usize, list: &[&str]| list.iter().find_map(|words| phrase_at(text, at, words));
    let of = ["o'r", "o’r", "o"].iter().find_map(|of| phrase_at(text, first, of));
    let people = listed(first, ONE).or_else(|| listed(skip_space(text, of?), SEVERAL))?;
    // `dau deulu a dau ar bymtheg`: the number continues after its noun.
    let goes_on = phrase_at(text, skip_space(text, people), "ar")
        .is_some_and(|ar| is_any_of(word_at(text, skip_space(text, ar)), &["bymtheg", "ddeg", "hugain"]));
    let is_limit = word_before(text, start).is_some_and(|(_, word)| is_any_of(word, LIMITS));
    (first > end && !goes_on && !is_limit && counts_from(text, start, first, is_one)).then_some(people)
}

#[cfg(test)]
mod tests {
    use crate::rules::safety::{FindingKind, tests::found};

    #[test]
    fn small_counts_in_welsh_are_found() {
        for text in [
            "tri phlentyn",
            "dau blentyn",
            "dwy ferch",
            "pedwar oedolyn",
            "2 blentyn",
            "un plentyn",
            "dau o blant",
            "tri o'r plant",
            "tair menyw",
            "Ddau ddyn",
            "pedair ferch",
            "dau deulu",
        ] {
            assert_eq!(found(&format!("Bu {text} yno."), FindingKind::SmallCount), text);
        }
        for text in [
            "pum plentyn",
            "hyd at 4 plentyn",
            "tri bwrdd",
            "dau ddeg o blant",
            "o leiaf dau oedolyn",
            "Blwyddyn 4 plentyn",
        ] {
            assert_eq!(found(text, FindingKind::SmallCount), "", "{text}");
        }
    }
}
