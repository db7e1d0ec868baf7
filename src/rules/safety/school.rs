//! A named school next to one pupil's age, which few children at a school share.

use std::ops::Range;

use super::age;
use super::initials::is_pseudonym;
use super::text_cursor::{
    begins_word, char_before, is_any_of, near_after, near_before, phrase_at, sentence_after, sentence_before,
    skip_space, word_at, word_before, words_back,
};

/// Words that are part of a school's name.
#[rustfmt::skip] // One word per line would take pages.
const SCHOOLS: &[&str] = &[
    "School", "Primary", "Academy", "College", "Nursery", "Preschool", "Pre-school", "Infants", "Juniors", "Infant",
    "Junior", "Grammar", "Secondary", "Kindergarten",
];
/// Capitalised words that do not name a school: `Every Primary School`.
#[rustfmt::skip] // One word per line would take pages.
const UNNAMED: &[&str] = &[
    "a", "all", "an", "any", "both", "each", "every", "for", "high", "in", "infant", "junior", "local", "lower",
    "middle", "no", "our", "preparatory", "primary", "secondary", "special", "the", "their", "these", "this", "upper",
    "safeguarding", "and", "of", "to", "at", "old", "new", "summer", "sunday", "night", "royal", "further",
];
/// Words for one pupil, which may be followed by an age: `a pupil, 9, at …`.
const PUPILS: &[&str] = &["pupil", "student", "boy", "girl", "child", "teenager", "son", "daughter", "sibling"];
/// Words that link a child to a school.
#[rustfmt::skip] // One phrase per line would take pages.
const ATTENDING: &[&str] = &[
    "attended", "attends", "attending", "pupil at", "pupil of", "student at", "enrolled at", "goes to", "went to", "at",
    "excluded from", "moved from", "moved to", "joined", "left", "started at", "place at",
];
/// Things that pupils make, which may be shown with an age.
#[rustfmt::skip] // One word per line would take pages.
const WORKS: &[&str] = &[
    "artwork", "badge", "design", "drawing", "entry", "essay", "film", "logo", "mural", "painting", "photo", "photograph",
    "picture", "poem", "poster", "song",
];
/// How many bytes of the sentence are searched before and after a school.
const LOOK: usize = 120;

/// The range from a pupil's age to a school or back, around the word of a school's name at `start`.
pub(crate) fn around(text: &str, start: usize) -> Option<Range<usize>> {
    if !text.as_bytes().get(start)?.is_ascii_uppercase() {
        return None;
    }
    let school_end = SCHOOLS.iter().find_map(|word| {
        let end = phrase_at(text, start, word)?;
        text[start..end].starts_with(char::is_uppercase).then_some(end)
    })?;
    let name = name_start(text, start)?;
    let near = near_before(text, name, LOOK);
    let sentence = sentence_before(near);
    let from = name - sentence.len();
    let age_before = || pupil_age(text, from, name).map(|age| age..school_end);
    let age_after = || {
        let rest = near_after(text, school_end, LOOK);
        let to = school_end + sentence_after(rest).len();
        pupil_age_end(text, school_end, to).map(|age| name..age)
    };
    age_before().or_else(age_after).or_else(|| pseudonym_before(text, from, name).map(|child| child..school_end))
}

/// The start of the capitalised words before `start`, where the last words of a school's name begin; `None` if there
/// are none.
fn name_start(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    let mut is_named = false;
    for _ in 0..5 {
        let Some((word_start, word)) = word_before(text, at) else { break };
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        let begins_sentence =
            word_before(text, word_start).is_none() && UNNAMED.contains(&word.to_lowercase().as_str());
        if begins_sentence {
            break;
        }
        is_named |= !is_any_of(word, UNNAMED) && !is_any_of(word, SCHOOLS);
        at = word_start;
        // `St. Mary's`
        if char_before(text, at) == Some(' ') && text[..at].ends_with("St. ") {
            at -= "St. ".len();
        }
    }
    is_named.then_some(at)
}

/// The start of one pupil's age between two offsets.
fn pupil_age(text: &str, from: usize, to: usize) -> Option<usize> {
    let is_age = |at: usize| age::explicit(text, at).is_some_and(|end| end <= to && !is_makers(text, end));
    places(text, from, to).find(|at| is_age(*at) || is_bare(text, *at))
}

