//! People named by their initials: `Child J.S.`, `J.S. (aged 9)`, `Mrs D. from Hilltop`. Pseudonyms such as `Child A`
//! or `Adult BC` are fine.

use std::ops::Range;

use super::age;
use super::text_cursor::{
    begins_word, char_at, ends_word, is_any_of, is_apostrophe, near_after, phrase_at, skip_space, word_at, word_before,
};
use super::wording::{ACRONYMS, MONTHS};

/// Words for people that a pseudonym or initials may follow.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const PEOPLE: &[&str] = &[
    "child", "children", "adult", "adults", "baby", "babies", "infant", "infants", "boy", "girl", "patient", "pupil",
    "student", "victim", "resident", "sibling", "brother", "sister", "mother", "father", "person", "man", "woman",
    "teenager", "toddler", "twin", "son", "daughter", "client", "subject", "family", "plentyn", "phlentyn", "blentyn",
    "mhlentyn", "oedolyn", "babi", "bachgen", "merch", "claf",
];
/// Words that begin a pseudonym; three capitals after them are initials and not an acronym.
const PSEUDONYMS: &[&str] =
    &["Child", "Adult", "Baby", "Infant", "Boy", "Girl", "Pupil", "Patient", "Plentyn", "Oedolyn"];
/// Titles before a name.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "master"];
/// Abbreviations that are written with full stops but are not initials.
#[rustfmt::skip] // One word per line would take pages.
const SHORTENED: &[&str] = &[
    "AD", "AM", "BA", "BC", "BSc", "DC", "DIY", "DOB", "EU", "GB", "GP", "HM", "HQ", "IT", "MA", "MD", "MP", "NB",
    "NHS", "NI", "NO", "OK", "PA", "PC", "PM", "PR", "PS", "QC", "RIP", "TBC", "TV", "UK", "UN", "US", "USA", "VAT",
];
/// Verbs that show that the text is about a person.
#[rustfmt::skip] // One word per line would take pages.
const PERSONAL_VERBS: &[&str] = &[
    "was", "were", "is", "had", "has", "told", "said", "did", "disclosed", "lived", "lives", "moved", "went", "died",
    "became", "felt", "asked", "wanted", "attended", "reported", "alleged", "made", "stated", "suffered", "presented",
    "returned", "ran", "described", "would", "could", "who", "aged",
];

/// How many bytes are searched for words that say that these are not initials.
const LOOK: usize = 60;

/// The end of a person's initials after a word for a person at `start`: `Child J.S.`.
pub(crate) fn at(text: &str, start: usize) -> Option<usize> {
    let after = PEOPLE.iter().find_map(|word| phrase_at(text, start, word))?;
    let mut at = skip_space(text, after);
    let is_separated = matches!(char_at(text, at), Some('(' | ':' | ','));
    if is_separated {
        at = skip_space(text, at + 1);
    }
    if at == after {
        return None;
    }
    let dotted = dotted(text, at).filter(|dotted| dotted.count > 1).map(|dotted| dotted.end);
    // `Child J.S. Agencies met` and `Child J.S. Smith` name a child; `of children (J.S. Mill)` names an author.
    dotted.filter(|end| !(is_separated && is_surname(text, *end))).or_else(|| run(text, start, after))
}

