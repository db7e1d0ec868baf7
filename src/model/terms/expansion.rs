//! Finds where a page spells out an acronym: `problem-solving team (PST)`, `PST (problem-solving team)`.

use std::ops::Range;

use super::tokenize::Tokenizer;
use crate::model::plain_text::BLOCK_END;

/// Words that an acronym may skip or take the first letter of. No acronym takes its first letter from one.
const SMALL: &[&str] =
    &["a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"];
/// Words in the full names of organisations that their short names leave out.
const LEFT_OUT: &[&str] = &["nhs", "foundation", "trust", "ltd", "limited", "plc", "uk"];
/// The most words that are considered as the meaning of an acronym.
const WORDS: usize = 16;

/// Whether a character may be between a bracket and its contents: quotation marks, spaces, the end of a line.
fn is_between(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '”' | '’') || (c.is_whitespace() && c != BLOCK_END)
}

/// How many bytes before and after an acronym are searched.
const WINDOW: usize = 400;

/// The words that spell out the acronym at `acronym`, which does not include a plural `s`, in either order.
///
/// `meaning` is the known meaning: those exact words count even if the acronym's letters do not fit them.
pub(crate) fn spelt_out(text: &str, acronym: Range<usize>, meaning: Option<&str>) -> Option<Range<usize>> {
    let opens = text[..acronym.start].trim_end_matches(is_between).ends_with('(');
    if !opens && !text[acronym.end..].trim_start_matches('s').trim_start().starts_with('(') {
        return None;
    }
    let written = text.get(acronym.clone())?;
    let letters: Vec<char> = written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    // Small letters may only make it easier to say: `LeDeR` is the learning disability review.
    let capitals: Vec<char> = written.chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect();
    let letters = [letters, capitals];
    before(text, &acronym, &letters, meaning).or_else(|| after(text, acronym.end, &letters, meaning))
}

/// `words (ACRONYM)`.
fn before(text: &str, acronym: &Range<usize>, letters: &[Vec<char>; 2], meaning: Option<&str>) -> Option<Range<usize>> {
    let outside = text[..acronym.start].trim_end_matches(is_between).strip_suffix('(')?.trim_end_matches(is_between);
    let inside = text[acronym.end..].trim_start_matches('s').trim_start_matches(is_between);
    if !inside.starts_with([')', ',', ';', '/']) {
        return None;
    }
    let window = outside.ceil_char_boundary(outside.len().saturating_sub(WINDOW));
    let sentence =
        outside[window..].rfind([BLOCK_END, '(', ')', ';', ':', '?', '!']).map_or(window, |end| window + end + 1);
    let words: Vec<Range<usize>> = plain_words(outside, sentence);
    let words = &words[words.len().saturating_sub(WORDS)..];
    let end = words.last().filter(|last| last.end == outside.len())?.end;
    // Use the nearest words that fit: a longer run would begin with words of the sentence around it.
    let starts = words.iter().rev().map(|word| word.start);
    let meant = meaning.and_then(|meaning| {
        let plausible = meaning.len() / 2..=meaning.len() * 2 + 8;
        starts.filter(|start| plausible.contains(&(end - start))).find(|start| is_same(&text[*start..end], meaning))
    });
    let folded = lower_case(text, words);
    let fits = || (0..words.len()).rev().find(|first| spells_any(&folded[*first..], letters)).map(|i| words[i].start);
    meant.or_else(fits).map(|start| start..end)
}

