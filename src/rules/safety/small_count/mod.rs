//! Counts of people from one to four: so few can be recognised by those who know them.

mod words;

use self::words::{ADJECTIVES, ADJECTIVES_BETWEEN, FOLLOWERS, NUMBERED, OTHER_NUMBERS, PEOPLE, SMALL, THINGS};
use super::around::{
    char_at, char_before, ends_word, is_any_of, is_apostrophe, is_hyphen, phrase_at, skip_space, word_at, word_before,
};
use crate::report::passage::BLOCK_END;

/// Where the people end whom a small number at `start`, a place where a word begins, counts.
pub fn at(text: &str, start: usize) -> Option<usize> {
    let (number_end, is_one) = small_number(text, start)?;
    let mut at = skip_space(text, number_end);
    if at == number_end {
        return None;
    }
    let first = at;
    let mut is_young = false;
    for _ in 0..=ADJECTIVES_BETWEEN {
        let word = word_at(text, at);
        if let Some((end, is_several)) = people(text, at, is_young) {
            let counts = is_one != is_several
                && !is_of_other_things(text, end, is_several)
                && !is_rate(text, end)
                && counts_from(text, start, first, is_one);
            return counts.then_some(end);
        }
        if word.is_empty() || !(is_any_of(word, ADJECTIVES) || word.contains(is_hyphen)) {
            return None;
        }
        is_young |= is_any_of(word, &["young", "younger"]);
        let next = skip_space(text, at + word.len());
        // `Two vulnerable, adults`: what a comma or a block's end parts is not counted together.
        if next == at + word.len() {
            return None;
        }
        at = next;
    }
    None
}

/// The end of a number from one to four, and whether it is one.
fn small_number(text: &str, start: usize) -> Option<(usize, bool)> {
    if let digit @ b'1'..=b'4' = text.as_bytes().get(start)? {
        return ends_word(text, start + 1).then_some((start + 1, *digit == b'1'));
    }
    SMALL.iter().find_map(|word| phrase_at(text, start, word).map(|end| (end, *word == "one")))
}

/// The end of a word for people at `at`, and whether it means several.
fn people(text: &str, at: usize, is_young: bool) -> Option<(usize, bool)> {
    let named = PEOPLE.iter().find_map(|(one, several)| {
        phrase_at(text, at, several).map(|end| (end, true)).or_else(|| phrase_at(text, at, one).map(|end| (end, false)))
    });
    let young = || {
        phrase_at(text, at, "people").map(|end| (end, true)).or_else(|| Some((phrase_at(text, at, "person")?, false)))
    };
    let (end, is_several) = named.or_else(|| is_young.then(young).flatten())?;
    // An adjective may be the same word: `three child victims`, `two adult women`.
    let next = skip_space(text, end);
    let goes_on = !is_several && next > end && people(text, next, is_young).is_some();
    let is_joined = char_at(text, end).is_some_and(is_hyphen);
    (!goes_on && !is_joined).then_some((end, is_several))
}

/// Whether what is counted is not the people but something of theirs: `three children's homes`, `one child death`.
fn is_of_other_things(text: &str, end: usize, is_several: bool) -> bool {
    let Some(next) = char_at(text, end) else { return false };
    if is_apostrophe(next) {
        // A closing quotation mark looks the same, but no letter or space follows a genitive's `s'` otherwise.
        let after = char_at(text, end + next.len_utf8());
        return after.is_some_and(|c| c.is_alphanumeric() || c == ' ');
    }
    let word = word_at(text, skip_space(text, end));
    if word.is_empty() || !next.is_whitespace() {
        return false;
    }
    if is_several { is_any_of(word, THINGS) } else { !is_any_of(word, FOLLOWERS) }
}

/// Whether the people are so many out of others: `one child in ten`, `two women in every three`.
fn is_rate(text: &str, end: usize) -> bool {
    let Some(after) = ["in", "out of"].iter().find_map(|word| phrase_at(text, skip_space(text, end), word)) else {
        return false;
    };
    let at = skip_space(text, after);
    let at = phrase_at(text, at, "every").map_or(at, |every| skip_space(text, every));
    is_number(word_at(text, at))
}

/// Whether a number after `word` is a name: `Year 4`, `Tier Two`, `aged four`; `this year 3` and `in one house three`
/// are none.
fn is_label(word: &str, before: &str, is_digit: bool) -> bool {
    let is_capital = word.starts_with(char::is_uppercase);
    let is_span = !is_capital && is_any_of(word, &["year", "month", "week", "day", "quarter"]);
    let is_told = is_span && is_any_of(before, &["the", "this", "last", "past", "that", "each", "next", "a"]);
    is_any_of(word, NUMBERED) && !is_told && (is_digit || is_capital || is_any_of(word, &["age", "aged"]))
}

