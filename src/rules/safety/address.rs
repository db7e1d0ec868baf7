//! Home addresses without a postcode: `at 14 Acacia Avenue`. Addresses of offices, schools and events are not findings.

use super::small_count::FOLLOWERS;
use super::text_cursor::{
    begins_word, char_at, char_before, digits_at, ends_word, is_any_of, is_hyphen, near_after, near_before, phrase_at,
    sentence_after, sentence_before, skip_space, word_at, words_back,
};

/// The last words of street names.
#[rustfmt::skip] // One word per line would take pages.
const STREETS: &[&str] = &[
    "Avenue", "Ave", "Road", "Rd", "Street", "Lane", "Close", "Drive", "Crescent", "Gardens", "Grove", "Terrace",
    "Mews", "Court", "Walk", "Row", "Way", "Place", "Rise", "View", "Gate", "Hill", "Square", "Green",
];
/// Words that rarely mean anything but a street, so no house number is needed: `lives in Acacia Avenue`.
const CLEAR: &[&str] =
    &["Avenue", "Road", "Street", "Lane", "Close", "Drive", "Crescent", "Gardens", "Grove", "Terrace", "Mews"];
/// Words before a house number.
#[rustfmt::skip] // One word per line would take pages.
const BEFORE: &[&str] = &["at", "of", "to", "from", "in", "address", "is", "was", "near", "outside", "on", "about", "inside", "opposite", "searched", "visited", "raided", "home", "flat"];
/// Words that say that somebody lives there.
const LIVING: &[&str] = &["live", "lives", "lived", "living", "resides", "resided", "residing", "stays", "stayed"];
/// Words in the sentence that show that the address belongs to an organisation or event.
#[rustfmt::skip] // One word per line would take pages.
const ORGANISATIONS: &[&str] = &[
    "academy", "based", "board", "café", "cafe", "centre", "charity", "church", "clinic", "college", "company", "conference",
    "council", "court", "department", "drop-in", "event", "events", "garage", "gallery", "hall", "headquarters", "held", "hospital",
    "hotel", "hub", "institute", "launch", "library", "meeting", "meetings", "meets", "met", "mosque", "office", "offices", "open",
    "opened", "opening", "opens", "pharmacy", "post", "practice", "prison", "project", "reception", "refuge", "restaurant",
    "school", "service", "services", "session", "sessions", "shop", "shops", "station", "surgery", "temple", "theatre", "training",
    "trust", "university", "venue", "visit", "volunteers", "workshop", "workshops", "write",
];
/// How many bytes of the sentence are searched around an address.
const LOOK: usize = 100;
/// The most words between `lives` and the street.
const WORDS_BETWEEN: usize = 6;
/// The most words in a street's name before its last word.
const WORDS: usize = 3;

/// The end of an address that begins with a house number at `start`, which is the start of a word.
pub(crate) fn at(text: &str, start: usize) -> Option<usize> {
    let end = house(text, start)?;
    let before = near_before(text, start, LOOK);
    let mut words = words_back(before);
    let mut last = words.next().unwrap_or_default();
    // `at number 14 Acacia Avenue`
    if is_any_of(last, &["number", "no"]) {
        last = words.next().unwrap_or_default();
    }
    // `Flat 2, 17 High Street`
    let follows_flat = words.next().is_some_and(|word| is_any_of(word, &["flat", "room", "apartment"]));
    let is_led = before.trim_end().is_empty()
        || before.trim_end().ends_with([':', '(', '–'])
        || is_any_of(last, BEFORE)
        || follows_flat;
    (is_led && !is_organisations(text, before, end)).then_some(end)
}

/// Every house number with street in a text, whether a home or not.
pub(crate) fn houses(text: &str) -> impl Iterator<Item = &str> {
    let begins = text.match_indices(|c: char| c.is_ascii_digit()).filter(|(at, _)| begins_word(text, *at));
    begins.filter_map(|(at, _)| Some(&text[at..house(text, at)?]))
}