/// `ACRONYM (words)`.
fn after(text: &str, end: usize, letters: &[Vec<char>; 2], meaning: Option<&str>) -> Option<Range<usize>> {
    let rest = text[end..].trim_start_matches('s').trim_start();
    let inside = rest.strip_prefix('(')?;
    let start = text.len() - inside.len();
    let inside = &inside[..inside.floor_char_boundary(WINDOW)];
    let close = inside.find([')', BLOCK_END]).filter(|close| inside[*close..].starts_with(')'))?;
    let remark = inside[..close].find([',', ';', ':', '–']).unwrap_or(close);
    let [whole, first_part] = [start + close, start + remark].map(|end| {
        let words = plain_words(&text[..end], start);
        let articles =
            words.iter().take_while(|word| ["the", "a", "an", "our"].contains(&&text[(*word).clone()])).count();
        words.get(articles..).unwrap_or_default().to_vec()
    });
    let span = |words: &[Range<usize>]| Some(words.first()?.start..words.last()?.end);
    let is_meant = |words: &Range<usize>| meaning.is_some_and(|meaning| is_same(&text[words.clone()], meaning));
    // Words after a comma may be a remark or part of the meaning: `DASH (domestic abuse, stalking, harassment …)`.
    [&whole, &first_part].into_iter().filter_map(|words| span(words)).find(is_meant).or_else(|| {
        let fits = |words: &&Vec<Range<usize>>| words.len() <= WORDS && spells_any(&lower_case(text, words), letters);
        [&first_part, &whole].into_iter().find(fits).and_then(|words| span(words))
    })
}

/// The words of a text from byte `from` on, with hyphenated words split.
fn plain_words(text: &str, from: usize) -> Vec<Range<usize>> {
    let words = Tokenizer::from(text, from).flat_map(|word| super::tokenize::parts(text, word));
    words.map(|word| word.start..word.end).collect()
}

/// Words in lower case.
fn lower_case(text: &str, words: &[Range<usize>]) -> Vec<String> {
    words.iter().map(|word| text.get(word.clone()).unwrap_or_default().to_lowercase()).collect()
}

/// Whether some words, in lower case, spell all letters of an acronym, or all its capitals.
fn spells_any(words: &[String], letters: &[Vec<char>; 2]) -> bool {
    letters.iter().any(|letters| spells(words, letters))
}

/// Whether some words spell the letters in order. Each word gives its first letters; small words may give none, and a
/// long acronym may leave out a word or two.
fn spells(words: &[String], letters: &[char]) -> bool {
    let is_begun = words
        .first()
        .is_some_and(|word| word.chars().next() == letters.first().copied() && !SMALL.contains(&word.as_str()));
    if !is_begun || letters.len() < 2 {
        return false;
    }
    let most_skipped = letters.len() / 3;
    // For each number of letters spelt so far, the fewest words that were skipped.
    let mut reached: Vec<Option<usize>> = vec![None; letters.len() + 1];
    reached[0] = Some(0);
    for (i, word) in words.iter().enumerate() {
        let is_small = SMALL.contains(&word.as_str()) || LEFT_OUT.contains(&word.as_str());
        let mut next: Vec<Option<usize>> = vec![None; letters.len() + 1];
        for given in 0..=letters.len() {
            let Some(skipped) = reached[given] else { continue };
            if i > 0 {
                let skipped = skipped + usize::from(!is_small);
                better(&mut next[given], skipped, most_skipped);
            }
            let fitting = word.chars().zip(&letters[given..]).take_while(|(a, b)| a == *b).count();
            // A word that gives the whole acronym is the acronym itself.
            for more in 1..=fitting.min(letters.len() - 1) {
                better(&mut next[given + more], skipped, most_skipped);
            }
        }
        reached = next;
    }
    reached[letters.len()].is_some()
}

/// Replaces `best` by `count` if that is smaller and at most `most`.
fn better(best: &mut Option<usize>, count: usize, most: usize) {
    if count <= most && best.is_none_or(|best| count < best) {
        *best = Some(count);
    }
}

/// Whether two texts mean the same, ignoring case, hyphens, punctuation, articles, `and` and a plural `s` at the end.
pub(crate) fn is_same(words: &str, meaning: &str) -> bool {
    folded(words).trim_end_matches('s') == folded(meaning).trim_end_matches('s')
}

