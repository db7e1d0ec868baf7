//! Dates of birth: a date next to `born`, `DOB`, `date of birth` or somebody's birthday. A date alone is not a finding,
//! and neither is the day on which an idea or a service was born.

use std::ops::Range;

use super::date;
use super::text_cursor::{
    begins_word, char_at, char_before, is_any_of, is_hyphen, near_before, phrase_at, sentence_before, skip_space,
    word_at, word_before, words_back,
};
use super::wording::{NUMBERED, THINGS_BORN, is_abstract};
use crate::model::plain_text::BLOCK_END;

/// The most words between `born` and the date after it: `born in Milton Keynes on 12 March 2011`.
const WORDS_BETWEEN: usize = 6;
/// How many bytes before a word are searched for its subject.
const LOOK_BACK: usize = 80;

/// Words that make the next date a limit for many people and not one person's date of birth.
const LIMITS: &[&str] = &["before", "after", "since", "between", "until", "by", "from"];
/// Words after `born` that make it a figure of speech.
const FIGURES: &[&str] = &["out", "of", "from", "as", "during", "into", "in response", "at a", "at an", "at our"];
/// Labels for a date of birth.
#[rustfmt::skip] // One phrase per line would take pages.
const LABELS: &[&str] = &[
    "dob", "d.o.b", "d/o/b", "d-o-b", "d o b", "date of birth", "dates of birth", "date of her birth",
    "date of his birth", "date of their birth", "dyddiad geni", "date-of-birth", "birth date", "birth-date", "birthdate",
];
/// Words for people as the subject of `born`.
#[rustfmt::skip] // One word per line would take pages.
const BORN: &[&str] = &[
    "he", "she", "who", "i", "baby", "babies", "child", "infant", "boy", "girl", "twin", "twins", "triplets", "son",
    "daughter", "brother", "sister", "sibling", "mother", "father", "patient", "man", "woman", "mum", "dad",
];
/// Welsh words for things that are `born`.
#[rustfmt::skip] // One word per line would take pages.
const WELSH_THINGS: &[&str] = &[
    "bwrdd", "cynllun", "elusen", "grŵp", "gwasanaeth", "partneriaeth", "bartneriaeth", "prosiect", "rhaglen", "strategaeth",
    "syniad", "tîm", "ymgyrch", "ysgol",
];
/// Verbs for reaching an age: `turned 18 on 12 March 2019`.
const TURNING: &[&str] = &["turned", "turns", "turning", "turn"];

/// The range of a date of birth announced by the word at `start`.
pub(crate) fn at(text: &str, start: usize) -> Option<Range<usize>> {
    let is_joined = char_before(text, start).is_some_and(is_hyphen);
    if let Some(end) = phrase_at(text, start, "born").filter(|_| !is_joined) {
        return born(text, start, end);
    }
    if let Some((precision, end)) = welsh(text, start) {
        let date = after(text, end, precision)?;
        let mut between = text[end..date.start].split(|c: char| !c.is_alphabetic());
        return (!between.any(|word| is_any_of(word, WELSH_THINGS))).then_some(start..date.end);
    }
    if let Some(end) = phrase_at(text, start, "birthday") {
        return birthday(text, start, end);
    }
    if let Some(end) = LABELS.iter().find_map(|label| phrase_at(text, start, label)) {
        let end = if char_at(text, end) == Some('.') { end + 1 } else { end };
        return after(text, end, DatePrecision::Label)
            .or_else(|| in_next_block(text, start, end))
            .or_else(|| before(text, start, 4));
    }
    if let Some(end) = phrase_at(text, start, "birth") {
        return birth(text, start, end);
    }
    if let Some(end) = TURNING.iter().find_map(|verb| phrase_at(text, start, verb)) {
        return turned(text, start, end);
    }
    initial(text, start)
}

/// The end of a Welsh word for being born or for a birthday (`ganwyd`, `ei ben-blwydd`), and what counts as a date after
/// it.
fn welsh(text: &str, start: usize) -> Option<(DatePrecision, usize)> {
    let any = |words: &[&str]| words.iter().find_map(|word| phrase_at(text, start, word));
    any(&["ganwyd", "anwyd", "ganed", "aned"]).map(|end| (DatePrecision::Day, end)).or_else(|| {
        any(&["pen-blwydd", "ben-blwydd", "phen-blwydd", "penblwydd"]).map(|end| (DatePrecision::Month, end))
    })
}

/// Whether a cell under a label contains a date of birth at `start`.
pub(crate) fn is_date(cell: &str, start: usize) -> bool {
    let readers = [date::at, date::compact, date::day_and_month];
    readers.iter().any(|read| read(cell, start).is_some())
}

