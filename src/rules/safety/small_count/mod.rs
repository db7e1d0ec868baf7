//! Counts of one to four people, who could be recognised by anybody who knows them.

mod heading;
mod part_of_group;
mod vocabulary;
mod welsh;

pub(crate) use self::heading::{counts_people, measures};
pub(crate) use self::vocabulary::{ADJECTIVES, FOLLOWERS, PEOPLE, SMALL, THINGS};

use self::vocabulary::{ADJECTIVES_BETWEEN, ANYBODY, BEFELL, HELPERS, LIMITS, OTHER_NUMBERS, RULES, WORKING};
use super::text_cursor::{
    char_at, char_before, ends_word, is_any_of, is_apostrophe, is_hyphen, near_after, near_before, phrase_at,
    sentence_before, skip_space, word_at, word_before, words_back,
};
use super::wording::NUMBERED;
use crate::model::plain_text::BLOCK_END;

/// Words before `year` or `quarter` that show that the next number does not belong to it:
/// `in the second quarter 3 adults`.
#[rustfmt::skip] // One word per line would take pages.
const SPAN_WORDS: [&str; 15] = [
    "the", "this", "last", "past", "that", "each", "next", "a", "first", "second", "third", "fourth", "final", "previous",
    "one",
];
/// Verbs that make the next number a requirement: `each minibus needs two adults`.
const NEEDS: &[&str] = &["need", "needs", "needing", "require", "requires", "requiring"];
/// Words after `families of` that say who is in the families; other words name a kind: `three families of risk`.
#[rustfmt::skip] // One word per line would take pages.
const MEMBERS: &[&str] = &[
    "a", "adults", "an", "both", "children", "deceased", "disabled", "four", "five", "her", "his", "homicide", "men",
    "missing", "murdered", "older", "one", "our", "patients", "people", "prisoners", "refugees", "six", "soldiers",
    "suicide", "the", "their", "these", "this", "those", "three", "two", "victims", "women", "young",
];
/// How many bytes around a count are searched for its context.
const LOOK: usize = 70;

/// The end of the people counted by a small number at `start`, which is the start of a word.
pub(crate) fn at(text: &str, start: usize) -> Option<usize> {
    english(text, start).or_else(|| welsh::at(text, start))
}

/// [`at`] for English.
fn english(text: &str, start: usize) -> Option<usize> {
    let (number_end, is_one) = small_number(text, start)?;
    if let Some(end) = labelled(text, start, number_end) {
        return Some(end);
    }
    let mut at = skip_space(text, number_end);
    if at == number_end {
        return None;
    }
    if let Some(end) = of_those(text, start, at, is_one) {
        return counts_from(text, start, at, is_one).then_some(end);
    }
    if part_of_group::is_counted(text, start) && befell(text, number_end) {
        return counts_from(text, start, at, is_one).then_some(number_end);
    }
    let first = at;
    at = said_twice(text, at);
    // `one of the children` could be any of them.
    let of = ["of the", "of these", "of those", "of our"].iter().find_map(|words| phrase_at(text, at, words));
    at = of.filter(|_| !is_one).map_or(at, |end| skip_space(text, end));
    let counted = at;
    for word in ["sets of", "pairs of", "set of", "pair of"] {
        at = phrase_at(text, at, word).map_or(at, |end| skip_space(text, end));
    }
    let is_of_sets = at > counted;
    let mut is_young = false;
    for _ in 0..=ADJECTIVES_BETWEEN {
        let word = word_at(text, at);
        if let Some(people) = people(text, at, is_young) {
            if !is_one
                && !people.is_several
                && let Some(deaths) = part_of_group::deaths(text, people.end)
            {
                return (!is_rule(text, start, deaths) && counts_from(text, start, first, is_one)).then_some(deaths);
            }
            let counts = (is_one != people.is_several || is_of_sets)
                && !is_of_other_things(text, people.end, people.is_several)
                && !is_rate(text, people.end)
                && !is_rule(text, start, people.end)
                && (!people.is_anybody || befell(text, people.end))
                && counts_from(text, start, first, is_one);
            return counts.then_some(people.end);
        }
        if word.is_empty() || !(is_any_of(word, ADJECTIVES) || word.contains(is_hyphen)) {
            return None;
        }
        is_young |= is_any_of(word, &["young", "younger"]);
        let next = skip_space(text, at + word.len());
        // `Two vulnerable, adults`: a comma or the end of a block separates the number from the people.
        if next == at + word.len() {
            return None;
        }
        at = next;
    }
    None
}

