//! Dates of birth: a date beside `born`, `DOB` or `date of birth`. A date alone is none.

use std::ops::Range;

use super::around::{
    begins_word, char_at, char_before, is_any_of, is_hyphen, phrase_at, skip_space, word_at, word_before,
};
use super::date;
use crate::report::passage::BLOCK_END;

/// How many words may stand between the word and the date after it: `born in Milton Keynes on 12 March 2011`.
const WORDS_BETWEEN: usize = 6;

/// Words before a date that make it a limit for many people and not somebody's day of birth.
const LIMITS: &[&str] = &["before", "after", "since", "between", "until", "by", "from"];

/// The date of birth that a word at `start`, a place where a word begins, tells of.
pub fn at(text: &str, start: usize) -> Option<Range<usize>> {
    let is_joined = char_before(text, start).is_some_and(is_hyphen);
    if let Some(end) = phrase_at(text, start, "born").filter(|_| !is_joined) {
        // What is born out of something is no child.
        let is_figure = is_any_of(word_at(text, skip_space(text, end)), &["out"]);
        return if is_figure { None } else { after(text, end).or_else(|| before(text, start, 0)) };
    }
    let end = label_end(text, start)?;
    after(text, end).or_else(|| in_next_block(text, start, end)).or_else(|| before(text, start, 4))
}

/// Where a label for a date of birth ends: `DOB`, `D.O.B.`, `date of birth`.
fn label_end(text: &str, start: usize) -> Option<usize> {
    let labels = ["dob", "d.o.b", "date of birth", "dates of birth", "date-of-birth", "birth date", "birthdate"];
    let end = labels.iter().find_map(|label| phrase_at(text, start, label))?;
    Some(if char_at(text, end) == Some('.') { end + 1 } else { end })
}

/// The first date in the words after `end`, in the same sentence.
fn after(text: &str, end: usize) -> Option<Range<usize>> {
    let mut at = end;
    for _ in 0..=WORDS_BETWEEN {
        at += text[at..].find(char::is_alphanumeric)?;
        // A sentence ends with a full stop and a space; a label's colon or bracket does not end one.
        let between = &text[end..at];
        let ends = |(i, c): (usize, char)| {
            c == BLOCK_END
                || (matches!(c, '.' | ';' | '!' | '?') && between[i..].chars().nth(1).is_some_and(char::is_whitespace))
        };
        if between.char_indices().any(ends) {
            return None;
        }
        if begins_word(text, at)
            && let Some(date_end) = date::at(text, at)
        {
            let limits = word_before(text, at).is_some_and(|(_, word)| is_any_of(word, LIMITS));
            return (!limits).then_some(at..date_end);
        }
        at += word_at(text, at).len().max(1);
    }
    None
}

/// The date that begins the next block where the label stands alone in its own: two cells of a table.
fn in_next_block(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let begins_block = char_before(text, start).is_none_or(|c| c == BLOCK_END);
    let rest = text.get(end..)?.trim_start_matches([':', '.', ' ']);
    let next = text.len() - rest.strip_prefix(BLOCK_END)?.trim_start().len();
    date::at(text, next).filter(|_| begins_block).map(|date_end| next..date_end)
}

/// The date before `start`, with up to `words` words between and no sentence's end: `12/03/2011 (DOB)`.
fn before(text: &str, start: usize, words: usize) -> Option<Range<usize>> {
    let mut at = start;
    // A date is at most five words.
    for passed in 0..words + 5 {
        let gap =
            text[..at].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ',' | ':') || is_hyphen(c));
        let word = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.') || is_hyphen(c);
        let word_start = gap.char_indices().rev().take_while(|(_, c)| word(*c)).last()?.0;
        if gap.ends_with('.') {
            return None;
        }
        at = word_start;
        if let Some(date_end) = date::at(text, at) {
            let between =
                text.get(date_end..start)?.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
            return (between <= words && passed < words + 5).then_some(at..date_end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::Kind::BirthDate)
    }

    #[test]
    fn dates_beside_the_word_are_found() {
        for text in [
            "born 12/03/2011",
            "She was born on 12/03/2011.",
            "Born in Milton Keynes, on Monday 12/03/2011",
            "DOB: 12/03/2011",
            "(DoB 12/03/2011)",
            "D.O.B. 12/03/2011",
            "d.o.b.: 12/03/2011",
            "Date of birth: 12/03/2011",
            "his date of birth is 12/03/2011",
            "12/03/2011 (DOB)",
            "12/03/2011 is the date of birth",
            "J.S., 12/03/2011, born in Leeds",
            "Date of birth\u{1e}12/03/2011\u{1e}x",
        ] {
            assert_eq!(check(text), "12/03/2011", "{text}");
        }
        assert_eq!(check("born on the 12th of March, 2011, in"), "12th of March, 2011");
        assert_eq!(check("born March 12th, 2011"), "March 12th, 2011");
        assert_eq!(check("DOB 12.3.11"), "12.3.11");
        assert_eq!(check("12 March 2011 (date of birth)"), "12 March 2011");
    }

    #[test]
    fn other_dates_are_none() {
        for text in [
            "12/03/2011",
            "born in 2011",
            "born in March 2011",
            "A service was born. On 12/03/2011 it opened",
            "born out of the review of 12/03/2011",
            "children born before 12/03/2011",
            "born on or after 12/03/2011",
            "born between 1 September 2010 and 31 August 2011",
            "stillborn 12/03/2011",
            "newborn 12/03/2011",
            "UK-born 12/03/2011",
            "airborne 12/03/2011",
            "On 12 March 2020 a baby was born",
            "born to a family that moved here from Leeds and settled on 12/03/2011",
            "date of birth\u{1e}J\u{1e}12/03/2011",
            "born\u{1e}12/03/2011",
            "born",
            "DOB",
            "On 12/03/2011. Born in Leeds",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