/// `born on 12 March 2011`, `On 12 March 2011 she was born`.
fn born(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let next = skip_space(text, end);
    if FIGURES.iter().any(|words| phrase_at(text, next, words).is_some()) || is_of_thing(text, start) {
        return None;
    }
    // In `On 3 May 2019 a man who was born in Leeds was charged`, the date is not that of the birth.
    let is_passive = word_before(text, start).is_some_and(|(_, word)| is_any_of(word, &["was", "were"]));
    let is_person = is_passive && subject(text, start).is_some_and(|word| word != "who" && is_any_of(word, BORN));
    after(text, end, DatePrecision::Day).or_else(|| before(text, start, if is_person { 5 } else { 0 }))
}

/// `her birthday is 12 March`, `12 March 2011, his ninth birthday`, but not the birthday of a service.
fn birthday(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let mut words = words_back(sentence_before(near_before(text, start, LOOK_BACK)));
    let mut owner = words.next().unwrap_or_default();
    let is_count = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || word.ends_with("th")
            || is_any_of(word, &["first", "second", "third"])
    };
    let is_counted = is_count(owner);
    if is_counted {
        owner = words.next().unwrap_or_default();
    }
    let name = owner.strip_suffix("'s").or_else(|| owner.strip_suffix("’s"));
    let is_label = owner.is_empty() || char_at(text, end) == Some(':');
    let is_persons = is_any_of(owner, &["her", "his", "their", "my", "whose"])
        || name.is_some_and(|name| !is_any_of(name, THINGS_BORN) && !is_abstract(name));
    if !is_persons && !is_label {
        return None;
    }
    let is_ones = is_any_of(owner, &["her", "his", "my"]);
    let precision = if is_persons && (!is_counted || is_ones) { DatePrecision::Month } else { DatePrecision::Day };
    let found = after(text, end, precision).or_else(|| before(text, start, if is_persons { 4 } else { 0 }))?;
    // `12 March` without a year may be the date of anything.
    let is_complete = date::at(text, found.start).is_some();
    Some(if is_complete { found } else { start..found.end })
}

/// `gave birth on 12 March 2011`, `Birth: 12 March 2011`.
fn birth(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let verb = word_before(text, start).map_or("", |(_, word)| word);
    let is_verb = is_any_of(verb, &["gave", "gives", "giving", "give"]);
    let next = skip_space(text, end);
    let is_label =
        char_at(text, end) == Some(':') || ["on", "was on"].iter().any(|word| phrase_at(text, next, word).is_some());
    let after = (is_verb || is_label).then(|| after(text, end, DatePrecision::Day)).flatten();
    after.or_else(|| is_verb.then(|| before(text, start, 4)).flatten())
}

/// `turned 18 on 12 March 2019`.
fn turned(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let age = word_at(text, skip_space(text, end));
    let is_age = age.len() < 3 && age.parse::<u8>().is_ok() || date::is_number_word(age);
    (is_age && !is_of_thing(text, start)).then(|| after(text, end, DatePrecision::Day))?
}

/// `(b. 12.3.2011)`, `Child A b 12/3/11`, but not `Appendix b. 12 March 2011`.
fn initial(text: &str, start: usize) -> Option<Range<usize>> {
    let end = phrase_at(text, start, "b")?;
    let at = skip_space(text, text[end..].find(|c| !matches!(c, '.' | ':')).map_or(text.len(), |at| end + at));
    let date_end = date::at(text, at)?;
    let is_after_sign = text[..start].trim_end().ends_with(['(', ',', '–', '—', '-', '[', BLOCK_END]);
    let word = word_before(text, start).map_or("", |(_, word)| word);
    let is_after_name = word.starts_with(char::is_uppercase) && !is_any_of(word, NUMBERED);
    (is_after_sign || is_after_name).then_some(at..date_end)
}

/// The subject of the verb at `start`: the word before `was`.
fn subject(text: &str, start: usize) -> Option<&str> {
    let helpers =
        ["was", "were", "is", "are", "been", "being", "be", "had", "has", "have", "first", "officially", "actually"];
    words_back(sentence_before(near_before(text, start, LOOK_BACK))).find(|word| !is_any_of(word, &helpers))
}

/// Whether the subject of the word at `start` is an idea, a service or an organisation instead of a person.
///
/// Without a verb, the noun must be part of the sentence, as in `a campaign born on`. `Council: born 12 March 2011` is
/// two separate statements.
fn is_of_thing(text: &str, start: usize) -> bool {
    let near = sentence_before(near_before(text, start, LOOK_BACK));
    let Some(subject) = subject(text, start).filter(|subject| !is_any_of(subject, BORN)) else { return false };
    let is_thing = is_any_of(subject, THINGS_BORN) || is_abstract(subject);
    let mut words = words_back(near);
    if words.next() == Some(subject) && phrase_at(text, start, "born").is_some() {
        let determiners = ["a", "an", "the", "this", "our", "its", "their", "new"];
        let is_on = phrase_at(text, skip_space(text, start + "born".len()), "on").is_some();
        return is_thing && is_on && words.take(3).any(|word| is_any_of(word, &determiners));
    }
    let is_acronym = subject.len() > 3 && subject.chars().all(char::is_uppercase);
    if is_thing || is_acronym || is_any_of(subject, &["it", "which"]) {
        return true;
    }
    // `The idea of a choir was born on …`: a thing anywhere before counts, unless a person is mentioned too.
    words_back(near).any(|word| is_any_of(word, THINGS_BORN)) && !words_back(near).any(|word| is_any_of(word, BORN))
}

