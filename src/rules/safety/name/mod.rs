//! Names next to pseudonyms: `Child A (John)`, `Adult B, known as Mary`. A name alone is not a finding, because reports
//! name the people who are responsible for the work.

mod vocabulary;

use self::vocabulary::{is_given, may_be_name};
use super::initials::PEOPLE;
use super::text_cursor::{
    char_at, ends_word, is_any_of, is_apostrophe, near_after, near_before, phrase_at, sentence_before, skip_space,
    word_at, word_before,
};

/// Words that announce a name, longer ones first.
#[rustfmt::skip] // One phrase per line would take pages.
const INTRODUCTIONS: &[&str] = &[
    "whose real name is", "whose real name was", "whose first name is", "whose full name is", "whose name is",
    "whose name was", "whom we call", "whom we called", "whom we will call", "whom they called", "his real name is", "her real name is", "real name is", "real name was", "real name",
    "full name is", "full name", "first name is", "first name", "name is", "name was", "name", "also known as",
    "better known as", "otherwise known as", "known at home as", "known locally as",
    "known as", "also called", "is called", "was called", "called", "is named", "was named", "named", "formerly", "aka",
    "a.k.a.", "nickname", "nicknamed", "who is really", "is really", "i.e.",
];
/// Introductions after which only a known given name counts as a name.
const DOUBTFUL: &[&str] = &[
    "name",
    "whom we call",
    "whom we called",
    "whom we will call",
    "whom they called",
    "called",
    "is called",
    "was called",
    "named",
    "is named",
    "was named",
    "formerly",
    "i.e.",
];
/// Words that say that a name is not real: `not his real name`.
const HEDGES: &[&str] = &[
    "pseudonym",
    "real name)",
    "real names",
    "not his real",
    "not her real",
    "not their real",
    "been changed",
    "name changed",
    "names changed",
    "not a real",
];
/// Words between a name and the pseudonym after it: `John, known in this report as Child A`.
#[rustfmt::skip] // One word per line would take pages.
const BETWEEN: &[&str] = &[
    "known", "referred", "to", "as", "here", "in", "this", "report", "called", "hereafter", "review", "who", "is",
    "was", "became", "the", "our", "now",
];
/// Numbers that end a pseudonym: `Child One`.
const NUMBERS: &[&str] = &["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
/// How many bytes of text are searched for names.
const LOOK: usize = 90;
/// How many words before a pseudonym are searched.
const MOST_WORDS: usize = 12;
/// The most pseudonyms in a row before names: `Child A and Child B (John and Mary)`.
const TOGETHER: usize = 4;

/// The end of a name that is given away next to a word for a person, such as `Child A (John)`. `start` is where that word
/// begins.
pub(crate) fn at(text: &str, start: usize) -> Option<usize> {
    let person = PEOPLE.iter().find_map(|word| phrase_at(text, start, word))?;
    let end = match pseudonym(text, person) {
        Some(pseudonyms_end) => {
            let pseudonyms_end = others(text, pseudonyms_end);
            let is_named = || is_named_before(text, start) || apposed(text, start, pseudonyms_end).is_some();
            beside(text, pseudonyms_end).or_else(|| is_named().then_some(pseudonyms_end))
        }
        None => called(text, person),
    }?;
    (!is_hedged(text, end)).then_some(end)
}

/// The start of a name before its pseudonym at `start`: `John Smith (Child A)`.
pub(crate) fn begins(text: &str, start: usize) -> usize {
    let of_pseudonym = || {
        let person = PEOPLE.iter().find_map(|word| phrase_at(text, start, word))?;
        apposed(text, start, pseudonym(text, person)?)
    };
    name_before(text, start).or_else(of_pseudonym).unwrap_or(start)
}

/// The start of a given name that opens its sentence before a pseudonym: `John, Child A, was`, `“John” is Child A`.
fn apposed(text: &str, start: usize, end: usize) -> Option<usize> {
    let sentence = sentence_before(near_before(text, start, LOOK));
    let before = sentence.trim_end();
    let is_between = before.ends_with(',') && char_at(text, end) == Some(',');
    let verb = ["is", "was"].iter().find_map(|verb| before.strip_suffix(verb));
    let name = if is_between { before.strip_suffix(',')? } else { verb.filter(|name| name.ends_with(' '))? };
    let is_quote = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'');
    let mut words = name.trim_matches(is_quote).split(' ');
    let is_name = words.next().is_some_and(is_given) && words.clone().count() < 3 && words.all(may_be_name);
    is_name.then(|| start - sentence.trim_start_matches(is_quote).len())
}