/// The end of the people counted by `a single` or `a couple of` at `start`: `a single child`.
pub(crate) fn single(text: &str, start: usize) -> Option<usize> {
    let (words, is_one) = if let Some(end) = phrase_at(text, start, "single") {
        (end, true)
    } else {
        let pair = ["couple of", "pair of", "trio of"].iter().find_map(|words| phrase_at(text, start, words))?;
        (pair, false)
    };
    let mut before = words_back(near_before(text, start, LOOK));
    let is_led = before.next().is_some_and(|word| is_any_of(word, &["a", "one", "the"]));
    // `not a single child` and `every single child` are not counts.
    let is_denied = before.next().is_some_and(|word| is_any_of(word, &["not", "without", "no", "never"]));
    let mut at = skip_space(text, words);
    for _ in 0..=ADJECTIVES_BETWEEN {
        if let Some(people) = people(text, at, false).filter(|people| !people.is_anybody) {
            let counts = is_led
                && !is_denied
                && is_one != people.is_several
                && !is_of_other_things(text, people.end, people.is_several)
                && !is_rule(text, start, people.end);
            return counts.then_some(people.end);
        }
        let word = word_at(text, at);
        if !is_any_of(word, ADJECTIVES) {
            return None;
        }
        at = skip_space(text, at + word.len());
    }
    None
}

/// The end of a number from one to four, and whether it is 1.
fn small_number(text: &str, start: usize) -> Option<(usize, bool)> {
    if let digit @ b'1'..=b'4' = text.as_bytes().get(start)? {
        return ends_word(text, start + 1).then_some((start + 1, *digit == b'1'));
    }
    SMALL.iter().find_map(|word| phrase_at(text, start, word).map(|end| (end, *word == "one")))
}

/// The end of a number that is repeated in brackets: `three (3) victims`.
fn said_twice(text: &str, at: usize) -> usize {
    let inner = text.get(at..).unwrap_or_default().strip_prefix('(').map(|_| at + 1);
    let end = inner.and_then(|inner| small_number(text, inner)).map(|(end, _)| end);
    end.filter(|end| char_at(text, *end) == Some(')')).map_or(at, |end| skip_space(text, end + 1))
}

/// The end of a number whose label says that it counts people: `Number of victims: 2`.
fn labelled(text: &str, start: usize, number_end: usize) -> Option<usize> {
    let near = near_before(text, start, LOOK);
    let rest = skip_space(text, number_end);
    if let Some(list) = near.trim_end().strip_suffix(',') {
        return is_of_befallen(list, text, rest).then_some(number_end);
    }
    let label = near.trim_end().strip_suffix([':', '='])?.trim_end();
    let ends = char_at(text, rest).is_none_or(|c| matches!(c, BLOCK_END | ',' | ';' | '.' | ')'));
    (ends && counts_people(label.rsplit(['.', ',', ';', '(']).next()?)).then_some(number_end)
}

/// Whether a label before a comma says what happened to the people counted after it: `Children harmed, 3`.
fn is_of_befallen(label: &str, text: &str, rest: usize) -> bool {
    let ends = char_at(text, rest).is_none_or(|c| matches!(c, BLOCK_END | '.' | ';'));
    let several = PEOPLE.iter().find_map(|(_, several)| phrase_at(label, 0, several));
    let is_complete = |at: usize| BEFELL.iter().any(|verb| phrase_at(label, at, verb) == Some(label.len()));
    ends && several.is_some_and(|end| is_complete(skip_space(label, end)))
}