/// Whether a word is a number, in digits or letters.
fn is_number(word: &str) -> bool {
    let words = ["five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "hundred", "thousand"];
    word.starts_with(|c: char| c.is_ascii_digit()) || is_any_of(word, SMALL) || is_any_of(word, &words)
}

/// Whether the number at `start` counts, by what stands before it; `first` is the place of the word after it.
fn counts_from(text: &str, start: usize, first: usize, is_one: bool) -> bool {
    let is_digit = text.as_bytes().get(start).is_some_and(u8::is_ascii_digit);
    if let Some(before) = char_before(text, start) {
        let before_that = char_before(text, start - before.len_utf8());
        // `3.5`, `1,234`, `2-4`, `1/4`, `£4`, `twenty-one`.
        let joins =
            matches!(before, '.' | ',' | '/' | ':') && is_digit && before_that.is_some_and(|c| c.is_ascii_digit());
        if joins || is_hyphen(before) || is_apostrophe(before) || matches!(before, '£' | '$' | '€' | '#' | '_') {
            return false;
        }
    }
    // `3 Children in care` is a numbered heading.
    let begins_block = text[..start].trim_end_matches(' ').chars().next_back().is_none_or(|c| c == BLOCK_END);
    if is_digit && begins_block && char_at(text, first).is_some_and(char::is_uppercase) {
        return false;
    }
    let Some((word_start, word)) = word_before(text, start) else { return true };
    let two_before = word_before(text, word_start).map_or("", |(_, word)| word);
    let is_other = is_any_of(word, OTHER_NUMBERS)
        || is_label(word, two_before, is_digit)
        || (is_any_of(word, &["than"]) && is_any_of(two_before, &["more"]))
        || (is_one && is_any_of(word, &["no", "any", "each", "least"]))
        || (is_any_of(word, &["and"]) && is_any_of(two_before, OTHER_NUMBERS));
    // `one in four women`, `2 to 4 children`, `between one and four children`.
    let is_range = match word.to_ascii_lowercase().as_str() {
        "in" | "to" | "of" => two_before == "out" || (is_number(two_before) && word != "of"),
        "and" => {
            is_number(two_before) && {
                let earlier = text[..word_start].trim_end().len() - two_before.len();
                word_before(text, earlier).is_some_and(|(_, word)| is_any_of(word, &["between"]))
            }
        }
        _ => is_digit && word.chars().all(|c| c.is_ascii_digit()),
    };
    !is_other && !is_range
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::Kind::SmallCount)
    }

    #[test]
    fn small_counts_of_people_are_found() {
        for text in
            "three children; 3 children; Two adults; 4 patients; two young people; one young person; 2 vulnerable \
             adults; three looked-after children; two 3-year-old children; four families; one child; 1 child; ONE \
             WOMAN; two men; three girls; four boys; two residents; one victim; three child victims; two more young \
             women; two local disabled children; three\u{a0}children; two children at risk; two looked after \
             children; two younger people; two adult women"
                .split("; ")
        {
            let expected = text.trim_end_matches(" at risk");
            assert_eq!(check(text), expected);
            assert_eq!(check(&format!("In July {text}, who")), expected);
            assert_eq!(check(&format!("We met ({text}) and")), expected);
        }
        assert_eq!(check("one child was moved"), "one child");
        assert_eq!(check("two or three children"), "three children");
        assert_eq!(check("two boys and three girls"), "two boys|three girls");
        assert_eq!(check("In four families we"), "four families");
        assert_eq!(check("in 2019, 3 adults"), "3 adults");
        assert_eq!(check("this year 3 children died"), "3 children");
        assert_eq!(check("In one house three children lived"), "three children");
        assert_eq!(check("all four women"), "four women");
        assert_eq!(check("three of the four women"), "four women");
        assert_eq!(check("“two children” said"), "two children");
        assert_eq!(check("fewer than four children"), "four children");
        assert_eq!(check("3 children"), "3 children");
        assert_eq!(check("one family in Bletchley"), "one family");
    }

    #[test]
    fn other_numbers_and_things_are_none() {
        for text in
            "three reviews; two cases; four boards; two agencies; three partners; two reviews of adults; one of the \
             children; five children; 13 adults; 0 children; 4 in 10 children; one in four women; 1 in 4 women; one \
             in every four women; three out of four patients; one child in ten; one woman in four; 1,234 children; \
             3.5 children; 2-4 children; 2–4 children; 1 to 4 children; between one and four children; one-to-one; \
             one-to-one children; Year 4 children; aged 4 children; Tier 3 patients; over four years; 4% of children; \
             2019-20 adults; 2019 4 children; twenty-one children; twenty one children; a hundred and one children; \
             two hundred children; 4,000 children; 004 children; £4 children; three children's homes; three \
             children’s homes; two women's groups; two families' views; one child death; one adult safeguarding \
             review; one child protection conference; one family hub; two adult safeguarding reviews; two adults \
             safeguarding boards; one board for adults; one service helps families; two programmes, children; no one \
             child; more than one child; at least one adult; any one child; every two families; more than four \
             families; one children; two child; 3 Children in care; 4 Adults\u{1e}x; two,\u{1e}children; \
             two\u{1e}children; one or more children; one man-made; three people; two older people; 1:1 children; \
             24/4 children; one; 4; four years and children; one family's story; two-thirds of children; 4th \
             children; Phase one children; two children in three; twoadults"
                .split("; ")
        {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