/// `Child JSK`: three capitals that are not an acronym, in a sentence about a person.
fn run(text: &str, start: usize, after: usize) -> Option<usize> {
    let at = skip_space(text, after);
    let end = at + 3;
    let capitals = text.get(at..end).filter(|run| run.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let is_pseudonym = PSEUDONYMS.contains(&&text[start..after]) && at == after + 1;
    (is_pseudonym && ends_word(text, end) && !is_any_of(capitals, ACRONYMS) && goes_on(text, end)).then_some(end)
}

/// Whether what follows initials is about a person: a verb, a genitive, or the end of a phrase.
fn goes_on(text: &str, end: usize) -> bool {
    match char_at(text, end) {
        None => true,
        Some(c) if is_apostrophe(c) => true,
        Some(c) if !c.is_whitespace() => matches!(c, ',' | '.' | ';' | ')' | ':' | '?' | '!'),
        _ => is_any_of(word_at(text, skip_space(text, end)), PERSONAL_VERBS),
    }
}

/// The end of a title with initials but without surname at `start`: `Mrs D. from`, `Mr J.S. was`.
pub(crate) fn titled(text: &str, start: usize) -> Option<usize> {
    let title = TITLES.iter().find_map(|title| phrase_at(text, start, title))?;
    let after = if char_at(text, title) == Some('.') { title + 1 } else { title };
    let at = skip_space(text, after);
    if at == after {
        return None;
    }
    if let Some(dotted) = dotted(text, at) {
        let next = char_at(text, skip_space(text, dotted.end));
        // `We met Mr A. He was there` ends a sentence, and `Mr J. Smith` has a surname.
        let goes_on = next.is_some_and(|c| !c.is_uppercase());
        let is_complete = dotted.count > 1 && next.is_none();
        let is_called_pseudonym = near_after(text, dotted.end, LOOK).contains("pseudonym");
        return ((goes_on || is_complete) && !is_called_pseudonym).then_some(dotted.end);
    }
    // `Ms K from Hilltop`: a single letter is a pseudonym, unless the text says where she is from.
    let end = at + 1;
    let is_letter = is_letter(text, at) && !is_apostrophe(char_at(text, end).unwrap_or(' '));
    let from = ["from", "of"].iter().find_map(|word| phrase_at(text, skip_space(text, end), word))?;
    let location = word_at(text, skip_space(text, from));
    let is_place = location.starts_with(char::is_uppercase) && !is_any_of(location, MONTHS);
    (is_letter && is_place).then_some(end)
}

/// The range of initials at `start` together with an age: `J.S. (aged 9)`, `JS, 9,`, `the 9-year-old JS`.
pub(crate) fn aged(text: &str, start: usize) -> Option<Range<usize>> {
    if let Some(dotted) = dotted(text, start).filter(|dotted| dotted.count > 1) {
        let letters: String = text[start..dotted.end].chars().filter(char::is_ascii_uppercase).collect();
        if is_any_of(&letters, SHORTENED) || is_surname(text, dotted.end) {
            return None;
        }
        let word = word_at(text, skip_space(text, dotted.end));
        let is_about_person = is_any_of(word, PERSONAL_VERBS) || char_at(text, dotted.end).is_some_and(is_apostrophe);
        return age::before(text, start)
            .map(|age| age..dotted.end)
            .or_else(|| age::beside(text, dotted.end, true).map(|end| start..end))
            .or_else(|| is_about_person.then_some(start..dotted.end));
    }
    let length = text[start..].bytes().take(4).take_while(u8::is_ascii_uppercase).count();
    let end = start + length;
    let capitals = &text[start..end];
    if !(2..=3).contains(&length) || !ends_word(text, end) {
        return None;
    }
    let is_before = || age::before(text, start).filter(|_| goes_on(text, end)).map(|age| age..end);
    let found = age::beside(text, end, false).map(|end| start..end).or_else(is_before)?;
    let is_pseudonym = word_before(text, start).is_some_and(|(_, word)| is_any_of(word, PEOPLE));
    (!is_pseudonym && !is_any_of(capitals, ACRONYMS)).then_some(found)
}

/// Whether the word at `start` is a pseudonym or initials: one to three capitals after a word for a person, such as
/// `Adult BC`.
pub(crate) fn is_pseudonym(text: &str, start: usize) -> bool {
    let capitals = text.get(start..).unwrap_or_default().bytes().take_while(u8::is_ascii_uppercase).count();
    if !(1..=3).contains(&capitals) || !ends_word(text, start + capitals) {
        return false;
    }
    let is_short = capitals < 3
        && word_before(text, start)
            .is_some_and(|(_, word)| word.starts_with(char::is_uppercase) && is_any_of(word, PEOPLE));
    is_short
        || word_before(text, start).is_some_and(|(word_start, _)| at(text, word_start) == Some(start + capitals))
        || aged(text, start).is_some()
}

/// Letters with full stops.
struct DottedLetters {
    end: usize,
    count: usize,
}

/// Initials with full stops at `at`: `J.S.`, `J. S.`, `J.S`.
fn dotted(text: &str, at: usize) -> Option<DottedLetters> {
    let mut dotted = DottedLetters { end: initial(text, at)?, count: 1 };
    while dotted.count < 5 {
        // `J. S.` is initials, `J. It` and `A. I` are the end of one sentence and the start of another.
        let space = skip_space(text, dotted.end);
        let is_joined = space == dotted.end;
        if let Some(next) = initial(text, space) {
            dotted.end = next;
        } else if is_joined && is_letter(text, dotted.end) {
            dotted.end += 1;
            dotted.count += 1;
            break;
        } else {
            break;
        }
        dotted.count += 1;
    }
    Some(dotted)
}

/// Whether a surname follows the initials that end at `end`: `J.S. Mill`.
fn is_surname(text: &str, end: usize) -> bool {
    let at = skip_space(text, end);
    let word = word_at(text, at);
    let is_name = word.starts_with(char::is_uppercase) && word.chars().nth(1).is_some_and(char::is_lowercase);
    let begins_sentence = ["He", "She", "They", "It", "The", "His", "Her", "Their", "We", "A", "In", "On", "At"];
    at > end && at == end + 1 && is_name && !begins_sentence.contains(&word)
}

/// Whether there is a single capital at `at`, such as the last letter of `J.S`.
fn is_letter(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| c.is_ascii_uppercase()) && begins_word(text, at) && ends_word(text, at + 1)
}