/// The end of the people counted out of a group mentioned before: `Of these, 4 were children`.
fn of_those(text: &str, start: usize, at: usize, is_one: bool) -> Option<usize> {
    let near = sentence_before(near_before(text, start, LOOK)).trim();
    let near = near.trim_end_matches(',');
    let is_led = ["of these", "of those", "of them", "of whom"].iter().any(|words| {
        let from = near.len().checked_sub(words.len());
        from.and_then(|from| near.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case(words))
    });
    let verb = ["were", "was", "are", "is"].iter().find_map(|verb| phrase_at(text, at, verb)).filter(|_| is_led)?;
    let mut noun = skip_space(text, verb);
    for word in ["a", "an"] {
        noun = phrase_at(text, noun, word).map_or(noun, |end| skip_space(text, end));
    }
    let people = people(text, noun, false)?;
    (people.is_several != is_one && !is_of_other_things(text, people.end, people.is_several)).then_some(people.end)
}

/// Words for people, as found in a text.
struct PeopleWords {
    end: usize,
    is_several: bool,
    /// Whether staff and guests may be meant as well.
    is_anybody: bool,
}

/// The words for people at `at`.
fn people(text: &str, at: usize, is_young: bool) -> Option<PeopleWords> {
    let named = |list: &[(&str, &str)]| {
        list.iter().find_map(|(one, several)| {
            phrase_at(text, at, several)
                .map(|end| (end, true))
                .or_else(|| phrase_at(text, at, one).map(|end| (end, false)))
        })
    };
    let (end, is_several, is_anybody) = match (named(PEOPLE).or_else(|| by_age(text, at)), is_young) {
        (Some((end, is_several)), _) => (end, is_several, false),
        (None, is_young) => named(ANYBODY).map(|(end, is_several)| (end, is_several, !is_young))?,
    };
    // The word may be an adjective: `three child victims`, `two adult women`.
    let next = skip_space(text, end);
    let goes_on = !is_several && next > end && people(text, next, is_young).is_some();
    let is_joined = char_at(text, end).is_some_and(is_hyphen);
    (!goes_on && !is_joined).then_some(PeopleWords { end, is_several, is_anybody })
}

/// The end of people named by their age, and whether it is a plural: `15-year-olds`, `under-fives`.
fn by_age(text: &str, at: usize) -> Option<(usize, bool)> {
    let word = word_at(text, at);
    let lower = word.to_ascii_lowercase();
    let is_several = lower.ends_with("-year-olds") || (lower.starts_with("under-") && lower.ends_with('s'));
    // `9-year-old girl` is an adjective.
    let next = word_at(text, skip_space(text, at + word.len()));
    let is_one = lower.ends_with("-year-old") && (next.is_empty() || is_any_of(next, FOLLOWERS));
    (is_several || is_one).then_some((at + word.len(), is_several))
}

/// Whether something happened to the people whose words end at `end`: `died`, `were arrested`.
fn befell(text: &str, end: usize) -> bool {
    let mut at = skip_space(text, end);
    for _ in 0..4 {
        let word = word_at(text, at);
        if BEFELL.iter().any(|words| phrase_at(text, at, words).is_some()) {
            return true;
        }
        if !is_any_of(word, HELPERS) {
            return false;
        }
        at = skip_space(text, at + word.len());
    }
    false
}

/// Whether the count is a rule, a limit or a ratio, or the people are those who do the work.
fn is_rule(text: &str, start: usize, end: usize) -> bool {
    let before = near_before(text, start, LOOK).trim_end();
    let at = skip_space(text, end);
    let is_any_at = |at: usize, list: &[&str]| list.iter().any(|words| phrase_at(text, at, words).is_some());
    let verb = verb_start(text, end);
    let is_guest = phrase_at(text, at, "from").is_some_and(|from| is_from_service(near_after(text, from, LOOK)));
    let has_rule = is_guest || is_any_at(at, RULES) || is_any_at(verb, RULES) || is_any_at(verb, WORKING);
    let is_limit = LIMITS.iter().any(|words| {
        let at = before.len().checked_sub(words.len());
        at.and_then(|at| before.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(words))
    });
    let is_needed = words_back(before).next().is_some_and(|word| is_any_of(word, NEEDS));
    has_rule
        || (is_limit && !befell(text, end))
        || is_needed
        || is_of_each(sentence_before(before))
        || is_ratio(text, end)
        || is_kind(text, end)
}

