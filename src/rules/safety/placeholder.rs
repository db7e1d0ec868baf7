//! Words that somebody meant to replace before publication.

use super::text_cursor::{begins_word, char_at, char_before, ends_word, near_before, phrase_at, skip_space};
use crate::model::plain_text::BLOCK_END;

/// The most characters in a gap in square brackets.
const GAP_LENGTH: usize = 200;

/// How many bytes of a sentence are read; a sentence that says little else is short.
const SENTENCE: usize = 100;

/// The end of a placeholder at `start`, which is the start of a word or a square bracket.
pub(crate) fn at(text: &str, start: usize) -> Option<usize> {
    let end = match char_at(text, start)?.to_ascii_lowercase() {
        '[' => gap(text, start),
        't' => phrase_at(text, start, "tbc")
            .filter(|end| !text[*end..].starts_with(" Bank "))
            .or_else(|| initials(text, start))
            .or_else(|| to_be_added(text, start)),
        'x' => crosses(text, start),
        'l' => phrase_at(text, start, "lorem ipsum"),
        _ => None,
    }?;
    // An email address may begin the same way.
    (char_at(text, end) != Some('@')).then_some(end)
}

/// `[insert …]`.
fn gap(text: &str, start: usize) -> Option<usize> {
    phrase_at(text, skip_space(text, start + 1), "insert")?;
    let (close, end) = text[start..].char_indices().take(GAP_LENGTH).find(|(_, c)| matches!(*c, ']' | BLOCK_END))?;
    (end == ']').then_some(start + close + 1)
}

/// `T.B.C.`
fn initials(text: &str, start: usize) -> Option<usize> {
    phrase_at(text, start, "t.b.c").map(|end| if char_at(text, end) == Some('.') { end + 1 } else { end })
}

/// `To be added`, unless it belongs to a sentence: `asked for more schools to be added`, `To be added to the list`.
fn to_be_added(text: &str, start: usize) -> Option<usize> {
    let end = phrase_at(text, start, "to be added")?;
    let stands_alone =
        |before: Option<char>| before.is_none_or(|c| matches!(c, BLOCK_END | '(' | '[' | ':' | '–' | '—'));
    let is_capital = text[start..].starts_with('T');
    let begins = is_capital || stands_alone(char_before(text, text[..start].trim_end_matches(' ').len()));
    let begins = begins || is_whole_sentence(text, start, end);
    (begins && phrase_at(text, skip_space(text, end), "to").is_none()).then_some(end)
}

/// Whether `to be added` ends a sentence that says little else: `Terms of reference to be added.`
fn is_whole_sentence(text: &str, start: usize, end: usize) -> bool {
    let ends = char_at(text, end).is_none_or(|c| matches!(c, BLOCK_END | '.' | ';' | ')' | ']'));
    let near = near_before(text, start, SENTENCE);
    let sentence = near.rfind(['.', ';', ':', '(', '[']).map_or(0, |at| at + 1);
    let before: Vec<&str> = near[sentence..].split_whitespace().collect();
    // A sentence about what somebody did or asked for is complete: `Two names had to be added.`
    let is_statement = ["had", "has", "have", "need", "needs", "needed", "for", "ask", "asked", "it", "them", "ought"];
    ends && before.len() <= 4 && !before.iter().any(|word| is_statement.contains(&word.to_lowercase().as_str()))
}

/// `XX`, `xxx`, `XX/XX/XXXX`: two or more of the letter, and nothing else in the word.
fn crosses(text: &str, start: usize) -> Option<usize> {
    let letter = char_at(text, start)?;
    let length = |at: usize| text[at..].chars().take_while(|c| *c == letter).count();
    let mut end = start + length(start);
    let is_in_address = char_before(text, start) == Some('.');
    if end - start < 2 || is_in_address || !ends_word(text, end) || matches!(char_at(text, end), Some('_')) {
        return None;
    }
    while let Some('/' | '.' | '-') = char_at(text, end) {
        let next = length(end + 1);
        if next == 0 || !begins_word(text, end + 1) || !ends_word(text, end + 1 + next) {
            break;
        }
        end += 1 + next;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::FindingKind::Placeholder)
    }

    #[test]
    fn placeholders_are_found() {
        for text in [
            "TBC",
            "tbc",
            "T.B.C.",
            "To be added",
            "TO BE ADDED",
            "[insert number]",
            "[Insert the name of the chair]",
            "[INSERT]",
            "XX",
            "XXX",
            "xx",
            "XX/XX/XXXX",
            "Lorem ipsum",
            "lorem ipsum",
        ] {
            assert_eq!(check(text), text);
            assert_eq!(check(&format!("Chair: {text}, then")), text);
        }
        assert_eq!(check("Figures (to be added)."), "to be added");
        assert_eq!(check("to be added"), "to be added");
        assert_eq!(check("Lorem ipsum dolor sit amet"), "Lorem ipsum");
        assert_eq!(check("XX% of £XX"), "XX|XX");
    }

    #[test]
    fn other_words_are_allowed() {
        for text in [
            "It asked for more schools to be added.",
            "To be added to the register, agencies write",
            "TBC Bank gave a grant",
            "TBCs",
            "XXL",
            "XIX",
            "X",
            "MKXX",
            "inserted",
            "[inserted]",
            "[1]",
            "[insert\u{1e}x]",
            "insert",
            "XX1",
            "Txx",
            "tobacco",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
