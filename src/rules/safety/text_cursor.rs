//! Characters, words and sentences around an offset in a text.

use crate::model::plain_text::BLOCK_END;

/// The character that ends before `at`.
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that begins at `at`.
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Whether a word may begin at `at`: there is no letter or digit directly before it.
pub(crate) fn begins_word(text: &str, at: usize) -> bool {
    !char_before(text, at).is_some_and(char::is_alphanumeric)
}

/// Whether a word may end at `at`: there is no letter or digit directly after it.
pub(crate) fn ends_word(text: &str, at: usize) -> bool {
    !char_at(text, at).is_some_and(char::is_alphanumeric)
}

/// The number of ASCII digits from `at` on.
pub(crate) fn digits_at(text: &str, at: usize) -> usize {
    text.as_bytes().get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The digits from `start` to `end` as a number; `None` if it does not fit into 32 bits.
pub(crate) fn number(text: &str, start: usize, end: usize) -> Option<u32> {
    text.get(start..end)?.parse().ok()
}

/// The end of `phrase` at `at`, if it is there as whole words, ignoring case. A space in the phrase matches any white
/// space in the text.
#[inline]
pub(crate) fn phrase_at(text: &str, at: usize, phrase: &str) -> Option<usize> {
    // Fast path: most phrases already differ in the first two letters.
    let begins = |text: &[u8], phrase: &[u8]| match (text, phrase) {
        ([a, b, ..], [c, d, ..]) => {
            a.eq_ignore_ascii_case(c) && (b.eq_ignore_ascii_case(d) || (*d == b' ' && !b.is_ascii_alphanumeric()))
        }
        ([a, ..], [c]) => a.eq_ignore_ascii_case(c),
        _ => false,
    };
    begins(text.as_bytes().get(at..)?, phrase.as_bytes()).then(|| whole_phrase_at(text, at, phrase))?
}

/// [`phrase_at`] without the check of the first two letters.
fn whole_phrase_at(text: &str, at: usize, phrase: &str) -> Option<usize> {
    let mut end = at;
    for (i, word) in phrase.split(' ').enumerate() {
        if i > 0 {
            let after = skip_space(text, end);
            if after == end {
                return None;
            }
            end = after;
        }
        let written = text.as_bytes().get(end..end + word.len())?;
        if !written.eq_ignore_ascii_case(word.as_bytes()) {
            return None;
        }
        end += word.len();
    }
    ends_word(text, end).then_some(end)
}

/// The first offset from `at` on that is not white space.
pub(crate) fn skip_space(text: &str, at: usize) -> usize {
    text.get(at..).map_or(at, |rest| at + (rest.len() - rest.trim_start().len()))
}

/// The end of a single space at `at`, or of a line ending with the next line's indentation.
pub(crate) fn single_space_end(text: &str, at: usize) -> Option<usize> {
    let end = skip_space(text, at);
    let space = text.get(at..end)?;
    (space.chars().count() == 1 || space.contains('\n')).then_some(end)
}

/// Whether a character may be part of a word: letters, digits, hyphens and apostrophes.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_apostrophe(c) || is_hyphen(c)
}

/// Whether a character is an apostrophe, straight or curly.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Whether a character is a hyphen, or a dash that is used as one.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '–')
}

/// The most characters of a word that is looked for.
const LONGEST_WORD: usize = 64;

/// The word at `at`, including hyphens and apostrophes.
pub(crate) fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
    &rest[..end]
}

/// The word before `at` and its start, if there is only white space between. Of a word that is longer than any that
/// is looked for, only the end is returned: else each part of a file without spaces would read all that is before it.
pub(crate) fn word_before(text: &str, at: usize) -> Option<(usize, &str)> {
    let before = text.get(..at)?.trim_end();
    let letters = before.char_indices().rev().take(LONGEST_WORD);
    let start = letters.take_while(|(_, c)| is_of_word(*c)).last()?.0;
    Some((start, &before[start..]))
}