/// The end of one initial with its full stop.
fn initial(text: &str, at: usize) -> Option<usize> {
    let is_initial = begins_word(text, at) && char_at(text, at)?.is_ascii_uppercase() && char_at(text, at + 1)? == '.';
    is_initial.then_some(at + 2)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::FindingKind::Initials)
    }

    #[test]
    fn initials_are_found() {
        assert_eq!(check("the review of Child J.S. was"), "Child J.S.");
        assert_eq!(check("Child J. S. was"), "Child J. S.");
        assert_eq!(check("Adult M.K."), "Adult M.K.");
        assert_eq!(check("baby J.S was"), "baby J.S");
        assert_eq!(check("an adult (M.K.)"), "adult (M.K.");
        assert_eq!(check("Child J.M.S.’s plan"), "Child J.M.S.");
        assert_eq!(check("Children J.S. and M.K."), "Children J.S.");
        assert_eq!(check("the boy J.S. ran"), "boy J.S.");
        assert_eq!(check("We saw Child J.S. Agencies then met"), "Child J.S.");
        assert_eq!(check("Child J.S. Smith at home"), "Child J.S.");
        assert_eq!(check("a study of children (J.S. Mill)"), "");
        assert_eq!(check("Plentyn J.S. a welwyd"), "Plentyn J.S.");
        assert_eq!(check("Oedolyn K.L."), "Oedolyn K.L.");
        assert_eq!(check("Child JSK was seen"), "Child JSK");
        assert_eq!(check("the plan of Child JSK."), "Child JSK");
    }

    #[test]
    fn initials_with_titles_and_ages_are_found() {
        assert_eq!(check("Mrs D. from Hilltop"), "Mrs D.");
        assert_eq!(check("Mr. J.S. was told"), "Mr. J.S.");
        assert_eq!(check("Ms K from Hilltop"), "Ms K");
        assert_eq!(check("Mr D.'s flat"), "Mr D.");
        assert_eq!(check("J.S. (aged 9) was"), "J.S. (aged 9");
        assert_eq!(check("JS, 9, was"), "JS, 9");
        assert_eq!(check("R.B. (82) was"), "R.B. (82");
        assert_eq!(check("K.L., a nine-year-old, was"), "K.L., a nine-year-old");
        assert_eq!(check("the 9-year-old J.S. moved"), "9-year-old J.S.");
        assert_eq!(check("a 9-year-old, and the 7-year-old KL was"), "7-year-old KL");
        assert_eq!(check("In May J.S. was moved"), "J.S.");
    }

    #[test]
    fn other_capitals_are_allowed() {
        for text in [
            "Mr A was told",
            "We met Mr A. He was there",
            "Mr J. Smith",
            "Ms K. Jones",
            "Mr A of the review",
            "Mr A. and Mrs B. are pseudonyms",
            "Ms K from March",
            "J.S. Mill was",
            "Smith, J.S. (2019)",
            "the U.K. was",
            "GP, 4, and",
            "MK (9)",
            "KS2, 9, was",
            "Child CSE was",
            "Child XYZ team",
            "a 10-year-old NHS was",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }

    #[test]
    fn pseudonyms_are_fine() {
        for text in [
            "Child A",
            "Adult BC",
            "Baby P",
            "Child A. It was",
            "We met Child A. I was there",
            "Adult A.B",
            "Child A.Then",
            "Child Abuse",
            "Child e.g.",
            "Adult J. Smith",
            "Grandchild J.S.",
            "Childs J.S.",
            "child.J.S.",
            "children, i.e. all",
        ] {
            let expected = if text == "Adult A.B" { "Adult A.B" } else { "" };
            assert_eq!(check(text), expected, "{text}");
        }
    }
}