/// The end of a pseudonym's one or two capitals or digits, after a word for a person that ends at `person`.
fn pseudonym(text: &str, person: usize) -> Option<usize> {
    let space = skip_space(text, person);
    let at = skip_quote(text, space);
    let word = word_end(text, at);
    if at > space && skip_quote(text, word) == word {
        return None;
    }
    let is_pseudonym = match &text.as_bytes()[at..word] {
        [a] => a.is_ascii_uppercase() || a.is_ascii_digit(),
        [a, b] => (a.is_ascii_uppercase() || a.is_ascii_digit()) && (b.is_ascii_uppercase() || b.is_ascii_digit()),
        word => NUMBERS.iter().any(|number| number.as_bytes() == word),
    };
    (at > person && is_pseudonym && ends_word(text, word)).then_some(word)
}

/// Where the text goes on after a quotation mark at `at`, if there is one.
fn skip_quote(text: &str, at: usize) -> usize {
    let quote = char_at(text, at).filter(|c| matches!(c, '"' | '“' | '”' | '‘' | '’' | '\''));
    at + quote.map_or(0, char::len_utf8)
}

/// The end of the ASCII letters and digits at `at`.
fn word_end(text: &str, at: usize) -> usize {
    at + text.as_bytes().get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// The end of further pseudonyms after one: ` and Child B`, `, C and D`.
fn others(text: &str, mut end: usize) -> usize {
    for _ in 0..TOGETHER {
        let mut at = skip_space(text, end);
        let joint = ["and", "&", ","].iter().find(|joint| text[at..].starts_with(**joint));
        let Some(joint) = joint else { break };
        at = skip_space(text, at + joint.len());
        let Some(person) = PEOPLE.iter().find_map(|word| phrase_at(text, at, word)) else { break };
        let Some(next) = pseudonym(text, person) else { break };
        end = next;
    }
    end
}

/// The end of a name after a pseudonym that ends at `end`.
fn beside(text: &str, end: usize) -> Option<usize> {
    // Not the apostrophe of `Child A’s`.
    let quoted = skip_quote(text, end);
    let is_genitive = char_at(text, quoted).is_some_and(char::is_alphanumeric);
    let end = if is_genitive { end } else { quoted };
    let at = skip_space(text, end);
    let next = char_at(text, at)?;
    match next {
        '(' | '[' => in_brackets(text, at + 1),
        ',' | '–' | '—' | '-' | ':' | '/' | '=' => {
            let inner = skip_space(text, at + next.len_utf8());
            let named = || listed(text, inner, is_given).filter(|end| !is_place(text, *end));
            introduced(text, inner).or_else(named)
        }
        c if is_apostrophe(c) => {
            let genitive = text.get(at + c.len_utf8()..).filter(|rest| rest.starts_with("s "))?;
            let owned = skip_space(text, text.len() - genitive.len() + 2);
            let bracket = char_at(text, owned).filter(|c| matches!(c, '(' | '['));
            introduced(text, owned).or_else(|| bracket.and_then(|_| in_brackets(text, owned + 1)))
        }
        _ => introduced(text, at).or_else(|| {
            let verb = ["is", "was"].iter().find_map(|verb| phrase_at(text, at, verb))?;
            listed(text, skip_space(text, verb), is_given)
        }),
    }
}

/// The end of a name in the brackets that open before `at`: `(John)`, `(“John”)`, `(aged 9, Mary)`.
fn in_brackets(text: &str, at: usize) -> Option<usize> {
    let inner = skip_quote(text, skip_space(text, at));
    let named = |at: usize, is_name: fn(&str) -> bool| listed(text, at, is_name).filter(|end| closes(text, *end));
    introduced(text, inner).or_else(|| named(inner, may_be_name)).or_else(|| named(after_age(text, inner)?, is_given))
}

/// Where the text goes on after an age and a comma: `aged 9, `, `9 years; `.
fn after_age(text: &str, at: usize) -> Option<usize> {
    let aged = ["then aged", "aged", "age"].iter().find_map(|word| phrase_at(text, at, word));
    let at = skip_space(text, aged.unwrap_or(at));
    let number = word_at(text, at);
    if aged.is_none() && !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = at + number.len();
    let unit = ["years old", "years", "months"].iter().find_map(|unit| phrase_at(text, skip_space(text, end), unit));
    let end = unit.unwrap_or(end);
    let comma = char_at(text, end).filter(|c| matches!(c, ',' | ';' | '/'))?;
    Some(skip_quote(text, skip_space(text, end + comma.len_utf8())))
}

/// The end of a name introduced by the words at `at`.
fn introduced(text: &str, at: usize) -> Option<usize> {
    let mut at = at;
    for word in ["who is", "who was", "is", "was", "who"] {
        if let Some(end) = phrase_at(text, at, word) {
            at = skip_space(text, end);
            break;
        }
    }
    let known = || INTRODUCTIONS.iter().find_map(|words| Some((*words, phrase_at(text, at, words)?)));
    let (words, end) = known().or_else(|| Some(("known as", known_to(text, at)?)))?;
    let rest = &text[end..];
    let name = end
        + (rest.len()
            - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '“' | '‘' | '"' | '\'')).len());
    let is_doubtful = DOUBTFUL.contains(&words) && char_at(text, end) != Some(':');
    listed(text, name, if is_doubtful { is_given } else { may_be_name })
}

