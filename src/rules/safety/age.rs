//! Ages of people: with an age, initials or a school can lead to one child.

use super::text_cursor::{
    char_at, digits_at, ends_word, is_any_of, is_hyphen, near_before, phrase_at, skip_space, word_at, words_back,
};

/// Numbers in words up to nineteen.
#[rustfmt::skip] // One word per line would take pages.
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];
/// The highest age of a person.
const OLDEST: usize = 115;
/// The highest age of a child or pupil; higher numbers without `aged` or `years old` are not ages.
const OLDEST_CHILD: usize = 19;
/// Words before an age that show it is shared by many people: `children aged 9`, `every 9-year-old`.
#[rustfmt::skip] // One word per line would take pages.
const MANY: &[&str] = &[
    "children", "pupils", "students", "people", "those", "girls", "boys", "adults", "everyone", "all", "every",
    "each", "any", "anyone", "for", "learners", "women", "men", "patients", "infants", "babies", "teenagers",
    "youngsters", "groups", "no", "are", "were", "them",
];
/// Things that may be many years old.
#[rustfmt::skip] // One word per line would take pages.
const OLD_THINGS: &[&str] = &[
    "agreement", "board", "building", "campaign", "case", "charity", "contract", "court", "group", "guidance", "law",
    "model", "partnership", "plan", "policy", "problem", "programme", "project", "protocol", "record", "records",
    "relationship", "report", "review", "school", "scheme", "service", "site", "strategy", "system", "tradition",
];

/// The end of a number of years at `at`, and its value.
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

/// The end of an explicit age at `at`: `aged 9`, `nine-year-old`, `9 years old`.
///
/// `None` for a range of ages, or an age shared by many people.
pub(crate) fn explicit(text: &str, at: usize) -> Option<usize> {
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
    // `9-year-olds` are many people, and a `10-year-old partnership` is not a person.
    let noun = word_at(text, skip_space(text, old));
    (!is_any_of(noun, OLD_THINGS) && is_one(text, at, old)).then_some(old)
}

/// Whether an age from `start` to `end` is that of one person.
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

/// The end of an age directly after `at`: `(aged 9)`, `, 9,`, `, a nine-year-old`.
///
/// A bare number counts only as the age of a child, unless `is_sure`: then there is certainly a person before `at`.
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
    explicit(text, next).or_else(|| {
        let (end, years) = number(text, next)?;
        let is_in_brackets = matches!(sign, Some('(' | '[')) && matches!(char_at(text, end), Some(')' | ']' | ','));
        let is_between = sign == Some(',')
            && (matches!(char_at(text, end), Some(',' | ')' | ']'))
                || phrase_at(text, skip_space(text, end), "and").is_some());
        (sign.is_some() && (is_sure || years <= OLDEST_CHILD) && (is_in_brackets || is_between)).then_some(end)
    })
}

/// The start of an age that ends directly before `at`: `the 9-year-old J.S.`, `a 9-year-old, J.S.`.
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
            assert_eq!(explicit(text, 0), Some(text.len()), "{text}");
        }
        for text in ["aged 9 to 11", "aged 9-11", "9-year-olds", "10-year-old partnership", "age 200", "9", "aged"] {
            assert_eq!(explicit(text, 0), None, "{text}");
        }
        assert_eq!(explicit("children aged 9", 9), None);
        assert_eq!(explicit("every 9-year-old", 6), None);
    }

    #[test]
    fn ages_are_found_next_to_people() {
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