/// Whether the people came from a service to speak: `from the fire service gave talks`.
fn is_from_service(after: &str) -> bool {
    let services = ["service", "council", "police", "charity", "trust", "force", "university", "team"];
    let sentence = super::text_cursor::sentence_after(after);
    let service = services.iter().filter_map(|word| sentence.find(word).map(|at| at + word.len())).min();
    service.is_some_and(|end| {
        let verb = skip_space(sentence, end);
        WORKING
            .iter()
            .chain(&["gave talks", "gave a talk", "visited", "attended"])
            .any(|words| phrase_at(sentence, verb, words).is_some())
    })
}

/// The start of the verb for the people whose words end at `end`, after any `who` or `, both nurses,`.
fn verb_start(text: &str, end: usize) -> usize {
    let mut at = skip_space(text, end);
    if char_at(text, end) == Some(',')
        && let Some(comma) = near_after(text, end + 1, LOOK).find(',')
    {
        at = skip_space(text, end + 1 + comma + 1);
    }
    for _ in 0..2 {
        let helper = ["who", "also", "now", "jointly", "will", "both", "have", "has"];
        let Some(next) = helper.iter().find_map(|word| phrase_at(text, at, word)) else { break };
        at = skip_space(text, next);
    }
    at
}

/// Whether a sentence begins by speaking of each of many: `each room is for`, `all visits are made by`.
fn is_of_each(before: &str) -> bool {
    let mut words = words_back(before);
    // `all four women` and `each of the three children` are counted.
    let is_counted = words.next().is_none_or(|word| is_any_of(word, &["all", "the", "each", "these", "those"]));
    let first = words_back(before).last().is_some_and(|word| is_any_of(word, &["all", "most", "any"]));
    !is_counted && (first || words.any(|word| is_any_of(word, &["each", "every"])))
}

/// Whether the count is part of a ratio: `one adult to four children`, `two adults per group`.
fn is_ratio(text: &str, end: usize) -> bool {
    let at = skip_space(text, end);
    let words =
        ["per", "to every", "for every", "for each", "to each", "to one", "to two", "to three", "to four", "to five"];
    let is_digit = |at: usize| char_at(text, at).is_some_and(|c| c.is_ascii_digit());
    words.iter().any(|words| phrase_at(text, at, words).is_some())
        || phrase_at(text, at, "to").is_some_and(|to| is_digit(skip_space(text, to)))
        || (char_at(text, end) == Some(':') && is_digit(end + 1))
}

/// Whether the words for people name a kind of thing: `three families of risk`, `one mother and baby unit`.
fn is_kind(text: &str, end: usize) -> bool {
    let at = skip_space(text, end);
    let is_family = text[..end].ends_with("families") || text[..end].ends_with("family");
    let is_class = is_family
        && phrase_at(text, at, "of").is_some_and(|of| {
            let kind = word_at(text, skip_space(text, of));
            kind.starts_with(char::is_lowercase) && !is_any_of(kind, MEMBERS)
        });
    is_class
        || ["and baby unit", "and baby home", "and toddler group"]
            .iter()
            .any(|words| phrase_at(text, at, words).is_some())
}

/// Whether the count is of something else that belongs to people: `three children's homes`, `one child death`.
fn is_of_other_things(text: &str, end: usize, is_several: bool) -> bool {
    let Some(next) = char_at(text, end) else { return false };
    if is_apostrophe(next) {
        // Not a closing quotation mark: a letter or space follows the apostrophe of a genitive.
        let after = char_at(text, end + next.len_utf8());
        return after.is_some_and(|c| c.is_alphanumeric() || c == ' ');
    }
    let word = word_at(text, skip_space(text, end));
    if word.is_empty() || !next.is_whitespace() {
        return false;
    }
    if is_several { is_any_of(word, THINGS) } else { !is_any_of(word, FOLLOWERS) }
}