/// Whether the words, with what follows the acronym's bracket, give the meaning: `task and finish (TaF) group`.
pub(crate) fn is_continued(words: &str, after: &str, meaning: &str) -> bool {
    let after = &after[..after.floor_char_boundary(2 * meaning.len() + 8)];
    let (words, meaning) = (folded(words), folded(meaning));
    meaning.strip_prefix(&words).is_some_and(|rest| folded(after.trim_start_matches(['s', ')', ' '])).starts_with(rest))
}

/// A text in the form for comparing meanings.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.replace(['\'', '’'], "").split(|c: char| !c.is_alphanumeric()) {
        let word = word.to_lowercase();
        if !matches!(word.as_str(), "and" | "the" | "a" | "an") {
            folded.push_str(&word);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that spell out the acronym in square brackets.
    fn check(text: &str) -> String {
        let start = text.find('[').unwrap();
        let end = text.find(']').unwrap() - 1;
        spelt_out(&text.replace(['[', ']'], ""), start..end, None)
            .map_or("-".to_owned(), |range| text.replace(['[', ']'], "")[range].to_owned())
    }

    #[test]
    fn both_orders_spell_out() {
        assert_eq!(check("the problem-solving team ([PST])"), "problem-solving team");
        assert_eq!(check("[PST] (problem-solving team)"), "problem-solving team");
        assert_eq!(check("the problem solving team\n([PST])"), "problem solving team");
        assert_eq!(check("the problem solving team\u{a0}([PST])"), "problem solving team");
        assert_eq!(check("[SAR]s (the safeguarding adult reviews)"), "safeguarding adult reviews");
        assert_eq!(check("safeguarding adult reviews ([SAR]s)"), "safeguarding adult reviews");
        assert_eq!(check("Accident and Emergency ([A&E])"), "Accident and Emergency");
        assert_eq!(check("the care of next infant scheme and Care of Next Infant ([CONI])"), "Care of Next Infant");
        assert_eq!(check("learning disability review (“[LeDeR]”)"), "learning disability review");
        assert_eq!(check("learning disability mortality review ([LeDeR])"), "learning disability mortality review");
        assert_eq!(
            check("Central and North West London NHS Foundation Trust ([CNWL])"),
            "Central and North West London NHS Foundation Trust"
        );
        assert_eq!(check("the MK Together Management Board ([MKTMB])"), "MK Together Management Board");
        assert_eq!(
            check("child and adolescent mental health services ([CAMHS])"),
            "child and adolescent mental health services"
        );
        assert_eq!(check("[PST] (problem-solving team, in Bletchley)"), "problem-solving team");
        assert_eq!(
            check("Milton Keynes University Hospital NHS Foundation Trust ([MKUHFT])"),
            "Milton Keynes University Hospital NHS Foundation Trust"
        );
    }

    #[test]
    fn other_words_do_not() {
        for text in [
            "officers ([PST])",
            "the [PST] (see page 3)",
            "problem-solving team [PST]",
            "problem-solving team. ([PST] officers came)",
            "[PST]",
            "([PST])",
            "problem-solving team\u{1e}([PST])",
            "[PST] (problem-solving\u{1e}team)",
            "and emergency ([A&E])",
            "[NHS] (England)",
        ] {
            assert_eq!(check(text), "-", "{text}");
        }
    }

    #[test]
    fn known_meanings_need_no_letters() {
        let text = "coronavirus disease 2019 (COVID-19)";
        let at = text.find("COVID").unwrap();
        assert_eq!(spelt_out(text, at..at + 8, Some("Coronavirus disease 2019")), Some(0..24));
        assert_eq!(spelt_out(text, at..at + 8, None), None);
    }

    #[test]
    fn meanings_are_compared_by_their_words() {
        assert!(is_same("problem solving teams", "Problem-solving team"));
        assert!(is_same("Accident & Emergency", "Accident and emergency"));
        assert!(is_same("Children’s social care", "Childrens Social Care"));
        assert!(!is_same("police support team", "Problem-solving team"));
        assert!(is_continued("task and finish", ") group met", "Task and finish group"));
        assert!(!is_continued("task and finish", ") met", "Task and finish group"));
    }
}