/// The text before `at` in its block, at most `bytes` long. Without a limit, a file that contains only numbers would be
/// read again for each of them.
pub(crate) fn near_before(text: &str, at: usize, bytes: usize) -> &str {
    let mut from = at.saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = text.get(from..at).unwrap_or_default();
    near.rfind(BLOCK_END).map_or(near, |end| &near[end + 1..])
}

/// The text from `at` on in its block, at most `bytes` long.
pub(crate) fn near_after(text: &str, at: usize, bytes: usize) -> &str {
    let mut to = text.len().min(at + bytes);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let near = text.get(at..to).unwrap_or_default();
    near.find(BLOCK_END).map_or(near, |end| &near[..end])
}

/// The unfinished sentence at the end of `near`.
pub(crate) fn sentence_before(near: &str) -> &str {
    near.rmatch_indices(['.', '!', '?', ';'])
        .find(|(at, _)| ends_sentence(near, *at))
        .map_or(near, |(at, _)| &near[at + 1..])
}

/// The text of `near` up to the end of its first sentence.
pub(crate) fn sentence_after(near: &str) -> &str {
    near.match_indices(['.', '!', '?', ';'])
        .find(|(at, _)| ends_sentence(near, *at))
        .map_or(near, |(at, _)| &near[..at])
}

/// Whether the full stop at `at` ends a sentence, and not an abbreviation as in `St. Mary's` or `J. Smith`.
fn ends_sentence(text: &str, at: usize) -> bool {
    // Abbreviations are short, and begin with a capital or are known.
    let is_shortened = |word: &str| {
        let known = ["no", "nos", "tel", "mob", "ref", "dob", "approx", "b", "c", "g", "e", "vs"];
        let is_title = word.chars().count() < 4 && word.starts_with(char::is_uppercase);
        (is_title && !is_any_of(word, &["I", "He", "She", "It"])) || is_any_of(word, &known)
    };
    let follows_space = char_at(text, at + 1).is_none_or(char::is_whitespace);
    let word = word_before(text, at).map_or("", |(_, word)| word);
    follows_space && !(text[at..].starts_with('.') && is_shortened(word))
}

/// The words of a text, from last to first.
pub(crate) fn words_back(text: &str) -> impl Iterator<Item = &str> {
    text.rsplit(|c: char| !is_of_word(c)).filter(|word| !word.is_empty())
}

/// Whether a word is in a list, ignoring case.
pub(crate) fn is_any_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|listed| listed.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_on_both_sides() {
        let text = "the looked-after  child’s";
        assert_eq!(word_at(text, 4), "looked-after");
        assert_eq!(word_at(text, 18), "child’s");
        assert_eq!(word_before(text, 18), Some((4, "looked-after")));
        assert_eq!(word_before(text, 0), None);
        assert_eq!(word_before("end. One", 5), None);
    }

    #[test]
    fn sentences_and_blocks_end() {
        assert_eq!(near_before("a\u{1e}bc d", 6, 10), "bc d");
        assert_eq!(near_before("éé", 4, 3), "é");
        assert_eq!(near_after("bc\u{1e}d", 0, 10), "bc");
        assert_eq!(near_after("éé", 0, 3), "é");
        assert_eq!(sentence_before("It ended. At St. Mary's on 3.4"), " At St. Mary's on 3.4");
        assert_eq!(sentence_after("at St. Mary's in 2019. It"), "at St. Mary's in 2019");
        assert_eq!(words_back("her well-known (number): ").collect::<Vec<_>>(), ["number", "well-known", "her"]);
    }

    #[test]
    fn phrases_are_whole_words() {
        assert_eq!(phrase_at("Date of  birth:", 0, "date of birth"), Some(14));
        assert_eq!(phrase_at("dateof birth", 0, "date of birth"), None);
        assert_eq!(phrase_at("borne", 0, "born"), None);
        assert_eq!(phrase_at("b", 0, "born"), None);
    }
}