/// Whether the people are a share of others: `one child in ten`, `two women in every three`.
fn is_rate(text: &str, end: usize) -> bool {
    let Some(after) = ["in", "out of"].iter().find_map(|word| phrase_at(text, skip_space(text, end), word)) else {
        return false;
    };
    let at = skip_space(text, after);
    let at = phrase_at(text, at, "every").map_or(at, |every| skip_space(text, every));
    is_number(word_at(text, at))
}

/// Whether a number after `word` is a name: `Year 4`, `Tier Two`, `aged four`, but not `this year 3` or
/// `in one house three`.
fn is_label(word: &str, before: &str, is_digit: bool) -> bool {
    let is_capital = word.starts_with(char::is_uppercase);
    let is_span = !is_capital && is_any_of(word, &["year", "month", "week", "day", "quarter"]);
    let is_time_span = is_span && is_any_of(before, &SPAN_WORDS);
    is_any_of(word, NUMBERED) && !is_time_span && (is_digit || is_capital || is_any_of(word, &["age", "aged"]))
}

/// Whether a word is a number, in digits or letters.
fn is_number(word: &str) -> bool {
    let words = ["five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "hundred", "thousand"];
    word.starts_with(|c: char| c.is_ascii_digit()) || is_any_of(word, SMALL) || is_any_of(word, &words)
}

/// Whether the number at `start` is a count, judging by the text before it; `first` is where the next word begins.
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
    let is_bound =
        words_back(near_before(text, start, LOOK)).nth(2).is_some_and(|word| is_any_of(word, &["no", "not"]));
    // `one adult to four children`
    let is_ratio = is_any_of(word, &["to", "per", "for"])
        && PEOPLE.iter().any(|(one, several)| is_any_of(two_before, &[one, several]));
    let is_other = is_ratio
        || is_any_of(word, OTHER_NUMBERS)
        || is_label(word, two_before, is_digit)
        || (is_any_of(word, &["than"]) && is_any_of(two_before, &["more"]) && !is_bound)
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
        found(text, super::super::FindingKind::SmallCount)
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
        assert_eq!(check("Three of the children died."), "Three of the children");
        assert_eq!(check("2 of the children had no school."), "2 of the children");
        assert_eq!(check("Of these, 4 were children."), "4 were children");
        assert_eq!(check("Children harmed, 3"), "3");
        assert_eq!(check("Children harmed, 3 schools"), "");
        assert_eq!(check("Two men from the fire service gave talks"), "");
        assert_eq!(check("Two men from the fire service died"), "Two men");
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
        assert_eq!(check("no more than 3 children were harmed"), "3 children");
        assert_eq!(check("each of the three children was"), "three children");
        assert_eq!(check("a single child was"), "single child");
        assert_eq!(check("only a couple of families"), "couple of families");
        assert_eq!(check("Three (3) victims"), "Three (3) victims");
        assert_eq!(check("2 people died"), "2 people");
        assert_eq!(check("One person took their own life"), "One person");
        assert_eq!(check("two people who were arrested"), "two people");
        assert_eq!(check("two 15-year-olds went"), "two 15-year-olds");
        assert_eq!(check("one 9-year-old was"), "one 9-year-old");
        assert_eq!(check("two sets of twins"), "two sets of twins");
        assert_eq!(check("Number of victims: 2"), "2");
        assert_eq!(check("Fewer than 3 children"), "3 children");
        assert_eq!(check("under 3 children"), "3 children");
    }

    #[test]
    fn other_numbers_and_things_are_allowed() {
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
             children; Phase one children; two children in three; twoadults; up to 4 children; four women run it; two \
             adults must be present; at least three adults must supervise; 3 women officers; two families of measures; \
             one adult to four children; one adult for every child; 2 adults to 10 children; homes for three children; \
             two people are trained; a single child protection plan; every single child; not a single child; two \
             women's refuges; two people; one person in charge; two girls schools; Theme 3: 2 children's homes; 3 \
             parents sit on the panel; no more than 4 children; Priority: 2; each room is for two adults; all visits are made by two adults; two women, both \
             nurses, lead it; three men have joined the board; one mother and baby unit"
                .split("; ")
        {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