/// Whether an age that ends at `end` only says who made something: `a 9-year-old's drawing` is about the drawing.
fn is_makers(text: &str, end: usize) -> bool {
    let work =
        text[end..].strip_prefix("'s ").or_else(|| text[end..].strip_prefix("’s ")).map(|rest| text.len() - rest.len());
    work.is_some_and(|at| is_any_of(word_at(text, at), WORKS))
}

/// The end of one pupil's age between two offsets.
fn pupil_age_end(text: &str, from: usize, to: usize) -> Option<usize> {
    places(text, from, to).find_map(|at| {
        let end = age::explicit(text, at).filter(|end| *end <= to);
        end.or_else(|| is_bare(text, at).then(|| at + super::text_cursor::digits_at(text, at)))
    })
}

/// The offsets between two others at which a word that may be an age begins.
fn places(text: &str, from: usize, to: usize) -> impl Iterator<Item = usize> {
    let may_begin = move |at: &usize| {
        let byte = text.as_bytes()[*at];
        (byte.is_ascii_digit() || byte.is_ascii_lowercase()) && text.is_char_boundary(*at) && begins_word(text, *at)
    };
    (from..to).filter(may_begin)
}

/// Whether a bare number is an age, because of the pupil before it: `a pupil, 9,`, `the boy (9)`, `a Year 4 pupil`.
fn is_bare(text: &str, at: usize) -> bool {
    let digits = super::text_cursor::digits_at(text, at);
    if !(1..=2).contains(&digits) {
        return false;
    }
    let before = text[..at].trim_end();
    let word = |text| words_back(text).next().unwrap_or_default();
    if let Some(rest) = before.strip_suffix([',', '(']) {
        return age::beside(text, rest.len(), false).is_some()
            && is_any_of(word(near_before(text, rest.len(), 20)), PUPILS);
    }
    let next = skip_space(text, at + digits);
    let before = word(near_before(text, at, 20));
    let is_after_verb = is_any_of(before, &["is", "was"])
        && ["and goes", "and attends", "and at"].iter().any(|words| phrase_at(text, next, words).is_some());
    is_after_verb || (is_any_of(before, &["year"]) && PUPILS.iter().any(|pupil| phrase_at(text, next, pupil).is_some()))
}

/// The start of a pseudonym between two offsets, linked to the school by the words directly before it.
fn pseudonym_before(text: &str, from: usize, name: usize) -> Option<usize> {
    let before = text[from..name].trim_end();
    let is_joined = ATTENDING.iter().any(|words| {
        let ends = before.len().checked_sub(words.len()).and_then(|at| before.get(at..));
        ends.is_some_and(|end| end.eq_ignore_ascii_case(words)) && begins_word(before, before.len() - words.len())
    });
    if !is_joined {
        return None;
    }
    let pseudonym = (from..name)
        .find(|at| text.as_bytes()[*at].is_ascii_uppercase() && begins_word(text, *at) && is_pseudonym(text, *at))?;
    word_before(text, pseudonym).map(|(start, _)| start)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::FindingKind::School)
    }

    #[test]
    fn schools_next_to_an_age_are_found() {
        assert_eq!(check("A pupil, 9, at Hilltop Primary School"), "9, at Hilltop Primary");
        assert_eq!(check("the 7-year-old at St Mary's Primary was"), "7-year-old at St Mary's Primary");
        assert_eq!(check("The boy, aged 9, attended Hilltop School"), "aged 9, attended Hilltop School");
        assert_eq!(check("At Oakfield Academy a 14-year-old girl"), "Oakfield Academy a 14-year-old");
        assert_eq!(check("a Year 4 pupil at Hilltop School"), "4 pupil at Hilltop School");
        assert_eq!(check("Child A attended Hilltop School"), "Child A attended Hilltop School");
    }

    #[test]
    fn schools_of_many_pupils_are_allowed() {
        for text in [
            "A pupil at Hilltop Primary School",
            "Children aged 5 to 11 at Hilltop Primary School",
            "pupils aged 9 at Hilltop School",
            "Every 9-year-old at Hilltop School",
            "The 10-year-old partnership with Hilltop School",
            "a 9-year-old at primary school",
            "A 9-year-old said so. Hilltop School agreed",
            "The review of Child A was sent to Hilltop School",
            "a 9-year-old at The Primary School",
            "A 9-year-old's drawing from Elm Primary School won",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