/// What counts as a date after a label or a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DatePrecision {
    /// Day, month and year.
    Day,
    /// Day, month and year, or day and month.
    Month,
    /// Day, month and year, also as `12032011`.
    Label,
}

/// The first date in the words after `end`, in the same sentence.
fn after(text: &str, end: usize, precision: DatePrecision) -> Option<Range<usize>> {
    let mut at = end;
    for _ in 0..=WORDS_BETWEEN {
        at += text[at..].find(char::is_alphanumeric)?;
        // A full stop and a space end a sentence; the colon or bracket of a label does not.
        let between = &text[end..at];
        let ends = |(i, c): (usize, char)| {
            c == BLOCK_END
                || (matches!(c, '.' | ';' | '!' | '?') && between[i..].chars().nth(1).is_some_and(char::is_whitespace))
        };
        if between.char_indices().any(ends) {
            return None;
        }
        let part = || match precision {
            DatePrecision::Day => None,
            DatePrecision::Month => date::day_and_month(text, at),
            DatePrecision::Label => date::compact(text, at),
        };
        if begins_word(text, at)
            && let Some(date_end) = date::at(text, at).or_else(part)
        {
            let limits = word_before(text, at).is_some_and(|(_, word)| is_any_of(word, LIMITS));
            return (!limits).then_some(at..date_end);
        }
        at += word_at(text, at).len().max(1);
    }
    None
}

/// The date at the start of the next block, if the label is alone in its own: two cells of a table.
fn in_next_block(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let begins_block = char_before(text, start).is_none_or(|c| c == BLOCK_END);
    let rest = text.get(end..)?.trim_start_matches([':', '.', ' ']);
    let next = text.len() - rest.strip_prefix(BLOCK_END)?.trim_start().len();
    date::at(text, next).filter(|_| begins_block).map(|date_end| next..date_end)
}

/// The date before `start` in the same sentence, at most `words` words away: `12/03/2011 (DOB)`.
fn before(text: &str, start: usize, words: usize) -> Option<Range<usize>> {
    let mut at = start;
    // A date has at most five words.
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
        found(text, super::super::FindingKind::BirthDate)
    }

    #[test]
    fn dates_next_to_the_word_are_found() {
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
            "D/O/B 12/03/2011",
            "D-O-B: 12/03/2011",
            "date of her birth: 12/03/2011",
            "her birthday is 12/03/2011",
            "on 12/03/2011, his ninth birthday",
            "the child's birthday (12/03/2011)",
            "Birthday: 12/03/2011",
            "Child A (b. 12/03/2011)",
            "Child A b 12/03/2011",
            "gave birth on 12/03/2011",
            "On 12/03/2011 she gave birth",
            "turned 18 on 12/03/2011",
            "On 12/03/2011 a baby was born",
            "Council: born 12/03/2011",
            "We work born 12/03/2011",
            "The child was first known to the service and was born on 12/03/2011",
        ] {
            assert_eq!(check(text), "12/03/2011", "{text}");
        }
        assert_eq!(check("born on the 12th of March, 2011, in"), "12th of March, 2011");
        assert_eq!(check("born March 12th, 2011"), "March 12th, 2011");
        assert_eq!(check("DOB 12.3.11"), "12.3.11");
        assert_eq!(check("12 March 2011 (date of birth)"), "12 March 2011");
        assert_eq!(check("born on the twelfth of March 2011"), "twelfth of March 2011");
        assert_eq!(check("her birthday is the 12th of March"), "birthday is the 12th of March");
        assert_eq!(check("DOB 12032011"), "12032011");
    }

    #[test]
    fn other_dates_are_allowed() {
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
            "born to a family that moved here from Leeds and settled on 12/03/2011",
            "date of birth\u{1e}J\u{1e}12/03/2011",
            "born\u{1e}12/03/2011",
            "The idea was born on 12/03/2011",
            "The Purple Project was born on 12/03/2011",
            "the idea of a choir was born on 12/03/2011",
            "a partnership born on 12/03/2011",
            "MKSAB was born on 12/03/2011",
            "born at a workshop on 12/03/2011",
            "On 12/03/2011 the service was born",
            "the charity's tenth birthday on 12/03/2011",
            "On 12/03/2011 a man who was born in Leeds was charged",
            "a birthday card on 12/03/2011",
            "The service turned 10 on 12/03/2011",
            "turned to the police on 12/03/2011",
            "Appendix b. 12/03/2011",
            "birth certificates from 12/03/2011",
            "born",
            "DOB",
            "On 12/03/2011. Born in Leeds",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