/// The end of `known to … as` at `at`, as in `known to his friends as`.
fn known_to(text: &str, at: usize) -> Option<usize> {
    let mut at = skip_space(text, phrase_at(text, at, "known to")?);
    for _ in 0..4 {
        if let Some(end) = phrase_at(text, at, "as") {
            return Some(end);
        }
        at = skip_space(text, at + word_at(text, at).len());
    }
    None
}

/// The end of one to four names at `at`; `is_name` decides on the first one: `John`, `Mary Ann Smith`,
/// `John and Mary`.
fn listed(text: &str, at: usize, is_name: fn(&str) -> bool) -> Option<usize> {
    let first = word_at(text, at);
    let first = first.strip_suffix("'s").or_else(|| first.strip_suffix("’s")).unwrap_or(first);
    let first = first.trim_end_matches(is_apostrophe);
    if !is_name(first) || is_any_of(first, PEOPLE) {
        return None;
    }
    let mut end = at + first.len();
    for _ in 0..3 {
        let mut next = skip_space(text, end);
        let joint = ["and", "&", ","].iter().find(|joint| text[next..].starts_with(**joint));
        next = joint.map_or(next, |joint| skip_space(text, next + joint.len()));
        let word = word_at(text, next);
        let is_next = if joint.is_some() { is_given(word) } else { word.starts_with(char::is_uppercase) };
        // `(Daniel M)`
        if is_next && word.chars().count() == 1 && joint.is_none() && is_given(first) {
            end = next + word.len();
        }
        if !is_next || word.chars().count() < 2 {
            break;
        }
        // `(John Safeguarding Adults Review)` is not a name.
        if !may_be_name(word) && !is_given(first) {
            return None;
        }
        if !may_be_name(word) {
            break;
        }
        end = next + word.len();
    }
    Some(end)
}

/// Whether the brackets around a name close after it, or an age or a date of birth follows.
fn closes(text: &str, end: usize) -> bool {
    let genitive = ["'s", "’s"].iter().find(|genitive| text[end..].starts_with(**genitive));
    let next = skip_space(text, genitive.map_or_else(|| skip_quote(text, end), |genitive| end + genitive.len()));
    matches!(char_at(text, next), Some(')' | ']' | ',' | ';' | '/'))
        || ["aged", "born", "dob", "age"].iter().any(|word| phrase_at(text, next, word).is_some())
}

/// Whether the word that ends at `end` is part of the name of an organisation or place: `Child A, Chelsea Hospital`.
fn is_place(text: &str, end: usize) -> bool {
    let next = skip_space(text, end);
    next > end && word_at(text, next).starts_with(char::is_uppercase)
}

/// The end of a name after a word for a person that ends at `person`: `a boy known as Ollie`, `the mother (Sarah)`.
fn called(text: &str, person: usize) -> Option<usize> {
    let at = skip_space(text, person);
    match char_at(text, at)? {
        '(' => listed(text, skip_space(text, at + 1), is_given).filter(|end| closes(text, *end)),
        ',' => introduced(text, skip_space(text, at + 1)),
        _ if at > person => introduced(text, at),
        _ => None,
    }
}

/// Whether there is a name before the pseudonym at `start`.
fn is_named_before(text: &str, start: usize) -> bool {
    name_before(text, start).is_some()
}

