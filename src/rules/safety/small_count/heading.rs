//! Headings and labels that count people: `Children`, `Number of adults at risk`.

use super::vocabulary::{ADJECTIVES, PEOPLE, THINGS};
use crate::rules::safety::text_cursor::{is_any_of, is_apostrophe, is_hyphen, phrase_at, skip_space, word_at};

/// Words in a heading or label that show it is not a count: `Children per 10,000`, `Cost of adults`.
#[rustfmt::skip] // One word per line would take pages.
const MEASURES: &[&str] = &[
    "per", "rate", "rates", "cost", "costs", "budget", "fund", "funds", "funding", "spend", "income", "average", "mean",
    "median", "ratio", "score", "scores", "age", "ages", "percentage", "percent", "proportion", "share", "hours", "days",
    "weeks", "amount", "fee", "fees", "contribution", "contributions", "rank", "priority", "change", "sessions",
    "thousand", "million", "trained", "training", "courses", "target", "rating", "grade",
];
/// Words before the people who are counted: `Total number of new victims`.
#[rustfmt::skip] // One word per line would take pages.
const COUNTING: &[&str] = &[
    "number", "numbers", "no", "total", "totals", "count", "of", "the", "all", "known", "how", "many", "current", "our",
    "identified", "referred", "open", "active",
];

/// Whether a heading or a label counts people: `Children`, `Number of adults at risk`.
pub(crate) fn counts_people(text: &str) -> bool {
    if measures(text) {
        return false;
    }
    let mut at = skip_space(text, 0);
    loop {
        let several = PEOPLE.iter().find_map(|(_, several)| phrase_at(text, at, several));
        let young = ["young people", "younger people", "older people", "disabled people", "people in care"];
        let several = several.or_else(|| young.iter().find_map(|words| phrase_at(text, at, words)));
        if let Some(end) = several {
            let next = word_at(text, skip_space(text, end));
            let is_genitive = text[end..].starts_with(is_apostrophe);
            return !is_genitive && !is_any_of(next, THINGS);
        }
        let word = word_at(text, at);
        if word.is_empty() || !(is_any_of(word, COUNTING) || is_any_of(word, ADJECTIVES) || word.contains(is_hyphen)) {
            return false;
        }
        at = skip_space(text, at + word.len());
        at += usize::from(text[at..].starts_with('.'));
        at = skip_space(text, at);
    }
}

/// Whether a heading or label is about a rate, an amount or an age.
pub(crate) fn measures(text: &str) -> bool {
    text.contains(['%', '£', '€', '$'])
        || text.split(|c: char| !c.is_alphanumeric()).any(|word| is_any_of(word, MEASURES))
}
