//! How old somebody is: what makes initials or a school lead to one child.

use super::text_cursor::{
    char_at, digits_at, ends_word, is_any_of, is_hyphen, near_before, phrase_at, skip_space, word_at, words_back,
};

/// Numbers in words up to nineteen.
#[rustfmt::skip] // One word a line would take pages.
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];
/// The oldest that somebody may be.
const OLDEST: usize = 115;
/// The oldest that a child or a pupil may be, where a number stands alone for an age.
const OLDEST_CHILD: usize = 19;
/// Words before an age that make it many people's: `children aged 9`, `every 9-year-old`.
#[rustfmt::skip] // One word a line would take pages.
const MANY: &[&str] = &[
    "children", "pupils", "students", "people", "those", "girls", "boys", "adults", "everyone", "all", "every",
    "each", "any", "anyone", "for", "learners", "women", "men", "patients", "infants", "babies", "teenagers",
    "youngsters", "groups", "no", "are", "were", "them",
];
/// What may be many years old without being anybody.
#[rustfmt::skip] // One word a line would take pages.
const OLD_THINGS: &[&str] = &[
    "agreement", "board", "building", "campaign", "case", "charity", "contract", "court", "group", "guidance", "law",
    "model", "partnership", "plan", "policy", "problem", "programme", "project", "protocol", "record", "records",
    "relationship", "report", "review", "school", "scheme", "service", "site", "strategy", "system", "tradition",
];

/// Where a number of years ends at `at`, and the number.
fn number(text: &str, at: usize) -> Option<(usize, usize)> {
    let digits = digits_at(text, at);
    if (1..=3).contains(&digits) {
        let years = text[at..at + digits].parse().ok()?;
        return (years <= OLDEST).then_some((at + digits, years));
    }
    NUMBERS.iter().enumerate().find_map(|(i, word)| {
        let end = at + word.len();
        text.get(at..end).filter(|t| t.eq_ignore_ascii_case(word) && ends_word(text, end)).map(|_| (end, i + 1))
    })
}

/// Where an age ends that begins at `at` and says that it is one: `aged 9`, `nine-year-old`, `9 years old`.
///
/// It is nobody's where it is a span or many people's.
pub(crate) fn told(text: &str, at: usize) -> Option<usize> {
    if let Some(label) = ["aged", "age"].iter().find_map(|word| phrase_at(text, at, word)) {
        let (end, _) = number(text, skip_space(text, label))?;
        return is_one(text, at, end).then_some(end);
    }
    let (end, _) = number(text, at)?;
    let after = |at: usize| {
        let next = char_at(text, at).filter(|c| is_hyphen(*c) || *c == ' ')?;
        Some(at + next.len_utf8())
    };
    let year = after(end)?;
    let years_end =
        ["years", "year", "months", "month", "yrs", "yr"].iter().find_map(|word| phrase_at(text, year, word));
    let short = ["yo", "y/o"].iter().find_map(|word| phrase_at(text, year, word));
    let old = match years_end {
        Some(years) => phrase_at(text, after(years)?, "old"),
        None => short,
    }?;
    // `9-year-olds` are many, and a `10-year-old partnership` is none.
    let noun = word_at(text, skip_space(text, old));
    (!is_any_of(noun, OLD_THINGS) && is_one(text, at, old)).then_some(old)
}

/// Whether an age from `start` to `end` is one person's.
fn is_one(text: &str, start: usize, end: usize) -> bool {
    let next = skip_space(text, end);
    let is_span = char_at(text, end).is_some_and(|c| is_hyphen(c) || matches!(c, '+' | '/' | '%'))
        || ["to", "or", "plus", "upwards"].iter().any(|word| phrase_at(text, next, word).is_some())
        || ["and over", "and under", "and above", "and below", "and older", "and younger", "and up"]
            .iter()
            .any(|words| phrase_at(text, next, words).is_some());
    let near = near_before(text, start, 24);
    !is_span && !words_back(near).take(1).any(|word| is_any_of(word, MANY))
}

/// Where an age ends that stands beside what ends at `at`: `(aged 9)`, `, 9,`, `, a nine-year-old`.
///
/// A number alone is the age of a child, or of anybody where `is_sure` says that somebody stands there.
pub(crate) fn beside(text: &str, at: usize, is_sure: bool) -> Option<usize> {
    let mut next = skip_space(text, at);
    let sign = char_at(text, next).filter(|c| matches!(c, ',' | '(' | '[' | '–' | '—'));
    if let Some(sign) = sign {
        next = skip_space(text, next + sign.len_utf8());
    }
    for word in ["who is", "who was", "then", "now", "only", "just", "a", "an"] {
        if let Some(end) = phrase_at(text, next, word) {
            next = skip_space(text, end);
        }
    }
    if next == at {
        return None;
    }
    told(text, next).or_else(|| {
        let (end, years) = number(text, next)?;
        let is_in_brackets = matches!(sign, Some('(' | '[')) && matches!(char_at(text, end), Some(')' | ']' | ','));
        let is_between = sign == Some(',')
            && (matches!(char_at(text, end), Some(',' | ')' | ']'))
                || phrase_at(text, skip_space(text, end), "and").is_some());
        (sign.is_some() && (is_sure || years <= OLDEST_CHILD) && (is_in_brackets || is_between)).then_some(end)
    })
}

/// Where an age begins that ends directly before `at`: `the 9-year-old J.S.`, `a 9-year-old, J.S.`.
pub(crate) fn before(text: &str, at: usize) -> Option<usize> {
    let near = near_before(text, at, 24).trim_end().trim_end_matches(',');
    let endings = ["year-old", "yr-old", "month-old", "y/o", "yo", "year old", "years old"];
    let is_ending = |ending: &&&str| {
        let from = near.len().checked_sub(ending.len());
        from.and_then(|from| near.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    let ending = endings.iter().find(is_ending)?;
    let number = near[..near.len() - ending.len()].trim_end_matches([' ', '-', '\u{2010}', '\u{2011}']);
    let start = number.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
    (start < number.len()).then(|| at - near_before(text, at, 24).len() + start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_one_persons() {
        for text in ["aged 9", "age nine", "9-year-old", "nine-year-old", "9 years old", "14 year old", "9 months old"]
        {
            assert_eq!(told(text, 0), Some(text.len()), "{text}");
        }
        for text in ["aged 9 to 11", "aged 9-11", "9-year-olds", "10-year-old partnership", "age 200", "9", "aged"] {
            assert_eq!(told(text, 0), None, "{text}");
        }
        assert_eq!(told("children aged 9", 9), None);
        assert_eq!(told("every 9-year-old", 6), None);
    }

    #[test]
    fn ages_stand_beside_somebody() {
        for (text, end) in [
            ("JS, 9, was", 5),
            ("JS (9)", 5),
            ("JS (aged 9)", 10),
            ("JS aged 9", 9),
            ("JS, a nine-year-old,", 19),
            ("JS, 9 and", 5),
        ] {
            assert_eq!(beside(text, 2, false), Some(end), "{text}");
        }
        for text in ["JS, 9 schools", "JS 9", "JS, 90,", "JS (2019)", "JS", "JS, 9."] {
            assert_eq!(beside(text, 2, false), None, "{text}");
        }
        assert_eq!(before("the 9-year-old J.S.", 15), Some(4));
        assert_eq!(before("the nine year old J.S.", 18), Some(4));
        assert_eq!(before("a 9-year-old, J.S.", 14), Some(2));
        assert_eq!(before("the old J.S.", 8), None);
    }
}