/// The start of a name before the pseudonym at `start`: `John Smith (Child A)`, `John, known as Child A`.
fn name_before(text: &str, start: usize) -> Option<usize> {
    let near = near_before(text, start, LOOK);
    let mut rest = near.trim_end().trim_end_matches(['(', '[', ',']);
    let mut is_introduced = rest.len() < near.trim_end().len() && !near.trim_end().ends_with(',');
    // Going back from the pseudonym: first the words between, then the name from its last word to its first.
    let (mut is_in_name, mut found) = (false, None);
    for _ in 0..MOST_WORDS {
        let Some((at, word)) = word_before(rest, rest.len()) else { break };
        if !is_in_name && is_any_of(word, BETWEEN) {
            is_introduced |= is_any_of(word, &["as", "called"]);
            rest = near[..at].trim_end().trim_end_matches([',', '(']);
            continue;
        }
        if !is_introduced || found.is_some() || !(is_given(word) || may_be_name(word)) {
            break;
        }
        is_in_name = true;
        found = is_given(word).then_some(at);
        rest = &near[..at];
    }
    found.map(|at| start - near.len() + at)
}

/// Whether the text goes on to say that the name is not real.
fn is_hedged(text: &str, end: usize) -> bool {
    let near = near_after(text, end, LOOK).to_lowercase();
    HEDGES.iter().any(|hedge| near.contains(hedge))
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::FindingKind::Name)
    }

    #[test]
    fn names_next_to_pseudonyms_are_found() {
        for text in [
            "Child A (John",
            "Adult B (Mary Smith",
            "Child A (Zebedee",
            "Child A, whose name is John",
            "Child A, known as Ollie",
            "Child A (real name Sophie",
            "Child A’s real name is Sophie",
            "Adult B, Mary Smith",
            "Child C – Ollie",
            "Child A (called Daniel",
            "Child A and Child B (John and Mary",
            "Adult B is Mary Smith",
            "Sibling 1 (Jack",
            "boy known as Ollie",
            "child called Oliver",
            "mother (Sarah",
            "John Smith (Child A",
            "John, known here as Child A",
            "Child A/John",
            "Child A (Daniel M",
            "Child A, whom we call John",
            "Child A = John",
            "Child A” is Daniel Moore",
            "Daniel Moore is called Child A",
            "Child A (\"John",
            "Child A (“John",
            "Child C (‘Ollie",
            "Child B (aged 9, Mary",
            "Child B (9 years old; Mary",
            "Child D’s (Omar",
            "Child “A” (John",
            "Child 'A' (John",
            "Child One (John",
        ] {
            assert_eq!(check(&format!("In May {text}), went missing")), text);
        }
    }

    #[test]
    fn names_that_begin_a_sentence_before_pseudonyms_are_found() {
        assert_eq!(check("It ended. John, Child A, was seen."), "John, Child A");
        assert_eq!(check("“John” is Child A."), "John” is Child A");
        assert_eq!(check("John Smith is Child A."), "John Smith is Child A");
        assert_eq!(check("Plentyn A (John)"), "Plentyn A (John");
        assert_eq!(check("We saw Child D’s (Omar’s) school."), "Child D’s (Omar");
        assert_eq!(check("We saw Child C (‘Ollie’)."), "Child C (‘Ollie");
    }

    #[test]
    fn other_words_next_to_pseudonyms_are_allowed() {
        for text in [
            "Child A (aged 9)",
            "Child A (CSPR 2021)",
            "Adult B (Safeguarding Adults Review)",
            "Child A (Milton Keynes)",
            "Child A (White British)",
            "Child A (a pseudonym)",
            "Child A (Year 6)",
            "Child A, known as Sam (not his real name)",
            "Child A, known as A",
            "a child known as Child A",
            "Child A, Adult B and Child C",
            "Child A, Northshire Hospital",
            "Child A is a boy",
            "Police, Child A's school and others met",
            "Milton Keynes, Adult B lived alone",
            "In March, Child A, who was 9, moved",
            "Police, Child A, Child B and others",
            "The review is Child A",
            "a woman called Refuge",
            "a man named in the report",
            "a child called Childline",
            "Local Child Safeguarding Practice Review (Child A)",
            "Northshire (Child A)",
            "the review by John Smith of Child A",
            "Child A was seen by John Smith",
            "mother (and father)",
            "Child A (“Review”)",
            "Child A (aged 9, Northshire)",
            "Child A (aged 9, and her sister)",
            "Child A (see page 4)",
            "Child A (SAR)",
            "Child A’s (first) school",
            "Child One (aged 9)",
            "Child One (Review)",
            "Child “A” (aged 9)",
            "a “child A Better Start knew” (Refuge)",
            "Child A (9, Year 4)",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