/// The end of a house number and street at `start`.
fn house(text: &str, start: usize) -> Option<usize> {
    let digits = digits_at(text, start);
    if !(1..=3).contains(&digits) {
        return None;
    }
    let number_end = start + digits + usize::from(matches!(char_at(text, start + digits), Some('a'..='h' | 'A'..='H')));
    let space = char_at(text, number_end).filter(|c| c.is_whitespace() || *c == ',')?;
    let is_joined = char_before(text, start).is_some_and(|c| is_hyphen(c) || matches!(c, '/' | '.' | '£' | '#'));
    let end = street(text, skip_space(text, number_end + space.len_utf8()), STREETS)?;
    (ends_word(text, number_end) && !is_joined).then_some(end)
}

/// The end of the street where somebody lives, announced by the verb at `start`: `lives in Acacia Avenue`.
pub(crate) fn lived_in(text: &str, start: usize) -> Option<usize> {
    let verb = LIVING.iter().find_map(|verb| phrase_at(text, start, verb))?;
    // `lives with his uncle in Acacia Avenue`
    let mut at = skip_space(text, verb);
    let mut end = None;
    for _ in 0..WORDS_BETWEEN {
        let location = ["in", "on", "at"].iter().find_map(|word| phrase_at(text, at, word));
        end = location.and_then(|location| street(text, skip_space(text, location), CLEAR));
        let next = skip_space(text, at + word_at(text, at).len());
        if end.is_some() || next == at {
            break;
        }
        at = next;
    }
    let end = end?;
    (!is_organisations(text, near_before(text, start, LOOK), end)).then_some(end)
}

/// The end of a street's name at `at`: one to three capitalised words, then one of `streets`.
fn street(text: &str, at: usize, streets: &[&str]) -> Option<usize> {
    let mut at = at;
    for words in 0..=WORDS {
        let word = word_at(text, at);
        let is_capital = word.starts_with(|c: char| c.is_uppercase());
        let end = at + word.len();
        if words > 0 && streets.contains(&word) {
            // `1 Saxon Gate East`
            let next = skip_space(text, end);
            let side = ["East", "West", "North", "South"].iter().find_map(|side| phrase_at(text, next, side));
            return Some(side.unwrap_or(end));
        }
        let next = skip_space(text, end + usize::from(word == "St" && char_at(text, end) == Some('.')));
        if !is_capital || next == end {
            return None;
        }
        at = next;
    }
    None
}

/// Whether the sentence around an address is about an organisation or event, or the name continues after the street.
fn is_organisations(text: &str, before: &str, end: usize) -> bool {
    let after = sentence_after(near_after(text, end, LOOK));
    let goes_on =
        word_at(text, skip_space(text, end)).starts_with(char::is_uppercase) && char_at(text, end) == Some(' ');
    // `in 4 Priority Way projects`
    let is_adjective = !CLEAR.iter().any(|street| text[..end].ends_with(street))
        && char_at(text, end) == Some(' ')
        && word_at(text, end + 1).starts_with(char::is_lowercase)
        && !is_any_of(word_at(text, end + 1), FOLLOWERS);
    let is_listed = |text: &str| words_back(text).any(|word| is_any_of(word, ORGANISATIONS));
    goes_on || is_adjective || is_listed(sentence_before(before)) || is_listed(after)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::FindingKind::Address)
    }

    #[test]
    fn homes_are_found() {
        for text in
            ["14 Acacia Avenue", "9a Mill Lane", "2 St. Mary's Close", "17 Upper High Street", "3 Elm Gate East"]
        {
            assert_eq!(check(&format!("He was found at {text}, in Northtown.")), text);
            assert_eq!(check(&format!("Home address: {text}")), text);
        }
        assert_eq!(check("He lived at number 14 Acacia Avenue"), "14 Acacia Avenue");
        assert_eq!(check("Flat 2, 17 High Street"), "17 High Street");
        assert_eq!(check("The family lives in Acacia Avenue."), "lives in Acacia Avenue");
        assert_eq!(check("He lives with his uncle on Acacia Road."), "lives with his uncle on Acacia Road");
    }

    #[test]
    fn other_places_are_allowed() {
        for text in [
            "The hub at 14 Acacia Avenue",
            "at 14 Acacia Avenue, our office",
            "at 14 Acacia Avenue Community Centre",
            "14 acacia avenue",
            "we saw 14 Acacia Avenue",
            "at 14 Avenue",
            "at 2019 Acacia Avenue",
            "lives in Milton Keynes",
            "in 3 Key Areas",
            "of £14 Mill Lane",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
